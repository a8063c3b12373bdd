// The form of the newsletter's sections, as data; the keys are told in queries/twir.toml.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "profile/select_policy.h"
#include "profile/toml_table.h"
#include "profile/triage_policy.h"

namespace harvester::profile {

inline constexpr auto layout_words = std::to_array<std::pair<std::string_view, Layout>>(
    {{layout_name(Layout::flat), Layout::flat}, {layout_name(Layout::sections), Layout::sections}});

// A group of items as one form prints it.
struct GroupForm {
    std::string key;      // as the group is called in [[select.*.groups]]
    std::string link;     // "[Rust](https://...)": in its heading and in the sentence that names empty groups
    std::string heading;  // instead of the heading of the part; empty for most
    std::string none;  // printed below the heading of an empty group; empty: the group goes into the sentence
};

// A sentence with a list of links in it; nothing is printed when the list is empty.
struct SentenceForm {
    std::string text;  // "...for {groups}."
    std::string between = ", ";
    std::string before_last = " or ";
};

// One part of an issue: blocks with a blank line between them. A name in braces stands for what the part has;
// a line that holds nothing but such a name is left out when there is nothing, and so is a block of which
// nothing is left.
struct PartForm {
    std::vector<std::string> blocks;
    std::string heading;            // of one section or group: "##### {link}", "#### {name}"
    std::string none;               // for a list without items, or the placeholder of a missing report
    SentenceForm none_of;           // for the groups without items
    std::vector<GroupForm> groups;  // in the order of printing
};

struct Form {
    std::string name;
    Layout layout = Layout::sections;
    Day from{};                             // date of the first issue that has this form
    std::vector<std::string> order;         // the parts in the order of an issue
    std::map<std::string, PartForm> parts;  // by name: part_names
    std::map<std::string, std::string>
        marks;             // what is printed before a link, by disposition, "new", "updated"
    std::string left_out;  // first line of the comment with candidates that are not listed

    const PartForm& part(std::string_view which) const { return parts.find(std::string(which))->second; }
    // Text before the link of an item of that kind, with its space; empty for kinds that aren't marked.
    std::string mark(const std::string& kind) const {
        const auto found = marks.find(kind);
        return found == marks.end() || found->second.empty() ? "" : found->second + " ";
    }
};

// The names of the parts, as the options of the program call them.
inline constexpr std::string_view part_names[] = {"merged", "triage", "approved", "fcp", "rfcs", "testing"};

struct FormPolicy {
    std::vector<Form> forms;                      // oldest first
    std::vector<std::string> references;          // link labels that a draft defines somewhere
    std::vector<std::pair<Day, Layout>> layouts;  // from which issue on each layout is the newsletter's own

    SelectPolicy select;
    TriagePolicy triage;

    // The newest form of the layout that holds at the date; its oldest for earlier dates.
    const Form& form(Layout layout, Day date) const;
    // The layout of the newsletter at that date.
    Layout layout(Day date) const;
};

// Reads the tables of this part from the root of a profile.
FormPolicy load_form_policy(const TomlTable& root, const std::string& organisation);

}  // namespace harvester::profile
