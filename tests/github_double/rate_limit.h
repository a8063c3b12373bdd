// The points of an hour.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace github_double {

struct RateLimit {
    std::int64_t limit = 5000;
    std::int64_t used = 0;
    harvester::Instant reset;
};

}  // namespace github_double
