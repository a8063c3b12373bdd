#include "check/check_document.h"

#include <algorithm>

#include "markdown/code_span.h"

namespace harvester::check {

bool CheckLine::is_item() const {
    return visible && text.size() > 1 && (text[0] == '*' || text[0] == '-' || text[0] == '+') &&
           text[1] == ' ';
}

std::string CheckLine::plain() const {
    constexpr char mask = '\x01';
    std::string out(text);
    for (const markdown::CodeSpan& span : markdown::code_spans(text))
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(span.begin),
                  out.begin() + static_cast<std::ptrdiff_t>(span.end), mask);
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        if (out[i] == '\\') {
            out[i + 1] = mask;
            out[i] = mask;
        }
    return out;
}

CheckDocument::CheckDocument(std::string_view whole, const profile::PublishPolicy& policy)
    : text(whole), document(whole) {
    std::string part;
    std::string_view section;
    int level = 0;
    for (const markdown::Line& line : document.lines) {
        CheckLine checked;
        checked.number = lines.size() + 1;
        checked.text = line.text;
        const markdown::Block* block = document.block_at(lines.size());
        checked.visible = block == nullptr || (!block->hidden && block->kind != markdown::Block::Kind::code);
        if (block != nullptr && block->is_heading() && block->first_line == lines.size()) checked.heading = block;
        if (checked.heading) {
            const std::string words = markdown::heading_name(checked.heading->words);
            const profile::DraftPart* begins = nullptr;
            for (const profile::DraftPart& known : policy.parts)
                for (const std::string& heading : known.headings)
                    if (markdown::heading_name(heading) == words &&
                        std::find(parts.begin(), parts.end(), known.name) == parts.end())
                        begins = &known;
            if (begins != nullptr) {
                part = begins->name;
                parts.push_back(part);
                level = checked.heading->level;
                section = {};
                checked.part_heading = true;
            } else if (checked.heading->level <= level) {
                part.clear();
                section = {};
                level = 0;
            } else if (!part.empty()) {
                section = checked.heading->words;
            }
        }
        checked.part = part;
        checked.section = section;
        lines.push_back(std::move(checked));
    }
}

std::vector<const CheckLine*> CheckDocument::part(const std::string& name) const {
    std::vector<const CheckLine*> found;
    for (const CheckLine& line : lines)
        if (line.part == name && line.visible && !line.part_heading) found.push_back(&line);
    return found;
}

}  // namespace harvester::check
