#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "stats/format/formats.h"
#include "stats/format/grid.h"
#include "stats/format/numbers.h"
#include "stats/format/text.h"

namespace harvester::stats {
namespace {

constexpr std::size_t shortest_bar = 8, longest_bar = 40, shortest_key = 12;

// A bar of `share` of `width` columns, in steps of an eighth.
std::string bar(double share, std::size_t width) {
    constexpr std::array<const char*, 8> parts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const auto eighths =
        static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(width * 8)));
    std::string out;
    for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
    out += parts[eighths % 8];
    return out.empty() && share > 0 ? parts[1] : out;
}

// A letter for each value, as high as its share of the highest; a blank where it isn't known or 0.
std::string sparkline(const std::vector<std::optional<double>>& values) {
    constexpr std::array<const char*, 8> heights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double highest = 0;
    for (const auto& value : values) highest = std::max(highest, value.value_or(0));
    std::string out;
    for (const auto& value : values)
        out += value.value_or(0) <= 0
                   ? " "
                   : heights[static_cast<std::size_t>(std::min(7.0, std::floor(*value / highest * 8)))];
    return out;
}

std::string padded(const std::string& text, std::size_t width, bool right) {
    const std::size_t used = display_width(text);
    const std::string space(width > used ? width - used : 0, ' ');
    return right ? space + text : text + space;
}

void trim_right(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

// A grid for a terminal. Where it doesn't fit, first bars go, then the columns in the order of `shed`, then
// keys are shortened.
class Sheet {
  public:
    Sheet(Grid grid, std::size_t columns)
        : grid_(std::move(grid)), columns_(columns), shown_(grid_.columns.size(), true) {
        for (auto& row : grid_.rows)
            for (std::string& cell : row) cell = for_terminal(cell);
        for (std::size_t i = 0; i < grid_.columns.size(); ++i) {
            std::size_t width = display_width(grid_.columns[i].heading);
            for (const auto& row : grid_.rows) width = std::max(width, display_width(row[i]));
            if (!grid_.total.empty()) width = std::max(width, display_width(grid_.total[i]));
            widths_.push_back(width);
        }
    }

    bool fits() const { return used() <= columns_; }

    // `shed`: columns that may go, the first to go first; the headings of those that went are in left_out().
    std::string draw(const std::vector<std::size_t>& shed) {
        for (const std::size_t column : shed) {
            if (fits()) break;
            shown_[column] = false;
            left_out_.insert(left_out_.begin(), grid_.columns[column].heading);
        }
        for (std::size_t i = 0; i < widths_.size() && !fits(); ++i)
            if (!grid_.columns[i].number)
                widths_[i] = std::max(std::min(shortest_key, widths_[i]),
                                      widths_[i] - std::min(widths_[i], used() - columns_));
        const std::size_t room = columns_ > used() + 2 ? columns_ - used() - 2 : 0;
        const std::size_t bar_width =
            grid_.bars.empty() || room < shortest_bar ? 0 : std::min(room, longest_bar);
        line([&](std::size_t i) { return grid_.columns[i].heading; }, "");
        rule();
        for (std::size_t r = 0; r < grid_.rows.size(); ++r)
            line([&](std::size_t i) { return grid_.rows[r][i]; },
                 bar_width == 0 ? "" : bar(grid_.bars[r], bar_width));
        if (!grid_.total.empty()) {
            rule();
            line([&](std::size_t i) { return grid_.total[i]; }, "");
        }
        return std::move(out_);
    }

    const std::vector<std::string>& left_out() const { return left_out_; }

  private:
    std::size_t used() const {
        std::size_t out = 0;
        for (std::size_t i = 0; i < widths_.size(); ++i)
            if (shown_[i]) out += widths_[i] + (out > 0 ? 2 : 0);
        return out;
    }

    template <class TextOf>
    void line(TextOf text_of, const std::string& tail) {
        std::string text;
        for (std::size_t i = 0; i < widths_.size(); ++i)
            if (shown_[i])
                text += (i > 0 ? "  " : "") +
                        padded(shortened(text_of(i), widths_[i]), widths_[i], grid_.columns[i].number);
        if (!tail.empty()) text += "  " + tail;
        trim_right(text);
        out_ += text + '\n';
    }

    void rule() {
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            if (!shown_[i]) continue;
            if (i > 0) out_ += "  ";
            for (std::size_t n = 0; n < widths_[i]; ++n) out_ += "─";
        }
        out_ += '\n';
    }

    Grid grid_;
    std::size_t columns_;
    std::vector<bool> shown_;
    std::vector<std::size_t> widths_;
    std::vector<std::string> left_out_;
    std::string out_;
};

// A measure a column; with --compare each cell is now and its change.
Grid long_form(const Report& report) {
    Grid grid = make_grid(report);
    const Query& query = report.query;
    if (!query.compare || query.by.empty()) return grid;
    grid.columns.resize(query.by.size());
    for (const Measure m : query.measures) grid.columns.push_back({std::string(info(m).heading), true});
    const auto recompare = [&](const Row& row, std::vector<std::string>& cells) {
        cells.resize(query.by.size());
        for (const Measure m : query.measures)
            cells.push_back(format_now_and_change(info(m).unit, row.before ? (*row.before)[m] : std::nullopt,
                                                  row.values[m]));
    };
    for (std::size_t i = 0; i < report.rows.size(); ++i) recompare(report.rows[i], grid.rows[i]);
    recompare(report.total, grid.total);
    return grid;
}

// From the last measure to the first; the one that is sorted by, and keys, stay. Without groupings what was
// before.
std::vector<std::size_t> shed_of(const Report& report, const Grid& grid) {
    const Query& query = report.query;
    if (query.by.empty())
        return grid.columns.size() == 4 ? std::vector<std::size_t>{2, 3} : std::vector<std::size_t>{};
    std::vector<std::size_t> out;
    for (std::size_t i = query.measures.size(); i-- > 0;)
        if (query.measures[i] != query.leading()) out.push_back(query.by.size() + i);
    return out;
}

// "2024-03" as "Mar" when all are of one year, else "24-03"; "2024-W05" likewise, "2024-03-09" without its
// year.
std::string short_key(Dimension dimension, const std::string& key, bool one_year) {
    constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (dimension == Dimension::weekday) return key.substr(0, 3);
    if (!info(dimension).calendar || dimension == Dimension::year || key.size() < 7) return key;
    if (!one_year) return key.substr(2);
    if (dimension != Dimension::month) return key.substr(5);
    return months[static_cast<std::size_t>(std::clamp(std::atoi(key.c_str() + 5), 1, 12)) - 1];
}

// Two groupings, the second with an order: its groups across, one measure, the way it went at the end. No
// columns where rows were cut or compared, or where several measures were asked for.
Grid crossed_form(const Report& report) {
    const Query& query = report.query;
    Grid grid;
    if (query.by.size() != 2 || !has_order(query.by[1]) || report.rows_left_out > 0 || query.compare ||
        !(query.usual || query.measures.size() == 1))
        return grid;
    const Measure measure = query.leading();
    const Unit unit = info(measure).unit;
    const bool adds_up = unit == Unit::count && measure != Measure::authors;
    std::map<std::int64_t, std::string> across;
    std::vector<std::string> down;
    std::map<std::string, std::map<std::int64_t, std::optional<double>>> cells;
    std::map<std::string, std::pair<std::int64_t, double>> order;  // place in the first grouping, and sum
    std::map<std::int64_t, double> sums;
    for (const Row& row : report.rows) {
        across.emplace(row.order[1], row.keys[1]);
        if (!cells.contains(row.keys[0])) down.push_back(row.keys[0]);
        cells[row.keys[0]][row.order[1]] = row.values[measure];
        order[row.keys[0]].first = row.order[0];
        order[row.keys[0]].second += row.values[measure].value_or(0);
        sums[row.order[1]] += row.values[measure].value_or(0);
    }
    if (adds_up || has_order(query.by[0]))
        std::stable_sort(down.begin(), down.end(), [&](const std::string& a, const std::string& b) {
            return has_order(query.by[0]) ? order[a].first < order[b].first
                                          : order[a].second > order[b].second;
        });
    const bool one_year =
        !across.empty() && across.begin()->second.substr(0, 4) == across.rbegin()->second.substr(0, 4);
    grid.columns.push_back({std::string(info(query.by[0]).heading), false});
    for (const auto& [code, key] : across)
        grid.columns.push_back({short_key(query.by[1], key, one_year), true});
    if (adds_up) grid.columns.push_back({"All", true});
    grid.columns.push_back({"Trend", false});
    for (const std::string& key : down) {
        std::vector<std::string> row{key};
        std::vector<std::optional<double>> values;
        for (const auto& [code, name] : across) {
            const auto found = cells[key].find(code);
            values.push_back(found == cells[key].end() ? std::nullopt : found->second);
            row.push_back(values.back() ? format_value(unit, values.back()) : "·");
        }
        if (adds_up) row.push_back(format_value(unit, order[key].second));
        row.push_back(sparkline(values));
        grid.rows.push_back(std::move(row));
    }
    // Sums over groups that share pull requests would count them twice.
    if (adds_up && !info(query.by[0]).several && !info(query.by[1]).several) {
        grid.total = {"All"};
        std::vector<std::optional<double>> values;
        for (const auto& [code, sum] : sums) {
            values.push_back(sum);
            grid.total.push_back(format_value(unit, sum));
        }
        grid.total.push_back(format_value(unit, report.total.values[measure]));
        grid.total.push_back(sparkline(values));
    }
    return grid;
}

void drop_last_column(Grid& grid) {
    if (grid.columns.empty()) return;
    grid.columns.pop_back();
    for (auto& row : grid.rows) row.pop_back();
    if (!grid.total.empty()) grid.total.pop_back();
}

// How one time grouping went, above its table.
std::string trend(const Report& report, std::size_t columns) {
    const Query& query = report.query;
    if (query.by.size() != 1 || !info(query.by[0]).calendar || query.sort || report.rows.size() < 4 ||
        report.rows.size() + 12 > columns)
        return {};
    std::vector<std::optional<double>> values;
    for (const Row& row : report.rows) values.push_back(row.values[query.leading()]);
    return fmt::format("{}  {}\n\n", info(query.leading()).heading, sparkline(values));
}

std::string paragraph(const std::string& text, std::size_t columns) {
    std::string out;
    for (const std::string& line : wrapped(for_terminal(text), columns)) out += line + '\n';
    return out;
}

}  // namespace

std::string table_text(const Report& report, int columns) {
    const auto width = static_cast<std::size_t>(std::max(columns, 40));
    std::string out = paragraph(heading_of(report), width) + paragraph(scope_of(report), width) + '\n' +
                      trend(report, width);
    std::string left_out;
    std::vector<std::string> notes = report.notes;
    // The way it went is the first to give room.
    Grid crossed = crossed_form(report);
    if (!Sheet(crossed, width).fits()) drop_last_column(crossed);
    if (Sheet sheet(crossed, width); !crossed.rows.empty() && sheet.fits()) {
        out += sheet.draw({});
        const Measure shown = report.query.leading();
        notes = report.notes_on({&shown, 1});
    } else {
        Grid grid = long_form(report);
        const auto shed = shed_of(report, grid);
        Sheet measures(std::move(grid), width);
        out += measures.draw(shed);
        const std::vector<std::string>& gone = measures.left_out();
        left_out = fmt::format("{}", fmt::join(gone, ", "));
        std::vector<Measure> shown = report.query.measures;
        std::erase_if(shown, [&](Measure m) {
            return std::find(gone.begin(), gone.end(), info(m).heading) != gone.end();
        });
        notes = report.notes_on(shown);
    }
    if (const std::string sentence = left_out_sentence(report); !sentence.empty())
        out += paragraph(sentence, width);
    if (Grid fcp = fcp_grid(report); !fcp.rows.empty()) {
        std::vector<std::size_t> shed;
        for (std::size_t i = fcp.columns.size(); i-- > 3;) shed.push_back(i);
        out += '\n' + Sheet(std::move(fcp), width).draw(shed);
    }
    if (!notes.empty() || !left_out.empty()) out += '\n';
    for (const std::string& note : notes) out += paragraph(note, width);
    if (!left_out.empty())
        out += paragraph("Not shown in " + std::to_string(width) + " columns: " + left_out + ".", width);
    return out;
}

}  // namespace harvester::stats
