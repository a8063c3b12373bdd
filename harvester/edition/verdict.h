// The verdicts of the editorial part in words.
#pragma once

#include <string_view>

#include "model.h"

namespace harvester::edition {

struct VerdictText {
    std::string_view name;    // in JSON
    std::string_view phrase;  // for people
};

VerdictText verdict_text(Verdict verdict);

}  // namespace harvester::edition
