#include "stats/history.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <tuple>
#include <unordered_set>

#include "base/nearest_name.h"

namespace harvester::stats {
namespace {

// Any of several patterns, compiled into one. Requires patterns that RE2 takes; the profile's reader has
// checked them.
class AnyOf {
  public:
    enum class Match { anywhere, whole };
    AnyOf(const std::vector<std::string>& patterns, Match match, bool ignore_case) {
        if (patterns.empty()) return;
        std::string joined;
        for (const std::string& pattern : patterns)
            joined += (joined.empty() ? "(?:" : "|(?:") + pattern + ")";
        if (match == Match::whole) joined = "\\A(?:" + joined + ")\\z";
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_case_sensitive(!ignore_case);
        options.set_never_capture(true);
        pattern_ = std::make_unique<re2::RE2>(joined, options);
    }
    bool operator()(std::string_view text) const {
        return pattern_ && re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern_);
    }

  private:
    std::unique_ptr<re2::RE2> pattern_;  // null: nothing matches
};

// Tells a kind of pull request by its base branch, title and labels.
class Kind {
  public:
    explicit Kind(const profile::KindPolicy& policy)
        : title_(policy.titles, AnyOf::Match::anywhere, false),
          branch_(policy.branches, AnyOf::Match::whole, false) {}
    bool fits(std::string_view title, std::string_view branch) const {
        return branch_(branch) || title_(title);
    }

  private:
    AnyOf title_, branch_;
};

// Keys of the names that `fits`.
template <class Fits>
std::unordered_set<std::int64_t> keys_of(const std::unordered_map<std::int64_t, std::string>& names,
                                         Fits fits) {
    std::unordered_set<std::int64_t> out;
    for (const auto& [key, name] : names)
        if (fits(name)) out.insert(key);
    return out;
}

// A damaged file may hold any two moments.
std::int64_t seconds_between(std::int64_t created_at, std::int64_t merged_at) {
    constexpr std::uint64_t longest = std::numeric_limits<std::uint32_t>::max() - 1;
    if (created_at > merged_at) return -1;
    const std::uint64_t seconds =
        static_cast<std::uint64_t>(merged_at) - static_cast<std::uint64_t>(created_at);
    return static_cast<std::int64_t>(std::min(seconds, longest));
}

std::int64_t count(const cache::Row& row, int column) {
    return std::clamp<std::int64_t>(row.integer(column, -1), -1, std::numeric_limits<std::int32_t>::max());
}

class Reader {
  public:
    Reader(const cache::Store& store, const profile::Profile& profile, const Filters& filters, Needs needs)
        : store_(store), profile_(profile), filters_(filters), needs_(needs) {}

    Result<History> read(const Range& range) {
        auto done = read_names();
        if (done) done = read_merges(range);
        if (done && needs_.firsts) done = mark_firsts(range);
        if (done) drop_filtered();
        if (done && needs_labels()) done = read_labels(range);
        if (!done) return tl::unexpected(done.error());
        return std::move(history_);
    }

  private:
    using Keys = std::unordered_set<std::int64_t>;

    bool needs_labels() const {
        const auto& stats = profile_.stats;
        return needs_.labels || !filters_.labels.empty() ||
               (needs_.kinds && !(stats.rollup.labels.empty() && stats.backport.labels.empty()));
    }

    Result<void> read_names() {
        Names& names = history_.names;
        const auto read = [&](const char* file, auto& into) {
            return store_.select(file, {},
                                 [&](const cache::Row& row) { into.emplace(row.integer(0), row.text(1)); });
        };
        auto done = read("cache/stats/names.sql", names.authors);
        names.repositories = names.authors;
        if (done && needs_labels()) done = read("cache/stats/label_names.sql", names.labels);
        ours_ = keys_of(names.repositories, [&](std::string_view name) {
            return name.starts_with(profile_.organisation + "/") || profile_.takes(name);
        });
        const AnyOf is_bot(profile_.stats.bots, AnyOf::Match::whole, true);
        bots_ = keys_of(names.authors, [&](std::string_view login) { return is_bot(login); });
        return done;
    }

    Result<void> read_merges(const Range& range) {
        std::optional<Kind> rollup, backport;
        if (needs_.kinds) {
            rollup.emplace(profile_.stats.rollup);
            backport.emplace(profile_.stats.backport);
        }
        const std::array<cache::Value, 2> ends = {range.from, range.to};
        const char* question =
            needs_.sizes || needs_.kinds ? "cache/stats/merged_in_full.sql" : "cache/stats/merged.sql";
        const auto done = store_.select(question, ends, [&](const cache::Row& row) {
            const std::int64_t repository = row.integer(2);
            if (!ours_.contains(repository)) return;
            Merge& merge = history_.merges.emplace_back();
            merge.item = row.integer(0);
            const std::int64_t merged_at = row.integer(1);
            merge.merged_at = Instant{Seconds{merged_at}};
            merge.repository = repository;
            merge.author = row.integer(3);
            const std::string_view kind = row.text(4);
            merge.ghost = kind == "ghost";
            merge.bot = !merge.ghost && (kind == "bot" || bots_.contains(merge.author));
            merge.seconds_to_merge =
                seconds_between(row.integer(5, std::numeric_limits<std::int64_t>::max()), merged_at);
            if (needs_.sizes) {
                merge.additions = count(row, 6);
                merge.deletions = count(row, 7);
                merge.changed_files = count(row, 8);
            }
            if (needs_.kinds) {
                const std::string_view title = row.text(9), branch = row.text(10);
                merge.rollup = rollup->fits(title, branch);
                merge.backport = backport->fits(title, branch);
            }
        });
        std::sort(history_.merges.begin(), history_.merges.end(), [](const Merge& a, const Merge& b) {
            return std::tie(a.merged_at, a.item) < std::tie(b.merged_at, b.item);
        });
        return done;
    }

    // Walks from the first merge that the cache knows to the end of the range.
    Result<void> mark_firsts(const Range& range) {
        std::unordered_map<std::int64_t, Keys> known;  // repositories by author
        const std::array<cache::Value, 1> until = {range.from};
        const auto done = store_.select("cache/stats/merged_before.sql", until, [&](const cache::Row& row) {
            const std::int64_t repository = row.integer(0), author = row.integer(1);
            if (ours_.contains(repository)) known[author].insert(repository);
        });
        for (Merge& merge : history_.merges) {
            if (merge.bot || merge.ghost) continue;
            const auto [author, fresh] = known.try_emplace(merge.author);
            merge.new_to_organisation = fresh;
            merge.new_to_repository = author->second.insert(merge.repository).second;
        }
        return done;
    }

    void drop_filtered() {
        const Names& names = history_.names;
        const Keys repositories = keys_of(
            names.repositories, [&](std::string_view name) { return filters_.repository_fits(name); });
        const Keys authors =
            keys_of(names.authors, [&](std::string_view login) { return filters_.author_fits(login); });
        std::erase_if(history_.merges, [&](const Merge& merge) {
            return (filters_.no_bots && merge.bot) ||
                   (!filters_.repositories.empty() && !repositories.contains(merge.repository)) ||
                   (!filters_.authors.empty() && !authors.contains(merge.author));
        });
    }

    Result<void> read_labels(const Range& range) {
        const auto keys_listed = [&](const std::vector<std::string>& wanted) {
            return keys_of(history_.names.labels,
                           [&](std::string_view name) { return listed(wanted, name); });
        };
        std::unordered_map<std::int64_t, std::size_t> places;
        for (std::size_t i = 0; i < history_.merges.size(); ++i) places.emplace(history_.merges[i].item, i);
        const Keys wanted = keys_listed(filters_.labels), rollups = keys_listed(profile_.stats.rollup.labels),
                   backports = keys_listed(profile_.stats.backport.labels);
        std::vector<bool> passes(history_.merges.size(), filters_.labels.empty());
        const std::array<cache::Value, 2> ends = {range.from, range.to};
        const auto done = store_.select("cache/stats/labels.sql", ends, [&](const cache::Row& row) {
            const auto place = places.find(row.integer(0));
            const std::int64_t label = row.integer(1);
            if (place == places.end() || !history_.names.labels.contains(label)) return;
            Merge& merge = history_.merges[place->second];
            if (needs_.labels) merge.labels.push_back(label);
            if (needs_.kinds) {
                merge.rollup |= rollups.contains(label);
                merge.backport |= backports.contains(label);
            }
            if (wanted.contains(label)) passes[place->second] = true;
        });
        std::erase_if(history_.merges, [&](const Merge& merge) { return !passes[places.at(merge.item)]; });
        return done;
    }

    const cache::Store& store_;
    const profile::Profile& profile_;
    const Filters& filters_;
    Needs needs_;
    Keys ours_, bots_;  // repositories of the organisation; authors that the profile calls bots
    History history_;
};

}  // namespace

Result<History> read_history(const cache::Store& store, const profile::Profile& profile, const Range& range,
                             const Filters& filters, Needs needs) {
    Result<History> out;
    const auto done = store.with_one_view([&]() -> Result<void> {
        out = Reader(store, profile, filters, needs).read(range);
        if (!out) return tl::unexpected(out.error());
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return out;
}

Result<void> check_filters(const cache::Store& store, const Filters& filters) {
    struct Check {
        const char* option;
        const char* what;
        const std::vector<std::string>& wanted;
        const char* question;
        bool (*fits)(std::string_view wanted, std::string_view name);
    };
    const auto same = [](std::string_view wanted, std::string_view name) { return same_name(wanted, name); };
    const auto same_repository = [](std::string_view wanted, std::string_view name) {
        return Filters{{std::string(wanted)}, {}, {}, false}.repository_fits(name);
    };
    const std::array<Check, 3> checks = {
        {{"--repo", "repository", filters.repositories, "cache/stats/repositories.sql", same_repository},
         {"--label", "label", filters.labels, "cache/stats/label_names.sql", same},
         {"--author", "author", filters.authors, "cache/stats/authors.sql", same}}};
    for (const Check& check : checks) {
        if (check.wanted.empty()) continue;
        std::vector<std::string> names;
        const auto read =
            store.select(check.question, {}, [&](const cache::Row& row) { names.emplace_back(row.text(1)); });
        if (!read) return read;
        for (const std::string& wanted : check.wanted) {
            if (std::any_of(names.begin(), names.end(),
                            [&](const std::string& name) { return check.fits(wanted, name); }))
                continue;
            // Repositories are known by their name alone, too.
            std::vector<std::string> candidates = names;
            if (wanted.find('/') == std::string::npos)
                for (std::string& name : candidates) name = name.substr(name.find('/') + 1);
            const auto near = nearest_name(wanted, candidates);
            return fail(
                ExitCode::findings,
                fmt::format("{} {}: the cache has no such {}{}", check.option, wanted, check.what,
                            near ? fmt::format("; did you mean {}?", *near) : "; check the spelling"));
        }
    }
    return {};
}

}  // namespace harvester::stats
