#include "stats/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "stats/query_coverage.h"
#include "stats/tally.h"

namespace harvester::stats {
namespace {

// Empty groups are told between the first and the last, but no more rows than this.
constexpr std::size_t most_filled_rows = 5000;

bool wants(const Query& query, std::initializer_list<Measure> measures) {
    const auto asked = [&](Measure m) {
        return std::find(query.measures.begin(), query.measures.end(), m) != query.measures.end() ||
               (query.sort && query.sort->measure == m);
    };
    return std::any_of(measures.begin(), measures.end(), asked);
}

HistoryNeeds needs_of(const Query& query) {
    HistoryNeeds needs;
    needs.times = wants(query, {Measure::time_median, Measure::time_p75, Measure::time_p90, Measure::time_p99,
                                Measure::time_mean});
    needs.sizes = wants(query, {Measure::additions, Measure::deletions, Measure::changed_files}) ||
                  std::find(query.by.begin(), query.by.end(), Dimension::size) != query.by.end();
    needs.labels = std::any_of(query.by.begin(), query.by.end(), [](Dimension d) { return info(d).several; });
    needs.kinds =
        wants(query, {Measure::rollups, Measure::rollup_share, Measure::backports, Measure::backport_share});
    needs.firsts = wants(query, {Measure::first_organisation, Measure::first_repository});
    return needs;
}

std::string key_text(Dimension dimension, std::int64_t code, const Names& names,
                     const profile::StatsPolicy& policy) {
    switch (dimension) {
        case Dimension::repository:
            return names.repositories.text(static_cast<std::uint32_t>(code));
        case Dimension::author:
            return names.authors.text(static_cast<std::uint32_t>(code));
        case Dimension::team:
        case Dimension::label:
            return code == no_label ? "(none)" : names.labels.text(static_cast<std::uint32_t>(code));
        case Dimension::size:
            return code == unknown_size || code >= static_cast<std::int64_t>(policy.sizes.size())
                       ? "(unknown)"
                       : policy.sizes[static_cast<std::size_t>(code)].name;
        default:
            return time_key(dimension, code);
    }
}

// Codes in the order of time or size sort as they are; the others by their text.
bool has_order(Dimension d) {
    return info(d).calendar || info(d).cyclic || d == Dimension::size;
}

// A row on its way: the codes keep the order of time.
struct DraftRow {
    GroupCode code;
    Row row;
};

class Builder {
  public:
    Builder(const profile::Profile& profile, const Query& query, const Names& names)
        : profile_(profile), query_(query), names_(names), sort_(order_of(query)) {}

    std::vector<Row> rows(const Tally& now, const Tally* before) {
        std::map<GroupCode, DraftRow> drafts;
        const auto draft = [&](GroupCode code) -> Row& {
            auto [place, fresh] = drafts.try_emplace(code);
            if (fresh) place->second = {code, {keys(code), order(code), zero(), {}}};
            if (before != nullptr && !place->second.row.before) place->second.row.before = zero();
            return place->second.row;
        };
        for (const Group& group : now.groups) draft(group.code).values = group.values;
        if (before != nullptr)
            for (const Group& group : before->groups) draft(group.code).before = group.values;
        fill(drafts.size(), draft);
        std::vector<DraftRow*> sorted;  // rows are big: they move once
        sorted.reserve(drafts.size());
        for (auto& [code, one] : drafts) sorted.push_back(&one);
        std::stable_sort(sorted.begin(), sorted.end(),
                         [&](const DraftRow* a, const DraftRow* b) { return comes_first(*a, *b); });
        std::vector<Row> out;
        out.reserve(sorted.size());
        for (DraftRow* one : sorted) out.push_back(std::move(one->row));
        return out;
    }

  private:
    // The measures of no pull request at all.
    static Values zero() {
        Values v;
        for (const Measure m :
             {Measure::merged, Measure::authors, Measure::first_organisation, Measure::first_repository,
              Measure::by_bots, Measure::additions, Measure::deletions, Measure::changed_files,
              Measure::rollups, Measure::backports})
            v[m] = 0;
        return v;
    }

    std::vector<std::string> keys(GroupCode code) const {
        std::vector<std::string> out{key_text(query_.by[0], code.first, names_, profile_.stats)};
        if (query_.by.size() > 1) out.push_back(key_text(query_.by[1], code.second, names_, profile_.stats));
        return out;
    }

    std::vector<std::int64_t> order(GroupCode code) const {
        std::vector<std::int64_t> out{has_order(query_.by[0]) ? code.first : 0};
        if (query_.by.size() > 1) out.push_back(has_order(query_.by[1]) ? code.second : 0);
        return out;
    }

    // Days on which nothing was merged are told too: with one grouping, in calendar and cyclic dimensions.
    template <class Draft>
    void fill(std::size_t rows, Draft draft) {
        if (query_.by.size() != 1) return;
        const Dimension dimension = query_.by[0];
        if (info(dimension).cyclic) {
            for (std::int64_t code = 0; code < (dimension == Dimension::hour ? 24 : 7); ++code)
                draft({code, 0});
            return;
        }
        const Instant end = std::min(query_.range.to, std::max(query_.now, query_.range.from + Seconds{1}));
        if (!info(dimension).calendar || query_.range.empty()) return;
        const IssueRhythm rhythm{profile_.first_issue, profile_.window_last};
        const std::int64_t last = time_code(dimension, end - Seconds{1}, rhythm);
        std::vector<std::int64_t> codes;
        for (std::int64_t code = time_code(dimension, query_.range.from, rhythm); code <= last;
             code = next_code(dimension, code)) {
            if (codes.size() + rows > most_filled_rows) return;
            codes.push_back(code);
        }
        for (const std::int64_t code : codes) draft({code, 0});
    }

    // Without --sort: in the order of time or size where the first grouping has one, else the biggest first.
    static Sort order_of(const Query& query) {
        if (query.sort) return *query.sort;
        return has_order(query.by[0]) ? Sort{std::nullopt, false} : Sort{query.measures.front(), true};
    }

    bool comes_first(const DraftRow& a, const DraftRow& b) const {
        const Sort& sort = sort_;
        if (sort.measure) {
            const auto& x = a.row.values[*sort.measure];
            const auto& y = b.row.values[*sort.measure];
            if (x.has_value() != y.has_value()) return x.has_value();  // what isn't known comes last
            if (x && *x != *y) return sort.descending ? *x > *y : *x < *y;
            return key_order(a, b) < 0;
        }
        return sort.descending ? key_order(a, b) > 0 : key_order(a, b) < 0;
    }

    int key_order(const DraftRow& a, const DraftRow& b) const {
        for (std::size_t i = 0; i < query_.by.size(); ++i) {
            const std::int64_t x = i == 0 ? a.code.first : a.code.second,
                               y = i == 0 ? b.code.first : b.code.second;
            if (x == y) continue;
            if (has_order(query_.by[i])) return x < y ? -1 : 1;
            if (const int order = a.row.keys[i].compare(b.row.keys[i])) return order;
        }
        return 0;
    }

    const profile::Profile& profile_;
    const Query& query_;
    const Names& names_;
    Sort sort_;
};

void add_notes(Report& report, const HistoryNeeds& needs) {
    std::vector<std::string>& notes = report.notes;
    const Filters& filters = report.query.filters;
    for (std::string& sentence : gap_sentences({report.coverage, report.coverage_before}))
        notes.push_back(std::move(sentence));
    if (needs.firsts)
        notes.push_back(
            report.coverage.known_since
                ? fmt::format("New authors are those without an earlier merge since {}, from when on the "
                              "cache is complete.",
                              format_day(std::chrono::floor<std::chrono::days>(*report.coverage.known_since)))
                : "New authors are those without an earlier merge in the cache, which is not complete before "
                  "this range: "
                  "some of them may not be new.");
    const double merged = report.total.values[Measure::merged].value_or(0);
    if (report.without_size.value_or(0) > 0 &&
        wants(report.query, {Measure::additions, Measure::deletions, Measure::changed_files}))
        notes.push_back(fmt::format(
            "Sizes are known of {} of the {} pull requests; lines and files count those.",
            static_cast<std::int64_t>(merged) - *report.without_size, static_cast<std::int64_t>(merged)));
    if (merged == 0 && report.coverage.complete() &&
        !(filters.repositories.empty() && filters.authors.empty() && filters.labels.empty()))
        notes.push_back("Nothing fits --repo, --label and --author: see to their spelling.");
}

}  // namespace

std::optional<double> relative_change(const std::optional<double>& before, const std::optional<double>& now) {
    if (!before || !now || *before == 0) return std::nullopt;
    return (*now - *before) / *before;
}

Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query) {
    const auto covered = coverage_of(store, profile, query);
    if (!covered) return tl::unexpected(covered.error());
    return make_report(store, profile, query, *covered);
}

Result<Report> make_report(const cache::Store& store, const profile::Profile& profile, const Query& query,
                           const QueryCoverage& coverage) {
    Report report;
    report.newsletter = profile.title;
    report.organisation = profile.organisation;
    report.web = profile.web;
    report.query = query;
    report.coverage = coverage.range;
    report.coverage_before = coverage.before;

    Names names;
    const HistoryNeeds needs = needs_of(query);
    const auto now =
        load_history(store, profile.stats, profile.organisation, query.range, query.filters, needs, names);
    if (!now) return tl::unexpected(now.error());
    History earlier;
    if (query.compare) {
        report.before = range_before(query.range);
        auto loaded = load_history(store, profile.stats, profile.organisation, *report.before, query.filters,
                                   needs, names);
        if (!loaded) return tl::unexpected(loaded.error());
        earlier = std::move(*loaded);
    }

    TallyRules rules{
        query.by, {profile.first_issue, profile.window_last}, Seconds{0}, &profile.stats, &names};
    const Tally counted = tally(*now, rules);
    rules.shift = query.range.to - query.range.from;
    const Tally counted_before = query.compare ? tally(earlier, rules) : Tally{};
    report.total.values = counted.total;
    if (query.compare) report.total.before = counted_before.total;
    if (needs.sizes) report.without_size = counted.without_size;
    if (!query.by.empty()) {
        report.rows = Builder(profile, query, names).rows(counted, query.compare ? &counted_before : nullptr);
        const auto top = static_cast<std::size_t>(query.top);
        if (top > 0 && report.rows.size() > top) {
            report.rows_left_out = static_cast<std::int64_t>(report.rows.size() - top);
            report.rows.resize(top);
        }
    }
    if (!profile.stats.fcp.started.empty() && query.filters.labels.empty()) {
        auto periods =
            final_comment_periods(store, profile.stats.fcp, profile.organisation, query.range, query.filters);
        if (!periods) return tl::unexpected(periods.error());
        report.fcp = std::move(*periods);
    }
    add_notes(report, needs);
    return report;
}

}  // namespace harvester::stats
