// Candidates scored per second, beside the bare reading of their titles byte by byte; and whole decisions.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "editorial/decide.h"
#include "editorial/score.h"
#include "profile/calendar.h"

using namespace harvester;

namespace {

constexpr std::size_t count = 20000;

std::vector<Item> made_up_items() {
    const char* const verbs[] = {"Add", "fix:", "Remove", "feat(parser):", "Improve", "Don't"};
    const char* const objects[] = {"panic in `resolve_path`", "false positive of the lint",
                                   "support for long names", "the test suite", "a::b::c"};
    std::vector<Item> items(count);
    for (std::size_t i = 0; i < count; ++i) {
        Item& item = items[i];
        item.repository = i % 2 == 0 ? "rust-lang/cargo" : "rust-lang/rust";
        item.number = static_cast<std::int64_t>(i);
        item.url = "https://github.com/" + item.repository + "/pull/" + std::to_string(i);
        item.title = std::string(verbs[i % 6]) + " " + objects[i % 5] + " when number " + std::to_string(i) +
                     " comes around";
        item.labels = {"T-compiler", "S-waiting-on-bors"};
        item.author = {"someone", ActorKind::user};
        item.merged_at = *parse_instant("2024-11-07T12:00:00Z");
    }
    return items;
}

template <class Work>
void measure(const char* what, Work work) {
    const auto start = std::chrono::steady_clock::now();
    const double result = work();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%-28s %12.0f per second   (check %.3f)\n", what,
                static_cast<double>(count) / seconds.count(), result);
}

}  // namespace

int main() {
    const auto profile = profile::load_profile("");
    if (!profile) return std::fprintf(stderr, "%s\n", profile.error().message.c_str()), 1;
    const auto weights = editorial::profile_weights(*profile);
    if (!weights) return std::fprintf(stderr, "%s\n", weights.error().message.c_str()), 1;
    const auto items = made_up_items();
    measure("titles read, lower bound", [&] {
        double sum = 0;
        for (const Item& item : items)
            for (const char c : item.title) sum += c;
        return sum;
    });
    measure("candidates scored", [&] {
        double sum = 0;
        for (const Item& item : items)
            sum += editorial::score(profile->editorial.score, *weights, item, Layout::sections).sum;
        return sum;
    });
    // Week by week, as a list is made.
    measure("candidates decided", [&] {
        constexpr std::size_t week = 500;
        editorial::DecideContext context;
        context.issue = *profile::edition_of(*profile, *parse_day("2024-11-13"));
        context.explained = false;
        double sum = 0;
        for (auto first = items.begin(); first != items.end();) {
            const auto last = first + std::min<std::ptrdiff_t>(week, items.end() - first);
            sum += editorial::decide(*profile, *weights, {first, last}, context).front().score;
            first = last;
        }
        return sum;
    });
    return 0;
}
