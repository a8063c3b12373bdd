#include <array>

#include "profile/select_policy.h"

namespace harvester::profile {
namespace {

constexpr auto group_orders = std::to_array<std::pair<std::string_view, GroupOrder>>(
    {{"updated", GroupOrder::updated}, {"number", GroupOrder::number}, {"labelled", GroupOrder::labelled}});

// "rust" is a repository of the organisation, "owner/name" any other.
void require_repository(const TomlTable& table, const std::string& organisation, std::string& out) {
    table.require("repository", out);
    if (out.find('/') == std::string::npos) out = organisation + "/" + out;
}

LabelPolicy label_policy(const TomlTable& table, const std::string& organisation) {
    LabelPolicy policy;
    table.read("labels", policy.labels);
    for (const TomlTable& row : table.tables("dispositions")) {
        auto& [label, name] = policy.dispositions.emplace_back();
        row.require("label", label);
        row.require("name", name);
    }
    for (const TomlTable& entry : table.tables("groups")) {
        GroupPolicy& group = policy.groups.emplace_back();
        entry.require("key", group.key);
        require_repository(entry, organisation, group.repository);
        entry.read("labels", group.labels);
        entry.read("order", group.order, group_orders);
        entry.read("tells_unspecified", group.tells_unspecified);
    }
    return policy;
}

}  // namespace

SelectPolicy load_select_policy(const TomlTable& root, const std::string& organisation) {
    const TomlTable select = root.table("select");
    SelectPolicy policy{label_policy(select.table("fcp"), organisation),
                        label_policy(select.table("testing"), organisation),
                        {}};
    if (select.has("proposals")) {
        const TomlTable proposals = select.table("proposals");
        require_repository(proposals, organisation, policy.proposals.repository);
        proposals.read("paths", policy.proposals.paths);
        proposals.read("tells_updated", policy.proposals.tells_updated);
    }
    return policy;
}

}  // namespace harvester::profile
