#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "profile/editorial_policy.h"

namespace harvester::profile {
namespace {

constexpr auto actor_words =
    std::to_array<std::pair<std::string_view, ActorKind>>({{"user", ActorKind::user},
                                                           {"bot", ActorKind::bot},
                                                           {"other", ActorKind::other},
                                                           {"ghost", ActorKind::ghost}});
constexpr auto item_words = std::to_array<std::pair<std::string_view, ItemKind>>(
    {{"pull_request", ItemKind::pull_request}, {"issue", ItemKind::issue}});
constexpr auto feature_words = std::to_array<std::pair<std::string_view, FeatureKind>>({
    {"repository", FeatureKind::repository},
    {"type", FeatureKind::type},
    {"scope", FeatureKind::scope},
    {"lead", FeatureKind::lead},
    {"words", FeatureKind::words},
    {"pairs", FeatureKind::pairs},
    {"length", FeatureKind::length},
    {"code", FeatureKind::code},
    {"labels", FeatureKind::labels},
    {"patterns", FeatureKind::patterns},
    {"size", FeatureKind::size},
    {"paths", FeatureKind::paths},
    {"age", FeatureKind::age},
    {"marks", FeatureKind::marks},
});

constexpr auto list_orders = std::to_array<std::pair<std::string_view, ListOrder>>(
    {{"title", ListOrder::title}, {"number", ListOrder::number}, {"merged", ListOrder::merged}});

PickPolicy read_picks(const TomlTable& table) {
    PickPolicy picks;
    table.read("threshold", picks.threshold);
    table.read("wanted", picks.wanted, 0);
    return picks;
}

DropRule read_drop_rule(const TomlTable& table, PatternSet& titles) {
    DropRule rule;
    table.require("name", rule.name);
    table.require("reason", rule.reason);
    table.read("repositories", rule.repositories);
    table.read("authors", rule.authors);
    table.read("author_kinds", rule.author_kinds, actor_words);
    table.read("labels", rule.labels);
    table.read("base_branches", rule.base_branches);
    table.read("kinds", rule.kinds, item_words);
    std::vector<std::string> texts;
    table.read("titles", texts);
    for (const std::string& title : texts) {
        rule.titles.push_back(titles.size());
        titles.add(table, "titles", title);
    }
    if (rule.repositories.empty() && rule.authors.empty() && rule.author_kinds.empty() &&
        rule.labels.empty() && rule.base_branches.empty() && rule.kinds.empty() && rule.titles.empty())
        table.refuse("name", "the rule has no condition and would drop everything; give it one");
    return rule;
}

RepositoryPolicy read_repository(const TomlTable& table) {
    RepositoryPolicy repository;
    table.require("names", repository.names);
    if (repository.names.empty()) table.refuse("names", "must name at least one");
    table.read("section", repository.section);
    repository.by_label = repository.section.empty();
    table.read("by_label", repository.by_label);
    repository.sections = read_picks(table.table("sections"));
    repository.flat = read_picks(table.table("flat"));
    table.read("other_layout", repository.other_layout);
    if (!(repository.other_layout > 0)) table.refuse("other_layout", "must be more than 0");
    return repository;
}

ScorePolicy read_score(const TomlTable& table) {
    ScorePolicy score;
    table.read("features", score.features, feature_words);
    table.read("by_repository", score.by_repository, feature_words);
    table.read("by_layout", score.by_layout, feature_words);
    for (const TomlTable& pattern : table.tables("pattern")) {
        std::string title;
        pattern.require("name", score.patterns.names.emplace_back());
        pattern.require("title", title);
        score.patterns.titles.add(pattern, "title", title);
    }
    const TomlTable given = table.table("given");
    for (const std::string& feature : given.keys())
        given.read(feature, score.given.emplace_back(ScorePart{feature, 0}).weight);
    return score;
}

Seconds read_time_of_day(const TomlTable& table, std::string_view key) {
    std::string text = "00:00";
    table.read(key, text);
    const auto at = parse_instant("1970-01-01T" + text + ":00Z");
    if (!at) table.refuse(key, "must be a time of day, \"08:00\"");
    return at ? at->time_since_epoch() : Seconds{0};
}

LearnPolicy read_learn(const TomlTable& table) {
    LearnPolicy learn;
    table.read("from", learn.from);
    table.read("ridge", learn.ridge);
    if (!(learn.ridge > 0)) table.refuse("ridge", "must be more than 0");
    table.read("least_examples", learn.least_examples, 1);
    table.read("least_weight", learn.least_weight);
    table.read("half_life", learn.half_life, 0);
    return learn;
}

}  // namespace

std::string_view feature_kind_name(FeatureKind kind) {
    return word_of(kind, feature_words);
}

EditorialPolicy load_editorial_policy(const TomlTable& root) {
    const TomlTable table = root.table("editorial");
    EditorialPolicy policy;
    policy.previous_run = read_time_of_day(table, "previous_run");
    for (const TomlTable& rule : table.tables("drop"))
        policy.drop.push_back(read_drop_rule(rule, policy.drop_titles));
    std::vector<std::string> names;
    for (const TomlTable& entry : table.tables("section")) {
        SectionPolicy& section = policy.sections.emplace_back();
        entry.require("name", section.name);
        entry.read("labels", section.labels);
        entry.read("wanted", section.wanted, 0);
        entry.read("types", section.types);
        entry.read("paths", section.paths);
        names.push_back(section.name);
    }
    table.read("order", policy.order, list_orders);
    table.read("newcomers_since", policy.newcomers_since);
    table.read("other", policy.other);
    if (!policy.other.empty() && std::find(names.begin(), names.end(), policy.other) == names.end()) {
        policy.sections.push_back({policy.other, {}});
        names.push_back(policy.other);
    }
    const auto check_section = [&](const TomlTable& place, std::string_view key, const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) place.refuse_word(key, name, names);
    };
    for (const TomlTable& repository : table.tables("repository")) {
        RepositoryPolicy& read = policy.repositories.emplace_back(read_repository(repository));
        if (read.section.empty())
            read.section = policy.other;
        else
            check_section(repository, "section", read.section);
    }
    if (policy.repositories.empty()) {
        RepositoryPolicy& all = policy.repositories.emplace_back();
        all.names = {"*"};
        all.section = policy.other;
        all.by_label = true;
    }
    for (const TomlTable& entry : table.tables("cue")) {
        SectionCue& cue = policy.cues.emplace_back();
        std::string title;
        entry.require("name", cue.name);
        entry.require("section", cue.section);
        entry.require("title", title);
        entry.read("weight", cue.weight);
        policy.cue_titles.add(entry, "title", title);
        check_section(entry, "section", cue.section);
    }
    for (const TomlTable& entry : table.tables("block")) {
        FlatBlock& block = policy.blocks.emplace_back();
        entry.require("name", block.name);
        entry.read("repositories", block.repositories);
        entry.read("sections", block.sections);
        block.titles = read_patterns(entry, "titles");
        block.except = read_patterns(entry, "except");
        for (const std::string& name : block.sections) check_section(entry, "sections", name);
    }
    policy.score = read_score(table.table("score"));
    const TomlTable published = table.table("published");
    policy.published.headings = read_patterns(published, "headings");
    policy.published.sections = read_patterns(published, "sections");
    published.read("former_owners", policy.published.former_owners);
    policy.learn = read_learn(table.table("learn"));
    return policy;
}

}  // namespace harvester::profile
