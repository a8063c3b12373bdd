#include "harvest/query_text.h"

#include <fmt/format.h>

namespace harvester::harvest {
namespace {

void fill(std::string& text, std::string_view hole, const std::string& value) {
    const auto at = text.find(hole);
    if (at != std::string::npos) text.replace(at, hole.size(), value);
}

std::string with_place(const profile::Profile& profile, const profile::SearchPolicy& search,
                       const std::string& repository) {
    const std::string& one = repository.empty() ? search.repository : repository;
    std::string labels;
    for (const std::string& label : search.labels)
        labels += fmt::format("{}\"{}\"", labels.empty() ? "label:" : ",", label);
    std::string text = search.text;
    fill(text, "{place}", one.empty() ? "org:" + profile.organisation : "repo:" + one);
    fill(text, "{labels}", labels);
    return text;
}

}  // namespace

std::string search_text(const profile::Profile& profile, const profile::SearchPolicy& search,
                        const Range& range, const std::string& repository, bool open_end) {
    std::string text = with_place(profile, search, repository);
    fill(text, "{range}",
         open_end ? ">=" + format_instant(range.from)
                  : fmt::format("{}..{}", format_instant(range.from), format_instant(range.to - Seconds{1})));
    return text;
}

std::string updated_since(std::string search, Instant since) {
    return search + " updated:>=" + format_instant(since);
}

std::string ledger_name(const profile::Profile& profile, const profile::SearchPolicy& search) {
    constexpr const char* readings[] = {"", "with label history ", "with paths "};
    return fmt::format("{}: {}{}", search.name, readings[static_cast<int>(search.reading)],
                       with_place(profile, search, ""));
}

std::string ledger_name(const profile::FilesPolicy& files) {
    std::string folders;
    for (const std::string& folder : files.folders) folders += " " + folder + "/" + files.file;
    return fmt::format("{}: files of {}{}", files.name, files.repository, folders);
}

std::string short_name(const std::string& ledger_name) {
    return ledger_name.substr(0, ledger_name.find(':'));
}

std::string owner_of(const profile::Profile& profile, const profile::SearchPolicy& search) {
    return search.repository.empty() ? profile.organisation
                                     : search.repository.substr(0, search.repository.find('/'));
}

}  // namespace harvester::harvest
