// The answer of `explain`, for people.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/failure.h"
#include "model.h"
#include "profile/profile.h"

namespace harvester::edition {

// An item as people name it: "rust#132562", "rust-lang/rust#1" or the URL of a pull request.
struct ItemName {
    std::string repository;  // "OWNER/NAME"; "NAME" alone is the organisation's
    std::int64_t number = 0;
    bool operator==(const ItemName&) const = default;
};

// Fails with ExitCode::usage; the message shows the right forms.
Result<ItemName> parse_item_name(const profile::Profile& profile, const std::string& text);

// Null when there is none.
const Decision* find_decision(std::span<const Decision> decisions, const ItemName& name);

// All that is known of a decision, line by line, safe to show on a terminal. At most `most_parts` addends of
// the score are told.
std::string explanation(const Decision& decision, std::size_t most_parts);

}  // namespace harvester::edition
