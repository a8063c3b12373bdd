#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "issue/check.h"
#include "issue/part_units.h"

namespace harvester::issue {
namespace {

template <class Use>
void each_merged_link(const CheckDocument& document, const profile::CheckPolicy& policy, Use use) {
    for (const CheckLine& line : document.lines) {
        if (!line.is_item() ||
            std::find(policy.merged.begin(), policy.merged.end(), line.part) == policy.merged.end())
            continue;
        for (const std::string_view url : link_urls(line.text))
            if (const std::string key = link_key(url); names_item(key)) use(line, url, key);
    }
}

void printed_before(const CheckContext& context) {
    if (!context.input.previous) return;
    const CheckDocument before(*context.input.previous, context.profile.publish);
    std::set<std::pair<std::string, std::string>> printed;
    each_merged_link(before, context.profile.check,
                     [&](const CheckLine& line, std::string_view, const std::string& key) {
                         printed.emplace(line.part, key);
                     });
    each_merged_link(context.document, context.profile.check,
                     [&](const CheckLine& line, std::string_view, const std::string& key) {
                         if (printed.contains({line.part, key}))
                             context.add(
                                 line.number, "printed-before",
                                 fmt::format("{} was printed in the previous issue; take it out", key));
                     });
}

void merged_in_window(const CheckContext& context) {
    if (!context.input.find_item || !context.issue) return;
    each_merged_link(
        context.document, context.profile.check,
        [&](const CheckLine& line, std::string_view url, const std::string& key) {
            const auto item = context.input.find_item(std::string(url));
            if (!item) return;
            if (item->kind == ItemKind::pull_request && item->state != ItemState::merged) {
                context.add(line.number, "not-merged", fmt::format("{} isn't merged; take it out", key));
            } else if (item->merged_at && !context.issue->window.range().contains(*item->merged_at)) {
                context.add(line.number, "not-in-window",
                            fmt::format("{} was merged on {}, outside the window {} to {}", key,
                                        format_day(std::chrono::floor<std::chrono::days>(*item->merged_at)),
                                        format_day(context.issue->window.first),
                                        format_day(context.issue->window.last)));
            }
        });
}

}  // namespace

void check_items(const CheckContext& context) {
    printed_before(context);
    merged_in_window(context);
}

}  // namespace harvester::issue
