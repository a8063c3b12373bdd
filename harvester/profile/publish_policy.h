// Policy of the publish part of the program; its keys are told in queries/twir.toml.
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
    std::vector<std::string> drafts;  // paths of an issue's draft in a checkout: {date}, {number}
    std::vector<std::string> issues;  // the same of an issue, published or not; the first that is there
    std::string repository;           // "OWNER/NAME" of the newsletter
    std::string branch;               // of the draft pull request: {date}, {number}
    std::string title;                // of the pull request and of its commits
    std::string commit_body;          // below the title in the commits
    const DraftPart* find_part(const std::string& name) const;
};

// Reads the tables of this part from the root of a profile; throws ProfileError.
PublishPolicy load_publish_policy(const TomlTable& root);

}  // namespace harvester::profile
