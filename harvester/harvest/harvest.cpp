#include "harvest/harvest.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "harvest/engine.h"
#include "harvest/second_look.h"

namespace harvester::harvest {
namespace {

// Operations whose page size is remembered from one run to the next.
constexpr const char* paged_documents[] = {"merged_pull_requests", "sweep"};

// Under which names the cache remembers how many questions share a request.
constexpr const char *sweep_sharing = "searches in a Sweep", *count_sharing = "searches in a Counts";

// Reads how many questions shared a request last; `name` is kept beside the page sizes.
Result<Sharing> remembered_sharing(const cache::Store& store, const char* name, int most) {
    const auto size = store.page_size(name);
    if (!size) return tl::unexpected(size.error());
    return Sharing{std::clamp(size->value_or(most), 1, most), most, false};
}

Result<void> remember_sharing(cache::Store& store, const char* name, const Sharing& sharing) {
    const int next = sharing.was_too_many ? sharing.now : std::min(sharing.most, sharing.now + 1);
    const auto size = store.page_size(name);
    if (!size) return tl::unexpected(size.error());
    return size->value_or(sharing.most) == next ? Result<void>() : store.save_page_size(name, next);
}

// Sorted, with neighbours that lack something for the same reason joined.
void tidy(std::vector<Missing>& missing) {
    const auto place = [](const Missing& m) {
        return std::tie(m.search, m.repository, m.range.from, m.range.to);
    };
    std::sort(missing.begin(), missing.end(),
              [&](const Missing& a, const Missing& b) { return place(a) < place(b); });
    std::vector<Missing> out;
    for (Missing& next : missing) {
        const bool joins = !out.empty() && out.back().search == next.search &&
                           out.back().repository == next.repository &&
                           out.back().range.to >= next.range.from && out.back().reason == next.reason &&
                           out.back().items.has_value() == next.items.has_value();
        if (!joins) {
            out.push_back(std::move(next));
            continue;
        }
        const bool same = out.back().range == next.range;
        out.back().range.to = std::max(out.back().range.to, next.range.to);
        if (next.items && !same) *out.back().items += *next.items;
    }
    missing = std::move(out);
}

}  // namespace

Result<HarvestOutcome> harvest(const profile::Profile& profile, const HarvestRequest& request,
                               github::Client& client, cache::Store& store,
                               const std::function<void(const Progress&)>& progress) {
    for (const char* document : paged_documents) {
        const auto operation = github::find_operation(document);
        const auto size = store.page_size(std::string(operation->name));
        if (!size) return tl::unexpected(size.error());
        if (*size) client.set_page_size(operation->name, **size);
    }
    const auto sweeps = remembered_sharing(store, sweep_sharing, searches_in_a_sweep);
    if (!sweeps) return tl::unexpected(sweeps.error());
    const auto counted = remembered_sharing(store, count_sharing, counts_in_a_call);
    if (!counted) return tl::unexpected(counted.error());
    const auto before = client.statistics();
    Work work{profile, request, store, {}, *sweeps, *counted, {}, {}, {}, {}, {}, {}};
    SecondLook second_look(work, client);
    const auto ran = [&]() -> Result<void> {
        if (auto counted_again = second_look.count_again(); !counted_again) return counted_again;
        if (auto harvested = Engine(work, client, progress).run(); !harvested) return harvested;
        return second_look.take();
    }();
    for (const auto& [name, sharing] :
         {std::pair(sweep_sharing, work.sweeps), std::pair(count_sharing, work.counted)})
        if (auto saved = remember_sharing(store, name, sharing); !saved && ran)
            return tl::unexpected(saved.error());
    const auto after = client.statistics();
    for (const char* document : paged_documents) {
        const auto operation = github::find_operation(document);
        const int size = client.page_size(operation->name);
        const auto remembered = store.page_size(std::string(operation->name));
        if (size > 0 && remembered && remembered->value_or(work.limits.page) != size)
            if (auto saved = store.save_page_size(std::string(operation->name), size); !saved && ran)
                return tl::unexpected(saved.error());
    }
    if (!ran) return tl::unexpected(ran.error());
    tidy(work.outcome.missing);
    work.outcome.requests = after.requests - before.requests;
    work.outcome.bytes = after.bytes - before.bytes;
    work.outcome.as_of = request.now;
    return std::move(work.outcome);
}

std::string describe(const Missing& missing) {
    const std::string items = !missing.items        ? "an unknown number of items"
                              : *missing.items == 1 ? "1 item"
                                                    : fmt::format("{} items", *missing.items);
    return fmt::format("{} {}..{}{}{}: {} ({})", missing.search, format_instant(missing.range.from),
                       format_instant(missing.range.to), missing.repository.empty() ? "" : " of ",
                       missing.repository, items, missing.reason);
}

}  // namespace harvester::harvest
