// The parts of an issue: which items each lists, and how they are printed. The keys are described in
// queries/plain.toml.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "profile/pattern.h"
#include "profile/toml_table.h"

namespace harvester::profile {

// What a part lists.
enum class PartKind {
    merged,    // pull requests merged in the window, as the editorial part decides
    opened,    // items opened in the window
    labelled,  // items that got one of the labels in the window
    approved,  // pull requests that add one of the paths, merged in the window
    proposed,  // open pull requests that add one of the paths, opened (or changed) in the window
    report,    // the text of a report: [triage]
};

// What a group's items are sorted by; the newest or highest comes first.
enum class GroupOrder { updated, number, labelled };

// Items of one repository.
struct GroupPolicy {
    std::string key;                  // as forms call the group
    std::string repository;           // "rust-lang/rust"; empty: any of the newsletter's
    std::vector<std::string> labels;  // an item needs them all
    GroupOrder order = GroupOrder::updated;
    bool tells_unspecified = true;  // an item without disposition is marked "unspecified"
};

// A group of items as one form prints it.
struct GroupForm {
    std::string key;      // as the group is called in [[part.groups]]
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

// How a part is printed: blocks with a blank line between them. A name in braces stands for what the part
// has; a line that holds nothing but such a name is left out when there is nothing, and so is a block of
// which nothing is left.
struct PartForm {
    std::vector<std::string> blocks;
    std::string heading;   // of one section or group: "##### {link}", "#### {name}"
    std::string line;      // of one item: "* {title} ({author}, [#{number}]({url}))"; empty: the usual one
    std::string newcomer;  // of one first-time contributor
    std::string none;      // for a list without items, or the placeholder of a missing report
    SentenceForm none_of;  // for the groups without items
    std::vector<GroupForm> groups;  // in the order of printing
};

struct PartPolicy {
    std::string name;  // as --part names it
    PartKind kind = PartKind::merged;
    // Of kind merged and opened: the items that meet all conditions; one that isn't given is met by all. A
    // merged pull request is in the first part that takes it, parts without conditions come last.
    std::vector<std::string> repositories;  // names with *
    std::vector<std::string> labels;        // names with *, one is enough; of kind labelled: those that count
    PatternSet titles;
    bool sections = true;  // false: one list, without the headings of the sections
    // Of kind labelled.
    std::vector<std::string>
        ended;  // labels that replace `labels` when all went as planned; without one it was cancelled
    std::vector<std::pair<std::string, std::string>> dispositions;  // label, name; the first that an item has
    std::vector<GroupPolicy> groups;                                // none: all items are one group
    // Of kind approved and proposed.
    std::string repository;          // "rust-lang/rfcs"
    std::vector<std::string> paths;  // of a text, with "*"
    bool tells_updated = true;       // older open ones whose text changed are listed, too
    PartForm form;                   // where no [[forms]] says otherwise

    bool has_conditions() const { return !repositories.empty() || !labels.empty() || !titles.empty(); }
};

// Reads [[part]] from the root of a profile. `organisation` owns repositories that are named without owner.
std::vector<PartPolicy> load_parts(const TomlTable& root, const std::string& organisation);

// Reads the form of a part from the table that holds its keys, over the defaults in `form`.
void read_part_form(const TomlTable& table, PartKind kind, PartForm& form);

}  // namespace harvester::profile
