// Which items belong into the parts of an issue that go by labels and paths; the keys are told in
// queries/twir.toml.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

// What a group's items are sorted by; the newest or highest comes first.
enum class GroupOrder { updated, number, labelled };

// Items of one repository.
struct GroupPolicy {
    std::string key;                  // as forms call the group
    std::string repository;           // "rust-lang/rust"
    std::vector<std::string> labels;  // an item needs them all
    GroupOrder order = GroupOrder::updated;
    bool tells_unspecified = true;  // an item without disposition is marked "unspecified"
};

// A label of which the day it was put on decides, and groups by repository.
struct LabelPolicy {
    std::vector<std::string> labels;                                // any of them
    std::vector<std::pair<std::string, std::string>> dispositions;  // label, name; the first that an item has
    std::vector<GroupPolicy> groups;
};

// Proposals: pull requests of one repository that add a text.
struct ProposalPolicy {
    std::string repository;          // "rust-lang/rfcs"
    std::vector<std::string> paths;  // of a text, with "*"
    bool tells_updated = true;       // older open ones whose text changed are listed, too
};

struct SelectPolicy {
    LabelPolicy fcp;
    LabelPolicy testing;
    ProposalPolicy proposals;
};

// Reads the tables of this part from the root of a profile.
SelectPolicy load_select_policy(const TomlTable& root, const std::string& organisation);

}  // namespace harvester::profile
