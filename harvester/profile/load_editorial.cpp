#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "profile/editorial_policy.h"

namespace harvester::profile {
namespace {

template <class T, std::size_t N>
std::vector<T> read_enums(const TomlTable& table, std::string_view key,
                          const std::array<std::pair<std::string_view, T>, N>& names) {
    std::vector<T> out;
    for (const std::string& text : table.texts(key)) {
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.first == text; });
        if (found == names.end()) {
            std::string known;
            for (const auto& row : names) known += fmt::format("{}{}", known.empty() ? "" : ", ", row.first);
            table.refuse(key, fmt::format("'{}' is none of {}", text, known));
        }
        out.push_back(found->second);
    }
    return out;
}

constexpr std::array<std::pair<std::string_view, ActorKind>, 4> actor_kinds = {{{"user", ActorKind::user},
                                                                                {"bot", ActorKind::bot},
                                                                                {"other", ActorKind::other},
                                                                                {"ghost", ActorKind::ghost}}};
constexpr std::array<std::pair<std::string_view, ItemKind>, 2> item_kinds = {
    {{"pull_request", ItemKind::pull_request}, {"issue", ItemKind::issue}}};

constexpr std::array<std::pair<std::string_view, FeatureKind>, 12> feature_kinds = {
    {{"repository", FeatureKind::repository},
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
     {"paths", FeatureKind::paths}}};

std::vector<std::string> required_texts(const TomlTable& table, std::string_view key) {
    auto texts = table.texts(key);
    if (texts.empty()) table.refuse(key, "must name at least one");
    return texts;
}

std::optional<std::size_t> read_wanted(const TomlTable& table) {
    if (!table.has("wanted")) return std::nullopt;
    const auto wanted = table.integer("wanted");
    if (wanted < 0) table.refuse("wanted", "must not be negative");
    return static_cast<std::size_t>(wanted);
}

PickPolicy read_picks(const TomlTable& table) {
    PickPolicy picks;
    picks.threshold = table.number("threshold", 0);
    picks.wanted = read_wanted(table);
    return picks;
}

DropRule read_drop_rule(const TomlTable& table, PatternSet& titles) {
    DropRule rule;
    rule.name = table.text("name");
    rule.reason = table.text("reason");
    rule.repositories = table.texts("repositories");
    rule.authors = table.texts("authors");
    rule.author_kinds = read_enums(table, "author_kinds", actor_kinds);
    rule.labels = table.texts("labels");
    rule.base_branches = table.texts("base_branches");
    rule.kinds = read_enums(table, "kinds", item_kinds);
    for (const std::string& title : table.texts("titles")) {
        rule.titles.push_back(titles.size());
        titles.add(table, "titles", title);
    }
    if (rule.repositories.empty() && rule.authors.empty() && rule.author_kinds.empty() &&
        rule.labels.empty() && rule.base_branches.empty() && rule.kinds.empty() && rule.titles.empty())
        table.refuse("name",
                     fmt::format("the rule '{}' has no condition and would drop everything", rule.name));
    return rule;
}

RepositoryPolicy read_repository(const TomlTable& table) {
    RepositoryPolicy repository;
    repository.names = required_texts(table, "names");
    repository.section = table.text("section");
    repository.by_label = table.boolean("by_label", false);
    repository.sections = read_picks(table.table("sections"));
    repository.flat = read_picks(table.table("flat"));
    return repository;
}

ScorePolicy read_score(const TomlTable& table) {
    ScorePolicy score;
    score.features = read_enums(table, "features", feature_kinds);
    score.by_repository = read_enums(table, "by_repository", feature_kinds);
    score.by_layout = read_enums(table, "by_layout", feature_kinds);
    for (const TomlTable& pattern : table.tables("pattern")) {
        score.patterns.names.push_back(pattern.text("name"));
        score.patterns.titles.add(pattern, "title", pattern.text("title"));
    }
    const TomlTable given = table.table("given");
    for (const std::string& feature : given.keys()) score.given.push_back({feature, given.number(feature)});
    return score;
}

Seconds read_time_of_day(const TomlTable& table, std::string_view key) {
    const std::string text = table.text(key, "00:00");
    const auto at = parse_instant("1970-01-01T" + text + ":00Z");
    if (!at) table.refuse(key, "must be a time of day, \"08:00\"");
    return at->time_since_epoch();
}

LearnPolicy read_learn(const TomlTable& table) {
    LearnPolicy learn;
    const auto from = parse_day(table.text("from", "2000-01-01"));
    if (!from) table.refuse("from", "must be a day, \"2023-01-01\"");
    learn.from = *from;
    learn.ridge = table.number("ridge", learn.ridge);
    if (!(learn.ridge > 0)) table.refuse("ridge", "must be more than 0");
    learn.least_weight = table.number("least_weight", learn.least_weight);
    learn.half_life = table.number("half_life", learn.half_life);
    if (learn.half_life < 0) table.refuse("half_life", "must not be negative");
    const auto count = [&](std::string_view key, std::size_t fallback, std::int64_t least) {
        const auto value = table.integer(key, static_cast<std::int64_t>(fallback));
        if (value < least) table.refuse(key, fmt::format("must be at least {}", least));
        return static_cast<std::size_t>(value);
    };
    learn.least_examples = count("least_examples", learn.least_examples, 1);
    learn.held_back = count("held_back", learn.held_back, 1);
    learn.folds = count("folds", learn.folds, 2);
    return learn;
}

}  // namespace

std::string_view feature_kind_name(FeatureKind kind) {
    for (const auto& row : feature_kinds)
        if (row.second == kind) return row.first;
    return {};
}

EditorialPolicy load_editorial_policy(const TomlTable& root) {
    const TomlTable table = root.table("editorial");
    EditorialPolicy policy;
    policy.previous_run = read_time_of_day(table, "previous_run");
    for (const TomlTable& rule : table.tables("drop"))
        policy.drop.push_back(read_drop_rule(rule, policy.drop_titles));
    for (const TomlTable& section : table.tables("section"))
        policy.sections.push_back({section.text("name"), section.texts("labels"), read_wanted(section)});

    const auto check_section = [&](const TomlTable& place, std::string_view key, const std::string& name) {
        if (std::none_of(policy.sections.begin(), policy.sections.end(),
                         [&](const auto& s) { return s.name == name; }))
            place.refuse(key, fmt::format("there is no section '{}'", name));
    };
    for (const TomlTable& repository : table.tables("repository")) {
        policy.repositories.push_back(read_repository(repository));
        check_section(repository, "section", policy.repositories.back().section);
    }
    for (const TomlTable& cue : table.tables("cue")) {
        policy.cues.push_back({cue.text("name"), cue.text("section"), cue.number("weight", 1)});
        policy.cue_titles.add(cue, "title", cue.text("title"));
        check_section(cue, "section", policy.cues.back().section);
    }
    for (const TomlTable& block : table.tables("block")) {
        policy.blocks.push_back({block.text("name"), block.texts("repositories"), block.texts("sections"),
                                 read_patterns(block, "titles"), read_patterns(block, "except")});
        for (const std::string& name : policy.blocks.back().sections) check_section(block, "sections", name);
    }
    policy.score = read_score(table.table("score"));
    const TomlTable published = table.table("published");
    policy.published = {read_patterns(published, "headings"), read_patterns(published, "sections"),
                        published.texts("former_owners")};
    policy.learn = read_learn(table.table("learn"));
    return policy;
}

}  // namespace harvester::profile
