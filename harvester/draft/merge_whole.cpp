#include "draft/merge_whole.h"

#include <fmt/format.h>

#include "draft/merge_start.h"
#include "markdown/text_lines.h"

namespace harvester::draft {
namespace {

// The text without blank lines around it.
std::string_view core(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    const auto line = text.rfind('\n', first);
    const auto begin = line == std::string_view::npos ? 0 : line + 1;
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::string in_line_ends(std::string_view plain, const std::string& end) {
    std::string out;
    for (const markdown::Line& line : markdown::split_lines(plain)) {
        out += line.text;
        if (!line.end.empty()) out += end;
    }
    return out;
}

// Their body with its core replaced: blank lines around it stay.
std::string with_core(const MergeInput& input, const Units& theirs, std::string_view text) {
    if (theirs.list.empty()) return in_line_ends(fmt::format("\n{}\n\n", text), input.line_end);
    const std::string_view old = core(input.theirs);
    const auto begin = static_cast<std::size_t>(old.data() - input.theirs.data());
    std::string out(input.theirs.substr(0, begin));
    out += in_line_ends(text, input.line_end);
    out += input.theirs.substr(begin + old.size());
    return out;
}

}  // namespace

MergeResult start_over(const MergeInput& input, const Units& theirs) {
    MergeResult result;
    result.body = with_core(input, theirs, core(input.rendered));
    result.base.text = std::string(input.rendered);
    return result;
}

MergeResult merge_whole(const MergeInput& input, const Units& theirs, const Units& fresh) {
    MergeResult result;
    result.body = std::string(input.theirs);
    if (only_placeholders(fresh, input.policy) && !only_placeholders(theirs, input.policy)) {
        // The program has nothing this time: what the draft has stays, and so does what is known of it.
        result.base = input.base.value_or(PartBase{std::string(input.rendered), {}, {}});
        return result;
    }
    result.base.text = std::string(input.rendered);
    const std::string mine = input.base ? std::string(core(input.base->text)) : std::string();
    const std::string old = markdown::with_plain_line_ends(core(input.theirs));
    const std::string_view now = core(input.rendered);
    if (old == now) return result;
    const bool untouched = only_placeholders(theirs, input.policy) ? !theirs.list.empty() || !input.base
                                                                   : input.base && old == mine;
    if (untouched) {
        result.body = with_core(input, theirs, now);
    } else if (!input.base || mine != now) {
        result.notes.push_back(
            {1, "kept as it stands in the draft; the harvest now has another text (--reset takes it)"});
    }
    return result;
}

}  // namespace harvester::draft
