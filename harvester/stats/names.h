// Texts as small numbers, so that a million pull requests are counted without comparing texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/failure.h"
#include "cache/store.h"
#include "stats/keys.h"

namespace harvester::stats {

// Gives each text a small number, in the order of first sight.
class Interner {
  public:
    std::uint32_t number(std::string_view text);
    // Valid until the next number().
    const std::string& text(std::uint32_t number) const { return texts_[number]; }
    std::size_t size() const { return texts_.size(); }

  private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
    std::uint32_t last_ = 0;  // the number given last: the next text is often the same
};

// Repositories or authors, by their keys in the cache. A text is there after load().
class CachedNames {
  public:
    std::uint32_t number(std::int64_t key) { return numbers_.number(key); }
    // Reads the texts of the keys that are new since the last time.
    Result<void> load(const cache::Store& store);
    const std::string& text(std::uint32_t number) const { return texts_[number]; }
    std::size_t size() const { return texts_.size(); }

  private:
    KeyNumbers numbers_;
    std::vector<std::string> texts_;
};

// Shared by the histories that one report compares.
struct Names {
    CachedNames repositories;
    CachedNames authors;
    Interner labels;
};

// Answers a yes-or-no question of a text once and remembers the answer by the text's number.
template <class Texts, class Ask>
class Remembered {
  public:
    Remembered(const Texts& texts, Ask ask) : texts_(texts), ask_(std::move(ask)) {}
    bool operator()(std::uint32_t number) {
        if (number >= answers_.size()) answers_.resize(texts_.size(), -1);
        signed char& answer = answers_[number];
        if (answer < 0) answer = ask_(texts_.text(number)) ? 1 : 0;
        return answer == 1;
    }

  private:
    const Texts& texts_;
    Ask ask_;
    std::vector<signed char> answers_;
};

}  // namespace harvester::stats
