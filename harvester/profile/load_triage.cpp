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
    table.read("days", policy.days, 1, 366);
    table.read("triager_before", policy.triager_before);
    table.read("table_label", policy.table_label);
    table.read("link", policy.link);
    table.read("revision_digits", policy.revision_digits, 4, 40);
    table.read("number_bare_links", policy.number_bare_links);
    for (const TomlTable& entry : table.tables("styles")) {
        TriageStyle& style = policy.styles.emplace_back();
        entry.read("triager", style.triager);
        entry.read("from", style.from);
        entry.read("drops_table", style.drops_table);
        entry.read("collapses_blank", style.collapses_blank);
        entry.read("links_branch", style.links_branch);
        entry.read("after_link", style.after_link);
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
