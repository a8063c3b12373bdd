#include "editorial/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

#include "editorial/drop.h"
#include "editorial/score.h"
#include "editorial/section.h"
#include "editorial/title.h"

namespace harvester::editorial {
namespace {

// A decision with what its place in the list depends on.
struct Entry {
    Decision decision;
    const profile::RepositoryPolicy* repository = nullptr;
    std::size_t place = 0;  // of its section or block
};

auto identity(const Item& item) {
    return std::tie(item.repository, item.number, item.url);
}

bool better(const Entry* a, const Entry* b) {
    if (a->decision.score != b->decision.score) return a->decision.score > b->decision.score;
    return identity(a->decision.item) < identity(b->decision.item);
}

// Why the item is no candidate, into the decision; false when it is one.
bool excluded(const profile::Profile& profile, const DecideContext& context, Entry& entry) {
    Decision& decision = entry.decision;
    const auto decide_as = [&](Verdict verdict, std::string rule, std::string reason) {
        decision.verdict = verdict;
        decision.rule = std::move(rule);
        decision.reason = std::move(reason);
        return true;
    };
    if (entry.repository == nullptr)
        return decide_as(Verdict::outside, "repository",
                         fmt::format("The profile reports nothing from {}.", decision.item.repository));
    if (context.seen.contains(decision.item.url))
        return decide_as(Verdict::printed, "seen before",
                         "An earlier issue printed it, or its harvest had seen it.");
    if (const profile::DropRule* rule = dropping_rule(profile.editorial, decision.item))
        return decide_as(Verdict::dropped, rule->name, rule->reason);
    const Instant closed = context.issue.window.range().from + profile.editorial.previous_run;
    if (!context.previous_harvest_known && decision.item.merged_at && *decision.item.merged_at < closed)
        // By the clock alone it may be either issue's: not picked, but offered among the candidates left out.
        return decide_as(
            Verdict::left, "previous run",
            fmt::format("It was merged at {}, before the previous issue's list was closed at about {}.",
                        format_instant(*decision.item.merged_at), format_instant(closed)));
    return false;
}

// The settings of titles, worked out once for each repository and section of an issue.
class SharedSettings {
  public:
    SharedSettings(const profile::TitlePolicy& policy, const DecideContext& context)
        : policy_(policy), context_(context) {}

    const profile::TitleSettings& of(const std::string& repository, const std::string& section) {
        const auto [place, fresh] = known_.try_emplace({repository, section});
        if (fresh)
            place->second =
                title_settings(policy_, {repository, section, {}, context_.layout, context_.issue.date});
        return place->second;
    }

  private:
    const profile::TitlePolicy& policy_;
    const DecideContext& context_;
    std::map<std::pair<std::string, std::string>, profile::TitleSettings> known_;
};

void place_and_title(const profile::Profile& profile, const DecideContext& context, SharedSettings& settings,
                     Entry& entry) {
    Decision& decision = entry.decision;
    SectionChoice choice = section_of(profile.editorial, *entry.repository, decision.item);
    const bool flat = context.layout == Layout::flat;
    entry.place = flat ? block_place(profile.editorial, decision.item, choice.section)
                       : section_place(profile.editorial, choice.section);
    decision.section_reason = std::move(choice.reason);
    if (!flat) decision.section = std::move(choice.section);
    FormattedTitle title = format_title(
        profile.titles, settings.of(decision.item.repository, decision.section), decision.item.title);
    decision.title = std::move(title.markdown);
    if (context.explained) decision.title_steps = std::move(title.steps);
    decision.sort_key = std::move(title.sort_key);
}

// The best of each repository, then of each section, as many as the policy wants.
void pick(const profile::EditorialPolicy& policy, Layout layout, std::vector<Entry*> candidates) {
    std::sort(candidates.begin(), candidates.end(), better);
    std::map<const profile::RepositoryPolicy*, std::size_t> by_repository;
    std::map<std::string, std::size_t> by_section;
    for (Entry* entry : candidates) {
        Decision& decision = entry->decision;
        const profile::PickPolicy& picks = entry->repository->picks(layout);
        std::size_t& of_repository = by_repository[entry->repository];
        std::size_t& of_section = by_section[decision.section];
        std::optional<std::size_t> wanted;
        for (const profile::SectionPolicy& section : policy.sections)
            if (layout == Layout::sections && section.name == decision.section) wanted = section.wanted;
        decision.verdict = Verdict::left;
        if (decision.score < picks.threshold) {
            decision.rule = "score";
            decision.reason =
                fmt::format("Its score {:.2f} is below {:.2f}.", decision.score, picks.threshold);
        } else if (picks.wanted && of_repository >= *picks.wanted) {
            decision.rule = "wanted of repository";
            decision.reason = fmt::format(
                "{} better ones of its repository are listed, as many as the profile wants.", *picks.wanted);
        } else if (wanted && of_section >= *wanted) {
            decision.rule = "wanted of section";
            decision.reason = fmt::format(
                "{} better ones of its section are listed, as many as the profile wants.", *wanted);
        } else {
            decision.verdict = Verdict::picked;
            decision.rule = "score";
            decision.reason =
                fmt::format("Its score {:.2f} reaches {:.2f}.", decision.score, picks.threshold);
            ++of_repository;
            ++of_section;
        }
    }
}

bool in_order(const Entry& a, const Entry& b, profile::ListOrder order) {
    const Verdict verdict_a = a.decision.verdict, verdict_b = b.decision.verdict;
    if (verdict_a != verdict_b) return verdict_a < verdict_b;
    if (verdict_a == Verdict::picked) {
        // Sections that labels open share a place: they are in the order of their headings.
        const auto place = [](const Entry& entry) { return std::tie(entry.place, entry.decision.section); };
        if (place(a) != place(b)) return place(a) < place(b);
        if (order == profile::ListOrder::merged && a.decision.item.merged_at != b.decision.item.merged_at)
            return a.decision.item.merged_at < b.decision.item.merged_at;
        if (order == profile::ListOrder::title && a.decision.sort_key != b.decision.sort_key)
            return a.decision.sort_key < b.decision.sort_key;
        return identity(a.decision.item) < identity(b.decision.item);
    }
    if (verdict_a == Verdict::left) return a.place != b.place ? a.place < b.place : better(&a, &b);
    return identity(a.decision.item) < identity(b.decision.item);
}

}  // namespace

std::vector<Decision> decide(const profile::Profile& profile, const Weights& weights, std::vector<Item> items,
                             const DecideContext& context) {
    std::vector<Entry> entries(items.size());
    std::vector<Entry*> candidates, ordered;
    SharedSettings settings(profile.titles, context);
    for (std::size_t i = 0; i < items.size(); ++i) {
        Entry& entry = entries[i];
        ordered.push_back(&entry);
        entry.decision.item = std::move(items[i]);
        entry.repository = repository_policy(profile.editorial, entry.decision.item.repository);
        const bool no_candidate = excluded(profile, context, entry);
        const bool listed =
            !no_candidate || entry.decision.verdict == Verdict::left;  // as a pick or left out
        // Explained, the dropped have their section, title and score too: what they would have been.
        if (entry.repository != nullptr && (listed || context.explained)) {
            place_and_title(profile, context, settings, entry);
            const auto marks = context.marks.find(entry.decision.item.url);
            const Score total =
                score(profile.editorial.score, weights, entry.decision.item, context.layout,
                      marks == context.marks.end() ? std::span<const std::string>{} : marks->second);
            entry.decision.score = total.sum;
            if (context.explained)
                for (const WeightedFeature& part : total.parts)
                    entry.decision.score_parts.push_back({std::string(part.feature), part.weight});
        }
        if (!no_candidate) candidates.push_back(&entry);
    }
    pick(profile.editorial, context.layout, candidates);
    std::sort(ordered.begin(), ordered.end(),
              [&](const Entry* a, const Entry* b) { return in_order(*a, *b, profile.editorial.order); });
    std::vector<Decision> out;
    out.reserve(entries.size());
    for (Entry* entry : ordered) out.push_back(std::move(entry->decision));
    return out;
}

Result<Weights> profile_weights(const profile::Profile& profile) {
    return Weights::parse(profile.weights, profile.weights_file);
}

}  // namespace harvester::editorial
