// Reads JSON of a server: values that know their place in the text, so that what is wrong with one can be
// named. Internal to github/: it throws Wrong, which read() turns into a sentence.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace harvester::github::json {

// Thrown when a value isn't what it must be: "data.search.nodes[3].title is not a string".
struct Wrong {
    std::string what;
};

// A value of a text that was parsed. A member refers to the value that holds it, and texts to the parser: all
// are valid as long as their holders and the call of read() that they came from.
class Value {
  public:
    explicit Value(simdjson::dom::element root) : element_(root) {}

    // The member of an object; Wrong when this is no object or lacks it. It may be null.
    Value operator[](std::string_view key) const&;
    Value operator[](std::string_view key) const&& = delete;
    // The same; nullopt when it is lacking. It may be null.
    std::optional<Value> member(std::string_view key) const&;
    std::optional<Value> member(std::string_view key) const&& = delete;
    // The same; nullopt when it is lacking or null.
    std::optional<Value> find(std::string_view key) const&;
    std::optional<Value> find(std::string_view key) const&& = delete;
    bool is_null() const { return element_.is_null(); }
    bool is_object() const { return element_.is_object(); }
    bool is_string() const { return element_.is_string(); }

    // Calls visit(key, value) for each member of an object.
    template <class Visit>
    void members(Visit visit) const {
        simdjson::dom::object object;
        if (element_.get(object) != simdjson::SUCCESS) wrong("is not an object");
        for (const auto& [key, element] : object) visit(key, Value(element, this, key, 0));
    }
    // Calls visit(value) for each element of a list.
    template <class Visit>
    void elements(Visit visit) const {
        simdjson::dom::array array;
        if (element_.get(array) != simdjson::SUCCESS) wrong("is not a list");
        std::size_t index = 0;
        for (const auto element : array) visit(Value(element, this, {}, index++));
    }

    std::string_view text(std::size_t most = std::string::npos) const;  // at most `most` bytes
    std::int64_t count() const;                                         // an integer >= 0
    bool flag() const;
    Instant instant() const;

    [[noreturn]] void wrong(const std::string& phrase) const;

  private:
    Value(simdjson::dom::element element, const Value* holder, std::string_view key, std::size_t index)
        : element_(element), holder_(holder), key_(key), index_(index) {}
    std::string place() const;

    simdjson::dom::element element_;
    const Value* holder_ = nullptr;
    std::string_view key_;   // of a member
    std::size_t index_ = 0;  // of an element
};

// Parses a text: the root is an object. Broken UTF-8 and lone surrogates, which GitHub passes on from old
// titles, become U+FFFD. Throws Wrong for what is no JSON from end to end. The value is valid until the next
// call.
Value parse(const std::string& body);

// Parses `body` and hands it to `use`. Returns what is wrong with it and where, nullopt when nothing is.
template <class Use>
std::optional<std::string> read(const std::string& body, Use use) {
    try {
        use(parse(body));
        return std::nullopt;
    } catch (const Wrong& wrong) {
        return wrong.what;
    }
}

}  // namespace harvester::github::json
