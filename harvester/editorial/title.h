// How a title of GitHub becomes the title that the list prints.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model.h"
#include "profile/title_policy.h"

namespace harvester::editorial {

struct TitleInput {
    std::string repository;  // "cargo" or "rust-lang/cargo"
    std::string section;     // heading under which the title stands; empty in layout flat
    std::string raw;         // any bytes
    Layout layout = Layout::sections;
    std::optional<Day> issue_date{};  // empty: the newest policy
};

struct FormattedTitle {
    std::string markdown;          // one line of inline Markdown, safe as the text of a link; never empty
    std::string sort_key;          // see sort_key.h
    std::vector<TitleStep> steps;  // the steps that changed something, first the title as it came
};

// Pure; never fails, whatever the bytes.
FormattedTitle format_title(const profile::TitlePolicy& policy, const TitleInput& input);

// The same with settings that title_settings has given: all titles of a repository, section, layout and date
// share them.
FormattedTitle format_title(const profile::TitlePolicy& policy, const profile::TitleSettings& settings,
                            const std::string& raw);

// The settings that the policy's rules give for one title.
profile::TitleSettings title_settings(const profile::TitlePolicy& policy, const TitleInput& input);

}  // namespace harvester::editorial
