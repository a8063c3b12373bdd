#include "stats/rows.h"

#include <algorithm>
#include <string_view>

namespace harvester::stats {
namespace {

// Empty groups are told between the first and the last, but no more rows than this.
constexpr std::size_t most_filled_rows = 5000;

// Codes in the order of time or size sort as they are; the others by their text.
bool has_order(Dimension d) {
    return info(d).calendar || info(d).cyclic || d == Dimension::size;
}

// The measures of no pull request at all.
Values zero() {
    Values v;
    for (const Measure m : {Measure::merged, Measure::authors, Measure::first_organisation,
                            Measure::first_repository, Measure::by_bots, Measure::additions,
                            Measure::deletions, Measure::changed_files, Measure::rollups, Measure::backports})
        v.set(m, 0);
    return v;
}

// A row on its way. Rows are big, so they are made when it is clear which are told, and where they stand.
struct Draft {
    GroupCode code;
    const Values* now;     // null: nothing was merged
    const Values* before;  // likewise
};

class Builder {
  public:
    Builder(const profile::Profile& profile, const Query& query, const Names& names)
        : profile_(profile), query_(query), names_(names), sort_(order_of(query)) {}

    Rows rows(const Tally& now, const Tally* before) const {
        std::vector<Draft> drafts;
        drafts.reserve(now.groups.size());
        for (const Group& group : now.groups) drafts.push_back({group.code, &group.values, nullptr});
        if (before != nullptr) {
            for (const Group& group : before->groups) drafts.push_back({group.code, nullptr, &group.values});
            unite(drafts);
        }
        fill(drafts);
        const std::size_t top =
            query_.top > 0 ? std::min(drafts.size(), static_cast<std::size_t>(query_.top)) : drafts.size();
        std::partial_sort(drafts.begin(), drafts.begin() + static_cast<std::ptrdiff_t>(top), drafts.end(),
                          [&](const Draft& a, const Draft& b) { return comes_first(a, b); });
        Rows out;
        out.left_out = static_cast<std::int64_t>(drafts.size() - top);
        out.rows.reserve(top);
        for (std::size_t i = 0; i < top; ++i) out.rows.push_back(row(drafts[i], before != nullptr));
        return out;
    }

  private:
    // Sorts by code and makes one of those that have the same.
    static void unite(std::vector<Draft>& drafts) {
        std::sort(drafts.begin(), drafts.end(),
                  [](const Draft& a, const Draft& b) { return a.code < b.code; });
        std::size_t kept = 0;
        for (const Draft& draft : drafts) {
            if (kept == 0 || drafts[kept - 1].code != draft.code) {
                drafts[kept++] = draft;
                continue;
            }
            Draft& same = drafts[kept - 1];
            if (draft.now != nullptr) same.now = draft.now;
            if (draft.before != nullptr) same.before = draft.before;
        }
        drafts.resize(kept);
    }

    // Days on which nothing was merged are told too: with one grouping, in calendar and cyclic dimensions.
    void fill(std::vector<Draft>& drafts) const {
        if (query_.by.size() != 1) return;
        const std::size_t groups = drafts.size();
        const auto add = [&](std::int64_t code) { drafts.push_back({{code, 0}, nullptr, nullptr}); };
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
            const std::int64_t x = code(a, i), y = code(b, i);
            if (x == y) continue;
            if (has_order(query_.by[i])) return x < y ? -1 : 1;
            if (const int order = name(query_.by[i], x).compare(name(query_.by[i], y))) return order;
        }
        return 0;
    }

    static std::int64_t code(const Draft& draft, std::size_t grouping) {
        return grouping == 0 ? draft.code.first : draft.code.second;
    }

    const Values& now(const Draft& draft) const { return draft.now != nullptr ? *draft.now : zero_; }

    Row row(const Draft& draft, bool compared) const {
        Row out;
        out.keys.reserve(query_.by.size());
        for (std::size_t i = 0; i < query_.by.size(); ++i) {
            const Dimension dimension = query_.by[i];
            out.keys.push_back(key(dimension, code(draft, i)));
            if (has_order(dimension)) out.order[i] = code(draft, i);
        }
        out.values = now(draft);
        if (compared)
            out.before = std::make_shared<const Values>(draft.before != nullptr ? *draft.before : zero_);
        return out;
    }

    std::string key(Dimension dimension, std::int64_t code) const {
        if (dimension == Dimension::size) {
            const auto& sizes = profile_.stats.sizes;
            return code == unknown_size || code >= std::ssize(sizes)
                       ? "(unknown)"
                       : sizes[static_cast<std::size_t>(code)].name;
        }
        return has_order(dimension) ? time_key(dimension, code) : std::string(name(dimension, code));
    }

    // The key of a dimension without order.
    std::string_view name(Dimension dimension, std::int64_t code) const {
        const auto number = static_cast<std::uint32_t>(code);
        if (dimension == Dimension::repository) return names_.repositories.text(number);
        if (dimension == Dimension::author) return names_.authors.text(number);
        if (code == no_label) return "(none)";
        return names_.labels.text(number);
    }

    const profile::Profile& profile_;
    const Query& query_;
    const Names& names_;
    Sort sort_;
    Values zero_ = zero();
};

}  // namespace

Rows make_rows(const profile::Profile& profile, const Query& query, const Names& names, const Tally& now,
               const Tally* before) {
    return Builder(profile, query, names).rows(now, before);
}

}  // namespace harvester::stats
