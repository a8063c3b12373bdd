#include <fmt/format.h>

#include <algorithm>

#include "profile/form_policy.h"

namespace harvester::profile {
namespace {

Day day_of(const TomlTable& table, std::string_view key) {
    const auto day = parse_day(table.text(key));
    if (!day) table.refuse(key, "must be a day, \"2024-11-13\"");
    return *day;
}

// The names that blocks of a part may hold in braces.
std::vector<std::string> names_of(std::string_view part) {
    if (part == "merged") return {"count", "date", "from", "to", "list"};
    if (part == "triage") return {"triage"};
    if (part == "approved" || part == "rfcs") return {"items"};
    return {"groups", "none"};
}

void check_names(const TomlTable& table, std::string_view part, const PartForm& form) {
    std::vector<std::string> known = names_of(part);
    for (const GroupForm& group : form.groups) known.push_back("group " + group.key);
    for (const std::string& block : form.blocks) {
        for (std::size_t at = 0; (at = block.find('{', at)) != std::string::npos; ++at) {
            const std::size_t end = block.find('}', at);
            const std::string name = end == std::string::npos ? "" : block.substr(at + 1, end - at - 1);
            if (std::find(known.begin(), known.end(), name) == known.end())
                table.refuse("blocks", fmt::format("knows no {{{}}}; it may hold {{{}}}", name,
                                                   fmt::join(known, "}, {")));
        }
    }
}

PartForm part_of(const TomlTable& table, std::string_view name) {
    PartForm part;
    part.blocks = table.texts("blocks");
    if (part.blocks.empty()) table.refuse("blocks", "a list of texts is missing here");
    const bool grouped = name == "fcp" || name == "testing";
    if (grouped || name == "merged") part.heading = table.text("heading", "");
    if (!grouped && name != "merged") part.none = table.text("none");
    if (grouped) {
        part.none_of.text = table.text("none_of", "");
        part.none_of.between = table.text("between", part.none_of.between);
        part.none_of.before_last = table.text("before_last", part.none_of.before_last);
        for (const TomlTable& group : table.tables("groups"))
            part.groups.push_back(
                {group.text("key"), group.text("link"), group.text("heading", ""), group.text("none", "")});
    }
    check_names(table, name, part);
    return part;
}

Form form_of(const TomlTable& table) {
    Form form;
    form.name = table.text("name");
    form.layout = read_layout(table, "layout");
    form.from = day_of(table, "from");
    form.order = table.texts("order");
    form.left_out = table.text("left_out");
    if (form.left_out.find("-->") != std::string::npos)
        table.refuse("left_out", "must not end the comment that it opens");
    for (const std::string_view name : part_names) {
        form.parts.emplace(name, part_of(table.table(name), name));
        if (std::count(form.order.begin(), form.order.end(), name) != 1)
            table.refuse("order", fmt::format("must name each of {} once", fmt::join(part_names, ", ")));
    }
    if (form.order.size() != std::size(part_names))
        table.refuse("order", fmt::format("must name each of {} once", fmt::join(part_names, ", ")));
    const TomlTable marks = table.table("marks");
    for (const std::string& kind : marks.keys()) form.marks.emplace(kind, marks.text(kind));
    return form;
}

// For a profile that says nothing on the form: the bare lists.
Form plain_form(Layout layout) {
    Form form;
    form.name = "plain";
    form.layout = layout;
    form.left_out = "<!--";
    for (const std::string_view name : part_names) {
        PartForm part;
        part.blocks = {fmt::format("{{{}}}", name == "merged" ? "list" : names_of(name).front())};
        form.order.emplace_back(name);
        form.parts.emplace(name, std::move(part));
    }
    return form;
}

}  // namespace

FormPolicy load_form_policy(const TomlTable& root) {
    FormPolicy policy;
    for (const TomlTable& table : root.tables("forms")) policy.forms.push_back(form_of(table));
    const auto older = [](const Form& a, const Form& b) { return a.from < b.from; };
    std::stable_sort(policy.forms.begin(), policy.forms.end(), older);
    for (const Layout layout : {Layout::flat, Layout::sections}) {
        const auto same = [&](const Form& form) { return form.layout == layout; };
        if (std::none_of(policy.forms.begin(), policy.forms.end(), same))
            policy.forms.push_back(plain_form(layout));
    }
    const TomlTable document = root.table("document");
    policy.references = document.texts("references");
    for (const TomlTable& table : document.tables("layouts"))
        policy.layouts.emplace_back(day_of(table, "from"), read_layout(table, "layout"));
    std::sort(policy.layouts.begin(), policy.layouts.end());
    policy.select = load_select_policy(root);
    policy.triage = load_triage_policy(root);
    return policy;
}

Layout read_layout(const TomlTable& table, std::string_view key) {
    const std::string name = table.text(key);
    for (const Layout layout : {Layout::flat, Layout::sections})
        if (layout_name(layout) == name) return layout;
    table.refuse(key, "must be \"flat\" or \"sections\"");
}

const Form& FormPolicy::form(Layout layout, Day date) const {
    const Form* found = nullptr;
    for (const Form& form : forms)
        if (form.layout == layout && (found == nullptr || form.from <= date)) found = &form;
    return *found;
}

Layout FormPolicy::layout(Day date) const {
    Layout found = layouts.empty() ? Layout::sections : layouts.front().second;
    for (const auto& [from, layout] : layouts)
        if (from <= date) found = layout;
    return found;
}

}  // namespace harvester::profile
