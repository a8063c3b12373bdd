#include "editorial/training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace harvester::editorial {
namespace {

constexpr int most_sweeps = 400;
constexpr double least_step = 1e-5;  // a sweep that moves no weight by more ends the fit

struct Column {
    LearnedWeight learned;
    std::vector<std::uint32_t> rows;
};

std::vector<Column> columns_of(std::span<const Example> examples, std::size_t least_examples) {
    std::map<std::string_view, std::vector<std::uint32_t>> by_feature;
    Column bias;
    bias.learned.feature = bias_feature;
    for (std::uint32_t row = 0; row < examples.size(); ++row) {
        bias.rows.push_back(row);
        for (const std::string& feature : examples[row].features) by_feature[feature].push_back(row);
    }
    std::vector<Column> columns = {std::move(bias)};
    for (auto& [feature, rows] : by_feature) {
        if (rows.size() < least_examples) continue;
        Column column;
        column.learned.feature = std::string(feature);
        column.rows = std::move(rows);
        columns.push_back(std::move(column));
    }
    for (Column& column : columns) {
        column.learned.examples = column.rows.size();
        for (const std::uint32_t row : column.rows) column.learned.listed += examples[row].listed ? 1 : 0;
    }
    return columns;
}

// One Newton step along one weight, held to what the logistic's greatest curvature allows when it would
// overshoot; moves the rows' sums along. Returns the step.
double improve(Column& column, std::span<const Example> examples, std::vector<double>& sums, double ridge) {
    double slope = ridge * column.learned.weight, curvature = ridge;
    for (const std::uint32_t row : column.rows) {
        const double probability = 1 / (1 + std::exp(-sums[row]));
        slope += examples[row].weight * (probability - (examples[row].listed ? 1 : 0));
        curvature += examples[row].weight * probability * (1 - probability);
    }
    if (curvature < 1e-9) return 0;
    const double step = std::clamp(-slope / curvature, -1.0, 1.0);
    column.learned.weight += step;
    for (const std::uint32_t row : column.rows) sums[row] += step;
    return std::abs(step);
}

}  // namespace

std::vector<LearnedWeight> fit(std::span<const Example> examples, const FitOptions& options) {
    if (examples.empty()) return {};
    std::vector<Column> columns = columns_of(examples, options.least_examples);
    std::vector<double> sums(examples.size(), 0);
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        double longest = 0;
        for (Column& column : columns) {
            const bool bias = &column == &columns.front();
            longest = std::max(longest, improve(column, examples, sums, bias ? 1e-6 : options.ridge));
        }
        if (longest < least_step) break;
    }
    std::vector<LearnedWeight> learned;
    for (Column& column : columns)
        if (&column == &columns.front() || std::abs(column.learned.weight) >= options.least_weight)
            learned.push_back(std::move(column.learned));
    std::sort(learned.begin() + 1, learned.end(), [](const LearnedWeight& a, const LearnedWeight& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.feature < b.feature;
    });
    return learned;
}

Weights as_weights(std::span<const LearnedWeight> learned) {
    Weights weights;
    for (const LearnedWeight& one : learned) weights.set(one.feature, one.weight);
    return weights;
}

std::string weights_file(std::span<const LearnedWeight> learned, std::span<const std::string> comments) {
    std::string out;
    for (const std::string& comment : comments) out += "# " + comment + "\n";
    out += "feature\tweight\texamples\tlisted\n";
    for (const LearnedWeight& one : learned)
        out += fmt::format("{}\t{:.4f}\t{}\t{}\n", one.feature, one.weight, one.examples, one.listed);
    return out;
}

}  // namespace harvester::editorial
