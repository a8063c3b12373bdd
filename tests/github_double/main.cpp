// The program `github_double`.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <functional>
#include <sstream>
#include <thread>

#include "server.h"

namespace {

using github_double::Instant;

constexpr auto help = R"(usage: github_double [options]     serves a made-up GitHub on loopback until SIGTERM
  --world FILE         a world; may be given several times
  --corpus FILE        merged pull requests, a JSON object a line (.gz too)
  --made-up N[,FROM,TO[,SEED]]  N merged pull requests between two days
  --port N             0 or left out: any free one; printed as the first line
  --port-file FILE     the port goes there too
  --latency-ms N       a request takes that long ...
  --item-ms N          ... and so much more for each item that it returns
  --page-cap N         a larger page is answered with 502
  --points N           of the rate limit, 5000 if left out
  --token TEXT         the only token that is taken
  --now TIME           what the double takes for the present: 2024-05-14T12:00:00Z
  --faults SPEC|FILE   what goes wrong with which request; see faults.h
  --log FILE           a JSON object for each request
Tests look at GET /_state and change the world with POST /_edit; see server.cpp.
)";

Instant day(const std::string& text) {
    if (const auto parsed = harvester::parse_day(text)) return Instant(*parsed);
    throw std::runtime_error("not a day: " + text);
}

void make_up(github_double::World& world, const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
    if (parts.empty() || parts.size() == 2) throw std::runtime_error("not N[,FROM,TO[,SEED]]: " + text);
    world.add_items_made_up(std::stoll(parts[0]), parts.size() > 2 ? day(parts[1]) : day("2014-01-01"),
                            parts.size() > 2 ? day(parts[2]) : day("2024-01-01"),
                            parts.size() > 3 ? std::stoull(parts[3]) : 1);
}

std::string read_options(const std::vector<std::string>& arguments, github_double::World& world,
                         github_double::ServerOptions& options) {
    std::string faults;
    const std::map<std::string, std::function<void(const std::string&)>> known{
        {"--world", [&](const auto& v) { world.load(std::filesystem::path(v)); }},
        {"--corpus", [&](const auto& v) { world.load_merged_list(v); }},
        {"--made-up", [&](const auto& v) { make_up(world, v); }},
        {"--port", [&](const auto& v) { options.port = std::stoi(v); }},
        {"--port-file", [&](const auto& v) { options.port_file = v; }},
        {"--latency-ms", [&](const auto& v) { options.latency = std::stoll(v); }},
        {"--item-ms", [&](const auto& v) { options.item_time = std::stoll(v); }},
        {"--page-cap", [&](const auto& v) { options.page_cap = std::stoll(v); }},
        {"--points", [&](const auto& v) { options.points = std::stoll(v); }},
        {"--token", [&](const auto& v) { options.token = v; }},
        {"--now",
         [&](const auto& v) {
             const auto now = harvester::parse_instant(v);
             if (!now) throw std::runtime_error("not a time: " + v);
             world.now = *now;
         }},
        {"--faults", [&](const auto& v) { faults = v; }},
        {"--log", [&](const auto& v) { options.log = v; }}};
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const auto found = known.find(arguments[i]);
        if (found == known.end()) throw std::runtime_error("unknown option " + arguments[i] + "\n" + help);
        if (i + 1 == arguments.size()) throw std::runtime_error(arguments[i] + " needs a value");
        found->second(arguments[i + 1]);
    }
    return faults;
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments == std::vector<std::string>{"--help"}) {
        fmt::print("{}", help);
        return 0;
    }
    github_double::World world;
    github_double::ServerOptions options;
    const auto faults = read_options(arguments, world, options);
    github_double::Server server(world, options);
    server.faults().set(faults);

    // Signals go to one thread that waits for them: nothing has to be safe inside a handler.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    signal(SIGPIPE, SIG_IGN);
    std::thread([&server, ending] {
        int which = 0;
        sigwait(&ending, &which);
        server.stop();
        // Connections that clients keep open would hold the server for their whole patience.
        _exit(0);
    }).detach();
    server.run();
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "github_double: {}\n", error.what());
    return 2;
}
