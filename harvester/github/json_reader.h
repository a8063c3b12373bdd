// Reads JSON by simdjson's on-demand parser and knows, when something is wrong, at which place of the text.
// Internal to github/: it throws Wrong, which read_json turns into a Failure.
#pragma once

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "base/failure.h"
#include "base/time.h"

namespace harvester::github::json {

using Value = simdjson::ondemand::value;

// Thrown when a value isn't what it must be; `what` is a phrase, "is not a string".
struct Wrong {
    std::string what;
};

// The text of a string literal, without its quotes, with its escapes resolved, into `out`. Lone surrogates,
// which GitHub passes on from titles of old, become U+FFFD (simdjson refuses the whole string). Broken
// escapes throw.
void unescape(std::string_view literal, std::string& out);

// The name of a member that is looked up in a table: with the quote behind it, as two words that are compared
// at once. At most 15 bytes.
class KeyName {
  public:
    template <std::size_t size>
    explicit(false) constexpr KeyName(const char (&name)[size]) {
        static_assert(size <= 16);
        for (std::size_t i = 0; i < size; ++i) {
            bytes_[i] = i + 1 < size ? name[i] : '"';
            mask_[i] = static_cast<char>(0xff);
        }
    }
    // 16 bytes may be read at `text`.
    bool stands_at(const char* text) const {
        const Words there = words(text), name = words(bytes_.data()), mask = words(mask_.data());
        return (((there[0] ^ name[0]) & mask[0]) | ((there[1] ^ name[1]) & mask[1])) == 0;
    }

  private:
    using Words = std::array<std::uint64_t, 2>;
    static Words words(const char* bytes) {
        Words out;
        std::memcpy(out.data(), bytes, sizeof out);
        return out;
    }
    std::array<char, 16> bytes_{}, mask_{};
};

// A member's name as it is written, without the quote before it. Decoding compares names for every member of
// an answer, so they are compared where they stand; only who wants the name itself looks for its end.
class Key {
  public:
    // The text goes on for simdjson's padding behind `end`.
    Key(const char* first, const char* end) : first_(first), end_(end) {}

    template <std::size_t size>
    bool operator==(const char (&name)[size]) const {
        static_assert(size <= simdjson::SIMDJSON_PADDING);
        return std::memcmp(first_, name, size - 1) == 0 && first_[size - 1] == '"';
    }
    bool operator==(const KeyName& name) const { return name.stands_at(first_); }
    operator std::string_view() const {
        return {first_, static_cast<std::size_t>(std::find(first_, end_, '"') - first_)};
    }

  private:
    const char* first_;
    const char* end_;  // of the text
};

class Reader {
  public:
    // Calls visit(key, value) for each member of an object.
    template <class Visit>
    void members(Value& value, Visit visit) {
        simdjson::ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) throw Wrong{"is not an object"};
        // Fields and values are used where simdjson made them: a copy waits for what was written just before.
        for (auto result : object) {
            if (result.error() != simdjson::SUCCESS) throw simdjson::simdjson_error(result.error());
            auto&& field = std::move(result).value_unsafe();
            const char* const name = simdjson::ondemand::raw_json_string(field.key()).raw();
            push({name, 0});
            visit(Key(name, end_), field.value());
            --depth_;
        }
    }

    // The same, but null is let through; false when it was null.
    template <class Visit>
    bool members_unless_null(Value& value, Visit visit) {
        if (value.is_null()) return false;
        members(value, visit);
        return true;
    }

    // Calls visit(value) for each element of an array.
    template <class Visit>
    void elements(Value& value, Visit visit) {
        simdjson::ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) throw Wrong{"is not a list"};
        std::size_t index = 0;
        for (auto result : array) {
            if (result.error() != simdjson::SUCCESS) throw simdjson::simdjson_error(result.error());
            auto&& element = std::move(result).value_unsafe();
            push({nullptr, index++});
            visit(element);
            --depth_;
        }
    }

    // At most `most` bytes, else Wrong. Into `out`, whose memory is used anew.
    void text(Value& value, std::size_t most, std::string& out) const {
        const std::string_view written = literal(value);
        if (written.size() <= most && written.find('\\') == std::string_view::npos) {
            out.assign(written);
            return;
        }
        unescape(written, out);
        if (out.size() > most) refuse_length(most);
    }
    std::string text(Value& value, std::size_t most) const {
        std::string out;
        text(value, most, out);
        return out;
    }
    // A word of GitHub's schema, which has no escapes: valid as long as the answer's text.
    std::string_view word(Value& value) const { return literal(value); }
    // nullopt for null.
    std::optional<std::string> text_or_null(Value& value, std::size_t most) const;
    std::int64_t count(Value& value) const;  // an integer >= 0
    bool flag(Value& value) const;
    Instant instant(Value& value) const;
    std::optional<Instant> instant_or_null(Value& value) const;

    // "data.search.nodes[3].title": where the reader is, also after something was thrown.
    std::string place() const;
    std::size_t depth() const { return depth_; }

  private:
    struct Step {
        const char* key;  // null: an element of a list
        std::size_t index;
    };
    static constexpr std::size_t deepest = 64;

    // What stands between a string's quotes, as written.
    static std::string_view literal(Value& value) {
        const std::string_view token = value.raw_json_token();
        if (token.empty() || token.front() != '"' || value.get_raw_json_string().error() != simdjson::SUCCESS)
            throw Wrong{"is not a string"};
        const std::size_t last = token.rfind('"');
        if (last == 0) throw Wrong{"is not a whole string"};
        return token.substr(1, last - 1);
    }
    [[noreturn]] static void refuse_length(std::size_t most);

    void push(Step step) {
        if (depth_ == deepest) throw Wrong{"is nested too deeply"};
        steps_[depth_++] = step;
    }
    template <class Visit>
    friend std::optional<std::string> read(const std::string& body, Visit visit);

    std::array<Step, deepest> steps_;  // the first depth_ count
    std::size_t depth_ = 0;
    const char* end_ = nullptr;  // of the text
};

// The text with room behind it, as simdjson asks for; broken UTF-8 is replaced.
class Text {
  public:
    explicit Text(const std::string& body);
    simdjson::padded_string_view view() const { return view_; }
    void scrub();

  private:
    simdjson::padded_string own_;
    simdjson::padded_string_view view_;
};

// The parser's buffers are kept from one answer to the next.
simdjson::ondemand::parser& parser();

// Reads a JSON object from end to end: visit(reader, key, value) gets each member of the root. Returns what
// is wrong with it and where, nullopt when nothing is.
template <class Visit>
std::optional<std::string> read(const std::string& body, Visit visit) {
    Text text(body);
    Reader reader;
    try {
        simdjson::ondemand::document document;
        auto error = parser().iterate(text.view()).get(document);
        if (error == simdjson::UTF8_ERROR) {
            text.scrub();
            error = parser().iterate(text.view()).get(document);
        }
        if (error != simdjson::SUCCESS)
            return std::string("it is no JSON: ") + simdjson::error_message(error);
        reader.end_ = text.view().data() + text.view().size();
        Value root = document.get_value();
        reader.members(root, [&](Key key, Value& value) { visit(reader, key, value); });
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            return "something follows its end";
        return std::nullopt;
    } catch (const Wrong& wrong) {
        return reader.place() + " " + wrong.what;
    } catch (const simdjson::simdjson_error& error) {
        return "it is broken after " + reader.place() + ": " + error.what();
    }
}

}  // namespace harvester::github::json
