#include "render/selection.h"

#include <algorithm>
#include <tuple>

#include "base/glob.h"
#include "markdown/inline_text.h"

namespace harvester::render {
namespace {

using profile::GroupOrder;
using profile::GroupPolicy;
using profile::LabelPolicy;
using profile::ProposalPolicy;

bool has_label(const Item& item, const std::string& label) {
    return std::any_of(item.labels.begin(), item.labels.end(),
                       [&](const std::string& other) { return glob_matches(label, other); });
}

std::string disposition_of(const Item& item, const LabelPolicy& policy, const GroupPolicy& group) {
    if (policy.dispositions.empty()) return {};
    for (const auto& [label, name] : policy.dispositions)
        if (has_label(item, label)) return name;
    return group.tells_unspecified ? "unspecified" : "";
}

struct Found {
    const Item* item;
    Instant labelled;
};

// True when `a` stands before `b`; ties go by number and URL, so that the input's order doesn't matter.
bool stands_before(const Found& a, const Found& b, GroupOrder order) {
    const auto key = [&](const Found& found) {
        const Instant moment = order == GroupOrder::updated    ? found.item->updated_at
                               : order == GroupOrder::labelled ? found.labelled
                                                               : Instant{};
        return std::tuple(moment, found.item->number, std::string_view(found.item->url));
    };
    return key(a) > key(b);
}

bool is_in_group(const Item& item, const GroupPolicy& group) {
    const auto wanted = [&](const std::string& label) { return has_label(item, label); };
    return item.repository == group.repository &&
           std::all_of(group.labels.begin(), group.labels.end(), wanted);
}

void append_once(std::vector<Entry>& entries, Entry entry) {
    const auto same = [&](const Entry& other) { return other.url == entry.url; };
    if (std::none_of(entries.begin(), entries.end(), same)) entries.push_back(std::move(entry));
}

std::vector<Group> groups_of(const std::vector<Item>& items, const Edition& issue, Layout layout,
                             const LabelPolicy& policy, const profile::Profile& profile) {
    const profile::Form& form = profile.form.form(layout, issue.date);
    std::vector<Group> out;
    for (const GroupPolicy& group : policy.groups) {
        std::vector<Found> found;
        for (const Item& item : items) {
            if (!is_in_group(item, group)) continue;
            if (const auto at = last_labelled(item, policy.labels, issue.window.range()))
                found.push_back({&item, *at});
        }
        std::sort(found.begin(), found.end(),
                  [&](const Found& a, const Found& b) { return stands_before(a, b, group.order); });
        Group entries{group.key, {}};
        for (const Found& one : found)
            append_once(
                entries.entries,
                entry_of(*one.item, form.mark(disposition_of(*one.item, policy, group)), profile.web));
        out.push_back(std::move(entries));
    }
    return out;
}

bool adds_text(const Item& item, const ProposalPolicy& policy) {
    if (item.kind != ItemKind::pull_request || item.repository != policy.repository || !item.paths)
        return false;
    return std::any_of(item.paths->begin(), item.paths->end(), [&](const ChangedPath& file) {
        return file.added && any_glob_matches(policy.paths, file.path);
    });
}

}  // namespace

std::optional<Instant> last_labelled(const Item& item, const std::vector<std::string>& labels,
                                     const Range& range) {
    std::optional<Instant> last;
    if (!item.label_events) return last;
    for (const LabelEvent& event : *item.label_events)
        if (event.added && range.contains(event.at) && any_glob_matches(labels, event.label))
            last = std::max(last.value_or(event.at), event.at);
    return last;
}

std::vector<Group> final_comment_period(const std::vector<Item>& items, const Edition& issue, Layout layout,
                                        const profile::Profile& profile) {
    return groups_of(items, issue, layout, profile.form.select.fcp, profile);
}

std::vector<Group> calls_for_testing(const std::vector<Item>& items, const Edition& issue, Layout layout,
                                     const profile::Profile& profile) {
    return groups_of(items, issue, layout, profile.form.select.testing, profile);
}

std::vector<Entry> approved_proposals(const std::vector<Item>& items, const Edition& issue,
                                      const Printed& printed, const profile::Profile& profile) {
    const Range range = issue.window.range();
    std::vector<Found> found;
    for (const Item& item : items) {
        if (!adds_text(item, profile.form.select.proposals) || !item.merged_at ||
            !range.contains(*item.merged_at))
            continue;
        if (!printed.contains(item.url)) found.push_back({&item, *item.merged_at});
    }
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return stands_before(a, b, GroupOrder::labelled); });
    std::vector<Entry> out;
    for (const Found& one : found) append_once(out, entry_of(*one.item, "", profile.web));
    return out;
}

std::vector<Entry> new_proposals(const std::vector<Item>& items, const Edition& issue, Layout layout,
                                 const Printed& printed, const profile::Profile& profile) {
    const profile::Form& form = profile.form.form(layout, issue.date);
    const ProposalPolicy& policy = profile.form.select.proposals;
    const Range range = issue.window.range();
    std::vector<std::pair<Found, std::string>> found;
    for (const Item& item : items) {
        if (!adds_text(item, policy) || item.state != ItemState::open) continue;
        const bool is_new = range.contains(item.created_at) && !printed.contains(item.url);
        const bool updated = policy.tells_updated && item.created_at < range.from && item.text_changed_at &&
                             range.contains(*item.text_changed_at);
        if (is_new || updated) found.push_back({{&item, {}}, is_new ? "new" : "updated"});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return stands_before(a.first, b.first, GroupOrder::number);
    });
    std::vector<Entry> out;
    for (const auto& [one, kind] : found) append_once(out, entry_of(*one.item, form.mark(kind), profile.web));
    return out;
}

Entry entry_of(const Item& item, std::string prefix, const std::string& web) {
    const std::string below = web + "/" + item.repository + "/";
    // GitHub leads from /issues/ to /pull/ where the number is a pull request's.
    const std::string url =
        item.url.starts_with(below) ? item.url : below + "issues/" + std::to_string(item.number);
    return {std::move(prefix), markdown::escape_inline(item.title), url};
}

}  // namespace harvester::render
