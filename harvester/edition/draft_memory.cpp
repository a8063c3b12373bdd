#include "edition/draft_memory.h"

#include <algorithm>
#include <memory>
#include <set>

#include "markdown/item_url.h"
#include "render/selection.h"

namespace harvester::edition {
namespace {

std::string marks_of(const std::string& part) {
    return part + " marks";
}

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

Result<std::map<std::string, draft::PartBase>> load_bases(const cache::Store& store,
                                                          const profile::PublishPolicy& policy,
                                                          const std::string& draft) {
    std::map<std::string, draft::PartBase> bases;
    for (const profile::DraftPart& part : policy.parts) {
        auto text = store.draft_base(draft, part.name);
        if (!text) return tl::unexpected(text.error());
        if (!*text) continue;
        draft::PartBase base{std::move(**text), {}, {}};
        const auto marks = store.draft_base(draft, marks_of(part.name));
        if (!marks) return tl::unexpected(marks.error());
        if (*marks) draft::read_marks(**marks, base);
        bases.emplace(part.name, std::move(base));
    }
    return bases;
}

Result<void> save_bases(cache::Store& store, const std::string& draft,
                        const std::map<std::string, draft::PartBase>& bases, Instant now) {
    for (const auto& [part, base] : bases) {
        // The marks first: a run cut short between the two then knows too much of what was removed, never too
        // little.
        if (const auto saved = store.save_draft_base(draft, marks_of(part), draft::write_marks(base), now);
            !saved)
            return saved;
        if (const auto saved = store.save_draft_base(draft, part, base.text, now); !saved) return saved;
    }
    return {};
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

}  // namespace harvester::edition
