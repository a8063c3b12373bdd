#include "draft/part_units.h"

#include <algorithm>
#include <map>

#include "markdown/text_lines.h"

namespace harvester::draft {
namespace {

constexpr std::string_view comment_close = "-->";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool starts_item(std::string_view line) {
    return line.size() > 1 && (line[0] == '*' || line[0] == '-' || line[0] == '+') &&
           (line[1] == ' ' || line[1] == '\t');
}

bool is_definition(std::string_view line) {
    const auto close = line.find("]:");
    return line.starts_with('[') && close != std::string_view::npos && line.find(']') == close;
}

// A text with every number as "#": what stays of "403 pull requests" when the count changes.
std::string shape(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (!is_digit(c))
            out += c;
        else if (out.empty() || out.back() != '#')
            out += '#';
    return out;
}

std::string_view first_line(std::string_view text) {
    return markdown::trimmed(text.substr(0, text.find('\n')));
}

class Splitter {
  public:
    explicit Splitter(std::string_view body) : lines_(markdown::split_lines(body)) {}

    Units run() {
        std::string blank;
        while (at_ < lines_.size()) {
            if (markdown::is_blank(lines_[at_].text)) {
                blank.append(lines_[at_].text).append(lines_[at_].end);
                ++at_;
                continue;
            }
            const std::size_t known = units_.list.size();
            read_unit();
            units_.list[known].before = std::move(blank);
            blank.clear();
        }
        units_.tail = std::move(blank);
        return std::move(units_);
    }

  private:
    void read_unit() {
        const std::string_view line = lines_[at_].text;
        markdown::BlockState state;
        const markdown::BlockState::Kind kind = state.next(line);
        if (kind != markdown::BlockState::Kind::text) return read_block(kind);
        if (const auto heading = markdown::heading_of(line)) return add_heading(*heading);
        if (starts_item(line)) return add_item(comment_.empty() ? heading_ : comment_);
        std::size_t end = at_ + 1;
        if (!is_definition(line))
            while (end < lines_.size() && continues_paragraph(lines_[end].text)) ++end;
        add(Unit::Kind::prose, end);
    }

    static bool continues_paragraph(std::string_view line) {
        markdown::BlockState state;
        return !markdown::is_blank(line) && !markdown::heading_of(line) && !starts_item(line) && !is_definition(line) &&
               state.next(line) == markdown::BlockState::Kind::text;
    }

    void read_block(markdown::BlockState::Kind kind) {
        std::size_t end = at_ + 1;
        if (kind == markdown::BlockState::Kind::comment) {
            while (end < lines_.size() && !closed(end)) ++end;
            if (read_listing(end)) return;
        } else {
            end = code_end();
        }
        add(Unit::Kind::prose, end);
    }

    // The line behind the code block that starts at at_.
    std::size_t code_end() const {
        markdown::BlockState state;
        std::size_t end = at_;
        while (end < lines_.size() && state.next(lines_[end].text) == markdown::BlockState::Kind::code) ++end;
        return end;
    }

    // True when the comment that starts at at_ ends with the line before `end`.
    bool closed(std::size_t end) const {
        const std::string_view last = lines_[end - 1].text;
        const auto from = end - 1 == at_ ? last.find("<!--") + 4 : 0;
        return last.find(comment_close, from) != std::string_view::npos;
    }

    // A comment that holds items, its closing line alone: units of its own. False when it is another comment.
    bool read_listing(std::size_t end) {
        if (end < at_ + 2 || markdown::trimmed(lines_[end - 1].text) != comment_close) return false;
        std::size_t items = at_ + 1;
        while (items < end - 1 && !starts_item(lines_[items].text)) ++items;
        const bool has_items =
            std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(items),
                        lines_.begin() + static_cast<std::ptrdiff_t>(end - 1), [](const markdown::Line& line) {
                            const auto urls = markdown::link_urls(line.text);
                            return starts_item(line.text) && !urls.empty() && markdown::names_item(markdown::link_key(urls[0]));
                        });
        // An emptied one is known by its form alone: the opening lines, then the closing one.
        const bool emptied = items == end - 1 && items == at_ + 1;
        if (!has_items && !emptied) return false;
        while (items > at_ + 1 && markdown::is_blank(lines_[items - 1].text)) --items;
        const std::string key = "comment:" + heading_;
        add(Unit::Kind::comment_open, items, key);
        comment_ = units_.list.back().keys[0];
        std::string blank;
        while (at_ < end - 1) {
            if (markdown::is_blank(lines_[at_].text)) {
                blank.append(lines_[at_].text).append(lines_[at_].end);
                ++at_;
                continue;
            }
            const std::size_t known = units_.list.size();
            if (starts_item(lines_[at_].text)) {
                add_item(comment_, end - 1);
            } else {
                add(Unit::Kind::prose, at_ + 1);
            }
            units_.list[known].before = std::move(blank);
            blank.clear();
        }
        add(Unit::Kind::comment_close, end, "end of " + comment_);
        units_.list.back().before = std::move(blank);
        comment_.clear();
        return true;
    }

    void add_heading(const markdown::Heading& heading) {
        add(Unit::Kind::heading, at_ + 1, "heading:" + markdown::heading_words(heading.text));
        Unit& unit = units_.list.back();
        unit.level = heading.level;
        while (!open_headings_.empty() && open_headings_.back().first >= heading.level)
            open_headings_.pop_back();
        unit.section = open_headings_.empty() ? std::string() : open_headings_.back().second;
        open_headings_.emplace_back(heading.level, unit.keys[0]);
        heading_ = unit.keys[0];
    }

    void add_item(const std::string& section, std::size_t limit = std::string::npos) {
        std::size_t end = at_ + 1;
        const auto last = std::min(limit, lines_.size());
        const auto indented = [](std::string_view line) {
            return !markdown::is_blank(line) && (line[0] == ' ' || line[0] == '\t');
        };
        while (end < last && indented(lines_[end].text)) ++end;
        add(Unit::Kind::item, end);
        units_.list.back().section = section;
    }

    void add(Unit::Kind kind, std::size_t end, std::string key = {}) {
        Unit unit;
        unit.kind = kind;
        for (; at_ < end; ++at_) {
            unit.raw += lines_[at_].text;
            unit.text += lines_[at_].text;
            if (at_ + 1 < end) {
                unit.raw += lines_[at_].end;
                unit.text += '\n';
            } else {
                unit.end = lines_[at_].end;
            }
        }
        unit.section = comment_.empty() ? heading_ : comment_;
        std::vector<std::string> links;
        for (const std::string_view url : markdown::link_urls(unit.text)) links.push_back(markdown::link_key(url));
        if (kind == Unit::Kind::item && !links.empty() && markdown::names_item(links[0])) {
            unit.keys = std::move(links);
        } else {
            if (key.empty()) key = "text:" + shape(first_line(unit.text));
            unit.keys.push_back(numbered(key));
            if (kind == Unit::Kind::item || kind == Unit::Kind::prose)
                for (std::string& link : links)
                    if (markdown::names_item(link)) unit.keys.push_back(std::move(link));
        }
        units_.list.push_back(std::move(unit));
    }

    // The second unit of one key is another unit.
    std::string numbered(const std::string& key) {
        const int times = ++seen_[key];
        return times == 1 ? key : key + " (" + std::to_string(times) + ")";
    }

    std::vector<markdown::Line> lines_;
    std::size_t at_ = 0;
    Units units_;
    std::string heading_;  // key of the last heading
    std::string comment_;  // key of the comment being read
    std::vector<std::pair<int, std::string>> open_headings_;
    std::map<std::string, int> seen_;
};

}  // namespace

Units split_units(std::string_view body) {
    return Splitter(body).run();
}

}  // namespace harvester::draft
