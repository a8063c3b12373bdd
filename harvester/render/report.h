// render/: a report in the newsletter's form. This header is what a rendered issue is made of.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"

namespace harvester::render {

// One line of a list: `* PREFIX[TITLE](URL)`, or as the form's `line` says.
struct Entry {
    std::string prefix;  // "[disposition: close] ", "[updated] "; empty for most
    std::string title;   // inline Markdown, safe inside a link
    std::string url;
    std::string author{};      // login
    std::string repository{};  // "owner/name"
    std::int64_t number = 0;
    bool operator==(const Entry&) const = default;
};

// What comes below one heading of a part.
struct Section {
    std::string name;  // "Compiler", or the key of a group; empty: the items have no heading
    std::vector<Entry> picks;
    std::vector<Entry> others{};  // candidates left out, best first; printed with --all inside a comment
    bool operator==(const Section&) const = default;
};

struct Part {
    std::string name;                 // as the profile calls it
    std::int64_t count = 0;           // items found, those left out too
    std::vector<Section> sections{};  // of groups: all of them, empty ones too
    std::optional<std::string>
        text{};                      // Markdown of a report; nullopt: none this week, the placeholder stays
    std::vector<Entry> newcomers{};  // the first merged pull request of each first-time contributor
};

struct Report {
    Edition issue;
    Layout layout = Layout::sections;
    std::vector<Part> parts;  // in the order of the profile
    // Names of the parts of which a search was not complete: what they list may lack items, and where they
    // list none, that isn't proved.
    std::vector<std::string> unproved;
    std::vector<std::string> warnings;  // "the cache lacks ..."

    // Whether the harvest proved that a part has all its items.
    bool proved(std::string_view part) const { return std::ranges::find(unproved, part) == unproved.end(); }

    // An empty part is made when there is none of that name.
    Part& part(std::string_view name) {
        const auto found = std::ranges::find(parts, name, &Part::name);
        return found != parts.end() ? *found : parts.emplace_back(Part{std::string(name)});
    }
    const Part* find_part(std::string_view name) const {
        const auto found = std::ranges::find(parts, name, &Part::name);
        return found == parts.end() ? nullptr : &*found;
    }
};

}  // namespace harvester::render
