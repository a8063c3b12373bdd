#include "check/check.h"

#include <algorithm>
#include <tuple>

#include "profile/calendar.h"

namespace harvester::check {
namespace {

// The first day that a text names, "2024-11-13".
std::optional<Day> day_in(std::string_view text) {
    for (std::size_t at = 0; at + 10 <= text.size(); ++at)
        if (const auto day = parse_day(text.substr(at, 10))) return day;
    return std::nullopt;
}

}  // namespace

std::optional<Edition> edition_of_file(const std::string& name, std::string_view text,
                                   const profile::Profile& profile) {
    std::optional<Day> date = day_in(std::string_view(name).substr(name.rfind('/') + 1));
    if (!date)
        for (const markdown::Line& line : markdown::split_lines(text.substr(0, text.find("\n\n"))))
            if (!date && line.text.starts_with("Date:")) date = day_in(line.text);
    if (!date) return std::nullopt;
    const auto issue = profile::edition_of(profile, *date);
    if (!issue) return std::nullopt;
    return *issue;
}

std::vector<Finding> check_issue(const CheckInput& input, const profile::Profile& profile) {
    std::vector<Finding> findings;
    const CheckDocument document(input.text, profile.publish);
    const CheckContext context{input, profile, document, edition_of_file(input.name, input.text, profile),
                               findings};
    check_characters(context);
    check_links(context);
    check_sections(context);
    check_issue_data(context);
    check_items(context);
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return std::tie(a.line, a.rule) < std::tie(b.line, b.rule);
    });
    return findings;
}

std::string mend_issue(const CheckInput& input, const profile::Profile& profile) {
    constexpr int most_rounds = 20;  // one mend a line each
    std::string text(input.text);
    for (int round = 0; round < most_rounds; ++round) {
        CheckInput now = input;
        now.text = text;
        const auto findings = check_issue(now, profile);
        std::string out;
        std::size_t number = 0;
        auto finding = findings.begin();
        for (const markdown::Line& line : markdown::split_lines(text)) {
            ++number;
            const Mend* mend = nullptr;
            for (; finding != findings.end() && finding->line <= number; ++finding)
                if (finding->line == number && finding->mend && mend == nullptr) mend = &*finding->mend;
            if (mend != nullptr && mend->kind == Mend::Kind::remove) continue;
            out += mend == nullptr ? line.text : std::string_view(mend->text);
            out += line.end;
        }
        if (out == text) break;
        text = std::move(out);
    }
    return text;
}

}  // namespace harvester::check
