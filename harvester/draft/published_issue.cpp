#include "draft/published_issue.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "markdown/link_line.h"

namespace harvester::draft {
namespace {

constexpr std::size_t most_oddities = 20;  // told for one file

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

struct Heading {
    std::size_t level = 0;
    std::string_view text;
};

std::optional<Heading> heading_of(std::string_view line) {
    const std::size_t level = line.find_first_not_of('#');
    if (level == 0 || level > 6 || level == std::string_view::npos) return std::nullopt;
    if (line[level] != ' ' && line[level] != '\t') return std::nullopt;
    return Heading{level, trimmed(line.substr(level))};
}

class Reader {
  public:
    Reader(const profile::Profile& profile, const std::string& name)
        : profile_(profile), policy_(profile.editorial.published), name_(name) {}

    PublishedIssue read(std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            ++line_number_;
            read_line(without_comments(text.substr(0, end)));
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        }
        if (!found_list_) odd("there is no heading of the list here; the file is skipped");
        return std::move(issue_);
    }

  private:
    const profile::Profile& profile_;
    const profile::PublishedPolicy& policy_;
    const std::string& name_;
    PublishedIssue issue_;
    std::set<std::pair<std::string, std::int64_t>> seen_;
    std::size_t line_number_ = 0;
    bool in_comment_ = false;
    bool found_list_ = false;
    bool in_list_ = false;
    std::size_t part_level_ = 0;  // of the heading that began the list; 0: not below one
    std::string heading_;

    void odd(std::string_view what) {
        if (issue_.oddities.size() < most_oddities)
            issue_.oddities.push_back(fmt::format("{}:{}: {}", name_, line_number_, what));
    }

    std::string without_comments(std::string_view line) {
        std::string out;
        while (!line.empty()) {
            const std::string_view mark = in_comment_ ? "-->" : "<!--";
            const std::size_t at = line.find(mark);
            if (!in_comment_) out += line.substr(0, at);
            if (at == std::string_view::npos) break;
            in_comment_ = !in_comment_;
            line.remove_prefix(at + mark.size());
        }
        return out;
    }

    void read_line(const std::string& line) {
        if (const auto heading = heading_of(line)) return enter(*heading);
        if (in_list_) read_links(line);
    }

    void enter(const Heading& heading) {
        if (policy_.headings.any_in(heading.text)) {
            found_list_ = in_list_ = true;
            part_level_ = heading.level;
            heading_.clear();
        } else if (part_level_ != 0 && heading.level > part_level_) {
            // Another part below the same heading ends the list: what comes after it isn't the list again,
            // but for a heading of the sections' own.
            const bool section = policy_.sections.any_in(heading.text);
            in_list_ = section;
            heading_ = section ? std::string(heading.text) : std::string();
        } else {
            in_list_ = false;
            part_level_ = 0;
        }
    }

    void read_links(std::string_view line) {
        const auto own = markdown::parse_link_line(line);
        for (std::size_t at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 2)) {
            std::string_view url = line.substr(at + 2);
            url = trimmed(url.substr(0, url.find_first_of(") \t")));
            if (!url.starts_with(profile_.web + "/")) continue;
            const bool first = own && own->url.data() == url.data();
            read_url(url, first ? own->title : std::string_view{});
        }
    }

    // "https://github.com/OWNER/NAME/pull/NUMBER", whatever follows.
    void read_url(std::string_view url, std::string_view title) {
        std::string_view rest = url.substr(profile_.web.size() + 1);
        std::string_view parts[4];
        for (std::string_view& part : parts) {
            const std::size_t end = rest.find_first_of("/?#");
            part = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
        std::string repository = fmt::format("{}/{}", parts[0], parts[1]);
        const bool taken = profile_.takes(repository);
        const bool former = std::find(policy_.former_owners.begin(), policy_.former_owners.end(), parts[0]) !=
                            policy_.former_owners.end();
        if (!taken && former) repository = fmt::format("{}/{}", profile_.organisation, parts[1]);
        const bool ours = taken || former;
        if (!ours || parts[2] != "pull") return;
        std::int64_t number = 0;
        const auto [last, error] =
            std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), number);
        if (error != std::errc{} || last != parts[3].data() + parts[3].size() || number <= 0 ||
            parts[1].empty())
            return odd("a link to a pull request without its number; it is skipped");
        if (!seen_.emplace(repository, number).second) return;
        const auto length = static_cast<std::size_t>(last - url.data());
        issue_.items.push_back(
            {std::string(url.substr(0, length)), std::move(repository), number, heading_, line_number_,
             std::string(title)});
    }
};

}  // namespace

PublishedIssue read_published_issue(const profile::Profile& profile, std::string_view text,
                                    const std::string& name) {
    return Reader(profile, name).read(text);
}

}  // namespace harvester::draft
