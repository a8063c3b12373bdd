#include "check/draft_lines.h"

#include <algorithm>

#include "markdown/code_span.h"

namespace harvester::check {
namespace {

const profile::DraftPart* part_that_begins(const profile::PublishPolicy& policy, std::string_view words) {
    const std::string name = markdown::heading_name(words);
    for (const profile::DraftPart& part : policy.parts)
        for (const std::string& heading : part.headings)
            if (markdown::heading_name(heading) == name) return &part;
    return nullptr;
}

}  // namespace

std::vector<markdown::ItemUrl> Line::items() const {
    std::vector<markdown::ItemUrl> found;
    for (const markdown::Link& link : links)
        if (const auto item = markdown::read_item_url(link.url)) found.push_back(*item);
    return found;
}

DraftLines::DraftLines(std::string_view text, const profile::PublishPolicy& policy) : document(text) {
    lines.resize(document.lines.size());
    const profile::DraftPart* part = nullptr;
    const Line* section = nullptr;
    int level = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Line& line = lines[i];
        line.number = i + 1;
        line.text = document.lines[i].text;
        line.block = document.block_at(i);
        if (line.visible()) line.links = markdown::links_of(line.text);
        std::erase_if(line.links, [&](const markdown::Link& link) {
            return markdown::is_commented(line.text, link.begin);
        });
        if (line.is_heading()) {
            const profile::DraftPart* begun = part_that_begins(policy, line.block->words);
            if (begun != nullptr && heading_of(begun->name) != nullptr) begun = nullptr;
            if (begun != nullptr) {
                part = begun;
                level = line.block->level;
                section = nullptr;
                line.begins_part = true;
            } else if (line.block->level <= level) {
                part = nullptr;
                section = nullptr;
                level = 0;
            } else if (part != nullptr) {
                section = &line;
            }
        }
        line.part = part;
        line.section = section;
        if (line.begins_part) parts.push_back(&line);
    }
}

const Line* DraftLines::heading_of(const std::string& part) const {
    const auto found =
        std::ranges::find_if(parts, [&](const Line* line) { return line->part->name == part; });
    return found == parts.end() ? nullptr : *found;
}

std::vector<const Line*> DraftLines::part(const std::string& name) const {
    std::vector<const Line*> found;
    for (const Line& line : lines)
        if (line.part != nullptr && line.part->name == name && !line.begins_part) found.push_back(&line);
    return found;
}

std::string without_code(std::string_view text, bool urls) {
    constexpr char mask = '\x01';
    std::string out(text);
    const auto hide = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            if (out[i] != '\n') out[i] = mask;
    };
    for (const markdown::CodeSpan& span : markdown::code_spans(text)) hide(span.begin, span.end);
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        if (out[i] == '\\') hide(i, i + 2);
    if (urls)
        for (const markdown::Link& link : markdown::links_of(text)) {
            const auto begin = static_cast<std::size_t>(link.url.data() - text.data());
            hide(begin, begin + link.url.size());
        }
    return out;
}

}  // namespace harvester::check
