// Rules about what the cache, GitHub and the previous edition know of the items. What they don't know is no
// finding.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/glob.h"
#include "check/rules.h"
#include "profile/calendar.h"
#include "render/selection.h"

namespace harvester::check {
namespace {

// The items of a line that lead the line: all of its links.
template <class Use>
void each_link(const Line& line, Use use) {
    for (const markdown::Link& link : line.links)
        if (const auto item = markdown::read_item_url(link.url)) use(link.url, item->key());
}

std::string window_text(const Edition& edition) {
    return fmt::format("the window {} to {}", format_day(edition.window.first),
                       format_day(edition.window.last));
}

bool is_marked_updated(const Context& context, const Line& line) {
    const std::string mark = context.form.mark("updated");
    return !mark.empty() && line.text.find(markdown::trimmed(mark)) != std::string_view::npos;
}

// The part of the line, when it lists what got a label; else null.
const profile::PartPolicy* labelled_part(const Context& context, const Line& line) {
    const profile::PartPolicy* part = context.profile.form.find_part(line.part->name);
    return part != nullptr && part->kind == profile::PartKind::labelled ? part : nullptr;
}

bool lists_new_proposals(const Context& context, const Line& line) {
    const profile::PartPolicy* part = context.profile.form.find_part(line.part->name);
    return part != nullptr && part->kind == profile::PartKind::proposed;
}

// An item may be listed again when it got its label again, after the previous edition's window; also when
// that isn't known.
bool may_be_again(const Context& context, const Line& line, std::string_view url) {
    const auto* part = labelled_part(context, line);
    if (part == nullptr) return false;
    const auto item = context.find_item(url);
    if (!item || !item->label_events || !context.edition) return true;
    const Instant before = profile::previous_edition(context.profile, *context.edition).window.range().to;
    return render::last_labelled(*item, part->labels, {before, Instant::max()}).has_value();
}

void printed_before(const Context& context, Report& report) {
    if (!context.input.previous) return;
    const DraftLines before(*context.input.previous, context.profile.publish);
    std::set<std::pair<std::string, std::string>> printed;
    for (const Line& line : before.lines)
        if (line.is_item() && line.part != nullptr)
            each_link(line, [&](std::string_view, const std::string& key) {
                printed.emplace(line.part->name, key);
            });
    for (const Line& line : context.draft.lines) {
        if (!line.is_item() || line.part == nullptr || !contains(context.profile.check.once, line.part->name))
            continue;
        if (is_marked_updated(context, line)) continue;
        each_link(line, [&](std::string_view url, const std::string& key) {
            if (printed.contains({line.part->name, key}) && !may_be_again(context, line, url))
                report(line.number, fmt::format("{} was printed in the previous edition; remove it", key));
        });
    }
}

void not_merged(const Context& context, const Line& line, Report& report) {
    if (!contains(context.profile.check.merged, line.part->name)) return;
    each_link(line, [&](std::string_view url, const std::string& key) {
        const auto item = context.find_item(url);
        if (item && item->kind == ItemKind::pull_request && item->state != ItemState::merged)
            report(line.number, fmt::format("{} isn't merged; remove it", key));
    });
}

// A list of new proposals has open ones.
void not_open(const Context& context, const Line& line, Report& report) {
    if (!lists_new_proposals(context, line)) return;
    each_link(line, [&](std::string_view url, const std::string& key) {
        const auto item = context.find_item(url);
        if (item && item->state != ItemState::open)
            report(line.number, fmt::format("{} is {}; remove it", key,
                                            item->state == ItemState::merged ? "merged already" : "closed"));
    });
}

void not_in_window(const Context& context, const Line& line, Report& report) {
    if (!context.edition) return;
    const Range window = context.edition->window.range();
    const std::string& part = line.part->name;
    const auto day = [](Instant at) { return format_day(std::chrono::floor<std::chrono::days>(at)); };
    each_link(line, [&](std::string_view url, const std::string& key) {
        const auto item = context.find_item(url);
        if (!item) return;
        if (contains(context.profile.check.merged, part)) {
            if (item->merged_at && !window.contains(*item->merged_at))
                report(line.number, fmt::format("{} was merged on {}, outside {}", key, day(*item->merged_at),
                                                window_text(*context.edition)));
        } else if (const auto* labelled = labelled_part(context, line);
                   labelled != nullptr && contains(context.profile.check.once, part)) {
            if (item->label_events && !render::last_labelled(*item, labelled->labels, window))
                report(line.number,
                       fmt::format("{} got no label of this list in {}", key, window_text(*context.edition)));
        } else if (lists_new_proposals(context, line) && !is_marked_updated(context, line) &&
                   !window.contains(item->created_at)) {
            report(line.number, fmt::format("{} was opened on {}, outside {}", key, day(item->created_at),
                                            window_text(*context.edition)));
        }
    });
}

// A comment period that was cancelled: its label is gone, and none that follows a finished one is there.
void label_removed(const Context& context, const Line& line, Report& report) {
    const auto* part = labelled_part(context, line);
    if (part == nullptr || part->ended.empty()) return;
    each_link(line, [&](std::string_view url, const std::string& key) {
        const auto item = context.find_item(url);
        if (!item || !item->label_events) return;
        const LabelEvent* last = nullptr;
        for (const LabelEvent& event : *item->label_events)
            if (any_glob_matches(part->labels, event.label)) last = &event;
        const bool ended = std::ranges::any_of(
            item->labels, [&](const std::string& label) { return any_glob_matches(part->ended, label); });
        if (last != nullptr && !last->added && !ended)
            report(line.number,
                   fmt::format("the label {} was removed from {} on {}; remove the line", last->label, key,
                               format_day(std::chrono::floor<std::chrono::days>(last->at))));
    });
}

void link_dead(const Context& context, const Line& line, Report& report) {
    each_link(line, [&](std::string_view, const std::string& key) {
        if (context.input.missing.contains(key))
            report(line.number, fmt::format("GitHub has no {}; correct the link", key));
    });
}

// Items that belong into a part by their label, in a repository for which the part has no group.
void no_group(const Context& context, Report& report) {
    if (!context.input.ungrouped || !context.edition) return;
    for (const UngroupedItem& item : context.input.ungrouped(*context.edition)) {
        const Line* heading = context.draft.heading_of(item.part);
        if (heading == nullptr) continue;
        const std::string key = markdown::link_key(item.url);
        const auto lines = context.draft.part(item.part);
        const bool listed = std::ranges::any_of(lines, [&](const Line* line) {
            return std::ranges::any_of(line->items(),
                                       [&](const markdown::ItemUrl& url) { return url.key() == key; });
        });
        if (!listed)
            report(heading->number,
                   fmt::format("{} has the label of this list, and its repository has no group here; "
                               "list it by hand or add the group to the profile",
                               key));
    }
}

constexpr Rule record_table[] = {
    {"printed-before", Severity::error, printed_before},
    {"not-merged", Severity::error, Scope::item, not_merged},
    {"not-open", Severity::error, Scope::item, not_open},
    {"not-in-window", Severity::error, Scope::item, not_in_window},
    {"label-removed", Severity::error, Scope::item, label_removed},
    {"link-dead", Severity::error, Scope::item, link_dead},
    {"no-group", Severity::note, no_group},
};

}  // namespace

std::span<const Rule> record_rules() {
    return record_table;
}

}  // namespace harvester::check
