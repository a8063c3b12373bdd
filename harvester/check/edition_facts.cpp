// Rules about what follows from the edition's date: header, count of merged pull requests, window.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "check/rules.h"

namespace harvester::check {
namespace {

void edition_date(const Context& context, Report& report) {
    if (!context.edition)
        return report(
            1, "neither the file's name nor its Date line is the date of an edition; name the file by it");
    const std::string number = std::to_string(context.edition->number);
    const std::pair<std::string_view, std::string> header[] = {
        {"Number:", number},
        {"Date:", format_day(context.edition->date)},
        {"Title:", context.profile.title + " " + number}};
    for (const Line& line : context.draft.lines) {
        if (markdown::is_blank(line.text)) break;
        for (const auto& [name, right] : header) {
            if (!line.text.starts_with(name)) continue;
            const auto value = markdown::trimmed(line.text.substr(name.size()));
            if (value != right)
                report(line.number,
                       fmt::format("{} is \"{}\"; by the file's date it is \"{}\"",
                                   name.substr(0, name.size() - 1), value, right),
                       Fix{{fmt::format("{} {}", name, right)}});
        }
    }
}

// A line of the form with names in braces: "{count} pull requests were merged".
class FormLine {
  public:
    using Values = std::map<std::string, std::string, std::less<>>;

    explicit FormLine(std::string_view line) {
        for (std::size_t at = 0; at <= line.size();) {
            const auto open = std::min(line.find('{', at), line.size());
            pieces_.emplace_back(line.substr(at, open - at));
            if (open == line.size()) break;
            const auto close = line.find('}', open);
            if (close == std::string_view::npos) {
                pieces_.back() += line.substr(open);
                break;
            }
            names_.emplace_back(line.substr(open + 1, close - open - 1));
            at = close + 1;
        }
        if (const auto definition = markdown::definition_of(line)) label_ = to_lower(definition->label);
    }

    bool has(std::string_view name) const { return std::ranges::find(names_, name) != names_.end(); }

    // True when the line is meant to be this one: it has all the form's words, or defines the same link.
    bool is_meant_by(std::string_view line) const {
        if (const auto definition = markdown::definition_of(line); definition && !label_.empty())
            return to_lower(definition->label) == label_;
        return label_.empty() && read(line).has_value();
    }

    // The value of each name; nullopt when the line has other words.
    std::optional<Values> read(std::string_view line) const {
        Values values;
        if (!line.starts_with(pieces_.front())) return std::nullopt;
        std::size_t at = pieces_.front().size();
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const std::string& next = pieces_[i + 1];
            const bool last = i + 1 == names_.size();
            if (last && line.size() < at + next.size()) return std::nullopt;
            const auto end = last
                                 ? (line.ends_with(next) ? line.size() - next.size() : std::string_view::npos)
                                 : line.find(next, at);
            if (end == std::string_view::npos || end <= at) return std::nullopt;
            values[names_[i]] = line.substr(at, end - at);
            at = end + next.size();
        }
        return values;
    }

    // nullopt when a name has no value.
    std::optional<std::string> filled(const Values& values) const {
        std::string out = pieces_.front();
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto value = values.find(names_[i]);
            if (value == values.end()) return std::nullopt;
            out += value->second + pieces_[i + 1];
        }
        return out;
    }

  private:
    std::vector<std::string> pieces_;  // one more than names_
    std::vector<std::string> names_;
    std::string label_;  // of the link that the line defines; empty for other lines
};

// "**403**" and "1,403" are counts too; 0 when it isn't one.
std::int64_t count_in(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c != '*' && c != '_' && c != ',') digits += c;
    std::int64_t count = 0;
    const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    const bool whole = error == std::errc() && last == digits.data() + digits.size();
    return whole && count > 0 ? count : 0;
}

// Judges the lines of the draft that are meant to be one line of the form.
class FormLineCheck {
  public:
    FormLineCheck(const Context& context, const FormLine& form, Report& report)
        : context_(context),
          form_(form),
          report_(report),
          known_count_(context.input.merged_count ? context.input.merged_count(*context.edition).value_or(0)
                                                  : 0),
          right_{{"date", format_day(context.edition->date)},
                 {"from", format_day(context.edition->window.first)},
                 {"to", format_day(context.edition->window.last)}} {
        if (known_count_ > 0) right_["count"] = std::to_string(known_count_);
    }

    void check(const Line& heading) {
        bool found = false;
        for (const Line* line : context_.draft.part(merged_part)) {
            const auto words = markdown::trimmed(line->text);
            if (!line->visible() || !form_.is_meant_by(words)) continue;
            if (found)
                report_(line->number, form_.has("count") ? "the merged count appears twice; remove one"
                                                         : "this line appears twice; remove one");
            else
                judge(*line, words);
            found = true;
        }
        if (found) return;
        FormLine::Values shown = right_;
        shown.emplace("count", "N");
        if (const auto line = form_.filled(shown))
            report_(heading.number,
                    fmt::format("the line \"{}\" is missing under this heading; add it", *line));
    }

  private:
    const Context& context_;
    const FormLine& form_;
    Report& report_;
    std::int64_t known_count_;  // 0: not known
    FormLine::Values right_;

    void judge(const Line& line, std::string_view words) {
        const auto values = form_.read(words);
        FormLine::Values wanted = right_;
        if (const auto written = values ? values->find("count") : FormLine::Values::const_iterator();
            values && written != values->end()) {
            const std::int64_t count = count_in(written->second);
            if (count == 0)
                return report_(
                    line.number,
                    fmt::format("\"{}\" isn't a count of pull requests; write the number", written->second));
            if (known_count_ > 0 && count != known_count_)
                return report_(line.number,
                               fmt::format("{} pull requests were merged in the window, not {}", known_count_,
                                           written->second),
                               fixed(wanted));
            wanted["count"] = written->second;  // right, and written the editor's way
        }
        const auto filled = form_.filled(wanted);
        if (filled && *filled != words)
            report_(line.number,
                    fmt::format("this line doesn't give the edition's window, {} to {}", right_["from"],
                                right_["to"]),
                    fixed(wanted));
    }

    // None when a name of the form's line has no known value.
    std::optional<Fix> fixed(const FormLine::Values& values) const {
        const auto line = form_.filled(values);
        return line ? std::optional(Fix{{*line}}) : std::nullopt;
    }
};

// The form's lines that have the name, against those of the draft. A line with a count is judged with it.
void form_lines(const Context& context, std::string_view name, Report& report) {
    const Line* heading = context.draft.heading_of(merged_part);
    if (!context.edition || heading == nullptr) return;
    // An empty part is reported as such.
    if (std::ranges::none_of(context.draft.part(merged_part),
                             [](const Line* line) { return line->visible(); }))
        return;
    for (const std::string& block : context.form.part(merged_part).blocks)
        for (const markdown::Line& line : markdown::split_lines(block))
            if (const FormLine form(line.text); form.has(name) && form.has("count") == (name == "count"))
                FormLineCheck(context, form, report).check(*heading);
}

void merged_count(const Context& context, Report& report) {
    form_lines(context, "count", report);
}

void edition_window(const Context& context, Report& report) {
    form_lines(context, "from", report);
}

constexpr Rule edition_table[] = {
    {"issue-date", Severity::error, edition_date},
    {"count", Severity::error, merged_count},
    {"window", Severity::error, edition_window},
};

}  // namespace

std::span<const Rule> edition_rules() {
    return edition_table;
}

}  // namespace harvester::check
