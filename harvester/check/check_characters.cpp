#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "check/check.h"
#include "markdown/code_span.h"

namespace harvester::check {
namespace {

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const profile::DraftPart* policy_of(const CheckContext& context, const CheckLine& line) {
    return context.profile.publish.find_part(line.part);
}

// A code span of a paragraph may go on in the next line; those of lists and headings can't.
bool stands_alone(const CheckContext& context, const CheckLine& line) {
    const auto* part = policy_of(context, line);
    return line.heading || (part != nullptr && !part->whole);
}

void backticks(const CheckContext& context, const CheckLine& line) {
    for (const markdown::CodeSpan& span : markdown::code_spans(line.text))
        if (span.ticks == 1 && markdown::is_blank(span.content(line.text)))
            context.add(line.number, "empty-code",
                        "there is nothing between two backticks; write the code or take them out");
    if (!stands_alone(context, line)) return;
    const std::string plain = line.plain();
    for (auto at = plain.find('`'); at != std::string::npos; at = plain.find('`', at)) {
        const auto end = std::min(plain.find_first_not_of('`', at), plain.size());
        if (end - at == 2)
            context.add(line.number, "empty-code",
                        "there is nothing between two backticks; write the code or take them out");
        else
            context.add(line.number, "odd-backticks",
                        "a backtick has no partner; add it or put a backslash before");
        at = end;
    }
}

void html(const CheckContext& context, const CheckLine& line) {
    const std::string plain = line.plain();
    const auto& allowed = context.profile.check.html;
    for (auto at = plain.find('<'); at != std::string::npos; at = plain.find('<', at + 1)) {
        const auto name_at = at + 1 + (plain.compare(at + 1, 1, "/") == 0 ? 1 : 0);
        if (name_at >= plain.size() || !letter(plain[name_at])) continue;
        const auto close = plain.find('>', name_at);
        if (close == std::string::npos) continue;
        auto end = name_at;
        while (end < plain.size() && (letter(plain[end]) || (plain[end] >= '0' && plain[end] <= '9'))) ++end;
        const std::string_view inside = std::string_view(plain).substr(name_at, close - name_at);
        const bool autolink =
            inside.find(' ') == std::string_view::npos &&
            (inside.find("://") != std::string_view::npos || inside.find('@') != std::string_view::npos);
        std::string name = plain.substr(name_at, end - name_at);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return letter(c) ? static_cast<char>(c | 0x20) : c; });
        if (!autolink && std::find(allowed.begin(), allowed.end(), name) == allowed.end())
            context.add(
                line.number, "html",
                fmt::format(
                    "{} is HTML that vanishes or is refused; put it in backticks or a backslash before it",
                    line.text.substr(at, close + 1 - at)));
    }
}

void controls(const CheckContext& context, const CheckLine& line) {
    constexpr char32_t joiner = 0x200D;
    constexpr char32_t byte_order_mark = 0xFEFF;
    constexpr char32_t first_emoji = 0x2000;  // a joiner after anything above is part of an emoji
    std::string mended;
    char32_t first = 0;
    char32_t before = 0;
    bool broken = false;
    for (std::size_t at = 0; at < line.text.size();) {
        const std::size_t begin = at;
        const char32_t c = utf8::next(line.text, at);
        broken = broken || (c == utf8::replacement && at == begin + 1);
        const bool hostile = utf8::is_hostile_control(c) && c != U'\t' &&
                             !(c == joiner && before >= first_emoji) &&
                             !(c == byte_order_mark && line.number == 1 && begin == 0);
        if (hostile && first == 0) first = c;
        if (!hostile) mended += line.text.substr(begin, at - begin);
        if (!hostile) before = c;
    }
    if (broken)
        context.add(line.number, "encoding", "there are bytes that aren't UTF-8; write the characters again");
    if (first != 0)
        context.add(line.number, "control-character",
                    fmt::format("U+{:04X} can't be seen and may change what a reader sees; take it out",
                                static_cast<std::uint32_t>(first)),
                    Mend{Mend::Kind::replace, mended});
}

void white_space(const CheckContext& context, const CheckLine& line) {
    const auto last = line.text.find_last_not_of(" \t");
    const std::string_view kept =
        last == std::string_view::npos ? std::string_view() : line.text.substr(0, last + 1);
    if (kept.size() == line.text.size()) return;
    // Two spaces at the end of a line of prose are a line break.
    const auto* part = policy_of(context, line);
    if (part != nullptr && part->whole && !kept.empty()) return;
    context.add(line.number, "trailing-space", "there is white space at the end of the line; take it out",
                Mend{Mend::Kind::replace, std::string(kept)});
}

}  // namespace

void check_characters(const CheckContext& context) {
    for (const CheckLine& line : context.document.lines) {
        if (line.part.empty()) continue;
        controls(context, line);
        if (!line.visible) continue;
        backticks(context, line);
        html(context, line);
        white_space(context, line);
    }
}

}  // namespace harvester::check
