#include <algorithm>
#include <cctype>

#include "profile/triage_policy.h"

namespace harvester::profile {
namespace {

bool same_login(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

TriagePolicy load_triage_policy(const TomlTable& root) {
    const TomlTable table = root.table("triage");
    TriagePolicy policy;
    policy.days = static_cast<int>(table.integer("days", 7));
    if (policy.days < 1 || policy.days > 366) table.refuse("days", "must be from 1 to 366");
    policy.triager_before = table.text("triager_before", "");
    policy.table_label = table.text("table_label", "");
    policy.link = table.text("link", "[{path}]({url})");
    const auto digits = table.integer("revision_digits", 8);
    if (digits < 4 || digits > 40) table.refuse("revision_digits", "must be from 4 to 40");
    policy.revision_digits = static_cast<std::size_t>(digits);
    policy.number_bare_links = table.boolean("number_bare_links", false);
    for (const TomlTable& style : table.tables("styles")) {
        const auto from = parse_day(style.text("from", "1970-01-01"));
        if (!from) style.refuse("from", "must be a day, \"2025-01-27\"");
        policy.styles.push_back({style.text("triager", ""), *from, style.boolean("drops_table", false),
                                 style.boolean("collapses_blank", false),
                                 style.boolean("links_branch", false), style.text("after_link", "")});
    }
    return policy;
}

const TriageStyle& TriagePolicy::style(std::string_view triager, Day day) const {
    static const TriageStyle plain;
    const TriageStyle *own = nullptr, *common = &plain;
    for (const TriageStyle& style : styles) {
        if (style.from > day) continue;
        if (same_login(style.triager, triager) && (own == nullptr || own->from <= style.from)) own = &style;
        if (style.triager.empty()) common = &style;
    }
    return own != nullptr ? *own : *common;
}

}  // namespace harvester::profile
