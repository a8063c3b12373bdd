// Reads JSON by simdjson's on-demand parser and knows, when something is wrong, at which place of the text.
// Internal to github/: it throws Wrong, which read_json turns into a Failure.
#pragma once

#include <simdjson.h>

#include <array>
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

// The text of a string literal, without its quotes, with its escapes resolved. Lone surrogates, which GitHub
// passes on from titles of old, become U+FFFD (simdjson refuses the whole string). Broken escapes throw.
std::string unescape(std::string_view literal);

// key == name, compared at once: this is asked for every member of an answer.
template <std::size_t size>
bool is(std::string_view key, const char (&name)[size]) {
    return key.size() == size - 1 && std::memcmp(key.data(), name, size - 1) == 0;
}

class Reader {
  public:
    // Calls visit(key, value) for each member of an object. Keys with escapes come as they are written.
    template <class Visit>
    void members(Value value, Visit visit) {
        simdjson::ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) throw Wrong{"is not an object"};
        for (simdjson::ondemand::field field : object) {
            const std::string_view name = key(field.key());
            push({name, 0});
            visit(name, field.value());
            --depth_;
        }
    }

    // The same, but null is let through; false when it was null.
    template <class Visit>
    bool members_unless_null(Value value, Visit visit) {
        if (value.is_null()) return false;
        members(value, visit);
        return true;
    }

    // Calls visit(value) for each element of an array.
    template <class Visit>
    void elements(Value value, Visit visit) {
        simdjson::ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) throw Wrong{"is not a list"};
        std::size_t index = 0;
        for (Value element : array) {
            push({{}, index++});
            visit(element);
            --depth_;
        }
    }

    // At most `most` bytes, else Wrong.
    std::string text(Value value, std::size_t most) const;
    // nullopt for null.
    std::optional<std::string> text_or_null(Value value, std::size_t most) const;
    std::int64_t count(Value value) const;  // an integer >= 0
    bool flag(Value value) const;
    Instant instant(Value value) const;
    std::optional<Instant> instant_or_null(Value value) const;

    // "data.search.nodes[3].title": where the reader is, also after something was thrown.
    std::string place() const;
    std::size_t depth() const { return depth_; }

  private:
    struct Step {
        std::string_view key;  // empty: an element of a list
        std::size_t index = 0;
    };
    static constexpr std::size_t deepest = 64;

    void push(Step step) {
        if (depth_ == deepest) throw Wrong{"is nested too deeply"};
        steps_[depth_++] = step;
    }
    std::string_view key(simdjson::ondemand::raw_json_string raw) const {
        const char* first = raw.raw();
        const char* quote = first;
        while (quote != end_ && *quote != '"') ++quote;  // keys are short
        return {first, static_cast<std::size_t>(quote - first)};
    }

    template <class Visit>
    friend std::optional<std::string> read(const std::string& body, Visit visit);

    std::array<Step, deepest> steps_{};
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
        const Value root = document.get_value();
        reader.members(root, [&](std::string_view key, Value value) { visit(reader, key, value); });
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
