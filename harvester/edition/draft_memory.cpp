#include "edition/draft_memory.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include "markdown/item_url.h"
#include "render/selection.h"

namespace harvester::edition {
namespace {

// When the item came up for the part; nullopt: not known.
std::optional<Instant> came_up(const Item& item, const profile::PartPolicy& part) {
    switch (part.kind) {
        case profile::PartKind::merged:
        case profile::PartKind::approved:
            return item.merged_at;
        case profile::PartKind::opened:
            return item.created_at;
        case profile::PartKind::proposed:
            return std::max(item.created_at, item.text_changed_at.value_or(item.created_at));
        case profile::PartKind::labelled:
            return render::last_labelled(item, part.labels, {Instant::min(), Instant::max()});
        case profile::PartKind::report:
            break;
    }
    return std::nullopt;
}

}  // namespace

Result<draft::DraftLines> load_lines(cache::Store& store, const profile::PublishPolicy& policy,
                                     const std::string& draft) {
    auto record = cache::Drafts(store).read(draft);
    if (!record) return tl::unexpected(record.error());
    for (const auto& [part, base] : record->old)
        if (const profile::DraftPart* known = policy.find_part(part))
            record->lines.emplace(part, draft::lines_of_old_base(*known, base.text, base.marks));
    return std::move(record->lines);
}

std::function<bool(const std::string& part, const std::string& key)> newer_than(
    const render::Report& report, const cache::Store& store, const profile::FormPolicy& policy,
    Instant since) {
    auto newer = std::make_shared<std::set<std::pair<std::string, std::string>>>();
    const auto look = [&](const profile::PartPolicy& part, const std::vector<render::Entry>& entries) {
        for (const render::Entry& entry : entries) {
            const auto named = markdown::item_name(entry.url);
            if (!named) continue;
            const auto item = store.find_item(named->first, named->second);
            if (!item || !*item) continue;
            if (const std::optional<Instant> at = came_up(**item, part); at && *at > since)
                newer->emplace(part.name, markdown::link_key(entry.url));
        }
    };
    for (const render::Part& part : report.parts) {
        const profile::PartPolicy* found = policy.find_part(part.name);
        if (found == nullptr) continue;
        for (const render::Section& section : part.sections) {
            look(*found, section.picks);
            look(*found, section.others);
        }
    }
    return [newer](const std::string& part, const std::string& key) { return newer->contains({part, key}); };
}

std::function<bool(const std::string& part, const std::string& key)> still_there(
    const Assembly& assembly, const cache::Store& store, const profile::FormPolicy& policy) {
    auto merged_keys = std::make_shared<std::set<std::string>>();
    for (const Decision& decision : assembly.decisions)
        merged_keys->insert(markdown::link_key(decision.item.url));
    return [merged_keys, &store, &policy](const std::string& part, const std::string& key) {
        const profile::PartPolicy* found = policy.find_part(part);
        if (found == nullptr || found->kind == profile::PartKind::labelled ||
            found->kind == profile::PartKind::report)
            return false;
        if (found->kind == profile::PartKind::merged || found->kind == profile::PartKind::approved)
            return merged_keys->contains(key);
        const auto hash = key.find('#');
        std::int64_t number = 0;
        if (hash == std::string::npos ||
            std::from_chars(key.data() + hash + 1, key.data() + key.size(), number).ec != std::errc())
            return false;
        const auto item = store.find_item(key.substr(0, hash), number);
        return item && *item && (**item).state == ItemState::open;
    };
}

void set_up_merge(draft::DraftMergeInput& input, const Assembly& assembly, const cache::Store& store,
                  const profile::Profile& profile, bool all) {
    const render::Report& report = assembly.report;
    input.still = still_there(assembly, store, profile.form);
    input.incomplete.insert(report.unproved.begin(), report.unproved.end());
    if (all) input.left_out = profile.form.form(report.layout, report.issue.date).left_out;
}

}  // namespace harvester::edition
