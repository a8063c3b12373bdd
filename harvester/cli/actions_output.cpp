#include "cli/actions_output.h"

#include <fmt/format.h>

#include <fstream>
#include <random>

namespace harvester::cli {
namespace {

constexpr std::size_t largest_summary = 1'000'000;  // the runner takes 1 MiB a step

std::string random_delimiter() {
    std::random_device random;
    return fmt::format("delimiter_{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

Result<void> append(const std::string& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::app);
    if (!out || !out.write(text.data(), static_cast<std::streamsize>(text.size())).flush())
        return fail(ExitCode::file, fmt::format("{}: can't be written; check the runner's file", path));
    return {};
}

}  // namespace

std::string output_blocks(const std::vector<std::pair<std::string, std::string>>& outputs,
                          const std::string& delimiter) {
    std::string out;
    for (const auto& [name, value] : outputs) {
        std::string mark = delimiter;
        while (value.find(mark) != std::string::npos) mark += "_";
        out += fmt::format("{}<<{}\n{}\n{}\n", name, mark, value, mark);
    }
    return out;
}

Result<void> hand_on(const Context& context, const std::vector<std::pair<std::string, std::string>>& outputs,
                     const std::string& summary) {
    if (const auto path = context.environment("GITHUB_OUTPUT"))
        if (const auto done = append(*path, output_blocks(outputs, random_delimiter())); !done) return done;
    if (const auto path = context.environment("GITHUB_STEP_SUMMARY"))
        if (const auto done = append(*path, summary.substr(0, largest_summary)); !done) return done;
    return {};
}

}  // namespace harvester::cli
