#include "stats/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "stats/aggregate.h"

namespace harvester::stats {
namespace {

// Empty groups are shown between the first and the last, but no more rows than this.
constexpr std::size_t most_filled_rows = 5000;

Needs needs_of(const Query& query) {
    Needs needs;
    needs.sizes = query.wants({Measure::additions, Measure::deletions, Measure::changed_files}) ||
                  std::find(query.by.begin(), query.by.end(), Dimension::size) != query.by.end();
    needs.labels = std::any_of(query.by.begin(), query.by.end(), [](Dimension d) { return info(d).several; });
    needs.kinds =
        query.wants({Measure::rollups, Measure::rollup_share, Measure::backports, Measure::backport_share});
    needs.firsts = query.wants({Measure::first_organisation, Measure::first_repository});
    return needs;
}

// What all of the queries need.
Needs needs_of(std::span<const Query> queries) {
    Needs all;
    for (const Query& query : queries) {
        const Needs one = needs_of(query);
        all.sizes |= one.sizes;
        all.labels |= one.labels;
        all.kinds |= one.kinds;
        all.firsts |= one.firsts;
    }
    return all;
}

// A row on its way: sorted by pointers, because rows are big and --top drops most of them.
struct Draft {
    GroupCode code{};
    const Values* now = nullptr;              // null: nothing was merged
    const Values* before = nullptr;           // likewise
    std::array<std::string_view, 2> names{};  // keys of groupings without an order
};

// The rows of a report: which there are, in which order, and their keys as texts. `history_before` and
// `before` are null without --compare.
class RowMaker {
  public:
    RowMaker(const profile::Profile& profile, const Query& query, const Names& names)
        : profile_(profile), query_(query), names_(names), sort_(order_of(query)) {}

    void make(const Tally& now, const Tally* before, Report& report) const {
        std::vector<Draft> drafts;
        drafts.reserve(now.groups.size());
        for (const Group& group : now.groups) drafts.push_back({group.code, &group.values, nullptr, {}});
        if (before != nullptr) {
            for (const Group& group : before->groups)
                drafts.push_back({group.code, nullptr, &group.values, {}});
            unite(drafts);
        }
        fill(drafts);
        for (Draft& draft : drafts)
            for (std::size_t i = 0; i < query_.by.size(); ++i)
                if (!has_order(query_.by[i])) draft.names[i] = name(query_.by[i], draft.code[i]);
        const std::size_t top =
            query_.top > 0 ? std::min(drafts.size(), static_cast<std::size_t>(query_.top)) : drafts.size();
        std::partial_sort(drafts.begin(), drafts.begin() + static_cast<std::ptrdiff_t>(top), drafts.end(),
                          [&](const Draft& a, const Draft& b) { return comes_first(a, b); });
        report.rows_left_out = static_cast<std::int64_t>(drafts.size() - top);
        report.rows.reserve(top);
        for (std::size_t i = 0; i < top; ++i) report.rows.push_back(row(drafts[i], before != nullptr));
    }

  private:
    // Sorts by code and makes one of those that have the same.
    static void unite(std::vector<Draft>& drafts) {
        std::sort(drafts.begin(), drafts.end(),
                  [](const Draft& a, const Draft& b) { return a.code < b.code; });
        std::vector<Draft> out;
        for (const Draft& draft : drafts) {
            if (out.empty() || out.back().code != draft.code) out.push_back(draft);
            if (draft.now != nullptr) out.back().now = draft.now;
            if (draft.before != nullptr) out.back().before = draft.before;
        }
        drafts = std::move(out);
    }

    // Days on which nothing was merged are shown too: with one grouping, in calendar and cyclic dimensions.
    void fill(std::vector<Draft>& drafts) const {
        if (query_.by.size() != 1) return;
        const std::size_t groups = drafts.size();
        const auto add = [&](std::int64_t code) { drafts.push_back({{code, 0}, nullptr, nullptr, {}}); };
        const Dimension dimension = query_.by[0];
        if (info(dimension).cyclic) {
            for (std::int64_t code = 0; code < (dimension == Dimension::hour ? 24 : 7); ++code) add(code);
            return unite(drafts);
        }
        const Instant end = std::min(query_.range.to, std::max(query_.now, query_.range.from + Seconds{1}));
        if (!info(dimension).calendar || query_.range.empty()) return;
        const IssueRhythm rhythm{profile_.first_issue, profile_.window_last};
        const std::int64_t last = time_code(dimension, end - Seconds{1}, rhythm);
        for (std::int64_t code = time_code(dimension, query_.range.from, rhythm); code <= last;
             code = next_code(dimension, code)) {
            if (drafts.size() > most_filled_rows) return drafts.resize(groups);
            add(code);
        }
        unite(drafts);
    }

    // Without --sort: in the order of time or size where the first grouping has one, else the biggest first.
    static Sort order_of(const Query& query) {
        if (query.sort) return *query.sort;
        return has_order(query.by[0]) ? Sort{std::nullopt, false} : Sort{query.measures.front(), true};
    }

    bool comes_first(const Draft& a, const Draft& b) const {
        if (sort_.measure) {
            const auto x = now(a)[*sort_.measure], y = now(b)[*sort_.measure];
            if (x.has_value() != y.has_value()) return x.has_value();  // what isn't known comes last
            if (x && *x != *y) return sort_.descending ? *x > *y : *x < *y;
        }
        const int order = key_order(a, b);
        if (order == 0) return a.code < b.code;
        return !sort_.measure && sort_.descending ? order > 0 : order < 0;
    }

    int key_order(const Draft& a, const Draft& b) const {
        for (std::size_t i = 0; i < query_.by.size(); ++i) {
            if (a.code[i] == b.code[i]) continue;
            if (has_order(query_.by[i])) return a.code[i] < b.code[i] ? -1 : 1;
            if (const int order = a.names[i].compare(b.names[i])) return order;
        }
        return 0;
    }

    const Values& now(const Draft& draft) const { return draft.now != nullptr ? *draft.now : zero_; }

    Row row(const Draft& draft, bool compared) const {
        Row out;
        for (std::size_t i = 0; i < query_.by.size(); ++i) {
            const Dimension dimension = query_.by[i];
            if (has_order(dimension)) out.order[i] = draft.code[i];
            if (info(dimension).calendar) {
                const Range group =
                    time_range(dimension, draft.code[i], {profile_.first_issue, profile_.window_last});
                out.partial |=
                    group.from < query_.range.from || group.to > std::min(query_.range.to, query_.now);
            }
            out.keys.push_back(has_order(dimension) ? ordered_key(dimension, draft.code[i])
                                                    : std::string(draft.names[i]));
        }
        out.values = now(draft);
        if (compared)
            out.before = std::make_shared<const Values>(draft.before != nullptr ? *draft.before : zero_);
        return out;
    }

    std::string ordered_key(Dimension dimension, std::int64_t code) const {
        if (dimension != Dimension::size) return time_key(dimension, code);
        const auto& sizes = profile_.stats.sizes;
        return code == unknown_size || code >= std::ssize(sizes) ? "(unknown)"
                                                                 : sizes[static_cast<std::size_t>(code)].name;
    }

    std::string_view name(Dimension dimension, std::int64_t code) const {
        const auto text = [&](const auto& names) -> std::string_view {
            const auto found = names.find(code);
            return found != names.end() ? std::string_view(found->second) : std::string_view();
        };
        if (dimension == Dimension::repository) return text(names_.repositories);
        if (dimension == Dimension::author) return text(names_.authors);
        return code == no_label ? "(none)" : text(names_.labels);
    }

    const profile::Profile& profile_;
    const Query& query_;
    const Names& names_;
    Sort sort_;
    Values zero_ = nothing_merged();
};

void add_notes(Report& report, const Needs& needs) {
    std::vector<std::string>& notes = report.notes;
    const Filters& filters = report.query.filters;
    for (std::string& sentence : gap_sentences({report.coverage, report.coverage_before}))
        notes.push_back(std::move(sentence));
    if (needs.firsts) {
        report.on_new_authors =
            report.coverage.known_since
                ? fmt::format(
                      "New authors are those without an earlier merge since {}, from when on the "
                      "cache is complete.",
                      format_day(std::chrono::floor<std::chrono::days>(*report.coverage.known_since)))
                : "New authors are those without an earlier merge in the cache, which is not complete before "
                  "this range: some of them may not be new.";
        notes.push_back(report.on_new_authors);
    }
    const double merged = report.total.values[Measure::merged].value_or(0);
    if (report.without_size.value_or(0) > 0 &&
        report.query.wants({Measure::additions, Measure::deletions, Measure::changed_files}))
        notes.push_back(fmt::format(
            "Sizes are known of {} of the {} pull requests; lines and files count those.",
            static_cast<std::int64_t>(merged) - *report.without_size, static_cast<std::int64_t>(merged)));
    if (merged == 0 && report.coverage.complete() &&
        !(filters.repositories.empty() && filters.authors.empty() && filters.labels.empty()))
        notes.push_back("No pull request matches --repo, --label and --author in this range.");
}

// Whether label events of the range were asked for. Where no search of the profile names the label, nobody
// can tell.
Result<bool> asked_for_periods(const cache::Store& store, const profile::Profile& profile,
                               const Range& range) {
    std::vector<std::string> searches;
    for (const profile::SearchPolicy& search : profile.harvest.searches)
        if (listed(search.labels, profile.stats.fcp.started)) searches.push_back(search.name);
    if (searches.empty()) return true;
    const auto slices = store.all_slices();
    if (!slices) return tl::unexpected(slices.error());
    return std::any_of(slices->begin(), slices->end(), [&](const cache::Slice& slice) {
        const std::string name = slice.key.search.substr(0, slice.key.search.find(':'));
        return listed(searches, name) && slice.key.range.from < range.to && range.from < slice.key.range.to;
    });
}

}  // namespace

std::optional<double> relative_change(const std::optional<double>& before, const std::optional<double>& now) {
    if (!before || !now || *before == 0) return std::nullopt;
    return (*now - *before) / *before;
}

std::vector<std::string> Report::notes_on(std::span<const Measure> measures) const {
    std::vector<std::string> out = notes;
    const bool new_authors = std::any_of(measures.begin(), measures.end(), [](Measure m) {
        return m == Measure::first_organisation || m == Measure::first_repository;
    });
    if (!new_authors) std::erase(out, on_new_authors);
    return out;
}

Result<std::vector<Report>> make_reports(const cache::Store& store, const profile::Profile& profile,
                                         std::span<const Query> queries, const QueryCoverage& coverage) {
    const Query& common = queries.front();
    const Needs needs = needs_of(queries);
    const auto history = read_history(store, profile, common.range, common.filters, needs);
    if (!history) return tl::unexpected(history.error());
    std::optional<Range> range_compared;
    History history_before;
    if (common.compare) {
        range_compared = range_before(common.range);
        auto read = read_history(store, profile, *range_compared, common.filters, needs);
        if (!read) return tl::unexpected(read.error());
        history_before = std::move(*read);
    }
    std::optional<FcpSummary> fcp;
    const auto asked = asked_for_periods(store, profile, common.range);
    if (!asked) return tl::unexpected(asked.error());
    if (*asked && !profile.stats.fcp.started.empty() && common.filters.labels.empty()) {
        auto periods = final_comment_periods(store, profile.stats.fcp, profile.organisation, common.range,
                                             common.filters);
        if (!periods) return tl::unexpected(periods.error());
        fcp = std::move(*periods);
    }
    std::vector<Report> out;
    for (const Query& query : queries) {
        Report& report = out.emplace_back();
        report.newsletter = profile.title;
        report.organisation = profile.organisation;
        report.web = profile.web;
        report.query = query;
        report.coverage = coverage.range;
        report.coverage_before = coverage.before;
        report.before = range_compared;
        report.fcp = fcp;
        const Tally now = aggregate(*history, profile, query);
        std::optional<Tally> before;
        if (range_compared)
            before = aggregate(history_before, profile, query, Overlay{*range_compared, query.range});
        report.total.values = now.total;
        if (before) report.total.before = std::make_shared<const Values>(before->total);
        const Needs own = needs_of(query);
        if (own.sizes) report.without_size = now.without_size;
        if (!query.by.empty())
            RowMaker(profile, query, history->names).make(now, before ? &*before : nullptr, report);
        add_notes(report, own);
    }
    return out;
}

Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query,
                           const QueryCoverage& coverage) {
    auto made = make_reports(store, profile, {&query, 1}, coverage);
    if (!made) return tl::unexpected(made.error());
    return std::move(made->front());
}

Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query) {
    const auto covered = coverage_of(store, profile, query);
    if (!covered) return tl::unexpected(covered.error());
    return make_report(store, profile, query, *covered);
}

}  // namespace harvester::stats
