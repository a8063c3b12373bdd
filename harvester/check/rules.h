// The rules of `check` as tables, one for each kind. What a rule finds is reported under its name, which a
// draft may waive; so names stay.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "check/check.h"
#include "check/draft_lines.h"

namespace harvester::check {

// What the rules judge.
struct Context {
    const CheckInput& input;
    const profile::Profile& profile;
    const DraftLines& draft;
    std::optional<Edition> edition;  // of the file's date
    const profile::Form& form;       // of the edition, or the newest

    bool is_list(const Line& line) const;  // its part is a list of the organisation's items
    std::optional<Item> find_item(std::string_view url) const;
};

// Takes what one rule finds.
class Report {
  public:
    Report(std::string_view rule, Severity severity, std::vector<Finding>& findings)
        : rule_(rule), severity_(severity), findings_(findings) {}
    void operator()(std::size_t line, std::string message, std::optional<Fix> fix = std::nullopt) {
        findings_.push_back({line, std::string(rule_), severity_, std::move(message), std::move(fix)});
    }

  private:
    std::string_view rule_;
    Severity severity_;
    std::vector<Finding>& findings_;
};

// Which lines a rule looks at.
enum class Scope {
    part,   // all lines of the program's parts, comments and code too
    shown,  // those that a reader sees
    list,   // of those, the lines of lists: items, headings, paragraphs
    item,   // the first lines of list items in lists of the organisation's items
    draft,  // none: the rule looks at the draft as a whole
};

struct Rule {
    std::string_view name;
    Severity severity;
    Scope scope;
    void (*line)(const Context&, const Line&, Report&) = nullptr;  // with any scope but `draft`
    void (*draft)(const Context&, Report&) = nullptr;              // with scope `draft`

    constexpr Rule(std::string_view n, Severity s, Scope where,
                   void (*rule)(const Context&, const Line&, Report&))
        : name(n), severity(s), scope(where), line(rule) {}
    constexpr Rule(std::string_view n, Severity s, void (*rule)(const Context&, Report&))
        : name(n), severity(s), scope(Scope::draft), draft(rule) {}
};

std::span<const Rule> character_rules();  // bytes, backticks, emphasis, HTML, white space, conflict markers
std::span<const Rule> item_rules();       // bullets and titles
std::span<const Rule> link_rules();       // shape of links, and where they lead
std::span<const Rule> placement_rules();  // which item belongs where: part, section, group, twice
std::span<const Rule> heading_rules();  // parts and sections: missing, unknown, empty, out of order; comments
std::span<const Rule> edition_rules();  // date, number, window and count
std::span<const Rule> record_rules();   // what the cache, GitHub and the previous edition know of the items

// ---- what several files of rules need ----

inline constexpr const char* merged_part = "merged";

bool contains(const std::vector<std::string>& list, std::string_view name);
// The line with the first `what` replaced.
Fix replaced(std::string_view text, std::string_view what, std::string_view by);
// "owner/name" of an item in lower case: repositories compare so.
std::string repository_of(const markdown::ItemUrl& item);

}  // namespace harvester::check
