#include "editorial/training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace harvester::editorial {
namespace {

constexpr int most_newton_steps = 60;
constexpr int most_gradient_steps = 200;
constexpr double least_step = 1e-6;  // a Newton step that moves no weight by more ends the fit
constexpr double bias_ridge = 1e-6;  // keeps the bias finite when all examples agree

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

// The penalised likelihood of the examples as a function of the weights: column 0 is the bias, the others are
// the features that have enough examples. Newton's method, each step solved by conjugate gradients.
class Regression {
  public:
    Regression(const FeatureNumbers& numbers, std::span<const Example> examples, const FitOptions& options)
        : examples_(examples) {
        learned_.push_back({bias_feature, 0, 0, 0});
        std::vector<LearnedWeight> all(numbers.size());
        for (const Example& example : examples) {
            count(learned_.front(), example);
            for (const std::uint32_t feature : example.features) count(all[feature], example);
        }
        std::vector<std::uint32_t> column_of(numbers.size(), 0);
        for (std::uint32_t feature = 0; feature < all.size(); ++feature) {
            if (all[feature].examples < std::max<std::size_t>(options.least_examples, 1)) continue;
            column_of[feature] = static_cast<std::uint32_t>(learned_.size());
            learned_.push_back(std::move(all[feature]));
            learned_.back().feature = numbers.name(feature);
        }
        ridge_.assign(learned_.size(), options.ridge);
        ridge_[0] = bias_ridge;
        expected_.assign(learned_.size(), 0);
        for (std::size_t column = 1; column < learned_.size(); ++column)
            for (const ScorePart& part : options.expected)
                if (part.feature == learned_[column].feature) expected_[column] = part.weight;
        for (const Example& example : examples) {
            row_starts_.push_back(columns_.size());
            columns_.push_back(0);
            for (const std::uint32_t feature : example.features)
                if (column_of[feature] != 0) columns_.push_back(column_of[feature]);
        }
        row_starts_.push_back(columns_.size());
    }

    std::vector<LearnedWeight> solve() {
        Vector weights = expected_;
        double loss = loss_at(weights);
        for (int i = 0; i < most_newton_steps; ++i) {
            Vector step = newton_step(weights);
            double longest = 0;
            for (const double part : step) longest = std::max(longest, std::abs(part));
            // A full step may overshoot where the likelihood is flat: halve it until it helps.
            bool better = false;
            for (double share = 1; share * longest > least_step && !better; share /= 2) {
                Vector next = weights;
                for (std::size_t c = 0; c < next.size(); ++c) next[c] -= share * step[c];
                const double next_loss = loss_at(next);
                better = next_loss < loss;
                if (better) weights = std::move(next), loss = next_loss;
            }
            if (!better) break;
        }
        for (std::size_t c = 0; c < learned_.size(); ++c) learned_[c].weight = weights[c];
        return std::move(learned_);
    }

  private:
    static void count(LearnedWeight& column, const Example& example) {
        ++column.examples;
        column.listed += example.listed ? 1 : 0;
    }

    Vector times(const Vector& weights) const {
        Vector sums(examples_.size(), 0);
        for (std::size_t row = 0; row < sums.size(); ++row)
            for (std::size_t at = row_starts_[row]; at < row_starts_[row + 1]; ++at)
                sums[row] += weights[columns_[at]];
        return sums;
    }

    Vector transposed_times(const Vector& rows) const {
        Vector sums(learned_.size(), 0);
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t at = row_starts_[row]; at < row_starts_[row + 1]; ++at)
                sums[columns_[at]] += rows[row];
        return sums;
    }

    double loss_at(const Vector& weights) const {
        const Vector sums = times(weights);
        double loss = 0;
        for (std::size_t row = 0; row < sums.size(); ++row) {
            const double against = examples_[row].listed ? -sums[row] : sums[row];
            loss +=
                examples_[row].weight * (std::max(against, 0.0) + std::log1p(std::exp(-std::abs(against))));
        }
        for (std::size_t c = 0; c < weights.size(); ++c) {
            const double distance = weights[c] - expected_[c];
            loss += 0.5 * ridge_[c] * distance * distance;
        }
        return loss;
    }

    Vector newton_step(const Vector& weights) const {
        Vector slopes = times(weights), curvatures(slopes.size());
        for (std::size_t row = 0; row < slopes.size(); ++row) {
            const double probability = 1 / (1 + std::exp(-slopes[row]));
            curvatures[row] = examples_[row].weight * probability * (1 - probability);
            slopes[row] = examples_[row].weight * (probability - (examples_[row].listed ? 1 : 0));
        }
        Vector gradient = transposed_times(slopes);
        for (std::size_t c = 0; c < gradient.size(); ++c)
            gradient[c] += ridge_[c] * (weights[c] - expected_[c]);
        Vector diagonal = transposed_times(curvatures);
        for (std::size_t c = 0; c < diagonal.size(); ++c) diagonal[c] += ridge_[c];
        return conjugate_gradients(curvatures, diagonal, std::move(gradient));
    }

    // Solves (X' D X + R) step = rest, D the curvatures; `diagonal` is the matrix's, as preconditioner.
    Vector conjugate_gradients(const Vector& curvatures, const Vector& diagonal, Vector rest) const {
        Vector step(rest.size(), 0), scaled(rest.size());
        const auto scale = [&] {
            for (std::size_t c = 0; c < rest.size(); ++c) scaled[c] = rest[c] / diagonal[c];
        };
        scale();
        Vector direction = scaled;
        double size = dot(rest, scaled);
        const double enough = size * 1e-16;
        for (int i = 0; i < most_gradient_steps && size > enough; ++i) {
            Vector sums = times(direction);
            for (std::size_t row = 0; row < sums.size(); ++row) sums[row] *= curvatures[row];
            Vector product = transposed_times(sums);
            for (std::size_t c = 0; c < product.size(); ++c) product[c] += ridge_[c] * direction[c];
            const double length = size / dot(direction, product);
            for (std::size_t c = 0; c < step.size(); ++c) {
                step[c] += length * direction[c];
                rest[c] -= length * product[c];
            }
            scale();
            const double next = dot(rest, scaled);
            for (std::size_t c = 0; c < direction.size(); ++c)
                direction[c] = scaled[c] + next / size * direction[c];
            size = next;
        }
        return step;
    }

    std::span<const Example> examples_;
    std::vector<LearnedWeight> learned_;   // by column
    Vector ridge_, expected_;              // by column
    std::vector<std::uint32_t> columns_;   // of all rows, one after the other
    std::vector<std::size_t> row_starts_;  // where each row begins in columns_, and where the last one ends
};

}  // namespace

std::uint32_t FeatureNumbers::of(const std::string& name) {
    const auto [found, fresh] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(name);
    return found->second;
}

std::vector<LearnedWeight> fit(const FeatureNumbers& numbers, std::span<const Example> examples,
                               const FitOptions& options) {
    if (examples.empty()) return {};
    std::vector<LearnedWeight> learned = Regression(numbers, examples, options).solve();
    learned.erase(
        std::remove_if(learned.begin() + 1, learned.end(),
                       [&](const LearnedWeight& one) { return std::abs(one.weight) < options.least_weight; }),
        learned.end());
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
    std::string out = fmt::format("# Format: {}\n", weights_format);
    for (const std::string& comment : comments) out += "# " + comment + "\n";
    out += "feature\tweight\texamples\tlisted\n";
    for (const LearnedWeight& one : learned)
        out += fmt::format("{}\t{:.4f}\t{}\t{}\n", one.feature, one.weight, one.examples, one.listed);
    return out;
}

}  // namespace harvester::editorial
