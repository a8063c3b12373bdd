#include "editorial/title_step.h"
#include "editorial/title_text.h"

namespace harvester::editorial::step {
namespace {

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

}  // namespace

std::string trim(std::string_view title) {
    std::string out;
    for (const Piece& piece : pieces(trimmed(title))) {
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

std::string drop_references(std::string_view title) {
    std::string out(title.substr(reference_lead_length(title)));
    for (std::size_t at = out.find("(#"); at != std::string::npos; at = out.find("(#", at)) {
        const std::size_t length = reference_length(out, at + 1);
        const std::size_t close = at + 1 + length;
        if (length == 0 || close >= out.size() || out[close] != ')') {
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

}  // namespace harvester::editorial::step
