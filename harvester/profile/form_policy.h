// The forms that an issue had in the course of time; the keys are described in queries/twir.toml.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "profile/part_policy.h"
#include "profile/toml_table.h"
#include "profile/triage_policy.h"

namespace harvester::profile {

inline constexpr auto layout_words = std::to_array<std::pair<std::string_view, Layout>>(
    {{layout_name(Layout::flat), Layout::flat}, {layout_name(Layout::sections), Layout::sections}});

struct Form {
    std::string name;
    Layout layout = Layout::sections;
    Day from{};                             // date of the first issue that has this form
    std::vector<std::string> order;         // the parts in the order of an issue; others aren't printed
    std::map<std::string, PartForm> parts;  // by name, all of `order`
    std::map<std::string, std::string>
        marks;  // what is printed before a link, by disposition, "new", "updated"
    std::string left_out =
        "<!-- Left out, best first";  // first line of the comment with candidates that are not listed

    // A part that isn't in `order` has an empty form.
    const PartForm& part(std::string_view which) const {
        static const PartForm none;
        const auto found = parts.find(std::string(which));
        return found == parts.end() ? none : found->second;
    }
    // Text before the link of an item of that kind, with its space; empty for kinds that aren't marked.
    std::string mark(const std::string& kind) const {
        const auto found = marks.find(kind);
        return found == marks.end() || found->second.empty() ? "" : found->second + " ";
    }
};

struct FormPolicy {
    std::vector<PartPolicy> parts;                // in the order of the profile
    std::vector<Form> forms;                      // oldest first
    std::vector<std::string> references;          // link labels that a draft defines somewhere
    std::vector<std::pair<Day, Layout>> layouts;  // from which issue on each layout is the newsletter's own

    TriagePolicy triage;

    // Null when the profile has no such part.
    const PartPolicy* find_part(std::string_view name) const;

    // The newest form of the layout that holds at the date; its oldest for earlier dates.
    const Form& form(Layout layout, Day date) const;
    // The layout of the newsletter at that date.
    Layout layout(Day date) const;
};

// Reads the tables of this part from the root of a profile.
FormPolicy load_form_policy(const TomlTable& root, const std::string& organisation);

}  // namespace harvester::profile
