#include "github/json.h"

#include <fmt/format.h>

#include <charconv>

#include "base/utf8.h"

namespace harvester::github::json {
namespace {

// The code unit of an escape "\uXXXX" at `at`; nullopt when there is none.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
    const std::string_view escape = text.substr(std::min(at, text.size()), 6);
    unsigned unit = 0;
    if (escape.size() < 6 || !escape.starts_with("\\u")) return std::nullopt;
    const auto [end, error] = std::from_chars(escape.data() + 2, escape.data() + 6, unit, 16);
    return error == std::errc{} && end == escape.data() + 6 ? std::optional(unit) : std::nullopt;
}

constexpr bool is_high(unsigned unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool is_low(unsigned unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

// Writes \ufffd over each surrogate that is unmatched: simdjson would refuse the whole text.
std::string without_lone_surrogates(std::string text) {
    for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
        const auto unit = escaped_unit(text, at);
        if (!unit) {
            at += 2;  // with the character that is escaped
            continue;
        }
        const auto next = escaped_unit(text, at + 6);
        const bool pair = is_high(*unit) && next && is_low(*next);
        if (!pair && (is_high(*unit) || is_low(*unit))) text.replace(at, 6, "\\ufffd");
        at += pair ? 12 : 6;
    }
    return text;
}

bool has_surrogates(const std::string& text) {
    return text.find("\\ud") != std::string::npos || text.find("\\uD") != std::string::npos;
}

// The parser's buffers are kept from one answer to the next.
simdjson::dom::parser& parser() {
    thread_local simdjson::dom::parser instance;
    return instance;
}

}  // namespace

Value parse(const std::string& body) {
    auto root = parser().parse(body);
    if (root.error() == simdjson::UTF8_ERROR || (root.error() != simdjson::SUCCESS && has_surrogates(body)))
        root = parser().parse(without_lone_surrogates(utf8::scrubbed(body)));
    if (root.error() != simdjson::SUCCESS)
        throw Wrong{std::string("it is no JSON: ") + simdjson::error_message(root.error())};
    const Value value(root.value_unsafe());
    if (!value.is_object()) throw Wrong{"its root is not an object"};
    return value;
}

Value Value::operator[](std::string_view key) const& {
    const auto found = member(key);
    if (!found) wrong("lacks " + std::string(key));
    return *found;
}

std::optional<Value> Value::member(std::string_view key) const& {
    simdjson::dom::object object;
    simdjson::dom::element element;
    if (element_.get(object) != simdjson::SUCCESS) wrong("is not an object");
    if (object.at_key(key).get(element) != simdjson::SUCCESS) return std::nullopt;
    return Value(element, this, key, 0);
}

std::optional<Value> Value::find(std::string_view key) const& {
    auto found = member(key);
    return found && !found->is_null() ? found : std::nullopt;
}

std::string_view Value::text(std::size_t most) const {
    std::string_view text;
    if (element_.get(text) != simdjson::SUCCESS) wrong("is not a string");
    if (text.size() > most) wrong(fmt::format("is longer than {} bytes", most));
    return text;
}

std::int64_t Value::count() const {
    std::int64_t number = 0;
    if (element_.get(number) != simdjson::SUCCESS || number < 0) wrong("is not a count");
    return number;
}

bool Value::flag() const {
    bool flag = false;
    if (element_.get(flag) != simdjson::SUCCESS) wrong("is neither true nor false");
    return flag;
}

Instant Value::instant() const {
    const auto instant = parse_instant(text());
    if (!instant) wrong("is not a moment in ISO 8601");
    return *instant;
}

std::string Value::place() const {
    constexpr std::size_t most = 40;  // of a key
    if (holder_ == nullptr) return {};
    const std::string before = holder_->place();
    if (key_.empty()) return fmt::format("{}[{}]", before, index_);
    return before + (before.empty() ? "" : ".") + std::string(key_.substr(0, most));
}

void Value::wrong(const std::string& phrase) const {
    const std::string where = place();
    throw Wrong{(where.empty() ? "its root" : where) + " " + phrase};
}

}  // namespace harvester::github::json
