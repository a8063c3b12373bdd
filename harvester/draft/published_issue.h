// A published issue, or a draft of one, read back: which pull requests its list holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile/profile.h"

namespace harvester::draft {

struct PublishedItem {
    std::string url;         // as printed, without what follows the number
    std::string repository;  // "rust-lang/rust"; former owners are the organisation
    std::int64_t number = 0;
    std::string heading;   // "Compiler"; empty before the first heading of the list
    std::size_t line = 0;  // from 1
    std::string title;     // as printed, inline Markdown; empty where the link isn't a list line's own
    bool operator==(const PublishedItem&) const = default;
};

struct PublishedIssue {
    std::vector<PublishedItem> items;   // in the issue's order, each once
    std::vector<std::string> oddities;  // "FILE:LINE: ...": what couldn't be used, for people
};

// Reads the list of merged pull requests below the profile's headings. Text inside HTML comments isn't
// printed and doesn't count. Never fails: any bytes are an issue, if only one without items and with an
// oddity. `name` is the file's for the oddities.
PublishedIssue read_published_issue(const profile::Profile& profile, std::string_view text,
                                    const std::string& name);

}  // namespace harvester::draft
