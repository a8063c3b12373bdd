#include "render/render.h"

#include <algorithm>

#include "render/template.h"
#include "markdown/inline_text.h"
#include "markdown/link_line.h"

namespace harvester::render {
namespace {

using profile::Form;
using profile::FormPolicy;
using profile::GroupForm;
using profile::PartForm;

void append_line(std::string& text, std::string_view line) {
    if (!text.empty()) text.push_back('\n');
    text += line;
}

void append_block(std::string& text, std::string_view block) {
    if (block.empty()) return;
    if (!text.empty()) text += "\n\n";
    text += block;
}

std::string lines_of(const std::vector<Entry>& entries, const FormPolicy& policy) {
    std::string out;
    for (const Entry& entry : entries) append_line(out, render_entry(entry, policy));
    return out;
}

std::string merged_list(const Report& report, const FormPolicy& policy, const Form& form, bool all) {
    std::string out;
    for (const MergedSection& section : report.merged) {
        const std::string heading =
            section.heading.empty() ? "" : fill(form.part("merged").heading, {{"name", section.heading}});
        std::string picks = lines_of(section.picks, policy);
        if (!picks.empty() && !heading.empty()) picks = heading + "\n" + picks;
        append_block(out, picks);
        if (!all || section.others.empty()) continue;
        std::string comment = form.left_out;
        // A section without picks has no heading in the draft; the one that a lifted line needs waits in the
        // comment.
        if (picks.empty() && !heading.empty()) append_line(comment, heading);
        for (const Entry& entry : section.others)
            append_line(comment, markdown::inside_comment(render_entry(entry, policy)));
        append_block(out, comment + "\n-->");
    }
    return out;
}

const std::vector<Entry>& entries_of(const std::vector<Group>& groups, const std::string& key) {
    static const std::vector<Entry> none;
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const Group& group) { return group.name == key; });
    return found == groups.end() ? none : found->entries;
}

std::string sentence(const profile::SentenceForm& form, const std::vector<std::string>& links) {
    if (links.empty()) return "";
    std::string list;
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (i > 0) list += i + 1 == links.size() ? form.before_last : form.between;
        list += links[i];
    }
    return fill(form.text, {{"groups", list}});
}

Values group_values(const std::vector<Group>& groups, const FormPolicy& policy, const PartForm& form) {
    Values values{{"groups", ""}, {"none", ""}};
    std::vector<std::string> empty;
    for (const GroupForm& group : form.groups) {
        const std::string lines = lines_of(entries_of(groups, group.key), policy);
        const std::string heading =
            fill(group.heading.empty() ? form.heading : group.heading, {{"link", group.link}});
        std::string block;
        if (!lines.empty() || !group.none.empty())
            block = heading + "\n" + (lines.empty() ? group.none : lines);
        if (block.empty()) empty.push_back(group.link);
        // A group that the form names by itself is not among the others.
        const std::string name = "group " + group.key;
        const auto alone = [&](const std::string& text) {
            return text.find("{" + name + "}") != std::string::npos;
        };
        if (std::any_of(form.blocks.begin(), form.blocks.end(), alone)) {
            values[name] = block;
        } else {
            append_block(values["groups"], block);
        }
    }
    if (form.groups.empty())  // a form that knows no groups lists what there is
        for (const Group& group : groups) append_block(values["groups"], lines_of(group.entries, policy));
    values["none"] = sentence(form.none_of, empty);
    return values;
}

std::string or_none(const std::string& text, const PartForm& form) {
    return text.empty() ? form.none : text;
}

std::string without_outer_line_breaks(std::string_view text) {
    const std::size_t begin = text.find_first_not_of('\n');
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of('\n') + 1 - begin));
}

Values values_of(const std::string& part, const Report& report, const FormPolicy& policy, const Form& form,
                 bool all) {
    const PartForm& own = form.part(part);
    if (part == "merged")
        return {{"count", std::to_string(report.merged_count)},
                {"date", format_day(report.issue.date)},
                {"from", format_day(report.issue.window.first)},
                {"to", format_day(report.issue.window.last)},
                {"list", merged_list(report, policy, form, all)}};
    if (part == "triage")
        return {{"triage", or_none(without_outer_line_breaks(report.triage.value_or("")), own)}};
    if (part == "approved") return {{"items", or_none(lines_of(report.approved, policy), own)}};
    if (part == "rfcs") return {{"items", or_none(lines_of(report.new_rfcs, policy), own)}};
    return group_values(part == "fcp" ? report.final_comment_period : report.testing, policy, own);
}

}  // namespace

std::string render_entry(const Entry& entry, const FormPolicy& policy) {
    return markdown::link_line("* ", entry.prefix,
                               markdown::without_references(entry.title, policy.references), entry.url);
}

std::vector<PartText> render_parts(const Report& report, const FormPolicy& policy,
                                   const RenderOptions& options) {
    const Form& form = policy.form(report.layout, report.issue.date);
    std::vector<PartText> out;
    for (const std::string& part : form.order) {
        const bool wanted = options.parts.empty() || std::find(options.parts.begin(), options.parts.end(),
                                                               part) != options.parts.end();
        if (!wanted) continue;
        std::string text =
            fill_blocks(form.part(part).blocks, values_of(part, report, policy, form, options.all));
        if (!text.empty()) out.push_back({part, std::move(text)});
    }
    return out;
}

std::string render(const Report& report, const FormPolicy& policy, const RenderOptions& options) {
    std::string out;
    for (const PartText& part : render_parts(report, policy, options)) {
        if (!out.empty()) out.push_back('\n');
        out += part.text;
    }
    return out;
}

}  // namespace harvester::render
