// Random weeks: harvests that grow, shrink and change, and an editor who edits between them. Seeded, so that
// every run is the same and a failure names its seed.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "catch.h"
#include "draft/merge.h"
#include "markdown/item_url.h"
#include "markdown/text_lines.h"

using namespace harvester;

namespace {

const profile::DraftPart part{"merged", {"Updates"}, {"<!-- Rust updates go here"}, {}, false, true};

struct Listed {
    int section = 0;
    bool candidate = false;  // in the comment
    std::string title;
};

class Week {
  public:
    explicit Week(unsigned seed) : random_(seed) {}

    void harvest() {
        for (int i = pick(4); i >= 0; --i) {
            const int number = pick(40);
            switch (pick(5)) {
                case 0:
                    items_.erase(number);
                    break;
                case 1:
                    items_[number].section = pick(4);
                    break;
                case 2:
                    items_[number].candidate = !items_[number].candidate;
                    break;
                default:
                    items_[number].title = "title " + std::to_string(pick(1000));
            }
        }
        ++count_;
        rendered_ = render();
    }

    std::string render() const {
        std::string out = "\n" + std::to_string(count_) +
                          " pull requests were [merged][merged]\n\n[merged]: https://x.example/?q=" +
                          std::to_string(count_) + "\n";
        for (int section = 0; section < 4; ++section) {
            std::string picks;
            std::string others;
            for (const auto& [number, item] : items_)
                if (item.section == section)
                    (item.candidate ? others : picks) += "* [" + item.title +
                                                         "](https://github.com/o/r/pull/" +
                                                         std::to_string(number) + ")\n";
            if (picks.empty() && others.empty()) continue;
            out += "\n#### Section " + std::string(1, static_cast<char>('A' + section)) + "\n" + picks;
            if (!others.empty()) out += "\n<!-- left out:\n" + others + "-->\n";
        }
        return out;
    }

    void edit() {
        auto lines = markdown::split_lines(text_);
        std::vector<std::string> out;
        for (const auto& line : lines) out.emplace_back(line.text);
        for (int i = pick(4); i > 0; --i) edit_once(out);
        text_.clear();
        for (const auto& line : out) text_ += line + end_;
        if (bare_end_ && !text_.empty()) text_.resize(text_.size() - end_.size());
    }

    void run() {
        const auto result = merge(base_, text_);
        INFO("theirs:\n"
             << text_ << "rendered:\n"
             << rendered_ << "base:\n"
             << (base_ ? base_->text : "none") << "result:\n"
             << result.body);
        check(result.body);
        if (bare_end_ && !text_.empty() && !text_.ends_with('\n')) REQUIRE_FALSE(result.body.ends_with('\n'));
        REQUIRE(merge(result.base, result.body).body == result.body);
        text_ = result.body;
        base_ = result.base;
    }

  private:
    draft::MergeResult merge(const std::optional<draft::PartBase>& base, const std::string& theirs) const {
        return draft::merge_part({part, base, theirs, rendered_, end_, {}, false});
    }

    int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    static std::string key_of(const std::string& line) {
        const auto urls = markdown::link_urls(line);
        return urls.empty() || !line.starts_with("* ") ? std::string() : markdown::link_key(urls[0]);
    }

    // A line of text right below an item would be a part of it.
    static void insert(std::vector<std::string>& lines, std::size_t at, const std::string& line) {
        std::vector<std::string> added = {line};
        if (!line.starts_with("* ") && at > 0) added.insert(added.begin(), "");
        if (at < lines.size() && !lines[at].starts_with("* ")) added.emplace_back();
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
    }

    void edit_once(std::vector<std::string>& lines) {
        const auto at = static_cast<std::size_t>(pick(static_cast<int>(lines.size()) + 1));
        const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
        const std::string key = at < lines.size() ? key_of(lines[at]) : std::string();
        switch (pick(5)) {
            case 0:
                if (key.empty()) return;
                for (const auto url : markdown::link_urls(lines[at])) removed_.insert(markdown::link_key(url));
                own_.erase(lines[at]);
                lines.erase(place);
                return;
            case 1: {
                if (key.empty()) return;
                own_.erase(lines[at]);
                lines[at] =
                    "* [my words " + std::to_string(++words_) + lines[at].substr(lines[at].find("]("));
                own_.insert(lines[at]);
                return;
            }
            case 2: {
                if (key.empty()) return;
                const std::string line = lines[at];
                lines.erase(place);
                insert(lines, static_cast<std::size_t>(pick(static_cast<int>(lines.size()) + 1)), line);
                return;
            }
            case 3: {
                static const char* const kinds[] = {"* own line ", "\tSome \xFF prose ", "Plain prose, ",
                                                    "[definition]: https://example.org/", "##### Mine "};
                const std::string line = kinds[pick(5)] + std::to_string(++words_);
                own_.insert(line);
                insert(lines, at, line);
                return;
            }
            default:
                if (key.empty() || at + 1 >= lines.size() || key_of(lines[at + 1]).empty()) return;
                own_.erase(lines[at]);
                own_.erase(lines[at + 1]);
                lines[at] += ", " + lines[at + 1].substr(2);
                own_.insert(lines[at]);
                lines.erase(place + 1);
        }
    }

    void check(const std::string& body) const {
        std::multiset<std::string> lines;
        std::map<std::string, int> links;
        for (const auto& line : markdown::split_lines(body)) {
            lines.emplace(line.text);
            for (const auto url : markdown::link_urls(line.text)) ++links[markdown::link_key(url)];
        }
        for (const std::string& line : own_) {
            INFO(line);
            REQUIRE(lines.count(line) == 1);
        }
        for (const auto& [key, times] : links) {
            INFO(key);
            if (markdown::names_item(key)) REQUIRE(times == 1);
        }
        for (const std::string& key : removed_) {
            INFO(key);
            REQUIRE(links.count(key) == 0);
        }
        if (!forgot_)  // without a base, what is missing may have been removed
            for (const auto& [number, item] : items_) {
                const std::string key = "o/r#" + std::to_string(number);
                INFO(key);
                // A comment that was emptied by hand may stay so: candidates are only a help.
                if (!item.candidate && !removed_.contains(key)) REQUIRE(links.count(key) == 1);
            }
    }

    std::mt19937 random_;
    std::map<int, Listed> items_;
    int count_ = 100;
    std::string rendered_;
    std::string end_ = "\n";
    std::string text_ = "\n<!-- Rust updates go here -->\n\n";
    std::optional<draft::PartBase> base_;
    std::set<std::string> own_;
    std::set<std::string> removed_;
    int words_ = 0;
    bool forgot_ = false;
    bool bare_end_ = false;

  public:
    void end_without_line_break() { bare_end_ = true; }
    void use_returns() {
        end_ = "\r\n";
        text_ = "\r\n<!-- Rust updates go here -->\r\n\r\n";
    }
    void lose_base() {
        base_.reset();
        forgot_ = true;
        // What isn't in this harvest either leaves no trace that it was ever there.
        std::erase_if(removed_, [&](const std::string& key) {
            return rendered_.find("pull/" + key.substr(key.find('#') + 1) + ")") == std::string::npos;
        });
    }
};

}  // namespace

TEST_CASE("No sequence of edits and harvests loses an edit, doubles a link or changes when run again", "[.]") {
    for (unsigned seed = 1; seed <= 400; ++seed) {
        INFO("seed " << seed);
        Week week(seed);
        if (seed % 3 == 0) week.use_returns();
        if (seed % 5 == 0) week.end_without_line_break();
        for (int run = 0; run < 8; ++run) {
            week.harvest();
            week.run();
            week.edit();
        }
    }
}

TEST_CASE("The same holds when the base is lost on the way", "[.]") {
    for (unsigned seed = 1001; seed <= 1200; ++seed) {
        INFO("seed " << seed);
        Week week(seed);
        for (int run = 0; run < 8; ++run) {
            week.harvest();
            if (run % 3 == 2) week.lose_base();
            week.run();
            week.edit();
        }
    }
}
