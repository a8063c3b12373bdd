// Titles per second through the newsletter's whole pipeline, beside copying the same bytes.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "editorial/title.h"
#include "profile/profile.h"

using namespace harvester;

namespace {

template <class Work>
double per_second(std::size_t titles, Work work) {
    constexpr int rounds = 20;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return static_cast<double>(titles) * rounds / took.count();
}

}  // namespace

int main() {
    const auto profile = profile::load_profile("");
    if (!profile) return 1;
    std::vector<editorial::TitleInput> inputs;
    const char* const shapes[] = {"fix(tea_pot): FP on struct in a::b", "Brew Pot<T> with &lid and [`cup`].",
                                  "[rustdoc] Show the kettle's long documentation of every cup (#12)",
                                  "Update things"};
    const char* const repositories[] = {"rust", "cargo", "rust-clippy", "rust-analyzer"};
    for (int i = 0; i < 2000; ++i)
        inputs.push_back(
            {repositories[i % 4], "Clippy", shapes[i / 4 % 4], i % 2 ? Layout::flat : Layout::sections, {}});

    std::size_t bytes = 0;
    const double formatted = per_second(inputs.size(), [&] {
        for (const auto& input : inputs)
            bytes += editorial::format_title(profile->titles, input).markdown.size();
    });
    const double copied = per_second(inputs.size(), [&] {
        for (const auto& input : inputs) bytes += std::string(input.raw).append(input.section).size();
    });
    std::printf("titles formatted per second %12.0f\ntitles copied per second    %12.0f\n(%zu bytes)\n",
                formatted, copied, bytes);
}
