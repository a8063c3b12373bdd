// Keeps to GitHub's advice on how much may be asked: a burst is fine, a long run is not.
// Pure bookkeeping; the caller passes the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace harvester::github {

using Moment = std::chrono::sys_time<Milliseconds>;

struct GovernorOptions {
    int in_flight = 4;                      // requests at the same time; 1: strictly serial
    double server_seconds_per_minute = 60;  // what a bucket of the same size is refilled with
    Milliseconds between_mutations{1000};
};

class Governor {
  public:
    Governor(const GovernorOptions& options, Moment now);

    // When the next request may start, `now` at the earliest; nullopt: not before one in flight has ended.
    // A mutation goes alone.
    std::optional<Moment> next_start(Moment now, bool mutation) const;

    void started(Moment now, bool mutation);
    // `server_time`: from start to last byte, taken for the time that GitHub spent.
    void ended(Moment now, Milliseconds server_time);

    int in_flight() const { return in_flight_; }

  private:
    double level(Moment now) const;  // seconds in the bucket; below zero after a surprise

    GovernorOptions options_;
    int in_flight_ = 0;
    bool mutation_in_flight_ = false;
    double level_;
    Moment filled_at_;
    double expected_ = 1;  // server seconds of a request, a moving mean; kept aside for each one in flight
    std::optional<Moment> last_mutation_;
};

}  // namespace harvester::github
