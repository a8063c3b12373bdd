#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/check.h"
#include "markdown/item_url.h"
#include "render/selection.h"

namespace harvester::check {
namespace {

template <class Use>
void each_link(const CheckDocument& document, const std::vector<std::string>& parts, Use use) {
    for (const CheckLine& line : document.lines) {
        if (!line.is_item() || std::find(parts.begin(), parts.end(), line.part) == parts.end()) continue;
        for (const std::string_view url : markdown::link_urls(line.text))
            if (const std::string key = markdown::link_key(url); markdown::names_item(key)) use(line, url, key);
    }
}

void printed_before(const CheckContext& context) {
    if (!context.input.previous) return;
    const CheckDocument before(*context.input.previous, context.profile.publish);
    std::set<std::pair<std::string, std::string>> printed;
    each_link(before, context.profile.check.merged,
              [&](const CheckLine& line, std::string_view, const std::string& key) {
                  printed.emplace(line.part, key);
              });
    each_link(context.document, context.profile.check.merged,
              [&](const CheckLine& line, std::string_view, const std::string& key) {
                  if (printed.contains({line.part, key}))
                      context.add(line.number, "printed-before",
                                  fmt::format("{} was printed in the previous issue; take it out", key));
              });
}

void merged_in_window(const CheckContext& context) {
    if (!context.input.find_item || !context.issue) return;
    each_link(
        context.document, context.profile.check.merged,
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

// An item of the list of comment periods entered one within the window, as far as its labels are known.
void labelled_in_window(const CheckContext& context) {
    if (!context.input.find_item || !context.issue) return;
    const Range window = context.issue->window.range();
    for (const profile::PartPolicy& part : context.profile.form.parts) {
        const auto& lists = context.profile.check.lists;
        if (part.kind != profile::PartKind::labelled || std::find(lists.begin(), lists.end(), part.name) == lists.end())
            continue;
        each_link(context.document, {part.name},
                  [&](const CheckLine& line, std::string_view url, const std::string& key) {
                      const auto item = context.input.find_item(std::string(url));
                      if (!item || !item->label_events) return;
                      if (!render::last_labelled(*item, part.labels, window))
                          context.add(line.number, "not-in-window",
                                      fmt::format("{} got no label of this list in the window {} to {}", key,
                                                  format_day(context.issue->window.first),
                                                  format_day(context.issue->window.last)));
                  });
    }
}

void dead_links(const CheckContext& context) {
    each_link(context.document, context.profile.check.lists,
              [&](const CheckLine& line, std::string_view, const std::string& key) {
                  if (context.input.missing.contains(key))
                      context.add(line.number, "link-dead",
                                  fmt::format("GitHub has no {}; correct the link", key));
              });
}

}  // namespace

std::vector<std::string> listed_items(std::string_view text, const profile::Profile& profile) {
    std::vector<std::string> urls;
    std::set<std::string> seen;
    const std::string below = profile.web + "/" + profile.organisation + "/";
    each_link(CheckDocument(text, profile.publish), profile.check.lists,
              [&](const CheckLine&, std::string_view url, const std::string& key) {
                  if (url.starts_with(below) && seen.insert(key).second) urls.emplace_back(url);
              });
    return urls;
}

void check_items(const CheckContext& context) {
    printed_before(context);
    merged_in_window(context);
    labelled_in_window(context);
    dead_links(context);
}

}  // namespace harvester::check
