#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "check/check.h"

namespace harvester::check {
namespace {

constexpr const char* merged_part = "merged";

// The lines of the form's blocks that hold `name`: "{count}" -> "{count} pull requests were ...".
std::optional<std::string> form_line(const CheckContext& context, const std::string& name) {
    const auto& policy = context.profile.form;
    const auto& form = policy.form(policy.layout(context.issue->date), context.issue->date);
    for (const std::string& block : form.part(merged_part).blocks)
        for (const markdown::Line& line : markdown::split_lines(block))
            if (line.text.find(name) != std::string_view::npos) return std::string(line.text);
    return std::nullopt;
}

std::string filled(std::string text, const std::string& name, const std::string& value) {
    if (const auto at = text.find(name); at != std::string::npos) text.replace(at, name.size(), value);
    return text;
}

// "Name: value" of the lines before the first blank one.
void header(const CheckContext& context) {
    const std::string number = std::to_string(context.issue->number);
    const std::string date = format_day(context.issue->date);
    for (const CheckLine& line : context.document.lines) {
        if (markdown::is_blank(line.text)) break;
        const auto wrong = [&](std::string_view name, const std::string& right) {
            if (!line.text.starts_with(name)) return;
            const auto value = markdown::trimmed(line.text.substr(name.size()));
            if (value != right)
                context.add(line.number, "issue-date",
                            fmt::format("{} is {}, by the file's date it is {}",
                                        name.substr(0, name.size() - 1), value, right),
                            Mend{Mend::Kind::replace, std::string(name) + " " + right});
        };
        wrong("Number:", number);
        wrong("Date:", date);
        wrong("Title:", context.profile.title + " " + number);
    }
}

void count_line(const CheckContext& context) {
    const auto form = form_line(context, "{count}");
    if (!form) return;
    const auto name = form->find("{count}");
    const std::string lead = form->substr(0, name);
    const std::string tail = form->substr(name + std::string_view("{count}").size());
    std::size_t found = 0;
    for (const CheckLine* line : context.document.part(merged_part)) {
        const auto text = markdown::trimmed(line->text);
        if (!text.starts_with(lead) || !text.ends_with(tail) || text.size() <= lead.size() + tail.size())
            continue;
        if (++found > 1) context.add(line->number, "count", "the count is told a second time; take one out");
        const auto digits = text.substr(lead.size(), text.size() - lead.size() - tail.size());
        std::int64_t count = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || count <= 0) {
            context.add(line->number, "count",
                        fmt::format("\"{}\" isn't a count of pull requests; write the number", digits));
            continue;
        }
        const auto known =
            context.input.merged_count ? context.input.merged_count(*context.issue) : std::nullopt;
        if (known && *known != count)
            context.add(line->number, "count",
                        fmt::format("{} pull requests were merged in the window, not {}", *known, count),
                        Mend{Mend::Kind::replace, filled(*form, "{count}", std::to_string(*known))});
    }
    if (found > 0) return;
    for (const CheckLine& line : context.document.lines)
        if (line.part == merged_part && line.part_heading)
            context.add(line.number, "count",
                        fmt::format("the line \"{}\" is missing below this heading; add it",
                                    filled(*form, "{count}", "N")));
}

void window(const CheckContext& context) {
    const auto form = form_line(context, "{from}");
    if (!form) return;
    const std::string right = filled(filled(*form, "{from}", format_day(context.issue->window.first)), "{to}",
                                     format_day(context.issue->window.last));
    const std::string label = right.substr(0, right.find(':') + 1);
    std::size_t found = 0;
    for (const CheckLine* line : context.document.part(merged_part)) {
        if (!line->text.starts_with(label)) continue;
        if (++found > 1) {
            context.add(line->number, "window",
                        fmt::format("{} is defined a second time; take one out", label));
        } else if (markdown::trimmed(line->text) != right) {
            context.add(
                line->number, "window",
                fmt::format("the link doesn't lead to the issue's window, {} to {}",
                            format_day(context.issue->window.first), format_day(context.issue->window.last)),
                Mend{Mend::Kind::replace, right});
        }
    }
    if (found > 0) return;
    for (const CheckLine& line : context.document.lines)
        if (line.part == merged_part && line.part_heading)
            context.add(
                line.number, "window",
                fmt::format(
                    "the definition \"{}\" is missing below this heading, so its link is none; add it",
                    label));
}

}  // namespace

void check_issue_data(const CheckContext& context) {
    if (!context.issue) {
        context.add(1, "issue-date",
                    "neither the file's name nor its Date line is the date of an issue; name the file by it");
        return;
    }
    header(context);
    count_line(context);
    window(context);
}

}  // namespace harvester::check
