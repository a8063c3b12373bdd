#include "search.h"

#include <algorithm>
#include <functional>

#include "text.h"

namespace github_double {
namespace {

constexpr std::size_t most_hits = 1000;

struct Term {
    bool negated = false;
    std::string qualifier;            // in lower case; empty: a word of the title
    std::vector<std::string> values;  // comma means OR
};

std::vector<Term> split(const std::string& query) {
    std::vector<Term> out;
    std::size_t at = 0;
    while (at < query.size()) {
        if (query[at] == ' ') {
            ++at;
            continue;
        }
        Term term;
        if (query[at] == '-') {
            term.negated = true;
            ++at;
        }
        std::string value;
        bool in_value = false;
        bool quoted = false;
        for (; at < query.size() && (quoted || query[at] != ' '); ++at) {
            const char c = query[at];
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && !in_value && c == ':') {
                in_value = true;
                term.qualifier = lower_case(value);
                value.clear();
            } else if (!quoted && in_value && c == ',') {
                term.values.push_back(value);
                value.clear();
            } else {
                value += c;
            }
        }
        term.values.push_back(value);
        out.push_back(std::move(term));
    }
    return out;
}

// Closed at both ends, to the second; a bare day is the whole day, UTC.
struct Interval {
    Instant from = Instant::min(), to = Instant::max();
    bool never = false;
    bool holds(Instant t) const { return !never && from <= t && t <= to; }
    bool holds(std::optional<Instant> t) const { return t && holds(*t); }
};

std::optional<Interval> moment(const std::string& text) {
    if (text == "*") return Interval{};
    if (const auto day = harvester::parse_day(text))
        return Interval{Instant(*day), Instant(*day) + std::chrono::seconds{86'399}};
    if (const auto instant = harvester::parse_instant(text)) return Interval{*instant, *instant};
    return std::nullopt;
}

Interval interval(const std::string& text) {
    using std::chrono::seconds;
    Interval out, none;
    none.never = true;
    if (const auto dots = text.find(".."); dots != text.npos) {
        const auto a = moment(text.substr(0, dots)), b = moment(text.substr(dots + 2));
        if (!a || !b) return none;
        out.from = a->from;
        out.to = b->to;
        return out;
    }
    const auto skip = text.starts_with(">=") || text.starts_with("<=") ? 2U
                      : text.starts_with('>') || text.starts_with('<') ? 1U
                                                                       : 0U;
    const auto one = moment(text.substr(skip));
    if (!one) return none;
    if (skip == 0) return *one;
    if (text[0] == '>') out.from = skip == 2 ? one->from : one->to + seconds{1};
    if (text[0] == '<') out.to = skip == 2 ? one->to : one->from - seconds{1};
    return out;
}

using Test = std::function<bool(const Item&)>;

Test is_test(const std::string& value) {
    if (value == "pr" || value == "pull-request") return [](const Item& i) { return i.pull_request; };
    if (value == "issue") return [](const Item& i) { return !i.pull_request; };
    if (value == "merged") return [](const Item& i) { return i.state == State::merged; };
    if (value == "unmerged") return [](const Item& i) { return i.pull_request && i.state != State::merged; };
    if (value == "open") return [](const Item& i) { return i.state == State::open; };
    // On GitHub a merged pull request is closed too.
    if (value == "closed") return [](const Item& i) { return i.state != State::open; };
    if (value == "public") return [](const Item& i) { return !i.repository->hidden; };
    if (value == "private") return [](const Item& i) { return i.repository->hidden; };
    if (value == "draft") return [](const Item& i) { return i.more().draft; };
    if (value == "archived") return [](const Item& i) { return i.repository->archived; };
    return [](const Item&) { return false; };
}

// The same for all items of a repository: decided once for each.
Test repository_test(std::function<bool(const Repository&)> test) {
    return [test = std::move(test), known = std::map<const Repository*, bool>{}](const Item& item) mutable {
        const auto [at, fresh] = known.try_emplace(item.repository, false);
        if (fresh) at->second = test(*item.repository);
        return at->second;
    };
}

Test value_test(const std::string& qualifier, const std::string& value) {
    const auto lower = lower_case(value);
    if (qualifier.empty()) {
        return [lower](const Item& i) { return lower_case(i.title).find(lower) != std::string::npos; };
    }
    if (qualifier == "is" || qualifier == "type" || qualifier == "state") return is_test(lower);
    if (qualifier == "org" || qualifier == "user")
        return repository_test([lower](const Repository& r) { return lower_case(r.owner()) == lower; });
    if (qualifier == "repo")
        return repository_test([lower](const Repository& r) { return lower_case(r.name) == lower; });
    if (qualifier == "author") {
        // Bots are "app/name" to the search.
        const auto login = lower.starts_with("app/") ? lower.substr(4) : lower;
        return [login](const Item& i) { return i.author != nullptr && lower_case(i.author->login) == login; };
    }
    if (qualifier == "label") return [lower](const Item& i) { return i.has_label(lower); };
    if (qualifier == "archived")
        return [lower](const Item& i) { return i.repository->archived == (lower == "true"); };
    if (qualifier == "draft") return [lower](const Item& i) { return i.more().draft == (lower == "true"); };
    if (qualifier == "base")
        return [value](const Item& i) {
            return (i.more().base_ref.empty() ? i.repository->default_branch : i.more().base_ref) == value;
        };
    if (qualifier == "head") return [value](const Item& i) { return i.more().head_ref.starts_with(value); };
    if (qualifier == "no" && lower == "label") return [](const Item& i) { return i.labels.empty(); };
    if (qualifier == "in") return [](const Item&) { return true; };
    const auto range = interval(value);
    if (qualifier == "merged") return [range](const Item& i) { return range.holds(i.merged); };
    if (qualifier == "created") return [range](const Item& i) { return range.holds(i.created); };
    if (qualifier == "updated") return [range](const Item& i) { return range.holds(i.updated); };
    if (qualifier == "closed") return [range](const Item& i) { return range.holds(i.closed); };
    // GitHub takes what it doesn't know for words to look for.
    return [text = qualifier + ":" + lower](const Item& i) {
        return lower_case(i.title).find(text) != std::string::npos;
    };
}

Test term_test(const Term& term) {
    std::vector<Test> any;
    for (const auto& value : term.values) any.push_back(value_test(term.qualifier, value));
    return [any, negated = term.negated](const Item& item) {
        return negated != std::ranges::any_of(any, [&](const Test& test) { return test(item); });
    };
}

using Order = std::function<bool(const Item*, const Item*)>;

Order order(const std::string& sort) {
    const auto by = [](auto key, bool down) -> Order {
        return [key, down](const Item* a, const Item* b) {
            const auto ka = key(*a), kb = key(*b);
            if (ka != kb) return down ? ka > kb : ka < kb;
            return a->id < b->id;
        };
    };
    const bool down = !sort.ends_with("-asc");
    if (sort.starts_with("created")) return by([](const Item& i) { return i.created; }, down);
    if (sort.starts_with("updated")) return by([](const Item& i) { return i.updated; }, down);
    // "Best match" is an order that nobody can foretell.
    return by([](const Item& i) { return hash_of(i.id); }, true);
}

Hits search(World& world, const std::string& query) {
    std::vector<Test> tests;
    std::vector<std::string> repositories;
    std::map<std::string, Test> dates;  // a repeated date qualifier isn't to be relied on: the last one holds
    Interval merged;
    bool has_merged = false;
    std::string sort;
    for (const auto& term : split(query)) {
        if (term.qualifier == "sort") {
            sort = term.values.front();
        } else if (term.qualifier == "repo" && !term.negated) {
            repositories.push_back(lower_case(term.values.front()));
        } else if (term.qualifier == "merged" || term.qualifier == "created" || term.qualifier == "updated" ||
                   term.qualifier == "closed") {
            dates[term.qualifier] = term_test(term);
            if (term.qualifier == "merged" && !term.negated) {
                merged = interval(term.values.front());
                has_merged = true;
            }
        } else {
            tests.push_back(term_test(term));
        }
    }
    if (!repositories.empty())
        tests.push_back(repository_test([&](const Repository& r) {
            // Several repo: mean any of them. A former name finds what the repository holds now.
            return std::ranges::any_of(repositories,
                                       [&](const auto& name) { return world.repository(name) == &r; });
        }));
    for (const auto& [name, test] : dates) tests.push_back(test);

    Hits out;
    const auto consider = [&](const Item* item) {
        for (const auto& test : tests)
            if (!test(*item)) return;
        out.items.push_back(item);
    };
    const auto& all = world.by_merge();
    auto first = all.begin(), last = all.end();
    if (has_merged && merged.never) last = first;
    if (has_merged && !merged.never) {
        first = std::ranges::lower_bound(all, merged.from, {}, [](const Item* i) { return *i->merged; });
        last = std::ranges::upper_bound(all, merged.to, {}, [](const Item* i) { return *i->merged; });
    }
    for (auto at = first; at < last; ++at) consider(*at);
    if (!has_merged)
        for (const auto* item : world.not_merged()) consider(item);
    out.count = static_cast<std::int64_t>(out.items.size());
    const auto kept = std::min(most_hits, out.items.size());
    std::partial_sort(out.items.begin(), out.items.begin() + static_cast<std::ptrdiff_t>(kept),
                      out.items.end(), order(lower_case(sort)));
    out.items.resize(kept);
    out.items.shrink_to_fit();
    return out;
}

}  // namespace

std::shared_ptr<const Hits> Search::find(World& world, const std::string& query) {
    if (version_ != world.version() || known_.size() > 2000) known_.clear();
    version_ = world.version();
    auto& hits = known_[query];
    if (!hits) hits = std::make_shared<const Hits>(search(world, query));
    return hits;
}

}  // namespace github_double
