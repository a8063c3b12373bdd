#include <fmt/format.h>

#include <algorithm>

#include "stats/format/formats.h"
#include "stats/format/numbers.h"
#include "stats/format/text.h"

namespace harvester::stats {
namespace {

class Line {
  public:
    explicit Line(std::string& out) : out_(out) {}
    ~Line() { out_ += "\r\n"; }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void text(std::string_view value) { raw(for_csv(value)); }
    // Not a stranger's text, and "-3" has to stay a number.
    void number(const std::optional<double>& value) { raw(value ? format_plain(*value) : ""); }

  private:
    void raw(const std::string& field) {
        if (!first_) out_ += ',';
        first_ = false;
        out_ += field;
    }

    std::string& out_;
    bool first_ = true;
};

std::string missing(const Report& report) {
    std::string out;
    const auto add = [&](const Coverage& coverage) {
        for (const Gap& gap : coverage.gaps) out += (out.empty() ? "" : " ") + sentence(gap);
    };
    add(report.coverage);
    if (report.coverage_before) add(*report.coverage_before);
    return out;
}

std::optional<double> difference(const std::optional<double>& before, const std::optional<double>& now) {
    if (!before || !now) return std::nullopt;
    return *now - *before;
}

// The final comment periods of the row's repository when rows are by repository, else of the whole range.
void add_periods(const Report& report, const Row& row, Line& line) {
    if (!report.fcp) {
        for (int i = 0; i < 3; ++i) line.text("");
        return;
    }
    FcpCounts counts = report.fcp->total;
    const auto& by = report.query.by;
    const auto repository = std::find(by.begin(), by.end(), Dimension::repository) - by.begin();
    if (static_cast<std::size_t>(repository) < row.keys.size()) {
        const auto found = report.fcp->by_repository.find(row.keys[static_cast<std::size_t>(repository)]);
        counts = found == report.fcp->by_repository.end() ? FcpCounts{} : found->second;
    }
    line.number(static_cast<double>(counts.started));
    line.number(static_cast<double>(counts.open));
    std::string outcomes;
    for (const auto& [name, count] : counts.outcomes)
        outcomes += fmt::format("{}{} {}", outcomes.empty() ? "" : "; ", name, count);
    line.text(outcomes);
}

}  // namespace

std::string csv_text(const Report& report) {
    const Query& query = report.query;
    std::string out;
    {
        Line head(out);
        for (const Dimension d : query.by) head.text(info(d).name);
        for (const Measure m : query.measures) {
            const std::string name(info(m).name);
            head.text(name);
            if (!query.compare) continue;
            for (const char* suffix : {"_before", "_change", "_change_percent"}) head.text(name + suffix);
        }
        for (const char* name : {"fcp_started", "fcp_open", "fcp_outcomes"}) head.text(name);
        head.text("complete");
        head.text("missing");
    }
    const std::string lacking = missing(report);
    const auto add = [&](const Row& row) {
        Line line(out);
        for (std::size_t i = 0; i < query.by.size(); ++i) line.text(i < row.keys.size() ? row.keys[i] : "");
        for (const Measure m : query.measures) {
            line.number(row.values[m]);
            if (!query.compare) continue;
            const std::optional<double> before = row.before ? (*row.before)[m] : std::nullopt;
            line.number(before);
            line.number(difference(before, row.values[m]));
            const auto change = relative_change(before, row.values[m]);
            line.number(change ? std::optional(*change * 100) : std::nullopt);
        }
        add_periods(report, row, line);
        line.text(report.complete() ? "yes" : "no");
        line.text(lacking);
    };
    for (const Row& row : report.rows) add(row);
    // Without any group the totals, all zero, still say whether something is missing.
    if (report.rows.empty() && (query.by.empty() || !report.complete())) add(report.total);
    return out;
}

}  // namespace harvester::stats
