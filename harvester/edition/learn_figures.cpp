#include "edition/learn_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/streams.h"

namespace harvester::edition {

ByRepository compare(const profile::Profile& profile, const editorial::Weights& weights,
                     const PastIssue& past) {
    ByRepository out;
    std::map<std::string, std::vector<std::pair<double, bool>>> scored;  // best first once sorted
    for (const Decision& decision : editorial::decide(profile, weights, past.merged, past.context)) {
        if (decision.verdict == Verdict::outside) continue;
        const bool printed = past.printed.contains(item_key(decision.item.repository, decision.item.number));
        if (decision.verdict == Verdict::printed && !printed) continue;
        Figures& figures = out[decision.item.repository];
        ++figures.candidates;
        const bool undropped = decision.verdict == Verdict::picked || decision.verdict == Verdict::left;
        const bool picked = decision.verdict == Verdict::picked;
        figures.undropped += undropped ? 1 : 0;
        figures.picked += picked ? 1 : 0;
        figures.printed_candidates += printed ? 1 : 0;
        figures.printed_undropped += printed && undropped ? 1 : 0;
        figures.both += printed && picked ? 1 : 0;
        if (undropped) scored[decision.item.repository].emplace_back(-decision.score, !printed);
    }
    for (auto& [repository, candidates] : scored) {
        std::sort(candidates.begin(), candidates.end());
        for (std::size_t i = 0; i < best_counts.size(); ++i)
            for (std::size_t at = 0; at < std::min(best_counts[i], candidates.size()); ++at)
                out[repository].printed_among_best[i] += candidates[at].second ? 0 : 1;
    }
    return out;
}

Figures total(const ByRepository& by_repository) {
    Figures sum;
    for (const auto& [repository, figures] : by_repository) sum += figures;
    return sum;
}

void print_head(std::ostream& out, const char* what) {
    out << fmt::format("{:<28} {:>6} {:>8} {:>7} {:>7} {:>9} {:>6} {:>6} {:>7} {:>6} {:>6}\n", what, "merged",
                       "printed", "picked", "both", "precision", "recall", "F1", "touch", "rules", "all");
}

void print_row(std::ostream& out, const std::string& name, const Figures& f, std::size_t issues) {
    const auto per_issue = [&](std::size_t n) {
        return static_cast<double>(n) / static_cast<double>(issues);
    };
    out << fmt::format(
        "{:<28} {:>6} {:>8} {:>7} {:>7} {:>9.3f} {:>6.3f} {:>6.3f} {:>7.1f} {:>6.1f} {:>6.1f}\n", name,
        f.candidates, f.printed_candidates, f.picked, f.both, f.precision(), f.recall(), f.f1(),
        per_issue(f.touched()), per_issue(f.touched_by_rules()), per_issue(f.touched_keeping_all()));
}

void print_by_repository(std::ostream& out, const char* what, const ByRepository& figures,
                         std::size_t issues) {
    print_head(out, what);
    for (const auto& [repository, f] : figures) print_row(out, terminal_safe(repository), f, issues);
    print_row(out, "all", total(figures), issues);
}

void print_ranking(std::ostream& out, const ByRepository& figures) {
    out << fmt::format("{:<28}", "printed among the best");
    for (const std::size_t count : best_counts) out << fmt::format(" {:>6}", count);
    out << '\n';
    for (const auto& [repository, f] : figures) {
        if (f.printed_candidates == 0) continue;
        out << fmt::format("{:<28}", terminal_safe(repository));
        for (const std::size_t found : f.printed_among_best)
            out << fmt::format(" {:>6.3f}",
                               static_cast<double>(found) / static_cast<double>(f.printed_candidates));
        out << '\n';
    }
}

}  // namespace harvester::edition
