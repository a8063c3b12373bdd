#include "draft/part_units.h"

#include <map>

#include "markdown/document.h"

namespace harvester::draft {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
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
    explicit Splitter(std::string_view body) : document_(body) {}

    Units run() {
        std::size_t line = 0;
        for (const markdown::Block& block : document_.blocks) {
            Unit unit;
            unit.before = blank_lines(line, block.first_line);
            line = block.last_line + 1;
            unit.raw = document_.text_of(block);
            unit.end = document_.lines[block.last_line].end;
            unit.text = markdown::with_plain_line_ends(unit.raw);
            name(unit, block);
            units_.list.push_back(std::move(unit));
        }
        units_.tail = blank_lines(line, document_.lines.size());
        return std::move(units_);
    }

  private:
    std::string blank_lines(std::size_t from, std::size_t to) const {
        std::string out;
        for (std::size_t i = from; i < to; ++i) out.append(document_.lines[i].text).append(document_.lines[i].end);
        return out;
    }

    // Kind, keys, level and section.
    void name(Unit& unit, const markdown::Block& block) {
        using Kind = markdown::Block::Kind;
        unit.section = comment_.empty() ? heading_ : comment_;
        if (block.kind == Kind::comment_open) {
            unit.kind = Unit::Kind::comment_open;
            unit.keys.push_back(numbered("comment:" + heading_));
            comment_ = unit.keys[0];
        } else if (block.kind == Kind::comment_close) {
            unit.kind = Unit::Kind::comment_close;
            unit.keys.push_back(numbered("end of " + comment_));
            comment_.clear();
        } else if (block.is_heading()) {
            unit.kind = Unit::Kind::heading;
            unit.keys.push_back(numbered("heading:" + markdown::heading_name(block.words)));
            unit.level = block.level;
            while (!open_headings_.empty() && open_headings_.back().first >= block.level) open_headings_.pop_back();
            unit.section = open_headings_.empty() ? std::string() : open_headings_.back().second;
            open_headings_.emplace_back(block.level, unit.keys[0]);
            heading_ = unit.keys[0];
        } else {
            if (block.kind == Kind::item) unit.kind = Unit::Kind::item;
            std::vector<std::string> keys = markdown::item_keys(unit.text);
            if (block.kind != Kind::item || keys.empty())
                unit.keys.push_back(numbered("text:" + shape(first_line(unit.text))));
            unit.keys.insert(unit.keys.end(), keys.begin(), keys.end());
        }
    }

    // The second unit of one key is another unit.
    std::string numbered(const std::string& key) {
        const int times = ++seen_[key];
        return times == 1 ? key : key + " (" + std::to_string(times) + ")";
    }

    const markdown::Document document_;
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
