#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/escape.h"
#include "stats/formats.h"
#include "stats/grid.h"

namespace harvester::stats {
namespace {

constexpr std::size_t shortest_bar = 8, longest_bar = 40;

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

std::string padded(const std::string& text, std::size_t width, bool right) {
    const std::size_t used = display_width(text);
    const std::string space(width > used ? width - used : 0, ' ');
    return right ? space + text : text + space;
}

void trim_right(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

std::string draw(Grid grid, std::size_t columns) {
    for (auto& row : grid.rows)
        for (std::string& cell : row) cell = for_terminal(cell);
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < grid.columns.size(); ++i) {
        std::size_t width = display_width(grid.columns[i].heading);
        for (const auto& row : grid.rows) width = std::max(width, display_width(row[i]));
        if (!grid.total.empty()) width = std::max(width, display_width(grid.total[i]));
        widths.push_back(width);
    }
    std::size_t used = 0;
    for (const std::size_t width : widths) used += width + 2;
    const std::size_t room = columns > used ? columns - used : 0;
    const std::size_t bar_width = grid.bars.empty() ? 0 : std::clamp(room, shortest_bar, longest_bar);

    std::string out;
    const auto line = [&](const auto& text_of, const std::string& tail) {
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i)
            text += (i > 0 ? "  " : "") + padded(text_of(i), widths[i], grid.columns[i].number);
        if (!tail.empty()) text += "  " + tail;
        trim_right(text);
        out += text + '\n';
    };
    const auto rule = [&] {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (i > 0) out += "  ";
            for (std::size_t n = 0; n < widths[i]; ++n) out += "─";
        }
        out += '\n';
    };
    line([&](std::size_t i) { return grid.columns[i].heading; }, "");
    rule();
    for (std::size_t r = 0; r < grid.rows.size(); ++r)
        line([&](std::size_t i) { return grid.rows[r][i]; },
             grid.bars.empty() ? "" : bar(grid.bars[r], bar_width));
    if (!grid.total.empty()) {
        rule();
        line([&](std::size_t i) { return grid.total[i]; }, "");
    }
    return out;
}

}  // namespace

std::string table_text(const Report& report, int columns) {
    const auto width = static_cast<std::size_t>(std::max(columns, 40));
    std::string out =
        heading_of(report) + '\n' + for_terminal(scope_of(report)) + "\n\n" + draw(make_grid(report), width);
    if (const std::string sentence = left_out_sentence(report); !sentence.empty()) out += sentence + '\n';
    if (const Grid fcp = fcp_grid(report); !fcp.rows.empty()) out += '\n' + draw(fcp, width);
    if (!report.notes.empty()) out += '\n';
    for (const std::string& note : report.notes) out += for_terminal(note) + '\n';
    return out;
}

}  // namespace harvester::stats
