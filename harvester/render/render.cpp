#include "render/render.h"

#include <algorithm>

#include "markdown/inline_text.h"
#include "markdown/link_line.h"
#include "render/template.h"

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

std::string lines_of(const std::vector<Entry>& entries, const FormPolicy& policy, const std::string& line) {
    std::string out;
    for (const Entry& entry : entries) append_line(out, render_entry(entry, policy, line));
    return out;
}

std::string sections_text(const Part& part, const FormPolicy& policy, const Form& form, bool all) {
    const PartForm& own = form.part(part.name);
    std::string out;
    for (const Section& section : part.sections) {
        const std::string heading = section.name.empty() ? "" : fill(own.heading, {{"name", section.name}});
        std::string picks = lines_of(section.picks, policy, own.line);
        if (!picks.empty() && !heading.empty()) picks = heading + "\n" + picks;
        append_block(out, picks);
        if (!all || section.others.empty()) continue;
        std::string comment = form.left_out;
        // A section without picks has no heading in the draft; the one that a lifted line needs waits in the
        // comment.
        if (picks.empty() && !heading.empty()) append_line(comment, heading);
        for (const Entry& entry : section.others)
            append_line(comment, markdown::inside_comment(render_entry(entry, policy, own.line)));
        append_block(out, comment + "\n-->");
    }
    return out;
}

const std::vector<Entry>& entries_of(const Part& part, const std::string& key) {
    static const std::vector<Entry> none;
    const auto found = std::ranges::find(part.sections, key, &Section::name);
    return found == part.sections.end() ? none : found->picks;
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

// `proved`: an empty group is known to be empty, and may be said to be.
void add_group_values(const Part& part, const FormPolicy& policy, const PartForm& form, bool proved,
                      Values& values) {
    values["groups"] = "";
    std::vector<std::string> empty;
    for (const GroupForm& group : form.groups) {
        const std::string lines = lines_of(entries_of(part, group.key), policy, form.line);
        const std::string heading =
            fill(group.heading.empty() ? form.heading : group.heading, {{"link", group.link}});
        std::string block;
        if (!lines.empty() || (proved && !group.none.empty()))
            block = heading + "\n" + (lines.empty() ? group.none : lines);
        if (block.empty() && proved) empty.push_back(group.link);
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
        for (const Section& group : part.sections)
            append_block(values["groups"], lines_of(group.picks, policy, form.line));
    values["none"] = sentence(form.none_of, empty);
}

// That there is nothing is said only where it is proved.
std::string or_none(const std::string& text, const PartForm& form, bool proved) {
    return text.empty() && proved ? form.none : text;
}

std::string without_outer_line_breaks(std::string_view text) {
    const std::size_t begin = text.find_first_not_of('\n');
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of('\n') + 1 - begin));
}

Values values_of(const profile::PartPolicy& policy, const Part& part, const Report& report,
                 const FormPolicy& forms, const Form& form, bool all) {
    const PartForm& own = form.part(part.name);
    const bool proved = report.proved(part.name);
    Values values{{"count", std::to_string(part.count)},
                  {"date", format_day(report.issue.date)},
                  {"number", std::to_string(report.issue.number)},
                  {"from", format_day(report.issue.window.first)},
                  {"to", format_day(report.issue.window.last)}};
    switch (policy.kind) {
        case profile::PartKind::merged:
            values["list"] = or_none(sections_text(part, forms, form, all), own, proved);
            values["newcomers"] = lines_of(part.newcomers, forms, own.newcomer);
            break;
        case profile::PartKind::labelled:
            add_group_values(part, forms, own, proved, values);
            break;
        case profile::PartKind::report:
            values["report"] = or_none(without_outer_line_breaks(part.text.value_or("")), own, true);
            break;
        default:
            values["items"] = or_none(sections_text(part, forms, form, false), own, proved);
    }
    return values;
}

}  // namespace

std::string render_entry(const Entry& entry, const FormPolicy& policy, const std::string& line) {
    const std::string title = markdown::without_references(entry.title, policy.references);
    if (line.empty()) return markdown::link_line("* ", entry.prefix, title, entry.url);
    return fill(line, {{"mark", entry.prefix},
                       {"title", title},
                       {"author", markdown::escape_inline(entry.author)},
                       {"repository", markdown::escape_inline(entry.repository)},
                       {"number", std::to_string(entry.number)},
                       {"url", markdown::link_destination(entry.url)}});
}

std::vector<PartText> render_parts(const Report& report, const FormPolicy& policy,
                                   const RenderOptions& options) {
    const Form& form = policy.form(report.layout, report.issue.date);
    std::vector<PartText> out;
    for (const std::string& name : form.order) {
        const bool wanted = options.parts.empty() || std::find(options.parts.begin(), options.parts.end(),
                                                               name) != options.parts.end();
        const profile::PartPolicy* part = wanted ? policy.find_part(name) : nullptr;
        if (part == nullptr) continue;
        const Part empty{name};
        const Part* found = report.find_part(name);
        const Part& filled = found != nullptr ? *found : empty;
        std::string text =
            fill_blocks(form.part(name).blocks, values_of(*part, filled, report, policy, form, options.all));
        if (!text.empty()) out.push_back({name, std::move(text)});
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
