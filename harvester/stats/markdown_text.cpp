#include <fmt/format.h>

#include "markdown/inline_text.h"
#include "stats/escape.h"
#include "stats/formats.h"
#include "stats/grid.h"
#include "stats/markdown_table.h"

namespace harvester::stats {

std::string markdown_table(const Grid& grid) {
    std::string out = "|", rule = "|";
    for (const Column& column : grid.columns) {
        out += " " + for_markdown_cell(column.heading) + " |";
        rule += column.number ? " ---: |" : " --- |";
    }
    out += '\n' + rule + '\n';
    for (const auto& row : grid.rows) {
        out += '|';
        for (const std::string& cell : row) out += " " + for_markdown_cell(cell) + " |";
        out += '\n';
    }
    if (grid.total.empty()) return out;
    out += '|';
    for (const std::string& cell : grid.total)
        out += cell.empty() ? "  |" : " **" + for_markdown_cell(cell) + "** |";
    return out + '\n';
}

std::string markdown_notes(const Report& report) {
    std::string out;
    for (const std::string& note : report.notes) out += "\n> " + markdown::escape_inline(note) + '\n';
    return out;
}

std::string markdown_text(const Report& report) {
    std::string out =
        fmt::format("**{}**: {}\n\n", heading_of(report), markdown::escape_inline(scope_of(report)));
    out += markdown_table(make_grid(report));
    if (const std::string sentence = left_out_sentence(report); !sentence.empty())
        out += '\n' + sentence + '\n';
    if (const Grid fcp = fcp_grid(report); !fcp.rows.empty()) out += '\n' + markdown_table(fcp);
    return out + markdown_notes(report);
}

}  // namespace harvester::stats
