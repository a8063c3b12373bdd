// Rules about the items of lists: bullets and titles.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.h"
#include "markdown/link_line.h"

namespace harvester::check {
namespace {

using markdown::Block;

constexpr std::string_view bullets = "*-+";

bool begins_with_bullet(std::string_view text) {
    return text.size() > 1 && bullets.find(text[0]) != std::string_view::npos && text[1] == ' ';
}

bool leads_to_item(const Line& line) {
    return !line.items().empty();
}

void empty_item(const Context&, const Line& line, Report& report) {
    const auto text = markdown::trimmed(line.text);
    if (text.size() == 1 && bullets.find(text[0]) != std::string_view::npos)
        report(line.number, "the list item is empty; remove it", Fix{});
}

void item_space(const Context&, const Line& line, Report& report) {
    if (line.text.size() > 1 && bullets.find(line.text[0]) != std::string_view::npos && line.text[1] == '[')
        report(line.number, "there is no space after the bullet, so it isn't one; add it",
               Fix{{fmt::format("{} {}", line.text[0], line.text.substr(1))}});
}

// Four spaces make a bullet code, or nest it in the item above.
void item_indent(const Context& context, const Line& line, Report& report) {
    if (line.block == nullptr || line.block->hidden || line.is_item() || !context.is_list(line)) return;
    const bool code = line.block->kind == Block::Kind::code;
    const bool nested = line.block->is_item();
    const auto text = markdown::trimmed(line.text);
    if ((!code && !nested) || !begins_with_bullet(text) || line.text[0] == text[0]) return;
    if (nested && line.part->name == "testing") return;  // its items have their instructions nested
    if (markdown::link_urls(text).empty()) return;
    report(line.number,
           code ? "the bullet is indented so far that it is shown as code; remove the spaces before it"
                : "the bullet is indented and belongs to the item above; remove the spaces before it",
           Fix{{std::string(text)}});
}

// "[title](URL)" alone on a line.
void no_bullet(const Context& context, const Line& line, Report& report) {
    if (!context.is_list(line) || line.is_heading() || line.is_item() || !line.text.starts_with('[')) return;
    if (line.links.size() != 1 || !leads_to_item(line)) return;
    if (line.block->kind != Block::Kind::paragraph && !line.block->is_item()) return;
    report(line.number, "the item has no bullet, so it isn't in the list; add \"* \"",
           Fix{{fmt::format("* {}", line.text)}});
}

// Two items that became one line: between their links there is nothing but a bullet.
void two_items(const Context&, const Line& line, Report& report) {
    for (std::size_t i = 0; i + 1 < line.links.size(); ++i) {
        const markdown::Link &first = line.links[i], &second = line.links[i + 1];
        if (!markdown::read_item_url(first.url) || !markdown::read_item_url(second.url)) continue;
        const auto between = markdown::trimmed(line.text.substr(first.end, second.begin - first.end));
        if (!between.empty() && between.find_first_not_of(bullets) != std::string_view::npos) continue;
        if (first.url == second.url) continue;
        return report(line.number, "there are two items in one line; give each its own",
                      Fix{{std::string(line.text.substr(0, first.end)),
                           fmt::format("* {}", line.text.substr(second.begin))}});
    }
}

// A bullet without any link: an editor's own line, most often.
void no_link(const Context& context, const Line& line, Report& report) {
    const std::string_view all = context.draft.document.text_of(*line.block);
    const auto rest = markdown::trimmed(line.text.substr(1));
    if (!markdown::links_of(all).empty() || all.find("](") != std::string_view::npos ||
        rest.starts_with('*') || rest.starts_with('_') || rest.empty())
        return;
    report(line.number, "the list item has no link; add one, or keep it as your own line");
}

void unfinished_title(const Context& context, const Line& line, Report& report) {
    for (const markdown::Link& link : line.links) {
        const std::string title = to_lower(markdown::trimmed(link.text));
        for (const std::string& word : context.profile.check.unfinished)
            if (title == to_lower(word) || title.starts_with(to_lower(word) + ":"))
                return report(line.number,
                              fmt::format("the title \"{}\" isn't finished; write it", link.text));
    }
}

void image(const Context&, const Line& line, Report& report) {
    for (const markdown::Link& link : line.links)
        if (link.begin > 0 && line.text[link.begin - 1] == '!')
            return report(line.number, "the list item shows an image; write a link instead");
}

// Other than `duplicate`: the same words before two different items of a repository.
void same_title(const Context& context, Report& report) {
    std::vector<std::pair<const Line*, std::string>> seen;  // title, by line
    for (const Line& line : context.draft.lines) {
        if (!line.is_item() || !context.is_list(line)) continue;
        const auto link = markdown::parse_link_line(line.text);
        const auto item = link ? markdown::read_item_url(link->url) : std::nullopt;
        if (!item || link->title.empty()) continue;
        const std::string title = to_lower(link->title);
        const auto before = std::ranges::find_if(
            seen, [&](const auto& other) { return other.first->part == line.part && other.second == title; });
        if (before == seen.end()) {
            seen.emplace_back(&line, title);
        } else if (const auto others = before->first->items();
                   !others.empty() && others[0].key() != item->key() &&
                   repository_of(others[0]) == repository_of(*item)) {
            report(line.number,
                   fmt::format("line {} has the same title with another URL; correct one of them",
                               before->first->number));
        }
    }
}

constexpr Rule item_table[] = {
    {"empty-item", Severity::error, Scope::list, empty_item},
    {"item-space", Severity::error, Scope::list, item_space},
    {"item-indent", Severity::error, Scope::part, item_indent},
    {"no-bullet", Severity::error, Scope::list, no_bullet},
    {"two-items", Severity::error, Scope::item, two_items},
    {"no-link", Severity::note, Scope::item, no_link},
    {"unfinished", Severity::error, Scope::item, unfinished_title},
    {"image", Severity::error, Scope::item, image},
    {"same-title", Severity::error, same_title},
};

}  // namespace

std::span<const Rule> item_rules() {
    return item_table;
}

}  // namespace harvester::check
