#include "harvest/harvest.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "harvest/engine.h"

namespace harvester::harvest {
namespace {

// Operations whose page size is remembered from one run to the next.
constexpr const char* paged_documents[] = {"merged_pull_requests", "sweep"};

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
    const auto before = client.statistics();
    Work work{profile, request, store, {}, {}, {}, {}, {}};
    const auto ran = Engine(work, client, progress).run();
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
