#include <fmt/format.h>

#include <algorithm>

#include "check/check.h"

namespace harvester::check {
namespace {

constexpr const char* merged_part = "merged";

bool contains(const std::vector<std::string>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

std::size_t line_of_part(const CheckContext& context, const std::string& part) {
    for (const CheckLine& line : context.document.lines)
        if (line.part == part && line.part_heading) return line.number;
    return 1;
}

void parts(const CheckContext& context) {
    const auto& found = context.document.parts;
    std::size_t last = 0;
    for (const profile::DraftPart& part : context.profile.publish.parts) {
        const auto at = std::find(found.begin(), found.end(), part.name);
        if (at == found.end()) {
            if (!contains(context.profile.check.optional_parts, part.name))
                context.add(std::max<std::size_t>(1, context.document.lines.size()), "section-missing",
                            fmt::format("there is no section \"{}\"; add it", part.headings.front()));
            continue;
        }
        const auto place = static_cast<std::size_t>(at - found.begin()) + 1;
        const bool anywhere = contains(context.profile.check.optional_parts, part.name);
        if (place < last && !anywhere)
            context.add(line_of_part(context, part.name), "section-order",
                        fmt::format("the section \"{}\" stands before one that comes earlier; move it",
                                    part.headings.front()));
        if (!anywhere) last = std::max(last, place);
        const auto lines = context.document.part(part.name);
        const bool filled = std::any_of(lines.begin(), lines.end(), [](const CheckLine* line) {
            return !line->heading && !markdown::is_blank(line->text);
        });
        if (!filled)
            context.add(line_of_part(context, part.name), "section-empty",
                        fmt::format("the section \"{}\" is empty; fill it or say that there is nothing",
                                    part.headings.front()));
    }
}

void same_part_twice(const CheckContext& context) {
    for (const CheckLine& line : context.document.lines) {
        if (!line.heading || line.part_heading) continue;
        const std::string words = markdown::heading_name(line.heading->words);
        for (const profile::DraftPart& part : context.profile.publish.parts)
            if (markdown::heading_name(part.headings.front()) == words)
                context.add(line.number, "section-twice",
                            fmt::format("the section \"{}\" stands here a second time; take one out",
                                        part.headings.front()));
    }
}

// "####": what the issue's form begins the headings of the list with; empty when it has none.
std::string section_marks(const CheckContext& context) {
    if (!context.issue) return {};
    const auto& policy = context.profile.form;
    const auto& form = policy.form(policy.layout(context.issue->date), context.issue->date);
    const std::string& heading = form.part(merged_part).heading;
    return heading.substr(0, heading.find_first_not_of('#'));
}

// The headings inside the list of merged pull requests.
void list_sections(const CheckContext& context) {
    const auto& policy = context.profile.editorial.sections;
    std::vector<std::string> known;
    for (const auto& section : policy) known.push_back(markdown::heading_name(section.name));
    std::vector<std::string> seen;
    std::size_t last = 0;
    const std::string marks = section_marks(context);
    const auto lines = context.document.part(merged_part);
    for (const CheckLine* line : lines) {
        if (!line->heading) continue;
        const std::string words = markdown::heading_name(line->heading->words);
        if (contains(seen, words))
            context.add(
                line->number, "section-twice",
                fmt::format("the section \"{}\" stands here a second time; join them", line->heading->words));
        seen.push_back(words);
        const auto at = std::find(known.begin(), known.end(), words);
        const auto& others = context.profile.check.other_sections;
        if (at == known.end()) {
            if (std::none_of(others.begin(), others.end(),
                             [&](const std::string& o) { return markdown::heading_name(o) == words; }))
                context.add(
                    line->number, "section-unknown",
                    fmt::format("no section is called \"{}\"; correct the name", line->heading->words));
            continue;
        }
        if (!marks.empty() && line->heading->level != static_cast<int>(marks.size()))
            context.add(line->number, "section-level",
                        fmt::format("the heading \"{}\" has {} marks instead of {}", line->heading->words,
                                    line->heading->level, marks.size()),
                        Mend{Mend::Kind::replace, marks + " " + std::string(line->heading->words)});
        const auto place = static_cast<std::size_t>(at - known.begin()) + 1;
        if (place < last)
            context.add(line->number, "section-order",
                        fmt::format("the section \"{}\" stands behind one that comes later; move it",
                                    line->heading->words));
        last = std::max(last, place);
    }
}

// A heading below which nothing stands before the next one of its level.
void empty_headings(const CheckContext& context) {
    const auto& lines = context.document.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].heading || lines[i].part.empty() || lines[i].part_heading) continue;
        if (!contains(context.profile.check.lists, lines[i].part)) continue;
        bool empty = true;
        for (std::size_t k = i + 1; k < lines.size() && empty; ++k) {
            if (lines[k].part != lines[i].part ||
                (lines[k].heading && lines[k].heading->level <= lines[i].heading->level))
                break;
            empty = !lines[k].visible || markdown::is_blank(lines[k].text);
        }
        if (empty)
            context.add(
                lines[i].number, "section-empty",
                fmt::format("nothing stands below \"{}\"; take the heading out", lines[i].heading->words));
    }
}

// "####Compiler" isn't a heading.
void heading_shape(const CheckContext& context) {
    for (const CheckLine& line : context.document.lines) {
        if (!line.visible || line.part.empty() || line.heading) continue;
        const auto end = line.text.find_first_not_of('#');
        if (end == 0 || end == std::string_view::npos || end < 2 || end > 6) continue;
        const char c = line.text[end];
        if ((c >= 'A' && c <= 'Z') || c == '[')
            context.add(line.number, "heading-space",
                        "there is no space behind the marks of a heading, so it isn't one; add it",
                        Mend{Mend::Kind::replace, std::string(line.text.substr(0, end)) + " " +
                                                      std::string(line.text.substr(end))});
    }
}

}  // namespace

void check_sections(const CheckContext& context) {
    parts(context);
    same_part_twice(context);
    list_sections(context);
    empty_headings(context);
    heading_shape(context);
}

}  // namespace harvester::check
