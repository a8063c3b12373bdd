// A checked view of a TOML table. Each reader puts the value of a key into a variable of the right type; a
// key that is absent leaves the variable's default. What is wrong is collected, so that one run shows all of
// it, and a key that nobody reads is wrong, too: a typing error never goes unseen.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "profile/toml_value.h"

namespace harvester::profile {

// What a reader asked of a table, in the order of asking: for `profile show`.
struct AskedKey {
    std::string key;
    std::string fallback;  // as TOML; empty: the key has no default
};

// The words of an enumeration as profiles write them.
template <class E, std::size_t N>
using WordList = std::array<std::pair<std::string_view, E>, N>;

template <class E, std::size_t N>
std::string_view word_of(E value, const WordList<E, N>& words) {
    for (const auto& [word, known] : words)
        if (known == value) return word;
    return {};
}

class TomlTable {
  public:
    // The root of a profile; `root` is copied.
    explicit TomlTable(TomlValue root);
    // Parses a whole file; what isn't TOML is a problem of an empty table. `name` is how messages call it.
    static TomlTable parse(std::string_view text, const std::string& name);

    bool has(std::string_view key) const;
    const std::string& path() const;                    // "titles.rule[1]"; empty for the root
    const Place* place_of(std::string_view key) const;  // of the key's value; null when it is absent

    void read(std::string_view key, std::string& out) const;
    void read(std::string_view key, std::vector<std::string>& out) const;  // one string is a list of one
    void read(std::string_view key, bool& out) const;
    void read(std::string_view key, Day& out) const;
    void read(std::string_view key, double& out, double least = std::numeric_limits<double>::lowest()) const;
    template <std::integral T>
    requires(!std::same_as<T, bool>) void read(
        std::string_view key, T& out, std::int64_t least = std::numeric_limits<std::int64_t>::min(),
        std::int64_t most = std::numeric_limits<std::int64_t>::max()) const {
        std::int64_t value = static_cast<std::int64_t>(out);
        read_integer(key, value, least, most);
        out = static_cast<T>(value);
    }
    template <class E, std::size_t N>
    void read(std::string_view key, E& out, const WordList<E, N>& words) const {
        std::string word(word_of(out, words));
        read(key, word);
        if (const auto found = meaning(key, word, words)) out = *found;
    }
    template <class E, std::size_t N>
    void read(std::string_view key, std::vector<E>& out, const WordList<E, N>& words) const {
        std::vector<std::string> texts;
        for (const E value : out) texts.emplace_back(word_of(value, words));
        read(key, texts);
        out.clear();
        for (const std::string& text : texts)
            if (const auto found = meaning(key, text, words)) out.push_back(*found);
    }
    // Empty when the key is absent.
    template <class T, class... Limits>
    void read(std::string_view key, std::optional<T>& out, const Limits&... limits) const {
        ask(key, "");
        if (!has(key)) return;
        T value{};
        read(key, value, limits...);
        out = std::move(value);
    }
    // The same for a key that has no default.
    template <class T, class... Limits>
    void require(std::string_view key, T& out, const Limits&... limits) const {
        ask(key, "");
        if (has(key))
            read(key, out, limits...);
        else
            missing(key);
    }

    // The table of a key; an empty one when it is absent.
    TomlTable table(std::string_view key) const;
    // The list of tables of a key, [[key]]; absent: empty.
    std::vector<TomlTable> tables(std::string_view key) const;
    // All keys, in the file's order, for tables whose keys are names. They count as read.
    std::vector<std::string> keys() const;

    // Reports what a caller found wrong with the value of `key`, once a key: "must be a day, \"2024-11-13\"".
    void refuse(std::string_view key, const std::string& problem) const;
    // `word` isn't one of `known`: the nearest of them is suggested.
    void refuse_word(std::string_view key, std::string_view word,
                     const std::vector<std::string>& known) const;

    // Everything found wrong, by place; also the keys, here and in tables read from here, that nobody asked
    // for.
    std::vector<Problem> problems() const;
    // What was asked of this table, and its children in the same order.
    const std::vector<AskedKey>& asked() const;
    const TomlValue& value() const;
    std::vector<TomlTable> children() const;

  private:
    struct Node;
    explicit TomlTable(std::shared_ptr<Node> node) : node_(std::move(node)) {}
    void ask(std::string_view key, std::string fallback) const;
    void missing(std::string_view key) const;
    void read_integer(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most) const;
    template <class T>
    const T* exact(std::string_view key, const char* kind) const;
    template <class E, std::size_t N>
    std::optional<E> meaning(std::string_view key, const std::string& text,
                             const WordList<E, N>& words) const {
        std::vector<std::string> known;
        for (const auto& [word, value] : words) {
            if (word == text) return value;
            known.emplace_back(word);
        }
        if (has(key)) refuse_word(key, text, known);
        return std::nullopt;
    }

    std::shared_ptr<Node> node_;
};

}  // namespace harvester::profile
