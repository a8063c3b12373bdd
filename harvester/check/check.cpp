#include "check/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "check/rules.h"
#include "profile/calendar.h"

namespace harvester::check {
namespace {

// The first day that a text names, "2024-11-13".
std::optional<Day> day_in(std::string_view text) {
    for (std::size_t at = 0; at + 10 <= text.size(); ++at)
        if (const auto day = parse_day(text.substr(at, 10))) return day;
    return std::nullopt;
}

std::vector<Rule> all_rules() {
    std::vector<Rule> rules;
    for (const auto table : {character_rules(), item_rules(), link_rules(), placement_rules(),
                             heading_rules(), edition_rules(), record_rules()})
        rules.insert(rules.end(), table.begin(), table.end());
    return rules;
}

bool applies(const Rule& rule, const Context& context, const Line& line) {
    if (line.part == nullptr) return false;
    switch (rule.scope) {
        case Scope::part:
            return true;
        case Scope::shown:
            return line.visible();
        case Scope::list:
            return line.visible() && !line.part->whole;
        case Scope::item:
            return line.is_item() && context.is_list(line);
        case Scope::draft:
            break;
    }
    return false;
}

// Which rules the draft waives, and where.
class Waivers {
  public:
    Waivers(const DraftLines& draft, const std::vector<Rule>& rules, std::vector<Finding>& findings) {
        for (const Line& line : draft.lines) read(draft, line, rules, findings);
    }
    bool waived(const Finding& finding) const {
        return everywhere_.contains(finding.rule) || here_.contains({finding.line, finding.rule});
    }

  private:
    static constexpr std::string_view mark = "<!-- harvester: allow ";
    std::set<std::string, std::less<>> everywhere_;
    std::set<std::pair<std::size_t, std::string>> here_;

    void read(const DraftLines& draft, const Line& line, const std::vector<Rule>& rules,
              std::vector<Finding>& findings) {
        const auto at = line.text.find(mark);
        if (at == std::string_view::npos) return;
        std::string_view names = line.text.substr(at + mark.size());
        const auto close = names.find("-->");
        std::size_t target = line.number;
        const bool alone = markdown::trimmed(line.text.substr(0, at)).empty() &&
                           (close == std::string_view::npos || markdown::is_blank(names.substr(close + 3)));
        if (alone) do
                ++target;
            while (target <= draft.lines.size() && markdown::is_blank(draft.lines[target - 1].text));
        names = names.substr(0, close);
        while (!names.empty()) {
            const auto comma = std::min(names.find(','), names.size());
            const std::string name(markdown::trimmed(names.substr(0, comma)));
            names.remove_prefix(std::min(comma + 1, names.size()));
            if (std::ranges::none_of(rules, [&](const Rule& rule) { return rule.name == name; }))
                findings.push_back({line.number,
                                    "waiver",
                                    Severity::error,
                                    fmt::format("there is no rule \"{}\" to allow; correct its name", name),
                                    {}});
            else if (line.part == nullptr)
                everywhere_.insert(name);
            else
                here_.emplace(target, name);
        }
    }
};

}  // namespace

bool Context::is_list(const Line& line) const {
    return line.part != nullptr && contains(profile.check.lists, line.part->name);
}

std::optional<Item> Context::find_item(std::string_view url) const {
    return input.find_item ? input.find_item(std::string(url)) : std::nullopt;
}

bool contains(const std::vector<std::string>& list, std::string_view name) {
    return std::ranges::find(list, name) != list.end();
}

Fix replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string out(text);
    if (const auto at = text.find(what); at != std::string_view::npos) out.replace(at, what.size(), by);
    return {{std::move(out)}};
}

std::string repository_of(const markdown::ItemUrl& item) {
    return to_lower(item.repository);
}

std::optional<Edition> edition_of_file(const std::string& name, std::string_view text,
                                       const profile::Profile& profile) {
    std::optional<Day> date = day_in(std::string_view(name).substr(name.rfind('/') + 1));
    if (!date)
        for (const markdown::Line& line : markdown::split_lines(text.substr(0, text.find("\n\n"))))
            if (!date && line.text.starts_with("Date:")) date = day_in(line.text);
    if (!date) return std::nullopt;
    const auto edition = profile::edition_of(profile, *date);
    return edition ? std::optional(*edition) : std::nullopt;
}

std::vector<std::string> listed_items(std::string_view text, const profile::Profile& profile) {
    std::vector<std::string> urls;
    std::set<std::string> seen;
    const std::string web = profile.web + "/";
    const DraftLines draft(text, profile.publish);
    for (const Line& line : draft.lines) {
        if (!line.is_item() || line.part == nullptr || !contains(profile.check.lists, line.part->name))
            continue;
        for (const markdown::Link& link : line.links)
            if (const auto item = markdown::read_item_url(link.url); item && link.url.starts_with(web) &&
                                                                     profile.takes(item->repository) &&
                                                                     seen.insert(item->key()).second)
                urls.emplace_back(link.url);
    }
    return urls;
}

std::vector<Finding> check_edition(const CheckInput& input, const profile::Profile& profile) {
    const DraftLines draft(input.text, profile.publish);
    const auto edition = edition_of_file(input.name, input.text, profile);
    const Day date = edition ? edition->date : Day::max();
    const Context context{input, profile, draft, edition, profile.form.form(profile.form.layout(date), date)};
    const std::vector<Rule> rules = all_rules();
    std::vector<Finding> findings;
    const Waivers waivers(draft, rules, findings);
    for (const Rule& rule : rules) {
        Report report(rule.name, rule.severity, findings);
        if (rule.draft != nullptr) rule.draft(context, report);
        if (rule.line == nullptr) continue;
        for (const Line& line : draft.lines)
            if (applies(rule, context, line)) rule.line(context, line, report);
    }
    std::erase_if(findings, [&](const Finding& finding) { return waivers.waived(finding); });
    std::ranges::stable_sort(findings, {}, &Finding::line);
    return findings;
}

FixedText fix_edition(const CheckInput& input, const profile::Profile& profile) {
    constexpr int most_rounds = 20;  // one fix a line each
    FixedText result{std::string(input.text), {}};
    std::vector<std::size_t> origin;  // the line of the first text, by line of the present one
    origin.resize(markdown::split_lines(input.text).size());
    std::iota(origin.begin(), origin.end(), std::size_t{1});
    for (int round = 0; round < most_rounds; ++round) {
        CheckInput now = input;
        now.text = result.text;
        std::map<std::size_t, Finding> fixes;
        for (Finding& finding : check_edition(now, profile))
            if (finding.fix && finding.line <= origin.size()) fixes.emplace(finding.line, std::move(finding));
        std::string out;
        std::vector<std::size_t> lines;
        std::size_t number = 0;
        const std::string line_end = markdown::dominant_line_end(result.text);
        for (const markdown::Line& line : markdown::split_lines(result.text)) {
            ++number;
            const auto fix = fixes.find(number);
            const std::vector<std::string> instead =
                fix == fixes.end() ? std::vector{std::string(line.text)} : fix->second.fix->lines;
            for (std::size_t i = 0; i < instead.size(); ++i) {
                out += instead[i];
                out += i + 1 < instead.size() && line.end.empty() ? line_end : line.end;
                lines.push_back(origin[number - 1]);
            }
            if (fix == fixes.end() || instead == std::vector{std::string(line.text)}) continue;
            fix->second.line = origin[number - 1];
            result.fixed.push_back(std::move(fix->second));
        }
        if (out == result.text) break;
        result.text = std::move(out);
        origin = std::move(lines);
    }
    std::ranges::stable_sort(result.fixed, {}, &Finding::line);
    return result;
}

}  // namespace harvester::check
