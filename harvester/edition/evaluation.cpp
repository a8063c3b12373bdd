#include "edition/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "editorial/section.h"
#include "editorial/title_habits.h"

namespace harvester::edition {
namespace {

bool counts(std::span<const std::string> repositories, const std::string& repository) {
    const std::string_view name = std::string_view(repository).substr(repository.rfind('/') + 1);
    return repositories.empty() ||
           std::find(repositories.begin(), repositories.end(), name) != repositories.end();
}

// Of numbers in our order: how many must move until they ascend.
std::size_t out_of_order(const std::vector<std::size_t>& places) {
    std::vector<std::size_t> ends;  // the least last number of an ascending choice, by its length
    for (const std::size_t place : places) {
        const auto at = std::lower_bound(ends.begin(), ends.end(), place);
        if (at == ends.end())
            ends.push_back(place);
        else
            *at = place;
    }
    return places.size() - ends.size();
}

// Puts the picks of each section in the order of their titles as printed.
void order_by_title(const profile::Profile& profile, std::vector<Decision>& decided) {
    const auto picks_end = std::find_if(decided.begin(), decided.end(),
                                        [](const Decision& d) { return d.verdict != Verdict::picked; });
    const auto key = [&](const Decision& d) {
        return std::tuple(editorial::section_place(profile.editorial, d.section), std::string_view(d.title));
    };
    std::stable_sort(decided.begin(), picks_end,
                     [&](const Decision& a, const Decision& b) { return key(a) < key(b); });
}

// How many titles an editor retypes who goes through `lines` from the top (their text is the printed one) and
// runs the program again after each: retyped, and those below the last retyped line that the habits got
// wrong.
std::size_t retyped_with_habits(const profile::Profile& profile, const editorial::DecideContext& context,
                                std::vector<editorial::TitleLine> lines) {
    std::size_t retyped = 0;
    editorial::TitleHabits habits;
    const auto shown = [&](const editorial::TitleLine& line) {
        const editorial::TitleInput input{line.repository, line.section, line.raw, context.layout,
                                          context.issue.date};
        profile::TitleSettings settings = editorial::title_settings(profile.titles, input);
        habits.apply(profile.titles, input, settings);
        return editorial::format_title(profile.titles, settings, line.raw).markdown;
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].retyped = shown(lines[i]) != lines[i].text;
        if (!lines[i].retyped) continue;
        ++retyped;
        habits = {profile.titles, context.layout, context.issue.date, std::span(lines).first(i + 1)};
    }
    return retyped +
           static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const auto& line) {
               return !line.retyped && shown(line) != line.text;
           }));
}

struct Interval {
    double mean = 0;
    double half_width = 0;  // of the mean's 90 % interval
};

template <class Value>
Interval interval(std::span<const EvaluatedEdition> editions, Value value) {
    constexpr double normal_quantile = 1.645;
    const auto count = static_cast<double>(editions.size());
    Interval out;
    double squares = 0;
    for (const EvaluatedEdition& edition : editions) out.mean += value(edition) / count;
    for (const EvaluatedEdition& edition : editions) squares += std::pow(value(edition) - out.mean, 2);
    if (count > 1) out.half_width = normal_quantile * std::sqrt(squares / (count - 1) / count);
    return out;
}

}  // namespace

TouchedLines touched_lines(const profile::Profile& profile, const std::vector<Decision>& decided,
                           const PastEdition& past, std::span<const std::string> repositories, bool habits) {
    std::unordered_map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < past.printed.size(); ++i)
        place.emplace(item_key(past.printed[i].repository, past.printed[i].number), i);
    TouchedLines lines;
    std::vector<editorial::TitleLine> titles;
    std::map<std::string, std::vector<std::size_t>> kept;  // places in the printed list, by section
    for (const Decision& decision : decided) {
        if (!counts(repositories, decision.item.repository)) continue;
        const auto found = place.find(item_key(decision.item.repository, decision.item.number));
        const bool picked = decision.verdict == Verdict::picked;
        if (found == place.end()) {
            lines.deleted += picked ? 1 : 0;
            continue;
        }
        if (!picked) {
            ++lines.added;
            continue;
        }
        const draft::PublishedItem& printed = past.printed[found->second];
        if (!printed.title.empty() && printed.title != decision.title) ++lines.retyped;
        if (!printed.title.empty())
            titles.push_back(
                {decision.item.repository, decision.section, decision.item.title, printed.title});
        if (printed.heading != decision.section)
            ++lines.moved;
        else
            kept[decision.section].push_back(found->second);
    }
    if (habits) lines.retyped = retyped_with_habits(profile, past.context, std::move(titles));
    for (const auto& [section, places] : kept) lines.moved += out_of_order(places);
    return lines;
}

std::vector<EvaluatedEdition> evaluate(const profile::Profile& profile, std::span<const PastEdition> editions,
                                       std::size_t first, std::span<const std::string> repositories) {
    const Learner learner(profile, editions);
    const editorial::Weights once = editorial::as_weights(learner.fit(first));
    std::vector<EvaluatedEdition> out;
    for (std::size_t i = first; i < editions.size(); ++i) {
        const editorial::Weights fresh = editorial::as_weights(learner.fit(i));
        const auto lines = [&](const DraftingParts& parts) {
            std::vector<Decision> decided = editorial::decide(profile, parts.refitted ? fresh : once,
                                                              editions[i].merged, editions[i].context);
            if (!parts.sort_key) order_by_title(profile, decided);
            return touched_lines(profile, decided, editions[i], repositories, parts.habits);
        };
        out.push_back({editions[i].context.issue.date,
                       lines({true, true, true}),
                       lines({false, false, false}),
                       {lines({false, true, true}).sum(), lines({true, false, true}).sum(),
                        lines({true, true, false}).sum()}});
    }
    return out;
}

void print_evaluation(std::ostream& out, std::span<const EvaluatedEdition> editions) {
    constexpr std::array<std::pair<const char*, std::size_t TouchedLines::*>, 4> kinds = {
        {{"deleted", &TouchedLines::deleted},
         {"added", &TouchedLines::added},
         {"retyped", &TouchedLines::retyped},
         {"moved", &TouchedLines::moved}}};
    constexpr std::array<const char*, 3> parts = {"weekly refit", "editors' sort key", "habits of titles"};

    out << fmt::format("{:<10}", "");
    for (const auto& [name, kind] : kinds) out << fmt::format(" {:>15}", name);
    out << fmt::format(" {:>15}\n{:<10}", "all", "edition");
    for (std::size_t i = 0; i <= kinds.size(); ++i) out << fmt::format(" {:>7} {:>7}", "with", "without");
    out << '\n';
    for (const EvaluatedEdition& edition : editions) {
        out << format_day(edition.date);
        for (const auto& [name, kind] : kinds)
            out << fmt::format(" {:>7} {:>7}", edition.with.*kind, edition.without.*kind);
        out << fmt::format(" {:>7} {:>7}\n", edition.with.sum(), edition.without.sum());
    }
    std::string means = fmt::format("{:<10}", "mean"), widths = fmt::format("{:<10}", "90 % +-");
    const auto add = [&](auto value) {
        const Interval found = interval(editions, value);
        means += fmt::format(" {:>7.2f}", found.mean);
        widths += fmt::format(" {:>7.2f}", found.half_width);
    };
    for (const auto& [name, kind] : kinds) {
        add([kind = kind](const EvaluatedEdition& e) { return static_cast<double>(e.with.*kind); });
        add([kind = kind](const EvaluatedEdition& e) { return static_cast<double>(e.without.*kind); });
    }
    add([](const EvaluatedEdition& e) { return static_cast<double>(e.with.sum()); });
    add([](const EvaluatedEdition& e) { return static_cast<double>(e.without.sum()); });
    out << means << '\n' << widths << "\n\nlines an edition that each part saves, with the 90 % interval\n";
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const Interval saved = interval(editions, [&](const EvaluatedEdition& e) {
            return static_cast<double>(e.lacks[part]) - static_cast<double>(e.with.sum());
        });
        out << fmt::format("{:<20} {:>6.2f} ({:.2f} to {:.2f})\n", parts[part], saved.mean,
                           saved.mean - saved.half_width, saved.mean + saved.half_width);
    }
}

}  // namespace harvester::edition
