// Draft files, the draft pull request and what `check` looks for; the keys are described in
// queries/twir.toml.
#pragma once

#include <string>
#include <vector>

#include "profile/toml_table.h"

namespace harvester::profile {

// A part of a draft file that the program writes: what stands under one heading.
struct DraftPart {
    std::string name;                       // "merged", as --part names it
    std::vector<std::string> headings;      // words of the headings that begin it, any level
    std::vector<std::string> placeholders;  // how the template's comments for it begin
    std::vector<std::string> leftovers;     // how lines begin that a filled part of the template doesn't need
    bool whole = false;                     // one text, not a list: merged as a whole
    bool required = false;                  // a draft without it isn't one
};

struct PublishPolicy {
    std::vector<DraftPart> parts;
    std::vector<std::string> drafts;      // paths of an issue's draft in a checkout: {date}, {number}
    std::vector<std::string> issues;      // the same of an issue, published or not; the first that is there
    std::string repository;               // "OWNER/NAME" of the newsletter
    std::string branch = "draft-{date}";  // of the draft pull request: {date}, {number}
    std::string title = "Draft issue {number}";  // of the pull request and of its commits
    std::string commit_body;                     // below the title in the commits
    const DraftPart* find_part(const std::string& name) const;
};

struct CheckPolicy {
    std::vector<std::string> html;            // names of the tags that an edition may hold
    std::vector<std::string> lists;           // parts whose items link to the profile's organisation
    std::vector<std::string> elsewhere;       // of those, parts whose items may lead to other sites
    std::vector<std::string> merged;          // of those, parts whose items were merged in the window
    std::vector<std::string> once;            // parts whose items aren't printed again in the next edition
    std::vector<std::string> optional_parts;  // parts that an edition may leave out or have elsewhere
    std::vector<std::string> other_sections;  // headings that editors add to those of the editorial part
    std::vector<std::string> unfinished;      // titles that wait for a better one, "TODO"
};

// Read the tables of these parts from the root of a profile.
PublishPolicy load_publish_policy(const TomlTable& root);
CheckPolicy load_check_policy(const TomlTable& root);

}  // namespace harvester::profile
