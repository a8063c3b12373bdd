#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/descriptor.h"

namespace harvester {
namespace {

constexpr std::size_t most_bytes = 64 * 1024 * 1024;

tl::unexpected<Failure> system_failure(const std::filesystem::path& path, const char* what) {
    return fail(ExitCode::file, fmt::format("{}: {}: {}; check the path and its permissions", path.string(),
                                            what, std::strerror(errno)));
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Where a symbolic link leads, also when nothing is there yet.
std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code error;
    const auto target = std::filesystem::weakly_canonical(path, error);
    return error ? path : target;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return system_failure(path, "cannot be read");
    std::string text;
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure(path, "cannot be read");
        if (got == 0) return text;
        text.append(buffer, static_cast<std::size_t>(got));
        if (text.size() > most_bytes)
            return fail(ExitCode::file,
                        fmt::format("{}: is larger than 64 MiB; name the right file", path.string()));
    }
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view text) {
    const auto target = resolved(path);
    const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    std::string temporary = (folder / ("." + target.filename().string() + ".XXXXXX")).string();
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0) return system_failure(target, "cannot be written");
    const auto give_up = [&](const char* what) {
        const auto failure = system_failure(target, what);
        ::unlink(temporary.c_str());
        return failure;
    };
    struct stat old {};
    mode_t mode = 0;
    if (::stat(target.c_str(), &old) == 0) {
        mode = old.st_mode & 07777;
    } else {
        const mode_t mask = ::umask(0);
        ::umask(mask);
        mode = 0666 & ~mask;
    }
    if (::fchmod(file.get(), mode) != 0 || !write_all(file.get(), text) || ::fsync(file.get()) != 0 ||
        !file.close())
        return give_up("cannot be written");
    if (::rename(temporary.c_str(), target.c_str()) != 0) return give_up("cannot be replaced");
    // The new name is on the disk only when the folder is.
    const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (entry.get() >= 0) ::fsync(entry.get());
    return {};
}

}  // namespace harvester
