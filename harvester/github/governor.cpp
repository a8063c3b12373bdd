#include "github/governor.h"

#include <algorithm>
#include <cmath>

namespace harvester::github {
namespace {

double seconds(Milliseconds length) {
    return std::chrono::duration<double>(length).count();
}

}  // namespace

Governor::Governor(const GovernorOptions& options, Moment now)
    : options_(options), level_(options.server_seconds_per_minute), filled_at_(now) {}

double Governor::level(Moment now) const {
    const double rate = options_.server_seconds_per_minute / 60;
    return std::min(options_.server_seconds_per_minute, level_ + rate * seconds(now - filled_at_));
}

std::optional<Moment> Governor::next_start(Moment now, bool mutation) const {
    if (in_flight_ >= std::max(1, options_.in_flight)) return std::nullopt;
    if (in_flight_ > 0 && (mutation || mutation_in_flight_)) return std::nullopt;
    Moment start = now;
    const double missing = expected_ * in_flight_ - level(now);
    if (missing >= 0) {
        const double rate = options_.server_seconds_per_minute / 60;
        start = now + Milliseconds{static_cast<std::int64_t>(std::floor(missing / rate * 1000)) + 1};
    }
    if (mutation && last_mutation_) start = std::max(start, *last_mutation_ + options_.between_mutations);
    return start;
}

void Governor::started(Moment now, bool mutation) {
    ++in_flight_;
    mutation_in_flight_ = mutation;
    if (mutation) last_mutation_ = now;
}

void Governor::ended(Moment now, Milliseconds server_time) {
    const double spent = seconds(server_time);
    level_ = level(now) - spent;
    filled_at_ = now;
    expected_ += (spent - expected_) / 4;
    --in_flight_;
    mutation_in_flight_ = false;
}

}  // namespace harvester::github
