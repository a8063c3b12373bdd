// A file descriptor that closes itself.
#pragma once

#include <unistd.h>

#include <utility>

namespace harvester {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}  // takes ownership; negative: none
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    int get() const { return number_; }

    // False when the system reports an error, as a full disk may do only now. Closing twice is harmless.
    bool close() {
        const int number = std::exchange(number_, -1);
        return number < 0 || ::close(number) == 0;
    }

  private:
    int number_;
};

}  // namespace harvester
