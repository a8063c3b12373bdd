#include "profile/select_policy.h"

namespace harvester::profile {
namespace {

// "rust" is a repository of the organisation, "owner/name" any other.
std::string repository_of(const TomlTable& table, const std::string& organisation) {
    const std::string name = table.text("repository");
    if (name.empty()) table.refuse("repository", "must be a name, \"rust\" or \"owner/name\"");
    return name.find('/') != std::string::npos ? name : organisation + "/" + name;
}

GroupOrder order_of(const TomlTable& table) {
    const std::string order = table.text("order", "updated");
    if (order == "updated") return GroupOrder::updated;
    if (order == "number") return GroupOrder::number;
    if (order == "labelled") return GroupOrder::labelled;
    table.refuse("order", "must be \"updated\", \"number\" or \"labelled\"");
}

LabelPolicy label_policy(const TomlTable& table, const std::string& organisation) {
    LabelPolicy policy;
    policy.labels = table.texts("labels");
    for (const TomlTable& row : table.tables("dispositions"))
        policy.dispositions.emplace_back(row.text("label"), row.text("name"));
    for (const TomlTable& group : table.tables("groups"))
        policy.groups.push_back({group.text("key"), repository_of(group, organisation), group.texts("labels"),
                                 order_of(group), group.boolean("tells_unspecified", true)});
    return policy;
}

}  // namespace

SelectPolicy load_select_policy(const TomlTable& root) {
    const std::string organisation = root.text("organisation");
    const TomlTable select = root.table("select");
    SelectPolicy policy{label_policy(select.table("fcp"), organisation),
                        label_policy(select.table("testing"), organisation),
                        {}};
    if (select.has("proposals")) {
        const TomlTable proposals = select.table("proposals");
        policy.proposals = {repository_of(proposals, organisation), proposals.texts("paths"),
                            proposals.boolean("tells_updated", true)};
    }
    return policy;
}

}  // namespace harvester::profile
