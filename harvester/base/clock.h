// The Clock seam: time as the program sees it, real or virtual.
#pragma once

#include <chrono>

#include "base/time.h"

namespace harvester {

class Clock {
  public:
    virtual ~Clock() = default;

    // Wall-clock time, UTC, to the millisecond.
    virtual std::chrono::sys_time<Milliseconds> now() const = 0;

    // Waits; false when an interrupt (SIGINT, SIGTERM) ended the wait early.
    virtual bool sleep(Milliseconds length) = 0;

    Instant now_seconds() const { return std::chrono::floor<Seconds>(now()); }
};

class SystemClock final : public Clock {
  public:
    std::chrono::sys_time<Milliseconds> now() const override;
    bool sleep(Milliseconds length) override;
};

// Time that moves by sleep(), by advance() and, when a step is given, by each look at it, as on a real clock
// no two looks give the same: a test of hours runs in milliseconds.
class VirtualClock final : public Clock {
  public:
    explicit VirtualClock(Instant start, Milliseconds step = Milliseconds{0}) : now_(start), step_(step) {}
    std::chrono::sys_time<Milliseconds> now() const override {
        const auto seen = now_;
        now_ += step_;
        return seen;
    }
    bool sleep(Milliseconds length) override {
        slept_ += length;
        now_ += length;
        return true;
    }
    void advance(Milliseconds length) { now_ += length; }
    Milliseconds slept() const { return slept_; }

  private:
    mutable std::chrono::sys_time<Milliseconds> now_;
    Milliseconds step_;
    Milliseconds slept_{0};
};

// Set by the signal handler of main; commands ask it between two steps.
bool interrupted();
void install_interrupt_handler();

}  // namespace harvester
