#include "draft/reworded.h"

#include <algorithm>
#include <vector>

namespace harvester::draft {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Letters only, in lower case; what separates words is gone.
std::string letters_of(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80)
            out += c;
    return out;
}

struct Number {
    std::size_t begin, end;
};

std::vector<Number> numbers_in(std::string_view text) {
    std::vector<Number> numbers;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at])) continue;
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        numbers.push_back({begin, at});
    }
    return numbers;
}

}  // namespace

bool same_words(std::string_view text, std::string_view other) {
    const std::string letters = letters_of(text);
    return !letters.empty() && std::any_of(text.begin(), text.end(), is_digit) &&
           letters_of(other).find(letters) != std::string::npos;
}

std::optional<std::string> with_new_number(std::string_view kept, std::string_view before,
                                           std::string_view now) {
    const auto olds = numbers_in(before), news = numbers_in(now);
    if (olds.size() != news.size()) return std::nullopt;
    std::string_view old_number, new_number;
    for (std::size_t i = 0; i < olds.size(); ++i) {
        const auto a = before.substr(olds[i].begin, olds[i].end - olds[i].begin),
                   b = now.substr(news[i].begin, news[i].end - news[i].begin);
        if (a == b) continue;
        if (!old_number.empty()) return std::nullopt;
        old_number = a;
        new_number = b;
    }
    if (old_number.empty()) return std::string(kept);
    std::optional<std::string> out;
    for (const Number& number : numbers_in(kept)) {
        if (kept.substr(number.begin, number.end - number.begin) != old_number) continue;
        if (out) return std::nullopt;
        out = std::string(kept.substr(0, number.begin)) + std::string(new_number) +
              std::string(kept.substr(number.end));
    }
    return out;
}

}  // namespace harvester::draft
