#include <fmt/format.h>

#include <algorithm>

#include "profile/form_policy.h"

namespace harvester::profile {
namespace {

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
    table.require("blocks", part.blocks);
    const bool grouped = name == "fcp" || name == "testing";
    if (grouped || name == "merged") table.read("heading", part.heading);
    if (!grouped && name != "merged") table.require("none", part.none);
    if (grouped) {
        table.read("none_of", part.none_of.text);
        table.read("between", part.none_of.between);
        table.read("before_last", part.none_of.before_last);
        for (const TomlTable& entry : table.tables("groups")) {
            GroupForm& group = part.groups.emplace_back();
            entry.require("key", group.key);
            entry.require("link", group.link);
            entry.read("heading", group.heading);
            entry.read("none", group.none);
        }
    }
    check_names(table, name, part);
    return part;
}

Form form_of(const TomlTable& table) {
    Form form;
    table.require("name", form.name);
    table.require("layout", form.layout, layout_words);
    table.require("from", form.from);
    table.require("order", form.order);
    table.require("left_out", form.left_out);
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
    for (const std::string& kind : marks.keys()) marks.read(kind, form.marks[kind]);
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

FormPolicy load_form_policy(const TomlTable& root, const std::string& organisation) {
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
    document.read("references", policy.references);
    for (const TomlTable& table : document.tables("layouts")) {
        auto& [from, layout] = policy.layouts.emplace_back();
        table.require("from", from);
        table.require("layout", layout, layout_words);
    }
    std::sort(policy.layouts.begin(), policy.layouts.end());
    policy.select = load_select_policy(root, organisation);
    policy.triage = load_triage_policy(root);
    return policy;
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
