#include "draft/published_issue.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "markdown/document.h"
#include "markdown/item_url.h"
#include "markdown/link_line.h"

namespace harvester::draft {
namespace {

constexpr std::size_t most_oddities = 20;  // reported for one file

class PublishedReader {
  public:
    PublishedReader(const profile::Profile& profile, const std::string& name)
        : profile_(profile), policy_(profile.editorial.published), name_(name) {}

    PublishedIssue read(std::string_view text) {
        const markdown::Document document(text);
        for (const markdown::Block& block : document.blocks) {
            if (block.hidden || block.kind == markdown::Block::Kind::code) continue;
            if (block.is_heading())
                enter(block);
            else if (in_list_)
                read_links(document.text_of(block), block.first_line + 1);
        }
        if (!found_list_)
            odd(std::max<std::size_t>(1, document.lines.size()),
                "there is no heading of the list here; the file is skipped");
        return std::move(issue_);
    }

  private:
    const profile::Profile& profile_;
    const profile::PublishedPolicy& policy_;
    const std::string& name_;
    PublishedIssue issue_;
    std::set<std::pair<std::string, std::int64_t>> seen_;
    bool found_list_ = false;
    bool in_list_ = false;
    int part_level_ = 0;  // of the heading that began the list; 0: not under one
    std::string heading_;

    void odd(std::size_t line, std::string_view what) {
        if (issue_.oddities.size() < most_oddities)
            issue_.oddities.push_back(fmt::format("{}:{}: {}", name_, line, what));
    }

    void enter(const markdown::Block& heading) {
        if (policy_.headings.any_in(heading.words)) {
            found_list_ = in_list_ = true;
            part_level_ = heading.level;
            heading_.clear();
        } else if (part_level_ != 0 && heading.level > part_level_) {
            // Another part under the same heading ends the list: what comes after it isn't the list again,
            // except for a heading of the sections.
            in_list_ = policy_.sections.any_in(heading.words);
            heading_ = in_list_ ? std::string(heading.words) : std::string();
        } else {
            in_list_ = false;
            part_level_ = 0;
        }
    }

    void read_links(std::string_view text, std::size_t first_line) {
        const auto own = markdown::parse_link_line(text.substr(0, text.find('\n')));
        for (const markdown::Link& link : markdown::links_of(text)) {
            if (link.text.empty() || !link.url.starts_with(profile_.web + "/") ||
                markdown::is_commented(text, link.begin))
                continue;
            const auto line =
                first_line + static_cast<std::size_t>(std::count(
                                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(link.begin), '\n'));
            if (const auto item = markdown::read_item_url(link.url))
                add(*item, link.url,
                    own && own->url.data() == link.url.data() ? own->title : std::string_view{}, line);
            else
                read_other(link.url, line);
        }
    }

    // The newsletter's name of "owner/name": former owners' repositories are the organisation's now; empty:
    // not ours.
    std::string our_name(std::string_view repository) const {
        if (profile_.takes(repository)) return std::string(repository);
        const auto slash = repository.find('/');
        const bool former = std::ranges::find(policy_.former_owners, repository.substr(0, slash)) !=
                            policy_.former_owners.end();
        return former && slash != std::string_view::npos
                   ? fmt::format("{}{}", profile_.organisation, repository.substr(slash))
                   : "";
    }

    void add(const markdown::ItemUrl& item, std::string_view url, std::string_view title, std::size_t line) {
        const std::string repository = our_name(item.repository);
        if (item.kind == markdown::ItemUrl::Kind::pull && !repository.empty() &&
            seen_.emplace(repository, item.number).second)
            issue_.items.push_back({std::string(url.substr(0, url.size() - item.rest.size())), repository,
                                    item.number, heading_, line, std::string(title)});
    }

    void read_other(std::string_view url, std::size_t line) {
        const std::string_view path = url.substr(profile_.web.size() + 1);
        const auto kind = path.find("/pull/");
        if (kind != std::string_view::npos && !our_name(path.substr(0, kind)).empty())
            odd(line, "a link to a pull request without its number; it is skipped");
    }
};

}  // namespace

PublishedIssue read_published_issue(const profile::Profile& profile, std::string_view text,
                                    const std::string& name) {
    return PublishedReader(profile, name).read(text);
}

}  // namespace harvester::draft
