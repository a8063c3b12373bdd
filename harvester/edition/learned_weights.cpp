#include "edition/learned_weights.h"

#include <fmt/format.h>

#include <sstream>

#include "base/files.h"
#include "editorial/decide.h"

namespace harvester::edition {
namespace {

constexpr const char* log_head = "edition\texpected\tdeleted\tadded\tretyped\tmoved\n";

std::filesystem::path log_path(std::filesystem::path weights) {
    return weights.replace_extension(".log.tsv");
}

// The date after the words that `learn` writes into the file's comments.
std::optional<Day> newest_edition(std::string_view text) {
    constexpr std::string_view words = "# Newest edition: ";
    const std::size_t at = text.find(words);
    if (at == std::string_view::npos) return std::nullopt;
    return parse_day(std::string(text.substr(at + words.size(), 10)));
}

}  // namespace

std::filesystem::path weights_path(const cli::Context& context, const profile::Profile& profile) {
    if (!context.global.weights.empty()) return context.working_folder / context.global.weights;
    const std::filesystem::path file = std::filesystem::path("harvester") / (profile.name + "-weights.tsv");
    if (const auto base = context.environment("XDG_DATA_HOME")) return std::filesystem::path(*base) / file;
    if (const auto home = context.environment("HOME"))
        return std::filesystem::path(*home) / ".local/share" / file;
    return {};
}

Result<WeightsInUse> weights_in_use(const cli::Context& context, const profile::Profile& profile) {
    const std::filesystem::path path = weights_path(context, profile);
    std::error_code error;
    if (path.empty() || (context.global.weights.empty() && !std::filesystem::exists(path, error))) {
        auto weights = editorial::profile_weights(profile);
        if (!weights) return tl::unexpected(weights.error());
        return WeightsInUse{std::move(*weights), {}, {}};
    }
    const auto text = read_file(path);
    if (!text)
        return fail(ExitCode::usage,
                    fmt::format("--weights {}: cannot be read; name a weights file, or write one with "
                                "`learn --update`",
                                path.string()));
    auto weights = editorial::Weights::parse(*text, path.string());
    if (!weights) return tl::unexpected(weights.error());
    return WeightsInUse{std::move(*weights), path.string(), newest_edition(*text)};
}

std::vector<LearnedEdition> read_learning_log(const std::filesystem::path& weights) {
    std::vector<LearnedEdition> out;
    const auto text = read_file(log_path(weights));
    if (!text) return out;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream cells(line);
        std::string date;
        LearnedEdition row;
        cells >> date >> row.expected >> row.lines.deleted >> row.lines.added >> row.lines.retyped >>
            row.lines.moved;
        const auto day = parse_day(date);
        if (!cells || !day) continue;
        row.date = *day;
        out.push_back(row);
    }
    return out;
}

Result<void> write_learning_log(const std::filesystem::path& weights, std::span<const LearnedEdition> log) {
    std::string text = log_head;
    for (const LearnedEdition& row : log)
        text += fmt::format("{}\t{:.1f}\t{}\t{}\t{}\t{}\n", format_day(row.date), row.expected,
                            row.lines.deleted, row.lines.added, row.lines.retyped, row.lines.moved);
    return write_file_atomically(log_path(weights), text);
}

}  // namespace harvester::edition
