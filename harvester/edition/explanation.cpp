#include "edition/explanation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/glob.h"
#include "base/streams.h"
#include "base/text.h"
#include "cache/drafts.h"
#include "markdown/item_url.h"
#include "profile/calendar.h"
#include "render/selection.h"

namespace harvester::edition {
namespace {

std::string same_line(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return terminal_safe(out);
}

std::string day_text(Instant at) {
    return format_day(std::chrono::floor<std::chrono::days>(at));
}

std::string window_words(const Edition& edition) {
    return fmt::format("the window {} to {} of edition {}", format_day(edition.window.first),
                       format_day(edition.window.last), format_day(edition.date));
}

// ---- the list of merged pull requests ----

bool is_candidate(const Decision& decision) {
    return decision.verdict == Verdict::picked || decision.verdict == Verdict::left;
}

std::string candidate_reason(const Decision& decision, const std::vector<Decision>& decisions) {
    std::size_t candidates = 0, better = 0, better_listed = 0;
    for (const Decision& other : decisions) {
        if (!is_candidate(other) || other.item.repository != decision.item.repository) continue;
        ++candidates;
        if (other.score <= decision.score) continue;
        ++better;
        if (other.verdict == Verdict::picked) ++better_listed;
    }
    const std::string rank =
        fmt::format("number {} of {} candidates in {}", better + 1, candidates, decision.item.repository);
    if (decision.verdict == Verdict::picked) return "it is " + rank;
    if (decision.rule == "score") return fmt::format("it is {}, and ones like it are seldom printed", rank);
    if (decision.rule.starts_with("wanted"))
        return fmt::format("{} better {} listed; it is {}", better_listed,
                           better_listed == 1 ? "one is" : "ones are", rank);
    return decision.reason;
}

PartAnswer merged_answer(const Decision& decision, const std::vector<Decision>& decisions) {
    const bool listed = decision.verdict == Verdict::picked;
    if (is_candidate(decision)) return {"merged", listed, candidate_reason(decision, decisions)};
    if (decision.verdict == Verdict::dropped)
        return {"merged", false, fmt::format("the rule \"{}\" drops it: {}", decision.rule, decision.reason)};
    return {"merged", false, decision.reason};
}

// A merged pull request outside the edition's window.
PartAnswer other_window(const profile::Profile& profile, const Item& item, const Edition& edition) {
    const Day merged = std::chrono::floor<std::chrono::days>(*item.merged_at);
    const Edition right = profile::next_edition(profile, merged + std::chrono::days{1});
    return {"merged", false,
            fmt::format("it was merged on {}, outside {}; ask with --issue {}", format_day(merged),
                        window_words(edition), format_day(right.date))};
}

// ---- the parts that go by labels and by paths ----

bool lists(const std::vector<render::Entry>& entries, const std::string& key) {
    return std::ranges::any_of(
        entries, [&](const render::Entry& entry) { return markdown::link_key(entry.url) == key; });
}

// The last time that a label of the part was put on the item.
const LabelEvent* last_event(const Item& item, const profile::PartPolicy& policy) {
    const LabelEvent* last = nullptr;
    if (item.label_events)
        for (const LabelEvent& event : *item.label_events)
            if (event.added && any_glob_matches(policy.labels, event.label)) last = &event;
    return last;
}

std::optional<PartAnswer> label_answer(const Item& item, const profile::PartPolicy& policy,
                                       const std::vector<render::Section>& groups, const Edition& edition,
                                       const profile::Profile& profile) {
    const std::string& part = policy.name;
    const LabelEvent* last = last_event(item, policy);
    const bool has_label = std::ranges::any_of(
        item.labels, [&](const std::string& label) { return any_glob_matches(policy.labels, label); });
    for (const render::Section& group : groups)
        if (lists(group.picks, markdown::link_key(item.url)))
            return PartAnswer{part, true,
                              last == nullptr ? fmt::format("in the group \"{}\"", group.name)
                                              : fmt::format("it got the label {} on {}; group \"{}\"",
                                                            last->label, day_text(last->at), group.name)};
    if (last == nullptr && !has_label) return std::nullopt;
    if (last == nullptr)
        return PartAnswer{part, false, "the cache doesn't know when it got its label; `fetch` the window"};
    if (!render::last_labelled(item, policy.labels, edition.window.range()))
        return PartAnswer{part, false,
                          fmt::format("it got the label {} on {}, outside {}", last->label,
                                      day_text(last->at), window_words(edition))};
    const bool grouped =
        policy.groups.empty() || std::ranges::any_of(policy.groups, [&](const profile::GroupPolicy& group) {
            return render::is_in_group(item, group, profile);
        });
    if (!grouped)
        return PartAnswer{
            part, false,
            fmt::format("no group of this part takes it; {} has none, or other labels are missing",
                        item.repository)};
    return PartAnswer{part, false, "an earlier edition listed it for the same label"};
}

bool is_of(const Item& item, const profile::PartPolicy& policy) {
    return glob_matches(policy.repository, item.repository) && item.kind == ItemKind::pull_request;
}

// Why a proposal that is in time isn't listed.
std::string proposal_reason(const Item& item, const profile::PartPolicy& policy) {
    if (!item.paths) return "the cache doesn't know its files; `fetch` the window";
    if (!render::adds_text(item, policy)) return "it adds no text of a proposal";
    return "an earlier edition listed it";
}

std::optional<PartAnswer> approved_answer(const Item& item, const profile::PartPolicy& policy,
                                          const std::vector<render::Entry>& listed, const Edition& edition) {
    if (!is_of(item, policy)) return std::nullopt;
    if (!item.merged_at) return PartAnswer{policy.name, false, "it isn't merged"};
    const std::string merged = fmt::format("it was merged on {}", day_text(*item.merged_at));
    if (lists(listed, markdown::link_key(item.url))) return PartAnswer{policy.name, true, merged};
    if (!edition.window.range().contains(*item.merged_at))
        return PartAnswer{policy.name, false, fmt::format("{}, outside {}", merged, window_words(edition))};
    return PartAnswer{policy.name, false, proposal_reason(item, policy)};
}

std::optional<PartAnswer> new_answer(const Item& item, const profile::PartPolicy& policy,
                                     const std::vector<render::Entry>& listed, const Edition& edition) {
    if (!is_of(item, policy)) return std::nullopt;
    const bool is_new = edition.window.range().contains(item.created_at);
    const std::string opened = fmt::format("it was opened on {}", day_text(item.created_at));
    if (lists(listed, markdown::link_key(item.url)))
        return PartAnswer{policy.name, true,
                          is_new || !item.text_changed_at
                              ? opened
                              : fmt::format("its text changed on {}", day_text(*item.text_changed_at))};
    if (item.state != ItemState::open)
        return PartAnswer{policy.name, false,
                          item.state == ItemState::merged ? "it is merged" : "it is closed"};
    if (item.paths && render::adds_text(item, policy) && !is_new)
        return PartAnswer{policy.name, false,
                          fmt::format("{} and its text didn't change in {}", opened, window_words(edition))};
    return PartAnswer{policy.name, false, proposal_reason(item, policy)};
}

// The answer of a part that goes by labels or paths; nullopt when the item has nothing to do with it.
std::optional<PartAnswer> part_answer(const Item& item, const profile::PartPolicy& policy,
                                      const render::Report& report, const profile::Profile& profile) {
    static const std::vector<render::Section> no_sections;
    const render::Part* part = report.find_part(policy.name);
    const auto& sections = part == nullptr ? no_sections : part->sections;
    const std::vector<render::Entry> listed =
        sections.empty() ? std::vector<render::Entry>{} : sections.front().picks;
    switch (policy.kind) {
        case profile::PartKind::labelled:
            return label_answer(item, policy, sections, report.issue, profile);
        case profile::PartKind::approved:
            return approved_answer(item, policy, listed, report.issue);
        case profile::PartKind::proposed:
            return new_answer(item, policy, listed, report.issue);
        default:
            return std::nullopt;
    }
}

// ---- drafts ----

std::string draft_sentence(const DraftLine& line) {
    if (line.decision == DraftLine::Decision::rejected)
        return "an editor removed it from the list; it isn't written again";
    if (line.decision == DraftLine::Decision::dismissed)
        return "an editor removed it from the candidates; it isn't offered again";
    if (line.place == DraftLine::Place::comment) return "among the candidates in the comment";
    if (line.place == DraftLine::Place::nowhere) return "not in the draft";
    const std::string by =
        line.decision == DraftLine::Decision::picked ? "listed because an editor put it there" : "listed";
    return line.kept.empty() ? by : fmt::format("{}; an editor changed its line to: {}", by, line.kept);
}

// What the last run left of the item in the edition's drafts.
Result<std::vector<std::string>> in_drafts(cache::Store& store, const Edition& edition,
                                           const std::string& key) {
    std::vector<std::string> out;
    const cache::Drafts drafts(store);
    const auto names = drafts.names();
    if (!names) return tl::unexpected(names.error());
    const std::string date = format_day(edition.date) + " ";
    for (const std::string& name : *names) {
        if (!name.starts_with(date)) continue;
        const auto record = drafts.read(name);
        if (!record) return tl::unexpected(record.error());
        for (const auto& [part, lines] : record->lines)
            for (const DraftLine& line : lines)
                if (line.key == key)
                    out.push_back(
                        fmt::format("{} ({}): {}", name.substr(date.size()), part, draft_sentence(line)));
    }
    return out;
}

// ---- the score in words ----

// Weights that one feature has in several places (for all, for its repository, for the layout) are one
// reason.
std::vector<ScorePart> reasons_of(const Decision& decision) {
    std::map<std::string, double> sums;
    for (const ScorePart& part : decision.score_parts) sums[feature_words(part.feature)] += part.weight;
    std::vector<ScorePart> reasons;
    for (const auto& [words, weight] : sums)
        if (!words.empty()) reasons.push_back({words, weight});
    std::ranges::stable_sort(reasons, [](const ScorePart& a, const ScorePart& b) {
        return std::abs(a.weight) > std::abs(b.weight);
    });
    return reasons;
}

std::string reason_list(const std::vector<ScorePart>& reasons, bool positive, std::size_t most) {
    std::string out;
    std::size_t shown = 0, hidden = 0;
    for (const ScorePart& reason : reasons) {
        if ((reason.weight > 0) != positive) continue;
        if (shown == most) {
            ++hidden;
            continue;
        }
        out += fmt::format("{}{} ({:+.2f})", shown++ == 0 ? "" : ", ", reason.feature, reason.weight);
    }
    if (hidden > 0) out += fmt::format(" and {} more", hidden);
    return out.empty() ? "nothing" : out;
}

}  // namespace

std::string feature_words(std::string_view feature) {
    if (const auto bar = feature.find('|'); bar != std::string_view::npos) feature.remove_prefix(bar + 1);
    const auto equals = feature.find('=');
    const std::string_view kind = feature.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : feature.substr(equals + 1);
    if (feature == "(bias)") return {};
    if (kind == "w") return fmt::format("the word \"{}\"", value);
    if (kind == "b") return fmt::format("the words \"{}\"", value);
    if (kind == "lead")
        return value == "none"     ? "no words"
               : value == "`code`" ? "it begins with code"
                                   : fmt::format("it begins with \"{}\"", value);
    if (kind == "type")
        return value == "none" ? "no type before a colon" : fmt::format("the type \"{}:\"", value);
    if (kind == "scope") return fmt::format("the scope \"({})\"", value);
    if (kind == "repo") return fmt::format("the repository {}", value);
    if (kind == "label") return fmt::format("the label {}", value);
    if (kind == "path") return fmt::format("files in {}", value);
    if (feature.starts_with("title:")) return fmt::format("the pattern \"{}\"", feature.substr(6));
    for (const auto& [name, words] :
         {std::pair("length", "characters in the title"), std::pair("lines", "changed lines"),
          std::pair("files", "changed files")})
        if (feature.starts_with(name)) {
            const std::string_view size = feature.substr(std::string_view(name).size());
            return size.starts_with('<')
                       ? fmt::format("fewer than {} {}", size.substr(1), words)
                       : fmt::format("at least {} {}", size.substr(0, size.find('+')), words);
        }
    return std::string(feature);
}

Result<ItemName> parse_item_name(const profile::Profile& profile, const std::string& text) {
    if (const auto url = markdown::read_item_url(text); url && text.starts_with(profile.web + "/"))
        return ItemName{std::string(url->repository), url->number};
    const auto hash = text.find('#');
    if (hash != std::string::npos && hash > 0 && text.find("://") == std::string::npos) {
        ItemName name{text.substr(0, hash), 0};
        if (name.repository.find('/') == std::string::npos)
            name.repository = profile.organisation + "/" + name.repository;
        const auto [last, error] =
            std::from_chars(text.data() + hash + 1, text.data() + text.size(), name.number);
        if (error == std::errc() && last == text.data() + text.size() && name.number > 0 &&
            std::ranges::count(name.repository, '/') == 1)
            return name;
    }
    return fail(ExitCode::usage,
                fmt::format("ITEM: '{}' names no item; write NAME#1, {}/NAME#1 or {}/{}/NAME/pull/1",
                            same_line(text), profile.organisation, profile.web, profile.organisation));
}

const Decision* find_decision(const std::vector<Decision>& decisions, const ItemName& name) {
    const auto found = std::ranges::find_if(decisions, [&](const Decision& one) {
        return one.item.number == name.number && to_lower(one.item.repository) == to_lower(name.repository);
    });
    return found == decisions.end() ? nullptr : &*found;
}

Result<Explanation> explain(const profile::Profile& profile, cache::Store& store, const Assembly& assembly,
                            const ItemName& name) {
    const render::Report& report = assembly.report;
    Explanation out;
    const std::string key = to_lower(fmt::format("{}#{}", name.repository, name.number));
    const Decision* decision = find_decision(assembly.decisions, name);
    auto item = store.find_item(name.repository, name.number);
    if (!item) return tl::unexpected(item.error());
    if (decision != nullptr) {
        out.decision = *decision;
        if (!*item) *item = decision->item;
    }
    if (!*item)
        return fail(
            ExitCode::usage,
            fmt::format(
                "{}#{}: the cache doesn't have it; `fetch` the window that it was merged or labelled in",
                terminal_safe(name.repository), name.number));
    out.item = std::move(**item);
    const bool proposal = std::ranges::any_of(profile.form.parts, [&](const profile::PartPolicy& part) {
        return part.kind == profile::PartKind::approved && is_of(out.item, part);
    });
    if (out.decision && !(proposal && out.decision->verdict == Verdict::outside))
        out.parts.push_back(merged_answer(*out.decision, assembly.decisions));
    else if (!out.decision && out.item.merged_at && !proposal)
        out.parts.push_back(other_window(profile, out.item, report.issue));
    for (const profile::PartPolicy& part : profile.form.parts)
        if (auto answer = part_answer(out.item, part, report, profile))
            out.parts.push_back(std::move(*answer));
    auto drafts = in_drafts(store, report.issue, key);
    if (!drafts) return tl::unexpected(drafts.error());
    out.drafts = std::move(*drafts);
    return out;
}

std::string explanation_text(const Explanation& explanation, std::size_t most_reasons) {
    const Item& item = explanation.item;
    std::string out;
    const auto line = [&](std::string_view what, std::string_view text) {
        out += fmt::format("{:<10}{}\n", what, same_line(text));
    };
    line("item", fmt::format("{}#{}  {}", item.repository, item.number, item.url));
    line("by", item.merged_at
                   ? fmt::format("{}, merged {}", item.author.login, format_instant(*item.merged_at))
                   : item.author.login);
    line("labels", item.labels.empty() ? "none" : fmt::format("{}", fmt::join(item.labels, ", ")));
    for (const PartAnswer& answer : explanation.parts)
        line(answer.part, fmt::format("{}: {}", answer.listed ? "listed" : "not listed", answer.reason));
    if (explanation.parts.empty())
        line("parts", "none: it wasn't merged, and has no label that a part goes by");
    for (const std::string& sentence : explanation.drafts) line("draft", sentence);
    if (!explanation.decision || explanation.decision->verdict == Verdict::outside) return out;
    const Decision& decision = *explanation.decision;
    line("section", fmt::format("{}; {}", decision.section.empty() ? "the one list" : decision.section,
                                decision.section_reason));
    const std::vector<ScorePart> reasons = reasons_of(decision);
    line("for it", reason_list(reasons, true, most_reasons));
    line("against", reason_list(reasons, false, most_reasons));
    line("on GitHub", decision.item.title);
    for (const TitleStep& step : decision.title_steps) line("", fmt::format("{}: {}", step.step, step.text));
    line("title", decision.title);
    line("order by", decision.sort_key);
    return out;
}

}  // namespace harvester::edition
