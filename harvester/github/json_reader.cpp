#include "github/json_reader.h"

#include <fmt/format.h>

#include <cstring>

#include "base/utf8.h"

namespace harvester::github::json {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The four digits at `at`; nullopt when there aren't four.
std::optional<char32_t> code_unit(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return std::nullopt;
    char32_t unit = 0;
    for (const char c : text.substr(at, 4)) {
        const int digit = hex_digit(c);
        if (digit < 0) return std::nullopt;
        unit = unit * 16 + static_cast<char32_t>(digit);
    }
    return unit;
}

constexpr bool is_high_surrogate(char32_t c) {
    return c >= 0xD800 && c < 0xDC00;
}
constexpr bool is_low_surrogate(char32_t c) {
    return c >= 0xDC00 && c < 0xE000;
}

// Reads the digits after "\u" at `at`, with the second half of a pair, and moves `at` past them.
char32_t code_point(std::string_view text, std::size_t& at) {
    const auto first = code_unit(text, at);
    if (!first) throw Wrong{"has a broken escape"};
    at += 4;
    if (is_low_surrogate(*first)) return utf8::replacement;
    if (!is_high_surrogate(*first)) return *first;
    const auto second = text.substr(at, 2) == "\\u" ? code_unit(text, at + 2) : std::nullopt;
    if (!second || !is_low_surrogate(*second)) return utf8::replacement;
    at += 6;
    return 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
}

}  // namespace

void unescape(std::string_view literal, std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    out.clear();
    out.reserve(literal.size());
    for (std::size_t at = 0; at < literal.size();) {
        const std::size_t backslash = std::min(literal.find('\\', at), literal.size());
        out.append(literal, at, backslash - at);
        at = backslash;
        if (at == literal.size()) break;
        if (++at == literal.size()) throw Wrong{"has a broken escape"};
        const char letter = literal[at++];
        if (letter == 'u') {
            utf8::append(out, code_point(literal, at));
        } else if (const std::size_t which = letters.find(letter); which != std::string_view::npos) {
            out.push_back(meanings[which]);
        } else {
            throw Wrong{"has a broken escape"};
        }
    }
}

void Reader::refuse_length(std::size_t most) {
    throw Wrong{fmt::format("is longer than {} bytes", most)};
}

std::optional<std::string> Reader::text_or_null(Value& value, std::size_t most) const {
    if (value.is_null()) return std::nullopt;
    return text(value, most);
}

std::int64_t Reader::count(Value& value) const {
    std::int64_t number = 0;
    if (value.get_int64().get(number) != simdjson::SUCCESS || number < 0) throw Wrong{"is not a count"};
    return number;
}

bool Reader::flag(Value& value) const {
    bool flag = false;
    if (value.get_bool().get(flag) != simdjson::SUCCESS) throw Wrong{"is neither true nor false"};
    return flag;
}

Instant Reader::instant(Value& value) const {
    const auto instant = parse_instant(literal(value));
    if (!instant) throw Wrong{"is not a moment in ISO 8601"};
    return *instant;
}

std::optional<Instant> Reader::instant_or_null(Value& value) const {
    if (value.is_null()) return std::nullopt;
    return instant(value);
}

std::string Reader::place() const {
    std::string out;
    for (std::size_t i = 0; i < depth_; ++i) {
        const Step& step = steps_[i];
        if (step.key == nullptr)
            out += fmt::format("[{}]", step.index);
        else
            out += (out.empty() ? "" : ".") +
                   utf8::scrubbed(std::string_view(Key(step.key, end_)).substr(0, 40));
    }
    return out.empty() ? "its root" : out;
}

Text::Text(const std::string& body) {
    if (body.capacity() - body.size() >= simdjson::SIMDJSON_PADDING) {
        view_ = simdjson::padded_string_view(body);
    } else {
        own_ = simdjson::padded_string(body);
        view_ = own_;
    }
}

void Text::scrub() {
    own_ = simdjson::padded_string(utf8::scrubbed(view_));
    view_ = own_;
}

simdjson::ondemand::parser& parser() {
    thread_local simdjson::ondemand::parser instance;
    return instance;
}

}  // namespace harvester::github::json
