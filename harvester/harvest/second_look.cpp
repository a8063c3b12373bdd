#include "harvest/second_look.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "harvest/coverage.h"
#include "harvest/requests.h"

namespace harvester::harvest {
namespace {

constexpr std::size_t ids_in_a_request = 100;
constexpr std::size_t second_sources_in_a_request = 3;
constexpr int most_pages_of_changes = 10;

// What a search may leave out without a doubt about the rest: the index forgets single items for good.
std::int64_t few(std::int64_t known) {
    return std::max<std::int64_t>(3, known / 50);
}

// A second source lists a merge at once, the index after some minutes.
constexpr std::chrono::hours usual_lag{2};

// A window is compared with so many before it, and is suspicious below this part of their mean.
constexpr int weeks_compared = 4;
constexpr double far_below = 0.5;

const char* const index_is_short =
    "GitHub's search leaves out items that exist; run the same command again later";

}  // namespace

void SecondLook::failed(const std::string& reason) {
    work_.outcome.missing.push_back({"changes since the last harvest", passed(), "", std::nullopt, reason});
}

Result<std::optional<github::Answer>> SecondLook::answer_to(github::Call call) {
    client_.ask(std::move(call));
    auto answer = client_.next().second;
    if (answer) return std::optional(std::move(*answer));
    if (answer.error().code != ExitCode::incomplete) return tl::unexpected(answer.error());
    failed(answer.error().message);
    return std::nullopt;
}

// ---- counts ----

Result<std::vector<SecondLook::Known>> SecondLook::known_slices() const {
    std::vector<Known> known;
    for (const auto& policy : work_.profile.harvest.searches) {
        if (policy.axis == profile::Axis::updated || !asked_for(policy, work_.request.range)) continue;
        const auto slices = work_.store.slices(ledger_name(work_.profile, policy), passed());
        if (!slices) return tl::unexpected(slices.error());
        for (const cache::Slice& slice : *slices)
            if (slice.state == cache::SliceState::complete && slice.key.repository.empty())
                known.push_back({slice, search_text(work_.profile, policy, slice.key.range, "", false)});
    }
    return known;
}

Result<void> SecondLook::count_again() {
    if (!work_.request.second_look || work_.request.refresh || passed().empty()) return {};
    const auto known = known_slices();
    if (!known) return tl::unexpected(known.error());
    for (const Known& one : *known)
        changes_since_ = std::min(changes_since_.value_or(one.slice.asked_at), one.slice.asked_at);
    const auto together = static_cast<std::size_t>(counts_in_a_call);
    for (std::size_t at = 0; at < known->size(); at += together)
        if (auto counted = count_again(std::span(*known).subspan(at, std::min(together, known->size() - at)));
            !counted)
            return counted;
    return {};
}

Result<void> SecondLook::count_again(std::span<const Known> slices) {
    std::vector<std::string> texts;
    for (const Known& one : slices) texts.push_back(one.text);
    github::Call call = counts_call(texts);
    call.divisible = slices.size() > 1;
    const auto answer = answer_to(std::move(call));
    if (!answer) return tl::unexpected(answer.error());
    if (!*answer) return {};
    if ((*answer)->too_heavy) {
        const std::size_t half = slices.size() / 2;
        if (auto counted = count_again(slices.first(half)); !counted) return counted;
        return count_again(slices.subspan(half));
    }
    const auto decoded = github::decode_searches(**answer);
    if (!decoded) {
        failed(decoded.error().message);
        return {};
    }
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const auto page =
            std::ranges::find(decoded->pages, fmt::format("count{}", i + 1), &github::SearchPage::alias);
        if (page == decoded->pages.end() || page->issue_count == slices[i].slice.issue_count) continue;
        if (auto forgotten = work_.store.restart_slice(slices[i].slice.key); !forgotten) return forgotten;
    }
    return {};
}

// ---- items and repositories ----

// When the window was looked at last; nullopt: nothing of it was complete before this harvest.
Result<std::optional<Instant>> SecondLook::last_look() const {
    if (!changes_since_) return std::nullopt;
    constexpr int remembered = 50;
    const auto harvests = work_.store.last_harvests(remembered);
    if (!harvests) return tl::unexpected(harvests.error());
    Instant last = *changes_since_;
    for (const cache::HarvestRecord& harvest : *harvests)
        if (harvest.complete && harvest.range == work_.request.range && harvest.profile == work_.profile.name)
            last = std::max(last, harvest.started_at);
    return last - Seconds{std::chrono::hours{1}};  // the index may learn of an update late
}

// Ids of the window's items that go by labels and paths, but those that were just read.
Result<std::vector<std::string>> SecondLook::items_by_label_and_path() const {
    std::vector<std::string> ids;
    for (const auto& policy : work_.profile.harvest.searches) {
        if (policy.reading == profile::Reading::merged) continue;
        const auto items = policy.reading == profile::Reading::labelled
                               ? work_.store.labelled(policy.labels, work_.request.range)
                               : work_.store.pull_requests(policy.repository, work_.request.range);
        if (!items) return tl::unexpected(items.error());
        for (const Item& item : *items)
            if (!work_.fresh.contains(item.id)) ids.push_back(item.id);
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<SecondLookQuery::Repository> SecondLook::repositories() const {
    std::vector<SecondLookQuery::Repository> out;
    const auto add = [&](const std::string& name, bool merges) {
        const bool known = std::ranges::any_of(out, [&](const auto& one) { return one.name == name; });
        if (!name.empty() && !known && out.size() < github::repositories_in_a_second_look)
            out.push_back({name, merges});
    };
    for (const std::string& name : work_.profile.harvest.second_sources)
        if (out.size() < second_sources_in_a_request) add(name, true);
    for (const auto& policy : work_.profile.harvest.searches) add(policy.repository, false);
    for (const auto& policy : work_.profile.harvest.files) add(policy.repository, false);
    return out;
}

Result<void> SecondLook::take() {
    std::vector<std::string> ids;
    for (const Vanished& vanished : work_.vanished)
        ids.insert(ids.end(), vanished.ids.begin(), vanished.ids.end());
    SecondLookQuery query;
    std::vector<std::string> changes;  // searches, one a request
    if (work_.request.second_look && !passed().empty()) {
        auto more = items_by_label_and_path();
        if (!more) return tl::unexpected(more.error());
        ids.insert(ids.end(), more->begin(), more->end());
        query.repositories = repositories();
        const auto since = last_look();
        if (!since) return tl::unexpected(since.error());
        for (const auto& policy : work_.profile.harvest.searches)
            if (*since && policy.reading == profile::Reading::merged)
                changes.push_back(
                    updated_since(search_text(work_.profile, policy, passed(), "", false), **since));
    }
    for (std::size_t at = 0; at < ids.size() || !changes.empty() || !query.empty(); at += ids_in_a_request) {
        if (!changes.empty()) {
            query.updated.search = std::move(changes.back());
            changes.pop_back();
        }
        const auto end = std::min(ids.size(), at + ids_in_a_request);
        if (at < end)
            query.ids.assign(ids.begin() + static_cast<std::ptrdiff_t>(at),
                             ids.begin() + static_cast<std::ptrdiff_t>(end));
        if (auto asked = ask(std::exchange(query, {})); !asked) return asked;
    }
    if (auto judged = judge_vanished(); !judged) return judged;
    return work_.request.second_look ? judge_number() : Result<void>();
}

Result<void> SecondLook::ask(SecondLookQuery query) {
    for (int pages = 0; pages < most_pages_of_changes && !query.empty(); ++pages) {
        const auto raw = answer_to(second_look_call(query));
        if (!raw) return tl::unexpected(raw.error());
        if (!*raw) return {};
        const auto answer = github::decode_second_look(**raw);
        if (!answer) {
            failed(answer.error().message);
            return {};
        }
        if (auto taken = take_items(query.ids, *answer, **raw); !taken) return taken;
        for (const auto& repository : answer->repositories) {
            take_name(query.repositories.at(static_cast<std::size_t>(repository.slot) - 1).name,
                      repository.name);
            if (!repository.merged) continue;
            if (auto taken = take_merges(*repository.merged); !taken) return taken;
        }
        SecondLookQuery next;
        if (answer->updated) {
            if (auto saved = work_.store.save_items(answer->updated->items); !saved) return saved;
            work_.outcome.items += static_cast<std::int64_t>(answer->updated->items.size());
            if (answer->updated->has_next) next.updated = {query.updated.search, answer->updated->end_cursor};
        }
        query = std::move(next);
    }
    return {};
}

// Only an answer that says nothing but "not found" proves that an item is gone.
Result<void> SecondLook::take_items(const std::vector<std::string>& ids,
                                    const github::SecondLookAnswer& answer, const github::Answer& raw) {
    const bool sure =
        std::ranges::all_of(raw.partial_errors, [](const auto& error) { return error.type == "NOT_FOUND"; });
    std::vector<Item> items;
    std::vector<std::string> gone;
    for (std::size_t i = 0; i < ids.size() && i < answer.items.size(); ++i) {
        if (answer.items[i]) {
            items.push_back(*answer.items[i]);
            there_.insert(ids[i]);
        } else if (sure) {
            gone.push_back(ids[i]);
            gone_.insert(ids[i]);
        }
    }
    work_.outcome.items += static_cast<std::int64_t>(items.size());
    work_.outcome.gone += static_cast<std::int64_t>(gone.size());
    if (auto saved = work_.store.save_items(items); !saved) return saved;
    return work_.store.mark_gone(gone, work_.request.now);
}

// Pull requests of a second source: those of the window that no search gave are kept.
Result<void> SecondLook::take_merges(const std::vector<Item>& merges) {
    const Instant latest = std::min(work_.request.range.to, work_.request.now - usual_lag);
    std::vector<Item> unknown;
    for (const Item& item : merges) {
        sources_answered_ = true;
        if (!item.merged_at || !Range{work_.request.range.from, latest}.contains(*item.merged_at)) continue;
        const auto known = work_.store.find_item(item.repository, item.number);
        if (!known) return tl::unexpected(known.error());
        if (!*known || !(*known)->merged_at) unknown.push_back(item);
    }
    left_out_.insert(left_out_.end(), unknown.begin(), unknown.end());
    return work_.store.save_items(unknown);
}

void SecondLook::take_name(const std::string& asked, const std::string& name) {
    const bool second_source = std::ranges::find(work_.profile.harvest.second_sources, asked) !=
                               work_.profile.harvest.second_sources.end();
    if (name.empty() && !second_source)
        work_.outcome.warnings.push_back(
            fmt::format("GitHub shows no repository {}; correct its name in the profile's [harvest]", asked));
    if (!name.empty() && to_lower(name) != to_lower(asked))
        work_.outcome.warnings.push_back(
            fmt::format("the repository {} is called {} now, and searches find nothing by the old name; "
                        "change it in the profile",
                        asked, name));
}

// ---- judgement ----

Result<void> SecondLook::judge_vanished() {
    std::int64_t there = 0, unknown = 0;
    for (const Vanished& vanished : work_.vanished)
        for (const std::string& id : vanished.ids) {
            there += there_.contains(id) ? 1 : 0;
            unknown += !there_.contains(id) && !gone_.contains(id) ? 1 : 0;
        }
    const auto left_out = there + static_cast<std::int64_t>(left_out_.size());
    const auto known = merged_in(passed());
    if (!known) return tl::unexpected(known.error());
    if (left_out + unknown > few(*known)) return doubt_all(index_is_short);
    if (left_out > 0)
        work_.outcome.notes.push_back(
            fmt::format("GitHub's search leaves out {} {} that exist{}; they are kept", left_out,
                        left_out == 1 ? "item" : "items", left_out == 1 ? "s" : ""));
    return {};
}

// Nothing that the index says of this window counts as complete: neither its items nor that there are no
// more.
Result<void> SecondLook::doubt_all(const std::string& reason) {
    for (const auto& policy : work_.profile.harvest.searches) {
        if (!asked_for(policy, work_.request.range)) continue;
        const auto slices = work_.store.slices(ledger_name(work_.profile, policy), passed());
        if (!slices) return tl::unexpected(slices.error());
        for (cache::Slice slice : *slices) {
            if (slice.state != cache::SliceState::complete) continue;
            slice.state = cache::SliceState::incomplete;
            if (auto saved = work_.store.save_slice(slice); !saved) return saved;
        }
        work_.outcome.missing.push_back({policy.name, passed(), "", std::nullopt, reason});
    }
    return {};
}

Result<std::int64_t> SecondLook::merged_in(const Range& range) const {
    const auto items = work_.store.merged(range);
    if (!items) return tl::unexpected(items.error());
    return std::ranges::count_if(*items,
                                 [&](const Item& item) { return work_.profile.takes(item.repository); });
}

// Compares the window with those before it, as far as the cache has them whole.
Result<void> SecondLook::judge_number() {
    if (!work_.outcome.missing.empty()) return {};
    constexpr std::chrono::days week{7};
    const Range now = passed();
    for (const auto& policy : work_.profile.harvest.searches) {
        if (policy.reading != profile::Reading::merged || now.to - now.from < std::chrono::days{1}) continue;
        const auto slices = work_.store.slices(ledger_name(work_.profile, policy),
                                               {now.from - week * weeks_compared, now.to});
        if (!slices) return tl::unexpected(slices.error());
        std::int64_t before = 0, weeks = 0;
        for (int i = 1; i <= weeks_compared; ++i) {
            const Range earlier{now.from - week * i, now.to - week * i};
            if (!gaps(earlier, *slices, Seconds{0}).empty()) continue;
            const auto merged = merged_in(earlier);
            if (!merged) return tl::unexpected(merged.error());
            before += *merged;
            ++weeks;
        }
        const auto merged = merged_in(now);
        if (!merged) return tl::unexpected(merged.error());
        if (weeks == 0 || static_cast<double>(*merged * weeks) >= far_below * static_cast<double>(before))
            continue;
        const std::string drop = fmt::format(
            "{} merged pull requests, and {} in the same days of the weeks before", *merged, before / weeks);
        if (sources_answered_ && left_out_.empty())
            work_.outcome.warnings.push_back(drop +
                                             "; the lists of the biggest repositories agree, but check them");
        else if (auto doubted = doubt_all(drop + ", and no second source confirms it"); !doubted)
            return doubted;
    }
    return {};
}

}  // namespace harvester::harvest
