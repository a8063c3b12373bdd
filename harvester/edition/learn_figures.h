// Figures that `learn` prints: how lists made again compare with the lists that were printed.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <ostream>
#include <string>

#include "edition/learn_data.h"

namespace harvester::edition {

// How many of the best-scored candidates of an issue an editor may look through.
constexpr std::array<std::size_t, 3> best_counts = {20, 40, 60};

// How a list compares with what was printed.
struct Figures {
    std::size_t candidates = 0;  // merged in the window and not printed before
    std::size_t undropped = 0;   // of them, no rule removed
    std::size_t printed = 0;
    std::size_t picked = 0;
    std::size_t both = 0;
    std::size_t printed_candidates = 0;
    std::size_t printed_undropped = 0;
    std::array<std::size_t, best_counts.size()> printed_among_best{};

    void operator+=(const Figures& o) {
        candidates += o.candidates;
        undropped += o.undropped;
        printed += o.printed;
        picked += o.picked;
        both += o.both;
        printed_candidates += o.printed_candidates;
        printed_undropped += o.printed_undropped;
        for (std::size_t i = 0; i < best_counts.size(); ++i) printed_among_best[i] += o.printed_among_best[i];
    }
    // Lines to delete and to add until the list is what was printed.
    std::size_t touched() const { return picked + printed_candidates - 2 * both; }
    std::size_t touched_keeping_all() const { return candidates - printed_candidates; }
    std::size_t touched_by_rules() const { return undropped + printed_candidates - 2 * printed_undropped; }
    double precision() const {
        return picked == 0 ? 0 : static_cast<double>(both) / static_cast<double>(picked);
    }
    double recall() const {
        return printed_candidates == 0 ? 0
                                       : static_cast<double>(both) / static_cast<double>(printed_candidates);
    }
    double f1() const {
        const auto sum = static_cast<double>(picked + printed_candidates);
        return sum == 0 ? 0 : 2 * static_cast<double>(both) / sum;
    }
};

using ByRepository = std::map<std::string, Figures>;

// The decisions of a past issue against its list.
ByRepository compare(const profile::Profile& profile, const editorial::Weights& weights,
                     const PastIssue& past);

Figures total(const ByRepository& by_repository);

// One line of figures; lines to touch are told by issue: of the list, of the drop rules alone, of all
// candidates.
void print_head(std::ostream& out, const char* what);
void print_row(std::ostream& out, const std::string& name, const Figures& figures, std::size_t issues);
void print_by_repository(std::ostream& out, const char* what, const ByRepository& figures,
                         std::size_t issues);

// The share of the printed that stands among the best-scored candidates of an issue.
void print_ranking(std::ostream& out, const ByRepository& figures);

}  // namespace harvester::edition
