// Texts as small numbers, so that a million pull requests are counted without comparing texts.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harvester::stats {

// Gives each text a small number, in the order of first sight. The texts stay where they are.
// Asked for every pull request of a range, hence a hash table of its own: a tenth of the whole time in std's.
class Interner {
  public:
    std::uint32_t number(std::string_view text);
    const std::string& text(std::uint32_t number) const { return texts_[number]; }
    std::size_t size() const { return texts_.size(); }

  private:
    std::deque<std::string> texts_;
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number_and_one = 0;  // 0: empty
    };
    void grow();
    std::vector<Slot> slots_ = std::vector<Slot>(64);  // open addressing; a power of two, half of it empty
};

// Shared by the histories that one report compares.
struct Names {
    Interner repositories;
    Interner authors;
    Interner labels;
};

// Answers a yes-or-no question of a text once and remembers the answer by the text's number.
template <class Ask>
class Remembered {
  public:
    Remembered(const Interner& texts, Ask ask) : texts_(texts), ask_(std::move(ask)) {}
    bool operator()(std::uint32_t number) {
        if (number >= answers_.size()) answers_.resize(number + 1, -1);
        signed char& answer = answers_[number];
        if (answer < 0) answer = ask_(texts_.text(number)) ? 1 : 0;
        return answer == 1;
    }

  private:
    const Interner& texts_;
    Ask ask_;
    std::vector<signed char> answers_;
};

}  // namespace harvester::stats
