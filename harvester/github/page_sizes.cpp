#include "github/page_sizes.h"

#include <algorithm>

namespace harvester::github {
namespace {

constexpr int floor_size = 5;

int halved(int size) {
    if (size <= floor_size) return 1;
    return std::max(size / 2, floor_size);
}

}  // namespace

int PageSizes::current(std::string_view operation) const {
    const auto found = states_.find(operation);
    return found == states_.end() ? largest : found->second.size;
}

void PageSizes::set(std::string_view operation, int size) {
    states_[std::string(operation)] = State{std::clamp(size, 1, largest), 0};
}

void PageSizes::shrink(std::string_view operation, int sent) {
    State& state = states_[std::string(operation)];
    state.size = std::min(state.size, halved(sent));
    state.successes = 0;
}

void PageSizes::succeeded(std::string_view operation, int sent) {
    const auto found = states_.find(operation);
    if (found == states_.end() || sent < found->second.size || found->second.size == largest) return;
    State& state = found->second;
    constexpr int in_a_row = 3;
    if (++state.successes < in_a_row) return;
    state.size = std::min(largest, state.size + std::max(1, state.size / 2));
    state.successes = 0;
}

}  // namespace harvester::github
