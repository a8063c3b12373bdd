#include <algorithm>

#include "markdown/code_span.h"
#include "titles/title_steps.h"
#include "titles/title_text.h"

namespace harvester::titles {
namespace {

constexpr auto npos = std::string_view::npos;

// "\`tea\`": a writer who escapes one backtick escapes all of them.
std::string with_plain_backticks(std::string_view title) {
    bool escaped = false;
    for (std::size_t at = title.find('`'); at != npos; at = title.find('`', at + 1)) {
        escaped = at > 0 && (title[at - 1] == '\\' || (escaped && title[at - 1] == '`'));
        if (!escaped) return std::string(title);
    }
    std::string out;
    for (std::size_t at = 0; at < title.size(); ++at)
        if (!title.substr(at).starts_with("\\`")) out += title[at];
    return out;
}

// The first run of backticks that opens and closes nothing; [size, size) when there is none.
std::pair<std::size_t, std::size_t> stray_backticks(std::string_view title) {
    std::size_t at = 0;
    for (const Piece& piece : pieces(title)) {
        const std::size_t tick = piece.code ? npos : piece.text.find('`');
        if (tick != npos) {
            const std::size_t end = std::min(title.find_first_not_of('`', at + tick), title.size());
            return {at + tick, end};
        }
        at += piece.text.size();
    }
    return {title.size(), title.size()};
}

std::size_t spans_in(std::string_view title) {
    return markdown::code_spans(title, markdown::Source::raw).size();
}

// "#123" at `at`: its length, 0 when there is none.
std::size_t reference_length(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '#') return 0;
    std::size_t end = at + 1;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - at > 1 ? end - at : 0;
}

// The length of "Fix #123 - ", "Fixes: #123: ", "#123 - " at the beginning; 0 when there is none.
std::size_t reference_lead_length(std::string_view title) {
    std::size_t at = 0;
    for (const std::string_view verb : {"fixes", "fixed", "fix", "closes", "resolves"}) {
        if (!lowered(title.substr(0, verb.size())).starts_with(verb)) continue;
        at = verb.size();
        if (at < title.size() && title[at] == ':') ++at;
        if (at >= title.size() || title[at] != ' ') return 0;
        ++at;
        break;
    }
    const std::size_t reference = reference_length(title, at);
    if (reference == 0) return 0;
    at += reference;
    for (const std::string_view separator : {" - ", ": "})
        if (title.substr(at).starts_with(separator) && at + separator.size() < title.size())
            return at + separator.size();
    return 0;
}

// "Add" and "CamelCase" lose their capital, "ICE", "BTreeMap", "I/O" and code like "Vec::new" keep it.
bool loses_capital(std::string_view word, const TitleSettings& settings) {
    std::size_t end = 0;
    while (end < word.size() && (is_alnum(word[end]) || word[end] == '\'' || word[end] == '-')) ++end;
    const std::string_view core = word.substr(0, end);
    if (core.empty() || !is_upper(core[0])) return false;
    const std::string_view whole = word.substr(0, word.find_first_of(" `"));
    if (whole.find_first_of("_<(") != npos || whole.find("::") != npos) return false;
    if (core.size() == 1) return core == "A";
    if (!is_lower(core[1]) && core[1] != '\'' && core[1] != '-') return false;
    if (!settings.keep_case) return true;
    return std::find(settings.keep_case->begin(), settings.keep_case->end(), core) ==
           settings.keep_case->end();
}

std::string lowered_at(std::string_view title, std::size_t at, const TitleSettings& settings) {
    std::string out(title);
    if (at < out.size() && loses_capital(title.substr(at), settings))
        out[at] = static_cast<char>(out[at] - 'A' + 'a');
    return out;
}

}  // namespace

std::string trim(std::string_view title, const TitleSettings&) {
    const std::string plain = with_plain_backticks(trimmed(title));
    std::string out;
    for (const Piece& piece : pieces(plain)) {
        if (piece.code) {
            out += piece.text;
            continue;
        }
        for (const char c : piece.text)
            if (!is_space(c) || !out.ends_with(' ')) out += is_space(c) ? ' ' : c;
    }
    if (out.ends_with('.') && !out.ends_with("..")) out.pop_back();
    return out;
}

// "Fix `foo in it" most likely means `foo`, "Fix foo` in it" too; any other backtick without a partner would
// break the spans that later steps add.
std::string close_code(std::string_view title, const TitleSettings&) {
    std::string out(title);
    for (auto [begin, end] = stray_backticks(out); begin < end; std::tie(begin, end) = stray_backticks(out)) {
        const auto word_char = [&](std::size_t at) {
            return at < out.size() && (is_alnum(out[at]) || out[at] == '_');
        };
        std::size_t other = end;  // where the partner belongs
        if (word_char(end))
            while (word_char(other)) ++other;
        else if (begin > 0 && word_char(begin - 1))
            for (other = begin; other > 0 && word_char(other - 1);) --other;
        std::string closed = out;
        closed.insert(other, out.substr(begin, end - begin));
        const bool works = other != end && spans_in(closed) == spans_in(out) + 1 &&
                           stray_backticks(closed).first == closed.size();
        if (works)
            out = std::move(closed);
        else
            out.erase(begin, end - begin);
    }
    return out;
}

std::string drop_references(std::string_view title, const TitleSettings&) {
    std::string out(title.substr(reference_lead_length(title)));
    for (std::size_t at = out.find("(#"); at != std::string::npos; at = out.find("(#", at)) {
        const std::size_t length = reference_length(out, at + 1);
        const std::size_t close = at + 1 + length;
        if (length == 0 || close >= out.size() || out[close] != ')' || inside_code(out, at)) {
            ++at;
            continue;
        }
        std::size_t from = at;
        while (from > 0 && is_space(out[from - 1])) --from;
        if (from == 0) break;  // the reference is all there is
        out.erase(from, close + 1 - from);
        at = from;
    }
    return std::string(trimmed(out));
}

std::string replace_words(std::string_view title, const TitleSettings& settings) {
    if (!settings.words || settings.words->empty()) return std::string(title);
    return map_words(title, [&](std::string_view whole) {
        const Word word = split_word(whole);
        const auto found = std::find_if(settings.words->begin(), settings.words->end(),
                                        [&](const Replacement& r) { return r.from == word.core; });
        if (found == settings.words->end()) return std::string(whole);
        return std::string(word.open) + found->to + std::string(word.close);
    });
}

std::string arrows(std::string_view title, const TitleSettings&) {
    if (title.find("->") == npos) return std::string(title);
    return map_words(
        title, [](std::string_view word) { return std::string(word == "->" || word == "-->" ? "→" : word); });
}

std::string lower_first(std::string_view title, const TitleSettings& settings) {
    return lowered_at(title, 0, settings);
}

std::string lower_lead(std::string_view title, const TitleSettings& settings) {
    const std::size_t colon = title.find(':');
    if (colon == npos || colon + 1 == title.size()) return std::string(title);
    const std::string_view lead = title.substr(0, colon);
    const bool word = std::all_of(lead.begin(), lead.end(), [](char c) { return is_alnum(c) || c == '-'; });
    if (!word) return std::string(title);
    return lowered_at(title, title[colon + 1] == ' ' ? colon + 2 : colon + 1, settings);
}

}  // namespace harvester::titles
