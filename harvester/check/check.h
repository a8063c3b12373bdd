// check/: what is wrong in the parts of a draft that the program writes. Every kind of finding is one named
// rule; the rules are in tables (rules.h), a file for each kind of rule.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "profile/profile.h"

namespace harvester::check {

// error: must be corrected. note: an editor may well have meant it; it doesn't fail a check.
enum class Severity { error, note };

// The one right correction of a line: the lines to write instead of it, without their ends. None: the line
// goes.
struct Fix {
    std::vector<std::string> lines;
};

struct Finding {
    std::size_t line = 0;  // from 1
    std::string rule;      // "odd-backticks"
    Severity severity = Severity::error;
    std::string message;  // one sentence
    std::optional<Fix> fix;
};

// An item that a label puts into a part, though its repository has no group there.
struct UngroupedItem {
    std::string part;
    std::string url;
};

struct CheckInput {
    std::string name;  // of the file; its date is the edition's
    std::string_view text;
    std::optional<std::string> previous;  // text of the previous edition
    // What the cache knows; empty functions, nullopt and empty lists: nothing.
    std::function<std::optional<Item>(const std::string& url)> find_item;
    std::function<std::optional<std::int64_t>(const Edition& edition)> merged_count;
    std::function<std::vector<UngroupedItem>(const Edition& edition)> ungrouped;
    std::set<std::string> missing;  // keys of link_key of items that GitHub was asked for and doesn't have
};

// The edition that a file is of, by its name or else by the Date line of its header; nullopt: neither is an
// edition's date.
std::optional<Edition> edition_of_file(const std::string& name, std::string_view text,
                                       const profile::Profile& profile);

// The URLs of the items that a draft's lists print, each item once: what is worth looking up.
std::vector<std::string> listed_items(std::string_view text, const profile::Profile& profile);

// By line. Never fails: any bytes are a draft, if only a wrong one. A comment in the text, "<!-- harvester:
// allow RULE, RULE -->", waives rules: for its own line, for the next line when nothing else is on its own,
// and for the whole text when it is outside the program's parts.
std::vector<Finding> check_edition(const CheckInput& input, const profile::Profile& profile);

struct FixedText {
    std::string text;
    std::vector<Finding> fixed;  // `line` is that of the text before any fix
};

// The text with everything fixed that has one right answer; checked again until nothing more can be.
FixedText fix_edition(const CheckInput& input, const profile::Profile& profile);

}  // namespace harvester::check
