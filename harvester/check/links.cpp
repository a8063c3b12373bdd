// Rules about links: their shape, and where they lead.
#include <fmt/format.h>

#include <algorithm>

#include "check/rules.h"
#include "markdown/link_line.h"

namespace harvester::check {
namespace {

using markdown::ItemUrl;

// Brackets and parentheses that don't make the link they were meant to make.
void link_broken(const Context&, const Line& line, Report& report) {
    if (!line.is_heading() && !line.is_item()) return;
    const std::string plain = without_code(line.text);
    int open = 0;
    for (const char c : plain) {
        open += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (open < 0) break;
    }
    if (open != 0)
        return report(line.number, "unmatched square bracket, which breaks a link; close it or escape it");
    for (const std::string_view gap : {"] (http", "]http", "]:http"})
        if (plain.find(gap) != std::string::npos && !plain.starts_with('['))
            return report(line.number,
                          "a link's text isn't followed by its URL in parentheses; write [text](URL)");
    for (auto at = plain.find("]("); at != std::string::npos; at = plain.find("](", at + 1)) {
        const bool angled = plain.compare(at + 2, 1, "<") == 0;
        int depth = 1;
        auto end = angled ? std::min(plain.find('>', at), plain.size()) : at + 2;
        for (; end < plain.size() && depth > 0; ++end)
            depth += plain[end] == '(' ? 1 : plain[end] == ')' ? -1 : 0;
        const auto space = plain.find(' ', at);
        // Behind a space only a title in quotes may follow.
        const bool titled =
            space < end && (plain.compare(space, 2, " \"") == 0 || plain.compare(space, 2, " '") == 0);
        if (depth != 0 || (!angled && space < end && !titled && plain[at + 2] != ' '))
            return report(line.number, "the parenthesis after a link's URL isn't closed; close it");
    }
}

void link_empty(const Context&, const Line& line, Report& report) {
    if (!line.is_heading() && !line.is_item() && !line.block->is_item()) return;
    const std::string plain = without_code(line.text);
    for (auto at = plain.find("]("); at != std::string::npos; at = plain.find("](", at + 1)) {
        const auto end = plain.find_first_not_of(" <>", at + 2);
        if (end < plain.size() && plain[end] == ')')
            return report(line.number, "a link has no URL; write it or remove the brackets");
        const auto begin = plain.find_last_not_of(" ", at - 1);
        if (at > 0 && begin != std::string::npos && plain[begin] == '[')
            return report(line.number, "a link has no text; write its title");
    }
}

void link_foreign(const Context& context, const Line& line, Report& report) {
    const std::string web = context.profile.web + "/";
    const std::string unsafe = "http://" + web.substr(std::string_view("https://").size());
    // Next to the item's own link a line may hold others, to the text of an RFC for one.
    const bool leads_to_item = std::ranges::any_of(line.links, [&](const markdown::Link& link) {
        return link.url.starts_with(web) && markdown::read_item_url(link.url);
    });
    for (const markdown::Link& link : line.links) {
        if (link.url.empty()) continue;
        if (link.url.starts_with(unsafe)) {
            report(line.number, fmt::format("{} isn't https; write it with https", link.url),
                   replaced(line.text, link.url, fmt::format("https{}", link.url.substr(4))));
            continue;
        }
        const auto item = markdown::read_item_url(link.url);
        if (!link.url.starts_with(web) && !leads_to_item &&
            !contains(context.profile.check.elsewhere, line.part->name)) {
            report(line.number,
                   fmt::format("{} isn't on {}; link the item itself", link.url, context.profile.web));
        } else if (item) {
            const std::string owner = repository_of(*item).substr(0, item->repository.find('/'));
            if (!context.profile.takes(item->repository) &&
                !contains(context.profile.editorial.published.former_owners, owner))
                report(line.number, fmt::format("{} isn't a repository of {}; link the item itself",
                                                item->repository, context.profile.organisation));
        }
    }
}

// "/pull/3.", "/pull/0", "/pulls/3": meant for an item, but leading to none.
void link_number(const Context& context, const Line& line, Report& report) {
    const std::string web = context.profile.web + "/";
    for (const markdown::Link& link : line.links) {
        if (!link.url.starts_with(web) || markdown::read_item_url(link.url)) continue;
        std::vector<std::string_view> steps;
        for (std::string_view rest = link.url.substr(web.size()); !rest.empty();) {
            const auto slash = std::min(rest.find('/'), rest.size());
            steps.push_back(rest.substr(0, slash));
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        if (steps.size() < 3) continue;
        const std::string_view kind = steps[2], number = steps.size() > 3 ? steps[3] : std::string_view();
        const bool singular = kind == "pull" || kind == "issue";
        if (!singular && kind != "pulls" && kind != "issues") continue;
        const auto digits = std::min(number.find_first_not_of("0123456789"), number.size());
        if (!singular && digits == 0) continue;  // a list of items, or of a person's
        std::optional<Fix> fix;
        const std::string right =
            fmt::format("{}{}/{}/{}/{}", web, steps[0], steps[1],
                        kind.starts_with("pull") ? "pull" : "issues", number.substr(0, digits));
        if (markdown::read_item_url(right) &&
            number.find_first_not_of(".,;:!*", digits) == std::string_view::npos)
            fix = replaced(line.text, link.url, right);
        report(line.number, fmt::format("{} leads to no pull request or issue; correct its number", link.url),
               std::move(fix));
    }
}

// What follows the number: "/files", "#issuecomment-1".
void link_suffix(const Context&, const Line& line, Report& report) {
    for (const markdown::Link& link : line.links) {
        const auto item = markdown::read_item_url(link.url);
        if (!item || item->rest.empty()) continue;
        report(line.number,
               fmt::format("{} links inside the {}; end the URL after its number", link.url,
                           item->kind == ItemUrl::Kind::pull ? "pull request" : "issue"),
               replaced(line.text, link.url, link.url.substr(0, link.url.size() - item->rest.size())));
    }
}

// "/issues/" for a pull request: GitHub leads on, but what has this URL is taken for another item.
void link_kind(const Context& context, const Line& line, Report& report) {
    for (const markdown::Link& link : line.links) {
        const auto url = markdown::read_item_url(link.url);
        if (!url) continue;
        const auto item = context.find_item(link.url);
        const bool is_pull = item ? item->kind == ItemKind::pull_request
                                  : line.part->name == merged_part && line.items().size() == 1;
        const bool says_pull = url->kind == ItemUrl::Kind::pull;
        if (is_pull == says_pull || (!item && !is_pull)) continue;
        const std::string_view wrong = says_pull ? "/pull/" : "/issues/",
                               right = says_pull ? "/issues/" : "/pull/";
        std::optional<Fix> fix;
        if (item) {
            std::string corrected(link.url);
            corrected.replace(corrected.find(wrong), wrong.size(), right);
            fix = replaced(line.text, link.url, corrected);
        }
        report(line.number,
               item ? fmt::format("{} is {}; write {} in its URL", url->key(),
                                  says_pull ? "an issue" : "a pull request", right)
                    : fmt::format(
                          "{} is the URL of an issue, and this list has pull requests; link the pull request",
                          link.url),
               std::move(fix));
    }
}

// A link's text that is nothing but a reference must name what the URL leads to.
void reference_text(const Line& line, Report& report) {
    const auto link = markdown::parse_link_line(line.text);
    const auto item = link ? markdown::read_item_url(link->url) : std::nullopt;
    if (!item) return;
    std::string_view text = link->title;
    for (const std::string_view lead : {"PR ", "Issue ", "RFC ", "RFC: "})
        if (text.starts_with(lead)) text.remove_prefix(lead.size());
    const auto hash = text.find('#');
    if (hash == std::string_view::npos || hash + 1 == text.size()) return;
    if (text.substr(hash + 1).find_first_not_of("0123456789") != std::string_view::npos) return;
    if (text.substr(0, hash).find_first_of(" :") != std::string_view::npos) return;
    const std::string name = to_lower(text.substr(0, hash));
    const std::string repository = repository_of(*item);
    const bool right_name =
        name.empty() || name == repository || "/" + name == repository.substr(repository.find('/'));
    if (!right_name || text.substr(hash + 1) != std::to_string(item->number))
        report(line.number,
               fmt::format("the text says {} and the URL says {}; correct the wrong one", text, item->key()));
}

// "cargo: ..." before an item of another repository, by the prefixes that titles get.
void prefix(const Context& context, const Line& line, Report& report) {
    const auto link = markdown::parse_link_line(line.text);
    const auto item = link ? markdown::read_item_url(link->url) : std::nullopt;
    if (!item || link->prefix.find("](") != std::string_view::npos) return;
    const std::string repository = repository_of(*item);
    const std::string name = repository.substr(repository.find('/') + 1);
    const auto names_tools = [](const profile::TitleRule& rule) {
        return rule.settings.prefix && !rule.settings.prefix->empty() && !rule.repositories.empty() &&
               rule.layout == Layout::flat;
    };
    // A tool's own changes are also made in the main repository, where its name leads the title as well.
    const auto& title_rules = context.profile.titles.rules;
    const bool is_tool = std::ranges::any_of(title_rules, [&](const auto& rule) {
        return names_tools(rule) && contains(rule.repositories, name);
    });
    for (const profile::TitleRule& rule : title_rules)
        if (is_tool && names_tools(rule) && link->title.starts_with(*rule.settings.prefix) &&
            !contains(rule.repositories, name))
            report(line.number, fmt::format("the text says \"{}\" and the URL says {}; correct the wrong one",
                                            *rule.settings.prefix, repository));
}

void link_mismatch(const Context& context, const Line& line, Report& report) {
    reference_text(line, report);
    prefix(context, line, report);
}

constexpr Rule link_table[] = {
    {"link-broken", Severity::error, Scope::list, link_broken},
    {"link-empty", Severity::error, Scope::list, link_empty},
    {"link-foreign", Severity::error, Scope::item, link_foreign},
    {"link-number", Severity::error, Scope::item, link_number},
    {"link-suffix", Severity::error, Scope::item, link_suffix},
    {"link-kind", Severity::error, Scope::item, link_kind},
    {"link-mismatch", Severity::error, Scope::item, link_mismatch},
};

}  // namespace

std::span<const Rule> link_rules() {
    return link_table;
}

}  // namespace harvester::check
