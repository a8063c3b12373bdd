#include "render/selection.h"

#include <algorithm>
#include <tuple>

#include "base/glob.h"
#include "markdown/inline_text.h"
#include "markdown/item_url.h"

namespace harvester::render {
namespace {

using profile::GroupOrder;
using profile::GroupPolicy;
using profile::PartPolicy;

bool has_label(const Item& item, const std::string& label) {
    return std::any_of(item.labels.begin(), item.labels.end(),
                       [&](const std::string& other) { return glob_matches(label, other); });
}

std::string disposition_of(const Item& item, const PartPolicy& policy, const GroupPolicy& group) {
    if (policy.dispositions.empty()) return {};
    for (const auto& [label, name] : policy.dispositions)
        if (has_label(item, label)) return name;
    return group.tells_unspecified ? "unspecified" : "";
}

struct Found {
    const Item* item;
    Instant labelled;
};

// True when `a` comes before `b`; ties go by number and URL, so that the input's order doesn't matter.
bool stands_before(const Found& a, const Found& b, GroupOrder order) {
    const auto key = [&](const Found& found) {
        const Instant moment = order == GroupOrder::updated    ? found.item->updated_at
                               : order == GroupOrder::labelled ? found.labelled
                                                               : Instant{};
        return std::tuple(moment, found.item->number, std::string_view(found.item->url));
    };
    return key(a) > key(b);
}

void append_once(std::vector<Entry>& entries, Entry entry) {
    const auto same = [&](const Entry& other) { return other.url == entry.url; };
    if (std::none_of(entries.begin(), entries.end(), same)) entries.push_back(std::move(entry));
}

std::vector<Section> groups_of(const std::vector<Item>& items, const Edition& issue,
                               const profile::Form& form, const PartPolicy& policy, const Printed& printed,
                               const profile::Profile& profile) {
    static const std::vector<GroupPolicy> one_group(1);
    std::vector<Section> out;
    for (const GroupPolicy& group : policy.groups.empty() ? one_group : policy.groups) {
        std::vector<Found> found;
        for (const Item& item : items) {
            if (!is_in_group(item, group, profile)) continue;
            const auto at = last_labelled(item, policy.labels, issue.window.range());
            const auto before = printed.find(markdown::link_key(item.url));
            if (at && (before == printed.end() || *at >= before->second)) found.push_back({&item, *at});
        }
        std::sort(found.begin(), found.end(),
                  [&](const Found& a, const Found& b) { return stands_before(a, b, group.order); });
        Section section{group.key, {}};
        for (const Found& one : found)
            append_once(
                section.picks,
                entry_of(*one.item, form.mark(disposition_of(*one.item, policy, group)), profile.web));
        out.push_back(std::move(section));
    }
    return out;
}

std::vector<Entry> approved_proposals(const PartPolicy& policy, const std::vector<Item>& items,
                                      const Range& window, const Printed& printed,
                                      const profile::Profile& profile) {
    std::vector<Found> found;
    for (const Item& item : items)
        if (adds_text(item, policy) && item.merged_at && window.contains(*item.merged_at) &&
            !printed.contains(markdown::link_key(item.url)))
            found.push_back({&item, *item.merged_at});
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return stands_before(a, b, GroupOrder::labelled); });
    std::vector<Entry> out;
    for (const Found& one : found) append_once(out, entry_of(*one.item, "", profile.web));
    return out;
}

std::vector<Entry> new_proposals(const PartPolicy& policy, const std::vector<Item>& items,
                                 const Range& window, const profile::Form& form, const Printed& printed,
                                 const profile::Profile& profile) {
    std::vector<std::pair<Found, std::string>> found;
    for (const Item& item : items) {
        if (!adds_text(item, policy) || item.state != ItemState::open) continue;
        const bool is_new =
            window.contains(item.created_at) && !printed.contains(markdown::link_key(item.url));
        const bool updated = policy.tells_updated && item.created_at < window.from && item.text_changed_at &&
                             window.contains(*item.text_changed_at);
        if (is_new || updated) found.push_back({{&item, {}}, is_new ? "new" : "updated"});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return stands_before(a.first, b.first, GroupOrder::number);
    });
    std::vector<Entry> out;
    for (const auto& [one, kind] : found) append_once(out, entry_of(*one.item, form.mark(kind), profile.web));
    return out;
}

std::vector<Entry> opened_items(const PartPolicy& policy, const std::vector<Item>& items, const Range& window,
                                const profile::Profile& profile) {
    std::vector<Found> found;
    for (const Item& item : items)
        if (window.contains(item.created_at) && profile.takes(item.repository) && takes_item(policy, item))
            found.push_back({&item, item.created_at});
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return stands_before(b, a, GroupOrder::labelled); });
    std::vector<Entry> out;
    for (const Found& one : found) append_once(out, entry_of(*one.item, "", profile.web));
    return out;
}

}  // namespace

bool is_in_group(const Item& item, const GroupPolicy& group, const profile::Profile& profile) {
    const auto wanted = [&](const std::string& label) { return has_label(item, label); };
    const bool ours = group.repository.empty() ? profile.takes(item.repository)
                                               : glob_matches(group.repository, item.repository);
    return ours && std::all_of(group.labels.begin(), group.labels.end(), wanted);
}

bool adds_text(const Item& item, const PartPolicy& policy) {
    if (item.kind != ItemKind::pull_request || !glob_matches(policy.repository, item.repository) ||
        !item.paths)
        return false;
    return std::any_of(item.paths->begin(), item.paths->end(), [&](const ChangedPath& file) {
        return file.added && any_glob_matches(policy.paths, file.path);
    });
}

std::vector<Item> without_group(const PartPolicy& part, const std::vector<Item>& items, const Edition& issue,
                                const profile::Profile& profile) {
    std::vector<Item> out;
    for (const Item& item : items) {
        const bool grouped =
            part.groups.empty() || std::ranges::any_of(part.groups, [&](const GroupPolicy& group) {
                return is_in_group(item, group, profile);
            });
        if (!grouped && last_labelled(item, part.labels, issue.window.range())) out.push_back(item);
    }
    return out;
}

std::optional<Instant> last_labelled(const Item& item, const std::vector<std::string>& labels,
                                     const Range& range) {
    std::optional<Instant> last;
    if (!item.label_events) return last;
    for (const LabelEvent& event : *item.label_events)
        if (event.added && range.contains(event.at) && any_glob_matches(labels, event.label))
            last = std::max(last.value_or(event.at), event.at);
    return last;
}

bool takes_item(const PartPolicy& part, const Item& item) {
    return (part.repositories.empty() || any_glob_matches(part.repositories, item.repository)) &&
           (part.labels.empty() ||
            std::any_of(part.labels.begin(), part.labels.end(),
                        [&](const std::string& label) { return has_label(item, label); })) &&
           (part.titles.empty() || part.titles.any_in(item.title));
}

std::vector<Section> select_items(const PartPolicy& part, const std::vector<Item>& items,
                                  const Edition& issue, Layout layout, const Printed& printed,
                                  const profile::Profile& profile) {
    const profile::Form& form = profile.form.form(layout, issue.date);
    const Range window = issue.window.range();
    const auto one_list = [](std::vector<Entry> entries) {
        return entries.empty() ? std::vector<Section>{} : std::vector<Section>{{"", std::move(entries)}};
    };
    switch (part.kind) {
        case profile::PartKind::labelled:
            return groups_of(items, issue, form, part, printed, profile);
        case profile::PartKind::opened:
            return one_list(opened_items(part, items, window, profile));
        case profile::PartKind::approved:
            return one_list(approved_proposals(part, items, window, printed, profile));
        case profile::PartKind::proposed:
            return one_list(new_proposals(part, items, window, form, printed, profile));
        default:
            return {};
    }
}

Entry entry_of(const Item& item, std::string prefix, const std::string& web) {
    const std::string below = web + "/" + item.repository + "/";
    // GitHub leads from /issues/ to /pull/ where the number is a pull request's.
    const std::string url =
        item.url.starts_with(below) ? item.url : below + "issues/" + std::to_string(item.number);
    return {std::move(prefix), markdown::escape_inline(item.title), url, item.author.login, item.repository,
            item.number};
}

}  // namespace harvester::render
