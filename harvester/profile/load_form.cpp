#include <fmt/format.h>

#include <algorithm>

#include "profile/form_policy.h"

namespace harvester::profile {
namespace {

// A form in which each part is printed as its [[part]] says.
Form plain_form(const std::vector<PartPolicy>& parts, Layout layout) {
    Form form;
    form.name = "plain";
    form.layout = layout;
    for (const PartPolicy& part : parts) {
        form.order.push_back(part.name);
        form.parts.emplace(part.name, part.form);
    }
    return form;
}

void check_order(const TomlTable& table, const std::vector<std::string>& order,
                 const std::vector<PartPolicy>& parts) {
    std::vector<std::string> known;
    for (const PartPolicy& part : parts) known.push_back(part.name);
    for (const std::string& name : order) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            table.refuse_word("order", name, known);
        if (std::count(order.begin(), order.end(), name) > 1)
            table.refuse("order", fmt::format("names {} twice; take one out", name));
    }
}

Form form_of(const TomlTable& table, const std::vector<PartPolicy>& parts) {
    Form form = plain_form(parts, Layout::sections);
    table.require("name", form.name);
    table.read("layout", form.layout, layout_words);
    table.read("from", form.from);
    table.read("order", form.order);
    table.read("left_out", form.left_out);
    if (form.left_out.find("-->") != std::string::npos)
        table.refuse("left_out", "must not end the comment that it opens");
    for (const PartPolicy& part : parts) {
        if (!table.has(part.name)) continue;
        const TomlTable own = table.table(part.name);
        PartForm& part_form = form.parts[part.name];
        if (part.kind == PartKind::labelled && own.has("groups")) {
            part_form.groups.clear();
            for (const TomlTable& entry : own.tables("groups")) {
                GroupForm& group = part_form.groups.emplace_back();
                entry.require("key", group.key);
                entry.require("link", group.link);
                entry.read("heading", group.heading);
                entry.read("none", group.none);
            }
        }
        read_part_form(own, part.kind, part_form);
    }
    check_order(table, form.order, parts);
    const TomlTable marks = table.table("marks");
    for (const std::string& kind : marks.keys()) marks.read(kind, form.marks[kind]);
    return form;
}

}  // namespace

FormPolicy load_form_policy(const TomlTable& root, const std::string& organisation) {
    FormPolicy policy;
    policy.parts = load_parts(root, organisation);
    for (const TomlTable& table : root.tables("forms")) policy.forms.push_back(form_of(table, policy.parts));
    const auto older = [](const Form& a, const Form& b) { return a.from < b.from; };
    std::stable_sort(policy.forms.begin(), policy.forms.end(), older);
    for (const Layout layout : {Layout::flat, Layout::sections}) {
        const auto same = [&](const Form& form) { return form.layout == layout; };
        if (std::none_of(policy.forms.begin(), policy.forms.end(), same))
            policy.forms.push_back(plain_form(policy.parts, layout));
    }
    const TomlTable document = root.table("document");
    document.read("references", policy.references);
    for (const TomlTable& table : document.tables("layouts")) {
        auto& [from, layout] = policy.layouts.emplace_back();
        table.require("from", from);
        table.require("layout", layout, layout_words);
    }
    std::sort(policy.layouts.begin(), policy.layouts.end());
    policy.triage = load_triage_policy(root);
    return policy;
}

const PartPolicy* FormPolicy::find_part(std::string_view name) const {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const PartPolicy& p) { return p.name == name; });
    return found == parts.end() ? nullptr : &*found;
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
