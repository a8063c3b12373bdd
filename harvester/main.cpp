// Parses, runs one command and maps errors to exit codes; nothing else.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "cli/parser.h"

namespace {

using harvester::ExitCode;

// HARVESTER_CLOCK replaces the clock, for tests and the demo: waits cost no time and the same run gives the
// same bytes. "virtual:2026-01-06T12:00:00Z" stands still between waits, "ticking:..." goes on by a second
// with each look at it, as a real one does during a run.
std::unique_ptr<harvester::Clock> make_clock(const harvester::Environment& environment) {
    const std::string setting = environment("HARVESTER_CLOCK").value_or("");
    for (const auto& [kind, step] : {std::pair("virtual:", 0), std::pair("ticking:", 1000)})
        if (setting.starts_with(kind))
            if (const auto start = harvester::parse_instant(std::string_view(setting).substr(8)))
                return std::make_unique<harvester::VirtualClock>(*start, harvester::Milliseconds{step});
    return std::make_unique<harvester::SystemClock>();
}

int terminal_columns() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    harvester::install_interrupt_handler();
    const auto environment = harvester::process_environment();
    const auto clock = make_clock(environment);
    harvester::Streams streams{
        std::cin,          std::cout, std::cerr, isatty(STDERR_FILENO) != 0, isatty(STDOUT_FILENO) != 0,
        terminal_columns()};

    const auto line = harvester::cli::parse_command_line({argv + 1, argv + argc}, streams.columns);
    auto result = line ? [&] {
        harvester::cli::Context context{line->global, streams, *clock, environment, std::filesystem::current_path()};
        return harvester::cli::run(*line, context);
    }() : harvester::Result<ExitCode>(tl::unexpected(line.error()));
    std::cout.flush();
    if (result && !std::cout)
        result =
            harvester::fail(ExitCode::file, "stdout cannot be written; is the disk full or the reader gone?");
    if (result) return static_cast<int>(*result);
    // A sentence is one line, also where it repeats what somebody typed.
    std::string sentence = harvester::terminal_safe(result.error().message);
    std::replace(sentence.begin(), sentence.end(), '\n', ' ');
    std::cerr << "harvester: " << sentence << '\n';
    return static_cast<int>(result.error().code);
}
