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

std::optional<Instant> merged(const Item& item) {
    return item.merged_at;
}

std::optional<Instant> text_changed(const Item& item) {
    return std::max(item.created_at, item.text_changed_at.value_or(item.created_at));
}

std::optional<Instant> labelled(const Item& item, const profile::LabelPolicy& policy) {
    return render::last_labelled(item, policy.labels, {Instant::min(), Instant::max()});
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
    const render::Report& report, const cache::Store& store, const profile::SelectPolicy& policy,
    Instant since) {
    auto newer = std::make_shared<std::set<std::pair<std::string, std::string>>>();
    const auto look = [&](const std::string& part, const std::vector<render::Entry>& entries,
                          const auto& came_up) {
        for (const render::Entry& entry : entries) {
            const auto named = markdown::item_name(entry.url);
            if (!named) continue;
            const auto item = store.find_item(named->first, named->second);
            if (!item || !*item) continue;
            if (const std::optional<Instant> at = came_up(**item); at && *at > since)
                newer->emplace(part, markdown::link_key(entry.url));
        }
    };
    for (const render::MergedSection& section : report.merged) {
        look("merged", section.picks, merged);
        look("merged", section.others, merged);
    }
    look("approved", report.approved, merged);
    look("rfcs", report.new_rfcs, text_changed);
    const auto entered = [&](const Item& item) { return labelled(item, policy.fcp); };
    for (const render::Group& group : report.final_comment_period) look("fcp", group.entries, entered);
    const auto called = [&](const Item& item) { return labelled(item, policy.testing); };
    for (const render::Group& group : report.testing) look("testing", group.entries, called);
    return [newer](const std::string& part, const std::string& key) { return newer->contains({part, key}); };
}

}  // namespace harvester::edition
