// Rules about the headings of parts and sections, and about comments that hide some of them.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.h"

namespace harvester::check {
namespace {

using markdown::Block;

bool may_be_anywhere(const Context& context, const std::string& part) {
    return contains(context.profile.check.optional_parts, part);
}

const std::string& name_of(const profile::DraftPart& part) {
    return part.headings.front();
}

void part_missing(const Context& context, Report& report) {
    for (const profile::DraftPart& part : context.profile.publish.parts)
        if (context.draft.heading_of(part.name) == nullptr && !may_be_anywhere(context, part.name))
            report(std::max<std::size_t>(1, context.draft.lines.size()),
                   fmt::format("the section \"{}\" is missing; add it", name_of(part)));
}

// "X is out of order; move it above Y", Y being the first of those before it that belong after it.
template <class Name>
void out_of_order(const std::vector<std::pair<std::size_t, const Line*>>& found, Report& report, Name name) {
    for (std::size_t i = 0; i < found.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (found[k].first > found[i].first) {
                report(found[i].second->number, fmt::format("\"{}\" is out of order; move it above \"{}\"",
                                                            name(found[i].second), name(found[k].second)));
                break;
            }
}

void heading_order(const Context& context, Report& report) {
    const auto& policy = context.profile.publish.parts;
    std::vector<std::pair<std::size_t, const Line*>> parts, sections;
    for (const Line* line : context.draft.parts)
        if (!may_be_anywhere(context, line->part->name)) parts.emplace_back(line->part - policy.data(), line);
    out_of_order(parts, report, [](const Line* line) { return name_of(*line->part); });
    const auto& known = context.profile.editorial.sections;
    for (const Line* line : context.draft.part(merged_part))
        for (std::size_t i = 0; line->is_heading() && i < known.size(); ++i)
            if (markdown::heading_name(known[i].name) == markdown::heading_name(line->block->words))
                sections.emplace_back(i, line);
    out_of_order(sections, report, [](const Line* line) { return line->block->words; });
}

void part_empty(const Context& context, Report& report) {
    for (const Line* heading : context.draft.parts) {
        const auto lines = context.draft.part(heading->part->name);
        if (std::ranges::none_of(lines,
                                 [](const Line* line) { return line->visible() && !line->is_heading(); }))
            report(heading->number,
                   fmt::format("the section \"{}\" is empty; fill it or say that there is nothing",
                               name_of(*heading->part)));
    }
}

// A heading with nothing under it before the next one of its level.
void heading_empty(const Context& context, Report& report) {
    const auto& lines = context.draft.lines;
    for (const Line& line : lines) {
        if (!line.is_heading() || line.begins_part || !context.is_list(line) ||
            may_be_anywhere(context, line.part->name))
            continue;
        bool empty = true;
        for (std::size_t k = line.number; k < lines.size() && empty; ++k) {
            const Line& next = lines[k];
            if (next.part != line.part || (next.is_heading() && next.block->level <= line.block->level))
                break;
            empty = next.block == nullptr || next.block->hidden || next.block == line.block;
        }
        if (empty)
            report(line.number,
                   fmt::format("there is nothing under \"{}\"; remove the heading", line.block->words));
    }
}

void section_empty(const Context& context, Report& report) {
    part_empty(context, report);
    heading_empty(context, report);
}

void section_twice(const Context& context, Report& report) {
    std::vector<std::string> seen;
    for (const Line& line : context.draft.lines) {
        if (!line.is_heading() || line.begins_part) continue;
        const std::string name = markdown::heading_name(line.block->words);
        for (const profile::DraftPart& part : context.profile.publish.parts)
            if (markdown::heading_name(name_of(part)) == name)
                report(line.number,
                       fmt::format("the section \"{}\" appears twice; remove one", name_of(part)));
        if (line.part == nullptr || line.part->name != merged_part) continue;
        if (contains(seen, name))
            report(line.number,
                   fmt::format("the section \"{}\" appears twice; join them", line.block->words));
        seen.push_back(name);
    }
}

bool is_known_section(const Context& context, const Line& line) {
    const std::string name = markdown::heading_name(line.block->words);
    return std::ranges::any_of(context.profile.editorial.sections, [&](const auto& section) {
        return markdown::heading_name(section.name) == name;
    });
}

// An editor's own heading, or a known one mistyped.
void section_unknown(const Context& context, const Line& line, Report& report) {
    if (!line.is_heading() || line.begins_part || line.part->name != merged_part ||
        is_known_section(context, line))
        return;
    const std::string name = markdown::heading_name(line.block->words);
    if (std::ranges::none_of(context.profile.check.other_sections,
                             [&](const std::string& other) { return markdown::heading_name(other) == name; }))
        report(line.number,
               fmt::format(
                   "\"{}\" isn't a section of the list; correct its name, or keep it as your own heading",
                   line.block->words));
}

void section_level(const Context& context, const Line& line, Report& report) {
    const std::string& form = context.form.part(merged_part).heading;
    const auto marks = std::min(form.find_first_not_of('#'), form.size());
    if (!line.is_heading() || line.begins_part || line.part->name != merged_part || marks == 0 ||
        !is_known_section(context, line) || line.block->level == static_cast<int>(marks))
        return;
    std::optional<Fix> fix;
    if (line.block->first_line == line.block->last_line)
        fix = Fix{{fmt::format("{} {}", form.substr(0, marks), line.block->words)}};
    report(line.number,
           fmt::format("the heading \"{}\" has level {} instead of {}", line.block->words, line.block->level,
                       marks),
           std::move(fix));
}

// "####Compiler" isn't a heading.
void heading_space(const Context&, const Line& line, Report& report) {
    if (line.is_heading()) return;
    const auto end = line.text.find_first_not_of('#');
    if (end == 0 || end == std::string_view::npos || end < 2 || end > 6) return;
    const char c = line.text[end];
    if ((c >= 'A' && c <= 'Z') || c == '[')
        report(line.number, "there is no space after the marks of a heading, so it isn't one; add it",
               Fix{{fmt::format("{} {}", line.text.substr(0, end), line.text.substr(end))}});
}

// A comment or a code fence that isn't closed, or not before something that it can't have been meant to hide.
void unclosed(const Context& context, Report& report) {
    const auto& document = context.draft.document;
    const auto describe = [&](std::size_t line) {
        const bool comment = document.lines[line].text.find("<!--") != std::string_view::npos;
        return std::pair(comment ? "comment" : "code block", comment ? "-->" : "the closing marks");
    };
    if (document.unclosed) {
        const auto [what, mark] = describe(*document.unclosed);
        report(*document.unclosed + 1,
               fmt::format("this {} is never closed and hides the rest of the text; add {}", what, mark));
    }
    std::size_t opened = 0;  // line number where the comment begins; 0: none is open
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        const std::string_view text = document.lines[i].text;
        const Line& line = context.draft.lines[i];
        if (line.block == nullptr) continue;
        if (!line.block->hidden) {
            opened = 0;
            continue;
        }
        const auto open = text.find("<!--");
        const auto words = text.find_first_not_of("# ");
        const bool hides_part =
            opened > 0 && text.starts_with('#') && words != std::string_view::npos &&
            std::ranges::any_of(context.profile.publish.parts, [&](const profile::DraftPart& part) {
                return std::ranges::any_of(part.headings, [&](const std::string& heading) {
                    return markdown::heading_name(heading) == markdown::heading_name(text.substr(words));
                });
            });
        if (opened > 0 && (hides_part || open != std::string_view::npos)) {
            report(opened, fmt::format("this comment isn't closed before \"{}\" in line {}; add -->",
                                       markdown::trimmed(text), i + 1));
            opened = 0;
        }
        if (open != std::string_view::npos && text.find("-->", open) == std::string_view::npos)
            opened = i + 1;
        if (text.find("-->", open == std::string_view::npos ? 0 : open) != std::string_view::npos) opened = 0;
    }
}

// Candidates that nobody chose yet: they go into the printed page's source.
void candidates(const Context& context, Report& report) {
    for (std::size_t i = 0; i < context.draft.document.blocks.size(); ++i) {
        const Block& open = context.draft.document.blocks[i];
        if (open.kind != Block::Kind::comment_open || context.draft.lines[open.first_line].part == nullptr)
            continue;
        std::size_t count = 0;
        for (std::size_t k = i + 1; k < context.draft.document.blocks.size(); ++k) {
            const Block& block = context.draft.document.blocks[k];
            if (!block.hidden || block.kind == Block::Kind::comment_close ||
                block.kind == Block::Kind::comment_open)
                break;
            const auto urls = markdown::link_urls(context.draft.document.text_of(block));
            if (block.kind == Block::Kind::item && std::ranges::any_of(urls, [](std::string_view url) {
                    return markdown::read_item_url(url).has_value();
                }))
                ++count;
        }
        if (count > 0)
            report(open.first_line + 1,
                   fmt::format(
                       "the comment holds {} that {} not listed; delete it before the edition is published",
                       count == 1 ? "1 candidate" : fmt::format("{} candidates", count),
                       count == 1 ? "is" : "are"));
    }
}

constexpr Rule heading_table[] = {
    {"section-missing", Severity::error, part_missing},
    {"section-order", Severity::error, heading_order},
    {"section-empty", Severity::error, section_empty},
    {"section-twice", Severity::error, section_twice},
    {"section-unknown", Severity::note, Scope::shown, section_unknown},
    {"section-level", Severity::error, Scope::shown, section_level},
    {"heading-space", Severity::error, Scope::shown, heading_space},
    {"unclosed", Severity::error, unclosed},
    {"candidates", Severity::note, candidates},
};

}  // namespace

std::span<const Rule> heading_rules() {
    return heading_table;
}

}  // namespace harvester::check
