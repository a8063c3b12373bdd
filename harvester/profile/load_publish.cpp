#include "profile/publish_policy.h"

namespace harvester::profile {
namespace {

DraftPart load_part(const TomlTable& table) {
    DraftPart part;
    table.require("name", part.name);
    table.require("headings", part.headings);
    if (part.headings.empty()) table.refuse("headings", "must name at least one heading");
    table.read("placeholders", part.placeholders);
    table.read("leftovers", part.leftovers);
    table.read("whole", part.whole);
    table.read("required", part.required);
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
    publish.read("drafts", policy.drafts);
    // A profile without the table renders and measures, but has no drafts.
    if (root.has("publish") && policy.drafts.empty()) publish.refuse("drafts", "must name at least one path");
    publish.read("issues", policy.issues);
    publish.read("repository", policy.repository);
    publish.read("branch", policy.branch);
    publish.read("title", policy.title);
    publish.read("commit_body", policy.commit_body);
    for (const TomlTable& part : publish.tables("part")) policy.parts.push_back(load_part(part));
    return policy;
}

CheckPolicy load_check_policy(const TomlTable& root) {
    const TomlTable check = root.table("check");
    CheckPolicy policy;
    check.read("html", policy.html);
    check.read("lists", policy.lists);
    check.read("elsewhere", policy.elsewhere);
    check.read("merged", policy.merged);
    check.read("once", policy.once);
    check.read("optional_parts", policy.optional_parts);
    check.read("other_sections", policy.other_sections);
    check.read("unfinished", policy.unfinished);
    return policy;
}

}  // namespace harvester::profile
