// What is wrong in the parts of an issue that the program writes. Every kind of finding is one named rule.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/check_document.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::check {

// The one right way to mend a line.
struct Mend {
    enum class Kind { replace, remove };
    Kind kind = Kind::replace;
    std::string text;  // the line instead, without its end
};

struct Finding {
    std::size_t line = 0;  // from 1
    std::string rule;      // "odd-backticks"
    std::string message;   // one sentence
    std::optional<Mend> mend;
};

struct CheckInput {
    std::string name;  // of the file; its date is the issue's
    std::string_view text;
    std::optional<std::string> previous;  // text of the previous issue
    // What the cache knows; empty functions and nullopt: nothing.
    std::function<std::optional<Item>(const std::string& url)> find_item;
    std::function<std::optional<std::int64_t>(const Edition& issue)> merged_count;
    std::set<std::string> missing;  // keys of link_key of items that GitHub was asked for and doesn't have
};

// The issue that a file is of, by its name or else by the Date line of its header; nullopt: neither is an
// issue's date.
std::optional<Edition> edition_of_file(const std::string& name, std::string_view text,
                                   const profile::Profile& profile);

// The URLs of the items that an issue's lists print, each item once: what is worth to be looked up.
std::vector<std::string> listed_items(std::string_view text, const profile::Profile& profile);

// By line, then by rule. Never fails: any bytes are a draft, if only a wrong one.
std::vector<Finding> check_issue(const CheckInput& input, const profile::Profile& profile);

// The text with everything mended that has one right answer; checked again until nothing more can be.
std::string mend_issue(const CheckInput& input, const profile::Profile& profile);

// ---- the rules, by what they look at ----

struct CheckContext {
    const CheckInput& input;
    const profile::Profile& profile;
    const CheckDocument& document;
    std::optional<Edition> issue;  // of the file's date
    std::vector<Finding>& findings;

    void add(std::size_t line, const char* rule, std::string message,
             std::optional<Mend> mend = std::nullopt) const {
        findings.push_back({line, rule, std::move(message), std::move(mend)});
    }
};

void check_characters(const CheckContext& context);  // backticks, HTML, controls, white space
void check_links(const CheckContext& context);       // shape, host, text and URL, duplicates
void check_sections(
    const CheckContext& context);  // parts and headings: missing, unknown, empty, out of order
void check_issue_data(const CheckContext& context);  // date, number, window, count
void check_items(const CheckContext& context);       // what the cache and the previous issue know

}  // namespace harvester::check
