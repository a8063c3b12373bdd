#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/check.h"
#include "markdown/item_url.h"
#include "markdown/link_line.h"

namespace harvester::check {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    return std::string(text.substr(0, at)) + std::string(by) + std::string(text.substr(at + what.size()));
}

// "owner/name" of a key of link_key.
std::string repository_of(const std::string& key) {
    return key.substr(0, key.find('#'));
}

void bullet(const CheckContext& context, const CheckLine& line) {
    if (line.text.size() < 2) {
        if (line.text == "*" || line.text == "-")
            context.add(line.number, "empty-item", "the list item is empty; take it out",
                        Mend{Mend::Kind::remove, {}});
        return;
    }
    if ((line.text[0] == '*' || line.text[0] == '-') && line.text[1] == '[')
        context.add(
            line.number, "item-space", "there is no space behind the bullet, so it isn't one; add it",
            Mend{Mend::Kind::replace, std::string(1, line.text[0]) + " " + std::string(line.text.substr(1))});
    if (line.is_item() && markdown::is_blank(line.text.substr(2)))
        context.add(line.number, "empty-item", "the list item is empty; take it out",
                    Mend{Mend::Kind::remove, {}});
}

// Brackets and parentheses that don't make the link they were meant to make.
void shape(const CheckContext& context, const CheckLine& line) {
    const std::string plain = line.plain();
    int open = 0;
    for (const char c : plain) {
        open += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (open < 0) break;
    }
    if (open != 0)
        return context.add(
            line.number, "link-broken",
            "the square brackets don't match, which breaks a link; put a backslash before the odd one");
    for (const std::string_view gap : {"] (http", "]http", "]:http"})
        if (plain.find(gap) != std::string::npos && !plain.starts_with('['))
            return context.add(line.number, "link-broken",
                               "a link's text isn't followed by its URL in parentheses; write [text](URL)");
    for (auto at = plain.find("]("); at != std::string::npos; at = plain.find("](", at + 1)) {
        const auto begin = at + 2;
        int depth = 1;
        auto end = begin;
        while (end < plain.size() && depth > 0 && plain[end] != ' ') {
            depth += plain[end] == '(' ? 1 : plain[end] == ')' ? -1 : 0;
            ++end;
        }
        if (depth != 0)
            return context.add(line.number, "link-broken",
                               "the parenthesis of a link isn't closed behind its URL; close it");
        if (end == begin + 1)
            return context.add(line.number, "link-empty",
                               "a link has no URL; write it or take the brackets out");
        if (at > 0 && plain[at - 1] == '[')
            return context.add(line.number, "link-empty", "a link has no text; write its title");
    }
}

void addresses(const CheckContext& context, const CheckLine& line) {
    const std::string web = context.profile.web + "/";
    // Beside the item's own link a line may hold others, to the text of an RFC for one.
    const auto urls = markdown::link_urls(line.text);
    const bool leads_to_item = std::any_of(urls.begin(), urls.end(), [&](std::string_view url) {
        return url.starts_with(web) && markdown::names_item(markdown::link_key(url));
    });
    const std::string unsafe = "http://" + web.substr(std::string_view("https://").size());
    for (const std::string_view url : markdown::link_urls(line.text)) {
        if (url.starts_with(unsafe)) {
            context.add(
                line.number, "link-foreign", fmt::format("{} isn't https; write it with https", url),
                Mend{Mend::Kind::replace, replaced(line.text, url, "https" + std::string(url.substr(4)))});
            continue;
        }
        const std::string key = markdown::link_key(url);
        if (!url.starts_with(web) && !leads_to_item)
            context.add(
                line.number, "link-foreign",
                fmt::format("{} leads elsewhere than {}; link the item itself", url, context.profile.web));
        else if (markdown::names_item(key) && !key.starts_with(lower(context.profile.organisation) + "/") &&
                 !contains(context.profile.editorial.published.former_owners, key.substr(0, key.find('/'))))
            context.add(line.number, "link-foreign",
                        fmt::format("{} isn't a repository of {}; link the item itself", repository_of(key),
                                    context.profile.organisation));
    }
}

// What follows the number of a pull request: "/files", "#issuecomment-1".
void suffix(const CheckContext& context, const CheckLine& line) {
    for (const std::string_view url : markdown::link_urls(line.text)) {
        const std::string key = markdown::link_key(url);
        if (!markdown::names_item(key) || line.part != "merged") continue;
        const std::string number = key.substr(key.find('#') + 1);
        const auto at = url.find("/" + number);
        if (at == std::string_view::npos || at + 1 + number.size() == url.size()) continue;
        const std::string_view right = url.substr(0, at + 1 + number.size());
        context.add(line.number, "link-suffix",
                    fmt::format("{} leads into the middle of the item; cut it behind the number", url),
                    Mend{Mend::Kind::replace, replaced(line.text, url, right)});
    }
}

// A link's text that is nothing but a reference must name what the URL leads to.
void reference_text(const CheckContext& context, const CheckLine& line) {
    const auto link = markdown::parse_link_line(line.text);
    if (!link) return;
    const std::string key = markdown::link_key(link->url);
    if (!markdown::names_item(key)) return;
    std::string_view text = link->title;
    for (const std::string_view lead : {"PR ", "Issue ", "RFC ", "RFC: "})
        if (text.starts_with(lead)) text.remove_prefix(lead.size());
    const auto hash = text.find('#');
    if (hash == std::string_view::npos || hash + 1 == text.size()) return;
    if (text.substr(hash + 1).find_first_not_of("0123456789") != std::string_view::npos) return;
    if (text.substr(0, hash).find_first_of(" :") != std::string_view::npos) return;
    const std::string name = lower(text.substr(0, hash));
    const std::string repository = repository_of(key);
    const bool right_name =
        name.empty() || name == repository || ("/" + name) == repository.substr(repository.find('/'));
    if (!right_name || text.substr(hash + 1) != key.substr(key.find('#') + 1))
        context.add(line.number, "link-mismatch",
                    fmt::format("the text says {} and the URL says {}; correct the wrong one", text, key));
}

// "cargo: ..." before an item of another repository, by the prefixes that titles get.
void prefix(const CheckContext& context, const CheckLine& line) {
    const auto link = markdown::parse_link_line(line.text);
    if (!link || link->prefix.find("](") != std::string_view::npos) return;
    const std::string key = markdown::link_key(link->url);
    if (!markdown::names_item(key)) return;
    const std::string repository = repository_of(key);
    const std::string name = repository.substr(repository.find('/') + 1);
    for (const profile::TitleRule& rule : context.profile.titles.rules) {
        if (!rule.settings.prefix || rule.settings.prefix->empty() || rule.repositories.empty() ||
            rule.layout != Layout::flat)
            continue;
        if (!link->title.starts_with(*rule.settings.prefix) || contains(rule.repositories, name)) continue;
        // A tool's own changes are also made in the main repository, where its name leads the title as well.
        const bool other_tool = std::any_of(
            context.profile.titles.rules.begin(), context.profile.titles.rules.end(), [&](const auto& other) {
                return other.settings.prefix && !other.settings.prefix->empty() &&
                       other.layout == Layout::flat && contains(other.repositories, name);
            });
        if (other_tool)
            context.add(line.number, "link-mismatch",
                        fmt::format("the text says \"{}\" and the URL says {}; correct the wrong one",
                                    *rule.settings.prefix, repository));
    }
}

// An item of a repository that has a section of its own, in another one that belongs to one repository.
void section(const CheckContext& context, const CheckLine& line) {
    if (line.section.empty()) return;
    const std::string here = markdown::heading_name(line.section);
    const auto& repositories = context.profile.editorial.repositories;
    const auto sole = [&](const std::string& heading) {
        return std::count_if(repositories.begin(), repositories.end(),
                             [&](const auto& policy) { return lower(policy.section) == heading; }) == 1;
    };
    for (const std::string_view url : markdown::link_urls(line.text)) {
        const std::string key = markdown::link_key(url);
        if (!markdown::names_item(key) || !sole(here)) continue;
        for (const profile::RepositoryPolicy& policy : repositories)
            if (!policy.by_label && contains(policy.names, repository_of(key)) &&
                lower(policy.section) != here && sole(lower(policy.section)))
                context.add(line.number, "link-mismatch",
                            fmt::format("{} stands in section {}; it belongs to {}", key, line.section,
                                        policy.section));
    }
}

void no_link(const CheckContext& context, const CheckLine& line) {
    const auto rest = markdown::trimmed(line.text.substr(1));
    if (!markdown::link_urls(line.text).empty() || line.text.find("](") != std::string_view::npos ||
        rest.starts_with('*') || rest.starts_with('_') || rest.empty())
        return;
    context.add(line.number, "no-link", "the list item has no link; add it");
}

// True when the item has more lines, where its links may be.
bool goes_on(const CheckDocument& document, const CheckLine& line) {
    if (line.number >= document.lines.size()) return false;
    const CheckLine& next = document.lines[line.number];
    return next.visible && !next.heading && !markdown::is_blank(next.text) &&
           std::string_view("*-+").find(next.text[0]) == std::string_view::npos;
}

void duplicates(const CheckContext& context) {
    std::map<std::pair<std::string, std::string>, const CheckLine*> seen;
    for (const CheckLine& line : context.document.lines) {
        if (!line.is_item() || !contains(context.profile.check.lists, line.part)) continue;
        for (const std::string_view url : markdown::link_urls(line.text)) {
            const std::string key = markdown::link_key(url);
            if (!markdown::names_item(key)) continue;
            const auto [first, fresh] = seen.emplace(std::pair{line.part, key}, &line);
            if (fresh || first->second == &line) continue;
            std::optional<Mend> mend;
            if (first->second->text == line.text) mend = Mend{Mend::Kind::remove, {}};
            context.add(
                line.number, "duplicate",
                fmt::format("{} is printed in line {} already; take one out", key, first->second->number),
                std::move(mend));
        }
    }
}

}  // namespace

void check_links(const CheckContext& context) {
    for (const CheckLine& line : context.document.lines) {
        const auto* part = context.profile.publish.find_part(line.part);
        if (part == nullptr || part->whole || !line.visible) continue;
        bullet(context, line);
        if (line.heading || line.is_item()) shape(context, line);
        if (!line.is_item() || !contains(context.profile.check.lists, line.part)) continue;
        addresses(context, line);
        suffix(context, line);
        reference_text(context, line);
        prefix(context, line);
        if (line.part == "merged") section(context, line);
        if (!goes_on(context.document, line)) no_link(context, line);
    }
    duplicates(context);
}

}  // namespace harvester::check
