#include "stats/kinds.h"

#include <re2/re2.h>

#include <algorithm>

namespace harvester::stats {

AnyOf::AnyOf(const std::vector<std::string>& patterns, Match match, bool ignore_case) {
    if (patterns.empty()) return;
    std::string joined;
    for (const std::string& pattern : patterns) joined += (joined.empty() ? "(?:" : "|(?:") + pattern + ")";
    if (match == Match::whole) joined = "\\A(?:" + joined + ")\\z";
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_case_sensitive(!ignore_case);
    options.set_never_capture(true);
    pattern_ = std::make_unique<re2::RE2>(joined, options);
}

AnyOf::AnyOf(AnyOf&&) noexcept = default;
AnyOf::~AnyOf() = default;

bool AnyOf::operator()(std::string_view text) const {
    return pattern_ && re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern_);
}

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

bool listed(const std::vector<std::string>& names, std::string_view text) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return same_name(name, text); });
}

bool listed_repository(const std::vector<std::string>& names, std::string_view repository) {
    return listed(names, repository) || listed(names, repository.substr(repository.find('/') + 1));
}

}  // namespace harvester::stats
