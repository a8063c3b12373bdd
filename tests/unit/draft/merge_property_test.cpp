// Random weeks: harvests that grow and change, with and without --all, and an editor who makes every move
// between the runs. Seeded, so that every run is the same and a failure names its seed.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "catch.h"
#include "draft/merge.h"
#include "draft/pieces.h"
#include "markdown/item_url.h"
#include "markdown/text_lines.h"

using namespace harvester;

namespace {

const profile::DraftPart part{"merged", {"Updates"}, {"<!-- Rust updates go here"}, {}, false, true};
constexpr const char* left_out = "<!-- left out:";

struct Listed {
    int section = 0;
    bool candidate = false;
    std::string title;
};

class Week {
  public:
    explicit Week(unsigned seed) : random_(seed) {}

    void harvest() {
        for (int i = pick(4); i >= 0; --i) {
            const int number = 1 + pick(40);
            Listed& item = items_[number];
            if (item.title.empty() || pick(3) == 0) item.title = "title " + std::to_string(pick(1000));
            if (pick(4) == 0) item.section = pick(4);
            if (pick(3) == 0) item.candidate = !item.candidate;
        }
        ++count_;
        all_ = pick(2) == 0;
        render();
    }

    void run() {
        const auto before = keys_of(text_);
        const auto result = merge(base_, text_);
        std::string known;
        if (base_)
            for (const DraftLine& line : *base_)
                known += line.key + " " + std::to_string(int(line.place)) + " " +
                         std::to_string(int(line.decision)) + "\n";
        INFO("known (place, decision):\n"
             << known << "theirs:\n"
             << text_ << "rendered:\n"
             << rendered_ << "result:\n"
             << result.body);
        check(result, before);
        if (bare_end_ && !text_.empty() && !text_.ends_with('\n')) REQUIRE_FALSE(result.body.ends_with('\n'));
        const auto again = merge(result.lines, result.body);
        INFO("again:\n" << again.body);
        REQUIRE(again.body == result.body);
        if (!forgot_) REQUIRE(again.lines == result.lines);
        REQUIRE(again.added.empty());
        text_ = result.body;
        base_ = result.lines;
    }

    void edit() {
        std::vector<std::string> lines;
        for (const auto& line : markdown::split_lines(text_)) lines.emplace_back(line.text);
        for (int i = pick(5); i > 0; --i) edit_once(lines);
        text_.clear();
        for (const auto& line : lines) text_ += line + end_;
        if (bare_end_ && !text_.empty()) text_.resize(text_.size() - end_.size());
        // What the editor left visible is the editor's wish, and what went is as well.
        const Keys now = keys_of(text_);
        for (const std::string& key : shown_)
            if (!now.visible.contains(key)) gone_.insert(key);
        for (const std::string& key : now.visible) gone_.erase(key);
    }

    void end_without_line_break() { bare_end_ = true; }
    void use_returns() {
        end_ = "\r\n";
        text_ = "\r\n<!-- Rust updates go here -->\r\n\r\n";
    }
    void lose_base() {
        base_.reset();
        forgot_ = true;
        // What isn't in this harvest either leaves no trace that it was ever there, and a candidate none of
        // why.
        const Keys now = keys_of(text_);
        std::erase_if(gone_, [&](const std::string& key) {
            return now.hidden.contains(key) ||
                   rendered_.find("pull/" + key.substr(key.find('#') + 1) + ")") == std::string::npos;
        });
        dismissed_.clear();
    }

  private:
    struct Keys {
        std::set<std::string> visible, hidden;
        std::map<std::string, int> times;  // in the list
        std::multiset<std::string> lines;  // visible ones
    };

    static Keys keys_of(const std::string& text) {
        Keys keys;
        const draft::Pieces pieces = draft::pieces_of(text);
        for (const draft::Piece& piece : pieces.list) {
            for (const std::string& key : piece.items) {
                (piece.hidden ? keys.hidden : keys.visible).insert(key);
                if (!piece.hidden) ++keys.times[key];
            }
            if (!piece.hidden)
                for (const auto& line : markdown::split_lines(piece.plain)) keys.lines.emplace(line.text);
        }
        return keys;
    }

    static std::string key_of(int number) { return "o/r#" + std::to_string(number); }

    void render() {
        rendered_ = "\n" + std::to_string(count_) +
                    " pull requests were [merged][merged]\n\n[merged]: https://x.example/?q=" +
                    std::to_string(count_) + "\n";
        for (int section = 0; section < 4; ++section) {
            std::string picks, others;
            for (const auto& [number, item] : items_)
                if (item.section == section)
                    (item.candidate ? others : picks) += "* [" + item.title +
                                                         "](https://github.com/o/r/pull/" +
                                                         std::to_string(number) + ")\n";
            const std::string heading =
                "#### Section " + std::string(1, static_cast<char>('A' + section)) + "\n";
            if (!picks.empty()) rendered_ += "\n" + heading + picks;
            if (all_ && !others.empty())
                rendered_ +=
                    "\n" + std::string(left_out) + "\n" + (picks.empty() ? heading : "") + others + "-->\n";
        }
    }

    draft::MergeResult merge(const std::optional<std::vector<DraftLine>>& base,
                             const std::string& theirs) const {
        draft::MergeInput input{
            .policy = part, .base = base, .theirs = theirs, .rendered = rendered_, .line_end = end_};
        if (all_) input.left_out = left_out;
        input.still = [&](const std::string& key) {
            return std::any_of(items_.begin(), items_.end(),
                               [&](const auto& i) { return key_of(i.first) == key; });
        };
        return draft::merge_part(input);
    }

    int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    std::size_t pick(std::size_t n) { return random_() % n; }

    // A line of text right below an item would be a part of it.
    static void insert(std::vector<std::string>& lines, std::size_t at, const std::string& line) {
        std::vector<std::string> added = {line};
        if (!line.starts_with("* ") && at > 0) added.insert(added.begin(), "");
        if (at < lines.size() && !lines[at].starts_with("* ")) added.emplace_back();
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
    }

    std::vector<bool> hidden_lines(const std::vector<std::string>& lines) const {
        std::vector<bool> hidden;
        bool inside = false;
        for (const std::string& line : lines) {
            if (line.starts_with("<!--")) inside = true;
            hidden.push_back(inside);
            if (line.find("-->") != std::string::npos) inside = false;
        }
        return hidden;
    }

    // A place outside comments.
    std::size_t open_place(const std::vector<std::string>& lines) {
        const auto hidden = hidden_lines(lines);
        for (int tries = 0; tries < 50; ++tries) {
            const std::size_t at = pick(lines.size() + 1);
            if (at == lines.size() || at == 0 || !hidden[at] || !hidden[at - 1]) return at;
        }
        return lines.size();
    }

    void edit_once(std::vector<std::string>& lines) {
        if (lines.empty()) return;
        const auto hidden = hidden_lines(lines);
        const std::size_t at = pick(lines.size());
        const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
        const bool item = lines[at].starts_with("* [") && lines[at].find("pull/") != std::string::npos;
        switch (pick(10)) {
            case 0:  // delete
                if (!item) return;
                own_.erase(lines[at]);
                if (hidden[at])
                    for (const std::string& key : markdown::item_keys(lines[at])) dismissed_.insert(key);
                lines.erase(place);
                return;
            case 1:  // retitle
                if (!item) return;
                own_.erase(lines[at]);
                lines[at] =
                    "* [my words " + std::to_string(++words_) + lines[at].substr(lines[at].find("]("));
                if (!hidden[at]) own_.insert(lines[at]);
                return;
            case 2: {  // reorder, or pull out of a comment
                if (!item) return;
                const std::string line = lines[at];
                lines.erase(place);
                insert(lines, open_place(lines), line);
                if (line.find("my words") != std::string::npos) own_.insert(line);
                return;
            }
            case 3:  // copy out of a comment
                if (!item || !hidden[at] || own_.contains(lines[at])) return;
                insert(lines, open_place(lines), std::string(lines[at]));
                return;
            case 4: {  // uncomment
                if (!lines[at].starts_with("<!--") || lines[at].find("-->") != std::string::npos) return;
                auto end = std::find(place, lines.end(), "-->");
                if (end == lines.end()) return;
                *end = "";
                *place = "";
                return;
            }
            case 5: {  // type an item, one that the harvest may bring some day
                const int number = 1 + pick(60);
                const std::string line = "* [typed " + std::to_string(++words_) +
                                         "](https://github.com/o/r/pull/" + std::to_string(number) + ")";
                std::string whole;
                for (const std::string& l : lines) whole += l + "\n";
                if (keys_of(whole).visible.contains(key_of(number))) return;
                insert(lines, open_place(lines), line);
                own_.insert(line);
                return;
            }
            case 6: {  // prose
                static const char* const kinds[] = {"* own line ", "Plain prose, ", "[definition",
                                                    "##### Mine ", "**Note** that "};
                const int kind = pick(5);
                const std::string line =
                    kinds[kind] + std::to_string(++words_) + (kind == 2 ? "]: https://example.org/" : "");
                insert(lines, open_place(lines), line);
                own_.insert(line);
                return;
            }
            case 7: {  // delete a comment
                if (!lines[at].starts_with("<!--") || lines[at].find("-->") != std::string::npos) return;
                auto end = std::find(place, lines.end(), "-->");
                if (end == lines.end()) return;
                for (auto line = place; line != end; ++line)
                    for (const std::string& key : markdown::item_keys(*line)) dismissed_.insert(key);
                lines.erase(place, end + 1);
                return;
            }
            case 8: {  // move a section to the end
                if (!lines[at].starts_with("#### ") || hidden[at]) return;
                auto end = place + 1;
                while (end != lines.end() &&
                       !(end->starts_with("#### ") && !hidden[static_cast<std::size_t>(end - lines.begin())]))
                    ++end;
                std::vector<std::string> section(place, end);
                lines.erase(place, end);
                if (!lines.empty() && !lines.back().empty()) lines.emplace_back();
                lines.insert(lines.end(), section.begin(), section.end());
                return;
            }
            default: {  // make one line of two
                if (!item || at + 1 >= lines.size() || !lines[at + 1].starts_with("* [") ||
                    lines[at + 1].find("pull/") == std::string::npos || hidden[at] || hidden[at + 1])
                    return;
                own_.erase(lines[at]);
                own_.erase(lines[at + 1]);
                lines[at] += ", " + lines[at + 1].substr(2);
                own_.insert(lines[at]);
                lines.erase(place + 1);
            }
        }
    }

    void check(const draft::MergeResult& result, const Keys& before) {
        const Keys after = keys_of(result.body);
        for (const std::string& line : own_) {
            INFO("own line " << line);
            REQUIRE(after.lines.count(line) >= 1);
        }
        for (const std::string& key : before.visible) {
            INFO("visible " << key);
            REQUIRE(after.visible.contains(key));
        }
        for (const auto& [key, times] : after.times) {
            INFO("twice " << key);
            const auto known = before.times.find(key);
            REQUIRE(times <= std::max(1, known == before.times.end() ? 0 : known->second));
        }
        for (const std::string& key : gone_) {
            INFO("brought back " << key);
            REQUIRE_FALSE(after.visible.contains(key));
        }
        for (const std::string& key : dismissed_) {
            INFO("dismissed " << key);
            if (!before.visible.contains(key)) REQUIRE_FALSE(after.visible.contains(key));
        }
        if (!forgot_)  // without a base, what is missing may have been removed
            for (const auto& [number, item] : items_) {
                const std::string key = key_of(number);
                INFO("missing " << key);
                if (!item.candidate && !gone_.contains(key) && !before.hidden.contains(key) &&
                    !dismissed_.contains(key))
                    REQUIRE(after.visible.contains(key));
            }
        for (const std::string& key : after.visible) dismissed_.erase(key);
        shown_ = after.visible;
    }

    std::mt19937 random_;
    std::map<int, Listed> items_;
    int count_ = 100;
    bool all_ = false;
    std::string rendered_;
    std::string end_ = "\n";
    std::string text_ = "\n<!-- Rust updates go here -->\n\n";
    std::optional<std::vector<DraftLine>> base_;
    std::set<std::string> own_;        // lines that must be there
    std::set<std::string> shown_;      // keys that the last run left visible
    std::set<std::string> gone_;       // keys that the editor took out of the list
    std::set<std::string> dismissed_;  // keys of comments that the editor deleted
    int words_ = 0;
    bool forgot_ = false;
    bool bare_end_ = false;
};

// HARVESTER_SEEDS=20000 tries longer.
unsigned seeds(unsigned usual) {
    const char* wanted = std::getenv("HARVESTER_SEEDS");
    return wanted == nullptr ? usual : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

}  // namespace

TEST_CASE(
    "No sequence of an editor's moves and harvests loses a line, brings one back, doubles one or changes "
    "when run again") {
    for (unsigned seed = 1; seed <= seeds(600); ++seed) {
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

TEST_CASE("The same holds when the base is lost on the way") {
    for (unsigned seed = 1001; seed <= 1000 + seeds(200); ++seed) {
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
