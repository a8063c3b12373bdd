// Cells of the cache's answers, with a fallback where a cell is NULL.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "base/time.h"
#include "cache/store.h"

namespace harvester::stats {

using Cells = std::span<const cache::Value>;

inline std::int64_t number(const cache::Value& cell, std::int64_t fallback) {
    const auto* found = std::get_if<std::int64_t>(&cell);
    return found != nullptr ? *found : fallback;
}

// Lives as long as the row.
inline std::string_view text(const cache::Value& cell) {
    const auto* found = std::get_if<std::string_view>(&cell);
    return found != nullptr ? *found : std::string_view();
}

inline std::int64_t seconds(Instant t) {
    return t.time_since_epoch().count();
}

}  // namespace harvester::stats
