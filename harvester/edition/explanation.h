// The answer of `explain`: in which parts of an edition an item is listed, and why, or why not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/failure.h"
#include "edition/assemble.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::edition {

// An item as people name it: "rust#132562", "rust-lang/rust#1" or the URL of a pull request or an issue.
struct ItemName {
    std::string repository;  // "OWNER/NAME"; "NAME" alone is the organisation's
    std::int64_t number = 0;
    bool operator==(const ItemName&) const = default;
};

// Fails with ExitCode::usage; the message shows the right forms.
Result<ItemName> parse_item_name(const profile::Profile& profile, const std::string& text);

// The decision on an item; nullptr when there is none. Points into `decisions`.
const Decision* find_decision(const std::vector<Decision>& decisions, const ItemName& name);

struct PartAnswer {
    std::string part;  // as --part names it
    bool listed = false;
    std::string reason;  // what comes after "listed: " or "not listed: "
    bool operator==(const PartAnswer&) const = default;
};

struct Explanation {
    Item item;
    std::optional<Decision> decision;  // of a pull request merged in the edition's window
    std::vector<PartAnswer> parts;     // those that the item is listed in, or could be
    std::vector<std::string>
        drafts;  // what the last runs left of it in drafts of the edition, a sentence each
};

// What the cache says of the item for the edition of `assembly`. Fails with ExitCode::usage when the cache
// doesn't have the item.
Result<Explanation> explain(const profile::Profile& profile, cache::Store& store, const Assembly& assembly,
                            const ItemName& name);

// Line by line, safe to show on a terminal. At most `most_reasons` for and against are shown.
std::string explanation_text(const Explanation& explanation, std::size_t most_reasons);

// A feature of the score as an editor would say it: "sections|w=panic" is `the word "panic"`.
std::string feature_words(std::string_view feature);

}  // namespace harvester::edition
