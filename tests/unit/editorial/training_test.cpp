#include "editorial/training.h"

#include <cmath>

#include "catch.h"

using namespace harvester;

namespace {

// Examples with the names of their features.
struct Examples {
    editorial::FeatureNumbers numbers;
    std::vector<std::vector<std::uint32_t>> rows;
    std::vector<std::pair<bool, double>> answers;

    void add(const std::vector<std::string>& features, bool listed, double weight = 1) {
        rows.emplace_back();
        for (const std::string& feature : features) rows.back().push_back(numbers.of(feature));
        answers.emplace_back(listed, weight);
    }
    std::vector<editorial::LearnedWeight> fit(const editorial::FitOptions& options) const {
        std::vector<editorial::Example> examples;
        for (std::size_t i = 0; i < rows.size(); ++i)
            examples.push_back({rows[i], answers[i].first, answers[i].second});
        return editorial::fit(numbers, examples, options);
    }
};

// `yes` of `of` examples with the features are listed.
void add(Examples& examples, const std::vector<std::string>& features, int yes, int of) {
    for (int i = 0; i < of; ++i) examples.add(features, i < yes);
}

double weight_of(const std::vector<editorial::LearnedWeight>& learned, const std::string& feature) {
    for (const auto& one : learned)
        if (one.feature == feature) return one.weight;
    FAIL(feature + " has no weight");
    return 0;
}

}  // namespace

TEST_CASE("with hardly any penalty the weights are the log-odds of the counts") {
    Examples examples;
    add(examples, {}, 20, 100);
    add(examples, {"hot"}, 75, 100);
    const auto learned = examples.fit({1e-6, 1, 0});
    REQUIRE(learned.size() == 2);
    CHECK(learned[0].feature == editorial::bias_feature);
    CHECK(learned[0].weight == Approx(std::log(20.0 / 80)).margin(1e-3));
    CHECK(learned[1].weight == Approx(std::log(3.0) - std::log(0.25)).margin(1e-3));
    CHECK(learned[1].examples == 100);
    CHECK(learned[1].listed == 75);
}

TEST_CASE("a feature that always decides keeps a finite weight, smaller with more penalty") {
    Examples examples;
    add(examples, {"never"}, 0, 50);
    add(examples, {"always"}, 50, 50);
    const auto light = examples.fit({0.1, 1, 0}), heavy = examples.fit({10, 1, 0});
    CHECK(weight_of(light, "always") > weight_of(heavy, "always"));
    CHECK(weight_of(heavy, "always") > 0.5);
    CHECK(weight_of(heavy, "never") == Approx(-weight_of(heavy, "always")).margin(1e-3));
    CHECK(weight_of(light, "always") < 10);
}

TEST_CASE("an example counts as much as its weight says") {
    Examples examples;
    examples.add({}, true, 3);
    examples.add({}, false, 1);
    CHECK(examples.fit({1, 1, 0})[0].weight == Approx(std::log(3.0)).margin(1e-3));
}

TEST_CASE("rare features and small weights are left out") {
    Examples examples;
    add(examples, {"common"}, 9, 10);
    add(examples, {"even"}, 5, 10);
    add(examples, {"rare"}, 1, 2);
    const auto learned = examples.fit({1, 3, 0.2});
    for (const auto& one : learned) {
        CHECK(one.feature != "rare");
        CHECK((one.feature == editorial::bias_feature || std::abs(one.weight) >= 0.2));
    }
    CHECK(weight_of(learned, "common") > 0.5);
}

TEST_CASE("an expected weight holds until examples say otherwise") {
    const std::vector<ScorePart> expected = {{"rumour", 1.5}};
    const auto after = [&](int of) {
        Examples examples;
        add(examples, {"rumour"}, 0, of);
        add(examples, {}, 50, 100);
        return weight_of(examples.fit({4, 1, 0, expected}), "rumour");
    };
    CHECK(after(1) > 1.2);
    CHECK(after(200) < -1);
}

TEST_CASE("the same examples give the same weights") {
    Examples examples;
    for (int i = 0; i < 300; ++i)
        examples.add({"a" + std::to_string(i % 7), "b" + std::to_string(i % 11)}, i % 3 == 0);
    const std::vector<std::string> comments = {"made up"};
    CHECK(editorial::weights_file(examples.fit({1, 1, 0}), comments) ==
          editorial::weights_file(examples.fit({1, 1, 0}), comments));
}

TEST_CASE("no examples give no weights, and one kind of answer gives a finite bias") {
    CHECK(Examples{}.fit({1, 1, 0}).empty());
    Examples examples;
    add(examples, {"x"}, 5, 5);
    for (const auto& one : examples.fit({1, 1, 0})) CHECK(std::isfinite(one.weight));
}

TEST_CASE("the weights file is read back as it was written") {
    Examples examples;
    add(examples, {"w=a b", "label=\u00e9"}, 3, 4);
    add(examples, {}, 1, 4);
    const auto learned = examples.fit({1, 1, 0});
    const std::vector<std::string> comments = {"first", "second"};
    const auto weights = editorial::Weights::parse(editorial::weights_file(learned, comments), "w.tsv");
    REQUIRE(weights);
    CHECK(weights->size() == 3);
    CHECK(weights->of("w=a b") == Approx(weight_of(learned, "w=a b")).margin(1e-4));
    CHECK(weights->of("unknown") == 0);
}

TEST_CASE("a broken weights file is reported with file and line") {
    const auto message = [](const std::string& text) {
        const auto weights = editorial::Weights::parse(text, "w.tsv");
        return weights ? std::string("read") : weights.error().message;
    };
    CHECK(message("# a\nfeature\tweight\nw=a\tmuch\n") ==
          "w.tsv:3: must be a feature, a tab and a number; write the file again with `learn`");
    CHECK(message("w=a\n").starts_with("w.tsv:1:"));
    CHECK(message("\t1\n").starts_with("w.tsv:1:"));
    CHECK(message("w=a\tinf\n").starts_with("w.tsv:1:"));
    CHECK(message("w=a\t1\nw=a\t2\n") == "w.tsv:2: the feature 'w=a' appears twice; remove one of the lines");
    CHECK(message("# Format: 3\nw=a\t1\n") ==
          "w.tsv:1: has format '3', this program knows up to 2; update harvester, or write the file again "
          "with `learn`");
    CHECK(message("# Format: soon\n").starts_with("w.tsv:1:"));
    CHECK(message("# Format: 2\nw=a\t1\n") == "read");
    CHECK(message("w=a\t1\tmore\r\n\n") == "read");
}
