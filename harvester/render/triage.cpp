#include "render/triage.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "markdown/document.h"
#include "markdown/link_line.h"
#include "render/template.h"

namespace harvester::render {
namespace {

using profile::TriagePolicy;
using profile::TriageStyle;
using Lines = std::vector<std::string>;

bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_name(char c) {
    return is_digit(c) || is_letter(c) || c == '-' || c == '_' || c == '.';
}

std::size_t skip(std::string_view text, std::size_t at, bool (*wanted)(char)) {
    while (at < text.size() && wanted(text[at])) ++at;
    return at;
}

// Without carriage returns, controls and broken UTF-8; bidirectional marks are controls here too.
Lines lines_of(std::string_view text) {
    Lines lines(1);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (c == U'\n') {
            lines.emplace_back();
        } else if (c == U'\t' || c == 0x200D || !utf8::is_hostile_control(c)) {
            utf8::append(lines.back(), c);
        }
    }
    return lines;
}

bool is_blank(const std::string& line) {
    return line.find_first_not_of(" \t") == std::string::npos;
}

bool is_heading(const std::string& line) {
    const std::size_t marks = line.find_first_not_of('#');
    return marks != 0 && marks != std::string::npos && marks <= 6 && line[marks] == ' ';
}

bool is_table(const std::string& line) {
    return line.starts_with('|');
}

std::string joined(const Lines& lines) {
    std::string out;
    for (const std::string& line : lines) out.append(out.empty() && is_blank(line) ? "" : line + "\n");
    while (out.ends_with('\n') || out.ends_with(' ')) out.pop_back();
    return out;
}

// What is between the title, when the report begins with one, and the next heading. "# ..." in a code block
// is no heading, unless the block is never closed.
Lines introduction(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    const markdown::Document document(text);
    const std::size_t fence = document.unclosed.value_or(lines.size());
    const auto ends = [&](std::size_t i) {
        const markdown::Block* block = document.block_at(i);
        return is_heading(lines[i]) && (i > fence || (block != nullptr && block->is_heading()));
    };
    std::size_t begin = 0;
    while (begin < lines.size() && is_blank(lines[begin])) ++begin;
    if (begin < lines.size() && ends(begin)) ++begin;
    std::size_t end = begin;
    while (end < lines.size() && !ends(end)) ++end;
    return {lines.begin() + static_cast<std::ptrdiff_t>(begin),
            lines.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::string triager_of(const Lines& lines, std::string_view before) {
    if (before.empty()) return {};
    for (const std::string& line : lines) {
        const std::size_t at = line.find(before);
        if (at == std::string::npos) continue;
        const std::size_t begin = at + before.size();
        return line.substr(begin, skip(line, begin, is_name) - begin);
    }
    return {};
}

Lines without_tables(const Lines& lines, const std::string& label) {
    Lines out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_table(lines[i])) continue;
        if (!label.empty() && lines[i] == label) {
            const auto next =
                std::find_if_not(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end(), is_blank);
            if (next != lines.end() && is_table(*next)) continue;
        }
        out.push_back(lines[i]);
    }
    return out;
}

Lines without_repeated_blanks(const Lines& lines) {
    Lines out;
    for (const std::string& line : lines)
        if (!is_blank(line) || (!out.empty() && !is_blank(out.back()))) out.push_back(line);
    return out;
}

// "[ID..ID](...)" with both ids cut to `digits`. One that the triager has cut already stays.
std::string with_short_ranges(const std::string& line, std::size_t digits) {
    constexpr std::size_t whole = 40;
    const std::string_view text = line;
    const auto shown = [&](std::size_t begin, std::size_t end) {
        return text.substr(begin, end - begin == whole ? digits : end - begin);
    };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t first = at + 1, first_end = skip(text, first, is_hex);
        const std::size_t second = std::min(first_end + 2, text.size()),
                          second_end = skip(text, second, is_hex);
        const bool range = text[at] == '[' && text.substr(std::min(first_end, text.size()), 2) == ".." &&
                           second_end < text.size() && text[second_end] == ']';
        if (!range) {
            out.push_back(text[at++]);
            continue;
        }
        out.append("[")
            .append(shown(first, first_end))
            .append("..")
            .append(shown(second, second_end))
            .append("]");
        at = second_end + 1;
    }
    return out;
}

// The end of the number when `line` has "WEB/OWNER/NAME/pull/NUMBER" or ".../issues/NUMBER" at `at`; 0
// otherwise.
std::size_t end_of_item_url(std::string_view line, std::size_t at, const std::string& web) {
    if (line.compare(at, web.size() + 1, web + "/") != 0) return 0;
    std::size_t i = at + web.size();
    for (int part = 0; part < 2; ++part) {
        const std::size_t name = i + 1;
        if (i >= line.size() || line[i] != '/' || (i = skip(line, name, is_name)) == name) return 0;
    }
    for (const std::string_view kind : {"/pull/", "/issues/"}) {
        if (line.compare(i, kind.size(), kind) != 0) continue;
        const std::size_t number = i + kind.size(), end = skip(line, number, is_digit);
        const bool longer =
            end < line.size() && (std::string_view("/#?_").find(line[end]) != std::string_view::npos ||
                                  (is_name(line[end]) && line[end] != '.'));
        return end > number && !longer ? end : 0;
    }
    return 0;
}

std::string with_numbered_links(const std::string& line, const std::string& web) {
    if (line.starts_with('[') && line.find("]: ") != std::string::npos) return line;  // a link definition
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = at == 0 || line[at - 1] == ' ' ? end_of_item_url(line, at, web) : 0;
        if (end == 0) {
            out.push_back(line[at++]);
            continue;
        }
        const std::string url = line.substr(at, end - at);
        out.append("[#").append(url.substr(url.rfind('/') + 1)).append("](").append(url).append(")");
        at = end;
    }
    return out;
}

// A comment or a code fence that the heading cut off would take the rest of the draft with it.
std::string closed(std::string text) {
    for (std::size_t at = 0; (at = text.find("<!--", at)) != std::string::npos;) {
        const std::size_t end = text.find("-->", at);
        if (end == std::string::npos) {
            text.replace(at, 1, "&lt;");
        } else {
            at = end;
        }
    }
    const markdown::Document document(text);
    if (!document.unclosed) return text;
    const auto marks = trim(document.lines[*document.unclosed].text);
    return fmt::format("{}\n{}", text, marks.substr(0, marks.find_first_not_of(marks.front())));
}

std::string report_url(const RepositoryFile& report, const std::string& web, bool on_branch) {
    const bool branch =
        report.commit.empty() || (on_branch && report.pull_request.empty() && !report.branch.empty());
    return markdown::link_destination(web + "/" + report.repository + "/blob/" +
                                      (!branch                 ? report.commit
                                       : report.branch.empty() ? "HEAD"
                                                               : report.branch) +
                                      "/" + report.path);
}

}  // namespace

std::optional<Day> report_day(const RepositoryFile& file) {
    constexpr std::string_view ending = ".md";
    constexpr std::size_t length = 10;  // of "2025-12-16"
    if (!file.path.ends_with(ending) || file.path.size() < length + ending.size()) return std::nullopt;
    const std::size_t begin = file.path.size() - length - ending.size();
    if (begin > 0 && file.path[begin - 1] != '/') return std::nullopt;
    return parse_day(std::string_view(file.path).substr(begin, length));
}

const RepositoryFile* newest_report(const std::vector<RepositoryFile>& files, Day date,
                                    const TriagePolicy& policy) {
    const RepositoryFile* best = nullptr;
    Day best_day{};
    for (const RepositoryFile& file : files) {
        const auto day = report_day(file);
        if (!day || *day > date || *day <= date - std::chrono::days{policy.days}) continue;
        const bool merged = file.pull_request.empty(),
                   best_merged = best != nullptr && best->pull_request.empty();
        if (best != nullptr && (merged != best_merged ? best_merged : *day <= best_day)) continue;
        best = &file;
        best_day = *day;
    }
    return best;
}

std::string triage_text(const RepositoryFile& report, const std::string& web, const TriagePolicy& policy) {
    Lines lines = introduction(lines_of(report.text));
    const TriageStyle& style =
        policy.style(triager_of(lines, policy.triager_before), report_day(report).value_or(Day{}));
    if (style.drops_table) lines = without_tables(lines, policy.table_label);
    if (style.collapses_blank) lines = without_repeated_blanks(lines);
    for (std::string& line : lines) {
        line = with_short_ranges(line, policy.revision_digits);
        if (policy.number_bare_links) line = with_numbered_links(line, web);
    }
    const std::string text = closed(joined(lines));
    if (text.empty()) return {};
    const Values values{{"url", report_url(report, web, style.links_branch)}, {"path", report.path}};
    return text + "\n\n" + fill(policy.link, values) + style.after_link;
}

}  // namespace harvester::render
