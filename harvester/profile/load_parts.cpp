#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "profile/part_policy.h"

namespace harvester::profile {
namespace {

constexpr auto part_kinds =
    std::to_array<std::pair<std::string_view, PartKind>>({{"merged", PartKind::merged},
                                                          {"opened", PartKind::opened},
                                                          {"labelled", PartKind::labelled},
                                                          {"approved", PartKind::approved},
                                                          {"proposed", PartKind::proposed},
                                                          {"report", PartKind::report}});
constexpr auto group_orders = std::to_array<std::pair<std::string_view, GroupOrder>>(
    {{"updated", GroupOrder::updated}, {"number", GroupOrder::number}, {"labelled", GroupOrder::labelled}});

bool is_proposals(PartKind kind) {
    return kind == PartKind::approved || kind == PartKind::proposed;
}

// The name in braces that stands for what the part lists.
std::string_view list_name(PartKind kind) {
    switch (kind) {
        case PartKind::merged:
            return "list";
        case PartKind::labelled:
            return "groups";
        case PartKind::report:
            return "report";
        default:
            return "items";
    }
}

// Every {name} of `text` must be one of `known`.
void check_names(const TomlTable& table, std::string_view key, const std::string& text,
                 const std::vector<std::string>& known) {
    for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at) {
        const std::size_t end = text.find('}', at);
        const std::string name = end == std::string::npos ? "" : text.substr(at + 1, end - at - 1);
        if (std::find(known.begin(), known.end(), name) == known.end())
            table.refuse(key,
                         fmt::format("knows no {{{}}}; it may hold {{{}}}", name, fmt::join(known, "}, {")));
    }
}

void check_line(const TomlTable& table, std::string_view key, const std::string& line) {
    if (line.empty()) return;
    check_names(table, key, line, {"mark", "title", "author", "number", "repository", "url"});
    if (!line.starts_with("* ") && !line.starts_with("- "))
        table.refuse(key, "must begin with \"* \" or \"- \"");
    if (line.find("]({url})") == std::string::npos || line.find('\n') != std::string::npos)
        table.refuse(key,
                     "must be one line with a link to the item, [...]({url}), by which edits are matched");
}

// "rust" is a repository of the organisation, "owner/name" any other.
void complete_repository(const std::string& organisation, std::string& name) {
    if (!name.empty() && name.find('/') == std::string::npos) name = organisation + "/" + name;
}

void read_groups(const TomlTable& table, const std::string& organisation, PartPolicy& part) {
    for (const TomlTable& row : table.tables("dispositions")) {
        auto& [label, name] = part.dispositions.emplace_back();
        row.require("label", label);
        row.require("name", name);
    }
    // An entry says which items are in the group and, where no [[forms]] does, how it is printed.
    for (const TomlTable& entry : table.tables("groups")) {
        GroupPolicy& group = part.groups.emplace_back();
        entry.require("key", group.key);
        entry.read("repository", group.repository);
        complete_repository(organisation, group.repository);
        entry.read("labels", group.labels);
        entry.read("order", group.order, group_orders);
        entry.read("tells_unspecified", group.tells_unspecified);
        GroupForm form{group.key, group.key, "", ""};
        entry.read("link", form.link);
        entry.read("heading", form.heading);
        entry.read("none", form.none);
        part.form.groups.push_back(std::move(form));
    }
}

PartPolicy load_part_policy(const TomlTable& table, const std::string& organisation) {
    PartPolicy part;
    table.require("name", part.name);
    table.read("kind", part.kind, part_kinds);
    if (part.kind == PartKind::merged || part.kind == PartKind::opened) {
        table.read("repositories", part.repositories);
        part.titles = read_patterns(table, "titles");
    }
    if (part.kind == PartKind::merged) table.read("sections", part.sections);
    if (part.kind == PartKind::labelled) {
        table.require("labels", part.labels);
        table.read("ended", part.ended);
        read_groups(table, organisation, part);
    } else if (is_proposals(part.kind)) {
        table.require("repository", part.repository);
        complete_repository(organisation, part.repository);
        table.require("paths", part.paths);
        if (part.kind == PartKind::proposed) table.read("tells_updated", part.tells_updated);
    } else if (part.kind != PartKind::report) {
        table.read("labels", part.labels);
    }
    part.form.heading = part.kind == PartKind::labelled ? "### {link}" : "### {name}";
    part.form.blocks = {"## " + part.name, fmt::format("{{{}}}", list_name(part.kind))};
    read_part_form(table, part.kind, part.form);
    return part;
}

}  // namespace

void read_part_form(const TomlTable& table, PartKind kind, PartForm& form) {
    table.read("blocks", form.blocks);
    const bool grouped = kind == PartKind::labelled;
    if (grouped || kind == PartKind::merged) table.read("heading", form.heading);
    if (kind != PartKind::report) {
        table.read("line", form.line);
        check_line(table, "line", form.line);
    }
    std::vector<std::string> known = {std::string(list_name(kind)), "count", "date", "number", "from", "to"};
    if (grouped) {
        table.read("none_of", form.none_of.text);
        table.read("between", form.none_of.between);
        table.read("before_last", form.none_of.before_last);
        for (const GroupForm& group : form.groups) known.push_back("group " + group.key);
        known.emplace_back("none");
    } else {
        table.read("none", form.none);
    }
    if (kind == PartKind::merged) {
        table.read("newcomer", form.newcomer);
        check_line(table, "newcomer", form.newcomer);
        known.emplace_back("newcomers");
    }
    for (const std::string& block : form.blocks) check_names(table, "blocks", block, known);
}

std::vector<PartPolicy> load_parts(const TomlTable& root, const std::string& organisation) {
    std::vector<PartPolicy> parts;
    std::set<std::string> names;
    for (const TomlTable& table : root.tables("part")) {
        parts.push_back(load_part_policy(table, organisation));
        if (!names.insert(parts.back().name).second) table.refuse("name", "is another part's name");
    }
    if (parts.empty()) {
        PartPolicy& merged = parts.emplace_back();
        merged.name = "merged";
        merged.form.heading = "### {name}";
        merged.form.blocks = {"{list}"};
    }
    return parts;
}

}  // namespace harvester::profile
