#include "profile/publish_policy.h"

namespace harvester::profile {
namespace {

DraftPart load_part(const TomlTable& table) {
    DraftPart part;
    part.name = table.text("name");
    part.headings = table.texts("headings");
    if (part.headings.empty()) table.refuse("headings", "must name at least one heading");
    part.placeholders = table.texts("placeholders");
    part.leftovers = table.texts("leftovers");
    part.whole = table.boolean("whole", false);
    part.required = table.boolean("required", false);
    return part;
}

}  // namespace

const DraftPart* PublishPolicy::find_part(const std::string& name) const {
    for (const DraftPart& part : parts)
        if (part.name == name) return &part;
    return nullptr;
}

PublishPolicy load_publish_policy(const TomlTable& root) {
    const TomlTable publish = root.table("publish");
    PublishPolicy policy;
    policy.drafts = publish.texts("drafts");
    policy.repository = publish.text("repository", "");
    policy.branch = publish.text("branch", "draft-{date}");
    policy.title = publish.text("title", "Draft issue {number}");
    policy.commit_body = publish.text("commit_body", "");
    // A profile without the table renders and measures, but has no drafts.
    if (root.has("publish") && policy.drafts.empty()) publish.refuse("drafts", "must name at least one path");
    policy.issues = publish.texts("issues");
    for (const TomlTable& part : publish.tables("part")) policy.parts.push_back(load_part(part));
    return policy;
}

}  // namespace harvester::profile
