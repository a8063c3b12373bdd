#include "draft/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace harvester::draft {
namespace {

constexpr std::size_t context = 3;
// Above this many cells the middle is shown as one replacement: a diff is for people, not worth a minute.
constexpr std::size_t most_cells = 64'000'000;

// Lines with their ends, so that a change of the end is a change.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto feed = text.find('\n');
        const auto length = feed == std::string_view::npos ? text.size() : feed + 1;
        lines.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return lines;
}

struct DiffStep {
    char mark;  // ' ', '-', '+'
    std::string_view line;
};

// The middles, where neither the first nor the last lines agree, by longest common subsequence.
void middle_steps(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b,
                  std::vector<DiffStep>& steps) {
    const std::size_t columns = b.size() + 1;
    if ((a.size() + 1) * columns > most_cells) {
        for (const auto line : a) steps.push_back({'-', line});
        for (const auto line : b) steps.push_back({'+', line});
        return;
    }
    std::vector<std::uint32_t> common((a.size() + 1) * columns, 0);  // of the rests from (i, j) on
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            common[i * columns + j] =
                a[i] == b[j] ? common[(i + 1) * columns + j + 1] + 1
                             : std::max(common[(i + 1) * columns + j], common[i * columns + j + 1]);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            steps.push_back({' ', a[i]});
            ++i, ++j;
        } else if (i < a.size() &&
                   (j == b.size() || common[(i + 1) * columns + j] >= common[i * columns + j + 1])) {
            steps.push_back({'-', a[i++]});
        } else {
            steps.push_back({'+', b[j++]});
        }
    }
}

std::string hunk_range(std::size_t first, std::size_t count) {
    if (count == 1) return std::to_string(first + 1);
    return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, const std::string& before_name,
                         const std::string& after_name) {
    if (before == after) return {};
    const auto a = lines_of(before);
    const auto b = lines_of(after);
    const auto [head_a, head_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    auto tail_a = a.end();
    auto tail_b = b.end();
    while (tail_a != head_a && tail_b != head_b && *(tail_a - 1) == *(tail_b - 1)) --tail_a, --tail_b;

    std::vector<DiffStep> steps;
    for (auto line = a.begin(); line != head_a; ++line) steps.push_back({' ', *line});
    middle_steps({head_a, tail_a}, {head_b, tail_b}, steps);
    for (auto line = tail_a; line != a.end(); ++line) steps.push_back({' ', *line});

    std::string out = fmt::format("--- {}\n+++ {}\n", before_name, after_name);
    std::size_t at_a = 0;
    std::size_t at_b = 0;
    for (std::size_t i = 0; i < steps.size();) {
        std::size_t change = i;
        while (change < steps.size() && steps[change].mark == ' ') ++change;
        if (change == steps.size()) break;
        const std::size_t begin = std::max(i, change - std::min(change, context));
        at_a += begin - i;
        at_b += begin - i;
        // The hunk ends where more than twice the context is unchanged.
        std::size_t end = change;
        for (std::size_t k = change, quiet = 0; k < steps.size() && quiet <= 2 * context; ++k) {
            quiet = steps[k].mark == ' ' ? quiet + 1 : 0;
            if (quiet == 0) end = k + 1;
        }
        end = std::min(end + context, steps.size());
        std::string hunk;
        std::size_t count_a = 0;
        std::size_t count_b = 0;
        for (std::size_t k = begin; k < end; ++k) {
            count_a += steps[k].mark != '+';
            count_b += steps[k].mark != '-';
            hunk += steps[k].mark;
            hunk += steps[k].line;
            if (!steps[k].line.ends_with('\n')) hunk += "\n\\ No newline at end of file\n";
        }
        out += fmt::format("@@ -{} +{} @@\n{}", hunk_range(at_a, count_a), hunk_range(at_b, count_b), hunk);
        at_a += count_a;
        at_b += count_b;
        i = end;
    }
    return out;
}

}  // namespace harvester::draft
