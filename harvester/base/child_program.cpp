#include "base/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/descriptor.h"

extern char** environ;

namespace harvester {
namespace {

// Starts the program in its own process group, so that it can be ended with all it started. `output`: its
// standard output; -1: none, and the program gets its own session, so that it outlives the terminal.
std::optional<pid_t> spawn(const std::vector<std::string>& arguments, int output) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_setflags(&attributes, output >= 0 ? POSIX_SPAWN_SETPGROUP : POSIX_SPAWN_SETSID);
    posix_spawnattr_setpgroup(&attributes, 0);
    pid_t child = 0;
    const int error = posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? std::optional<pid_t>(child) : std::nullopt;
}

// Everything up to the end of the output; nullopt when it is too much or doesn't come.
std::optional<std::string> read_all(int input, Milliseconds patience, std::size_t most) {
    std::string out;
    for (;;) {
        pollfd waiting{input, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return std::nullopt;
        std::array<char, 4096> buffer{};
        const ssize_t got = ::read(input, buffer.data(), buffer.size());
        if (got == 0) return out;
        if (got < 0 || out.size() + static_cast<std::size_t>(got) > most) return std::nullopt;
        out.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

// Exit status; nullopt when the child doesn't end by itself.
std::optional<int> status_of(pid_t child, Milliseconds patience) {
    constexpr Milliseconds nap{5};
    for (Milliseconds waited{0}; waited <= patience; waited += nap) {
        int status = 0;
        const pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child) return status;
        if (ended < 0 && errno != EINTR) return std::nullopt;
        ::poll(nullptr, 0, static_cast<int>(nap.count()));
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> output_of(const std::vector<std::string>& arguments, Milliseconds patience,
                                     std::size_t most) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
    Descriptor input(ends[0]), output(ends[1]);
    const auto child = spawn(arguments, output.get());
    output.close();
    if (!child) return std::nullopt;
    auto text = read_all(input.get(), patience, most);
    const auto status = text ? status_of(*child, patience) : std::nullopt;
    if (!status) {
        ::kill(-*child, SIGKILL);
        ::waitpid(*child, nullptr, 0);
        return std::nullopt;
    }
    if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0) return std::nullopt;
    return text;
}

bool start_program(const std::vector<std::string>& arguments) {
    return spawn(arguments, -1).has_value();
}

}  // namespace harvester
