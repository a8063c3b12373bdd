#include "review/arrange.h"

#include <algorithm>

#include "draft/draft_file.h"
#include "markdown/document.h"
#include "markdown/link_line.h"

namespace harvester::review {
namespace {

// A list item of the text.
struct ArrangedItem {
    std::string id;
    std::size_t first = 0, last = 0;  // lines, from 0
    std::vector<std::string> lines;   // with their ends
};

// The items below one heading, or before the first one.
struct ArrangedSection {
    std::string heading;
    std::size_t heading_line = 0;            // the line that the items follow
    bool own_heading = false;                // false: the part's own
    bool other_text = false;                 // it holds more than items
    std::vector<ArrangedItem> slots, items;  // as they are; as they shall be
};

// The lines of a text, each of which can be replaced by others.
class Lines {
  public:
    explicit Lines(const markdown::Document& document, std::string end) : end_(std::move(end)) {
        for (const markdown::Line& line : document.lines) {
            lines_.push_back({std::string(line.text) + std::string(line.end)});
            blank_.push_back(markdown::is_blank(line.text));
        }
    }
    std::vector<std::string>& at(std::size_t line) { return lines_[line]; }
    bool blank(std::size_t line) const { return line >= blank_.size() || blank_[line]; }
    std::size_t size() const { return lines_.size(); }
    const std::string& end() const { return end_; }
    std::string joined() const {
        std::string out;
        for (const auto& replaced : lines_)
            for (const std::string& line : replaced) {
                if (!out.empty() && !out.ends_with('\n')) out += end_;
                out += line;
            }
        return out;
    }

  private:
    std::string end_;
    std::vector<std::vector<std::string>> lines_;
    std::vector<bool> blank_;
};

const Decided* decided_about(const Decisions& decisions, const std::string& id) {
    const auto found = decisions.find(id);
    return found == decisions.end() ? nullptr : &found->second;
}

// The line with another title; as it is when it isn't one link.
std::string retitled(const std::string& line, const std::string& title) {
    const std::size_t end = line.find_last_not_of("\r\n") + 1;
    const auto parts = markdown::parse_link_line(std::string_view(line).substr(0, end));
    if (!parts) return line;
    std::string out(parts->indent);
    out += parts->bullet;
    out += parts->prefix;
    return out + "[" + title + "](" + std::string(parts->url) + ")" + std::string(parts->tail) +
           line.substr(end);
}

std::vector<ArrangedSection> sections_of(const ArrangeInput& input, const markdown::Document& document,
                                         const draft::PartPlace& part, const Lines&) {
    std::vector<ArrangedSection> sections;
    sections.push_back({"", part.heading_line - 1, false, true, {}, {}});
    for (const markdown::Block& block : document.blocks) {
        if (block.begin < part.body_begin || block.begin >= part.body_end) continue;
        if (block.is_heading()) {
            sections.push_back({std::string(block.words), block.last_line, true, false, {}, {}});
            continue;
        }
        if (!block.is_item()) {
            sections.back().other_text = true;
            continue;
        }
        ArrangedItem item{"", block.first_line, block.last_line, {}};
        for (std::size_t i = block.first_line; i <= block.last_line; ++i)
            item.lines.push_back(std::string(document.lines[i].text) + std::string(document.lines[i].end));
        const auto links = markdown::links_of(document.text_of(block));
        if (!links.empty()) item.id = row_id(part.name, std::string(links.front().url));
        sections.back().slots.push_back(item);
        const Decided* decided = decided_about(input.decisions, item.id);
        if (decided != nullptr && !decided->listed.value_or(true)) continue;
        if (decided != nullptr && decided->title)
            item.lines.front() = retitled(item.lines.front(), *decided->title);
        sections.back().items.push_back(std::move(item));
    }
    return sections;
}

ArrangedSection& section_named(std::vector<ArrangedSection>& sections, const ArrangeInput& input,
                               const std::string& heading) {
    const auto is = [&](const ArrangedSection& s, const std::string& name) {
        return markdown::heading_name(s.heading) == markdown::heading_name(name);
    };
    for (ArrangedSection& section : sections)
        if (is(section, heading)) return section;
    // Before the first section that comes later in the list's order.
    const auto order_of = [&](const std::string& name) {
        return std::find_if(input.headings.begin(), input.headings.end(),
                            [&](const std::string& h) {
                                return markdown::heading_name(h) == markdown::heading_name(name);
                            }) -
               input.headings.begin();
    };
    const auto own = order_of(heading);
    const auto later = std::find_if(sections.begin() + 1, sections.end(), [&](const ArrangedSection& s) {
        const auto order = order_of(s.heading);
        return order > own && order < static_cast<std::ptrdiff_t>(input.headings.size());
    });
    return *sections.insert(later, ArrangedSection{heading, markdown::no_block, true, false, {}, {}});
}

// Moves items to the sections that were decided.
void move_items(std::vector<ArrangedSection>& sections, const ArrangeInput& input) {
    std::vector<std::pair<std::string, ArrangedItem>> moving;
    for (ArrangedSection& section : sections)
        std::erase_if(section.items, [&](ArrangedItem& item) {
            const Decided* decided = decided_about(input.decisions, item.id);
            if (decided == nullptr || !decided->section ||
                markdown::heading_name(*decided->section) == markdown::heading_name(section.heading))
                return false;
            moving.emplace_back(*decided->section, std::move(item));
            return true;
        });
    for (auto& [heading, item] : moving) {
        auto& items = section_named(sections, input, heading).items;
        const ArrangedItem& moved = item;
        const auto later = std::find_if(items.begin(), items.end(), [&](const ArrangedItem& other) {
            return input.before && input.before(moved.id, other.id);
        });
        items.insert(later, std::move(item));
    }
}

// Puts those with a decided order in it; the others stay behind the item that they are behind now.
void order_items(std::vector<ArrangedItem>& items, const Decisions& decisions) {
    const auto order_of = [&](const ArrangedItem& item) {
        const Decided* decided = decided_about(decisions, item.id);
        return decided == nullptr ? std::optional<int>() : decided->order;
    };
    std::vector<ArrangedItem> ordered;
    for (const ArrangedItem& item : items)
        if (order_of(item)) ordered.push_back(item);
    if (ordered.empty()) return;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const auto& a, const auto& b) { return *order_of(a) < *order_of(b); });
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (order_of(items[i])) continue;
        auto at = ordered.begin();
        if (i > 0)
            at = std::find_if(ordered.begin(), ordered.end(),
                              [&](const ArrangedItem& other) { return other.first == items[i - 1].first; }) +
                 1;
        ordered.insert(at, items[i]);
    }
    items = std::move(ordered);
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
    lines.insert(lines.end(), more.begin(), more.end());
}

void write_section(const ArrangedSection& section, Lines& lines) {
    std::size_t next = 0;
    for (const ArrangedItem& slot : section.slots) {
        for (std::size_t i = slot.first; i <= slot.last; ++i) lines.at(i).clear();
        if (next < section.items.size()) lines.at(slot.first) = section.items[next++].lines;
    }
    if (next < section.items.size()) {
        const bool after_slot = !section.slots.empty();
        auto& at = lines.at(after_slot ? section.slots.back().first : section.heading_line);
        if (!after_slot) at.push_back(lines.end());
        for (; next < section.items.size(); ++next) append(at, section.items[next].lines);
        if (!after_slot && !lines.blank(section.heading_line + 1)) at.push_back(lines.end());
    }
    if (section.own_heading && section.items.empty() && !section.slots.empty() && !section.other_text) {
        lines.at(section.heading_line).clear();
        // With the blank lines around its items; those before it stay.
        for (const std::size_t from : {section.heading_line + 1, section.slots.back().last + 1})
            for (std::size_t i = from; i < lines.size() && lines.blank(i); ++i) lines.at(i).clear();
    }
}

}  // namespace

Result<std::string> arrange(const ArrangeInput& input, const std::string& name) {
    const auto file = draft::DraftFile::parse(input.text, input.policy, name);
    if (!file) return tl::unexpected(file.error());
    const markdown::Document document(file->text());
    Lines lines(document, file->line_end());
    for (const draft::PartPlace& part : file->parts()) {
        auto sections = sections_of(input, document, part, lines);
        move_items(sections, input);
        for (ArrangedSection& section : sections) order_items(section.items, input.decisions);
        const bool blank_below_headings =
            std::any_of(sections.begin() + 1, sections.end(), [&](const ArrangedSection& s) {
                return !s.slots.empty() && lines.blank(s.slots.front().first - 1);
            });
        for (std::size_t s = 0; s < sections.size(); ++s) {
            const ArrangedSection& section = sections[s];
            if (section.heading_line != markdown::no_block) {
                write_section(section, lines);
                continue;
            }
            // A heading that has to be added, before the next one of the text or at the part's end.
            std::vector<std::string> added{input.heading_marks + section.heading + lines.end()};
            if (blank_below_headings) added.push_back(lines.end());
            for (const ArrangedItem& item : section.items) append(added, item.lines);
            const auto known = std::find_if(
                sections.begin() + static_cast<std::ptrdiff_t>(s), sections.end(),
                [](const ArrangedSection& other) { return other.heading_line != markdown::no_block; });
            if (known != sections.end()) {
                added.push_back(lines.end());
                auto& at = lines.at(known->heading_line);
                at.insert(at.begin(), added.begin(), added.end());
            } else {
                std::size_t last = part.heading_line - 1;
                for (std::size_t i = last;
                     i < lines.size() && static_cast<std::size_t>(document.lines[i].text.data() -
                                                                  document.text.data()) < part.body_end;
                     ++i)
                    if (!lines.blank(i)) last = i;
                added.insert(added.begin(), lines.end());
                append(lines.at(last), added);
            }
        }
    }
    return lines.joined();
}

}  // namespace harvester::review
