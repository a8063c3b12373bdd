#include "edition/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/streams.h"
#include "edition/verdict.h"

namespace harvester::edition {
namespace {

bool parse_number(std::string_view text, std::int64_t& number) {
    const auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && last == text.data() + text.size() && number > 0;
}

std::string same_line(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return terminal_safe(out);
}

}  // namespace

Result<ItemName> parse_item_name(const profile::Profile& profile, const std::string& text) {
    ItemName name;
    std::string_view rest = text;
    std::string_view mark = "#";
    if (rest.starts_with(profile.web + "/")) {
        rest.remove_prefix(profile.web.size() + 1);
        rest = rest.substr(0, rest.find_first_of("?#"));
        mark = rest.find("/pull/") != std::string_view::npos ? "/pull/" : "/issues/";
    }
    const std::size_t at = rest.find(mark);
    if (at != std::string_view::npos && at > 0) {
        std::string_view number = rest.substr(at + mark.size());
        if (mark != "#") number = number.substr(0, number.find('/'));
        name.repository = std::string(rest.substr(0, at));
        if (name.repository.find('/') == std::string::npos)
            name.repository = profile.organisation + "/" + name.repository;
        if (parse_number(number, name.number) &&
            std::count(name.repository.begin(), name.repository.end(), '/') == 1)
            return name;
    }
    return fail(ExitCode::usage,
                fmt::format("ITEM: '{}' names no item; write NAME#1, {}/NAME#1 or {}/{}/NAME/pull/1",
                            same_line(text), profile.organisation, profile.web, profile.organisation));
}

const Decision* find_decision(std::span<const Decision> decisions, const ItemName& name) {
    const auto same = [&](const Decision& decision) {
        const auto equal = [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
        };
        return decision.item.number == name.number &&
               std::equal(name.repository.begin(), name.repository.end(), decision.item.repository.begin(),
                          decision.item.repository.end(), equal);
    };
    const auto found = std::find_if(decisions.begin(), decisions.end(), same);
    return found == decisions.end() ? nullptr : &*found;
}

std::string explanation(const Decision& decision, std::size_t most_parts) {
    const Item& item = decision.item;
    std::string out;
    const auto line = [&](std::string_view what, std::string_view text) {
        out += fmt::format("{:<10}{}\n", what, same_line(text));
    };
    line("item", fmt::format("{}#{}  {}", item.repository, item.number, item.url));
    line("by", item.merged_at
                   ? fmt::format("{}, merged {}", item.author.login, format_instant(*item.merged_at))
                   : item.author.login);
    std::string labels;
    for (const std::string& label : item.labels) labels += (labels.empty() ? "" : ", ") + label;
    line("labels", labels.empty() ? "none" : labels);
    line("verdict", verdict_text(decision.verdict).phrase);
    line("rule", decision.rule);
    line("reason", decision.reason);
    if (decision.verdict == Verdict::outside) return out;
    line("section", decision.section.empty() ? "the one list" : decision.section);
    line("because", decision.section_reason);
    line("score", fmt::format("{:+.2f}", decision.score));
    for (std::size_t i = 0; i < std::min(most_parts, decision.score_parts.size()); ++i)
        line("", fmt::format("{:+.2f}  {}", decision.score_parts[i].weight, decision.score_parts[i].feature));
    if (decision.score_parts.size() > most_parts)
        line("", fmt::format("and {} smaller parts", decision.score_parts.size() - most_parts));
    line("on GitHub", item.title);
    for (const TitleStep& step : decision.title_steps) line("", fmt::format("{}: {}", step.step, step.text));
    line("title", decision.title);
    line("order by", decision.sort_key);
    return out;
}

}  // namespace harvester::edition
