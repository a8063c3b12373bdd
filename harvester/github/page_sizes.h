// The page size of each operation: halved when GitHub finds a page too much work, recovering slowly.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace harvester::github {

class PageSizes {
  public:
    static constexpr int largest = 100;  // what GitHub allows

    // What to send next.
    int current(std::string_view operation) const;
    void set(std::string_view operation, int size);

    // A page of `sent` was too much: half of it, not below five, then one. Requests of one size that fail
    // together halve once.
    void shrink(std::string_view operation, int sent);
    // A page of `sent` came: after three in a row at the current size it grows by half.
    void succeeded(std::string_view operation, int sent);

  private:
    struct State {
        int size = largest;
        int successes = 0;
    };
    std::map<std::string, State, std::less<>> states_;
};

}  // namespace harvester::github
