#include "base/clock.h"

#include <csignal>
#include <thread>

namespace harvester {
namespace {

volatile std::sig_atomic_t interrupt_seen = 0;

// The first signal asks the program to end in order; a second one ends it at once.
extern "C" void on_interrupt(int signal) {
    if (interrupt_seen != 0) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
    interrupt_seen = 1;
}

}  // namespace

bool interrupted() {
    return interrupt_seen != 0;
}

void install_interrupt_handler() {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

std::chrono::sys_time<Milliseconds> SystemClock::now() const {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

bool SystemClock::sleep(Milliseconds length) {
    // Short naps, so that an interrupt is noticed whichever thread the signal went to.
    const auto end = std::chrono::steady_clock::now() + length;
    while (!interrupted()) {
        const auto left = end - std::chrono::steady_clock::now();
        if (left <= left.zero()) return true;
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(left, Milliseconds{100}));
    }
    return false;
}

}  // namespace harvester
