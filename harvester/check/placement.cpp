// Rules about which item belongs where: in which part, section and group, with which mark, and once.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/glob.h"
#include "check/rules.h"
#include "markdown/link_line.h"

namespace harvester::check {
namespace {

using profile::GroupForm;
using profile::GroupPolicy;
using profile::PartKind;
using profile::PartPolicy;

// ---- sections and repositories ----

// An item of a repository that alone fills a section, in another section that belongs to one repository.
void wrong_section(const Context& context, const Line& line, Report& report) {
    if (line.section == nullptr || line.part->name != merged_part) return;
    const std::string here = markdown::heading_name(line.section_words());
    const auto& repositories = context.profile.editorial.repositories;
    const auto sole = [&](const std::string& heading) {
        return std::ranges::count_if(repositories, [&](const auto& policy) {
                   return to_lower(policy.section) == heading;
               }) == 1;
    };
    if (!sole(here)) return;
    for (const markdown::ItemUrl& item : line.items())
        for (const profile::RepositoryPolicy& policy : repositories)
            if (!policy.by_label && any_glob_matches(policy.names, repository_of(item)) &&
                to_lower(policy.section) != here && sole(to_lower(policy.section)))
                report(line.number, fmt::format("{} is under \"{}\"; move it to \"{}\"", item.key(),
                                                line.section_words(), policy.section));
}

// Lists of proposals have pull requests of one repository.
void wrong_repository(const Context& context, const Line& line, Report& report) {
    const PartPolicy* part = context.profile.form.find_part(line.part->name);
    if (part == nullptr || part->repository.empty()) return;
    const std::string& right = part->repository;
    for (const markdown::ItemUrl& item : line.items()) {
        if (repository_of(item) == to_lower(right)) return;  // a further link of a proposal
    }
    for (const markdown::ItemUrl& item : line.items())
        report(line.number, fmt::format("{} isn't an item of {}; link the proposal or remove the line",
                                        item.key(), right));
}

// ---- groups ----

const PartPolicy* labels_of(const Context& context, std::string_view part) {
    const PartPolicy* policy = context.profile.form.find_part(part);
    return policy != nullptr && policy->kind == PartKind::labelled ? policy : nullptr;
}

// How a group is called in a heading or a sentence: the text of the first link, or all of it.
std::string group_name(std::string_view words) {
    const auto links = markdown::links_of(words);
    return markdown::heading_name(links.empty() ? words : links.front().text);
}

// The group that a heading or a link names; null when the form has none of that name.
const GroupForm* named_group(const Context& context, std::string_view part, std::string_view words) {
    const std::string name = group_name(words);
    for (const GroupForm& group : context.form.part(part).groups)
        if (group_name(group.link) == name) return &group;
    return nullptr;
}

const GroupPolicy* policy_of(const PartPolicy& policy, const std::string& key) {
    const auto found = std::ranges::find(policy.groups, key, &GroupPolicy::key);
    return found == policy.groups.end() ? nullptr : &*found;
}

void wrong_group(const Context& context, const Line& line, Report& report) {
    const PartPolicy* labels = labels_of(context, line.part->name);
    if (labels == nullptr || line.section == nullptr) return;
    const GroupForm* group = named_group(context, line.part->name, line.section_words());
    const GroupPolicy* policy = group == nullptr ? nullptr : policy_of(*labels, group->key);
    if (policy == nullptr || policy->repository.empty()) return;
    const auto items = line.items();
    // The first link is the item's; further ones lead to what it is about.
    if (items.empty() || repository_of(items.front()) == to_lower(policy->repository)) return;
    for (const GroupForm& other : context.form.part(line.part->name).groups) {
        const GroupPolicy* right = policy_of(*labels, other.key);
        if (right != nullptr && to_lower(right->repository) == repository_of(items.front()))
            return report(line.number,
                          fmt::format("{} is in group \"{}\"; move it to \"{}\"", items.front().key(),
                                      group_name(group->link), group_name(other.link)));
    }
    report(line.number, fmt::format("{} is in group \"{}\", which lists {}; move it", items.front().key(),
                                    group_name(group->link), policy->repository));
}

// The words of a sentence that says that there is nothing, without its list of groups and its marks.
std::string plain_words(std::string_view text) {
    std::string out;
    for (const char c : to_lower(text.substr(0, text.find('{'))))
        if ((c >= 'a' && c <= 'z') || c == ' ') out += c;
    return std::string(markdown::trimmed(out));
}

bool says_none(const Line& line, std::string_view none) {
    const std::string words = plain_words(none);
    return !words.empty() && line.visible() && plain_words(line.text).starts_with(words);
}

// "No RFCs were approved this week." next to one that was.
void none_with_items(const Context& context, Report& report) {
    for (const Line& line : context.draft.lines) {
        if (!line.is_first() || line.part == nullptr || line.part->whole || line.is_heading()) continue;
        const auto& form = context.form.part(line.part->name);
        bool in_section = false;  // the sentence speaks of its section, not of the whole part
        bool none = says_none(line, form.none);
        for (const GroupForm& group : form.groups)
            if (!none && says_none(line, group.none)) none = in_section = true;
        if (!none) continue;
        const auto items = context.draft.part(line.part->name);
        const auto item = std::ranges::find_if(items, [&](const Line* other) {
            return other->is_item() && !other->items().empty() &&
                   (!in_section || other->section == line.section);
        });
        if (item == items.end()) continue;
        std::optional<Fix> fix;
        if (line.block->first_line == line.block->last_line) fix = Fix{};
        report(
            line.number,
            fmt::format("the line says that there is nothing, and line {} lists an item; remove one of them",
                        (*item)->number),
            std::move(fix));
    }
}

// A group that has items, and that the sentence about the groups without any names too.
void group_twice(const Context& context, Report& report) {
    for (const markdown::Block& block : context.draft.document.blocks) {
        const Line& first = context.draft.lines[block.first_line];
        if (first.part == nullptr || first.part->whole || block.hidden || block.is_heading()) continue;
        const auto& form = context.form.part(first.part->name);
        if (form.none_of.text.empty() || !says_none(first, form.none_of.text)) continue;
        for (std::size_t i = block.first_line; i <= block.last_line; ++i)
            for (const markdown::Link& link : context.draft.lines[i].links)
                for (const Line* other : context.draft.part(first.part->name))
                    if (other->is_item() && other->section != nullptr && !other->items().empty() &&
                        group_name(other->section_words()) == markdown::heading_name(link.text)) {
                        report(i + 1,
                               fmt::format("\"{}\" is named as a group without items, and line {} lists one; "
                                           "remove it from the sentence",
                                           link.text, other->number));
                        break;
                    }
    }
}

// ---- marks before a link ----

// The text in brackets before an item's link: "[disposition: close]"; empty when there is none.
std::string_view mark_of(const Line& line) {
    const auto link = markdown::parse_link_line(line.text);
    if (!link) return {};
    const auto mark = markdown::trimmed(link->prefix);
    return mark.starts_with('[') && mark.find(']') == mark.size() - 1 ? mark : std::string_view();
}

// The marks of a part, of all forms: of dispositions where the part has some, else those that forms have
// besides. A disposition that no form prints is written like those that one does.
std::vector<std::string> known_marks(const Context& context, const PartPolicy& part) {
    std::vector<std::string> dispositions{"unspecified"};
    for (const PartPolicy& other : context.profile.form.parts)
        for (const auto& [label, name] : other.dispositions) dispositions.push_back(name);
    const bool has_dispositions = !part.dispositions.empty();
    std::vector<std::string> known;
    const auto add = [&](std::string mark) {
        if (!mark.empty() && !contains(known, mark)) known.push_back(std::move(mark));
    };
    for (const profile::Form& form : context.profile.form.forms)
        for (const auto& [name, mark] : form.marks) {
            if (contains(dispositions, name) != has_dispositions) continue;
            add(mark);
            const auto at = mark.find(name);
            for (const std::string& other : dispositions)
                if (has_dispositions && at != std::string::npos)
                    add(mark.substr(0, at) + other + mark.substr(at + name.size()));
        }
    return known;
}

void disposition(const Context& context, const Line& line, Report& report) {
    const PartPolicy* part = context.profile.form.find_part(line.part->name);
    if (part == nullptr || (part->dispositions.empty() && part->kind != PartKind::proposed)) return;
    const auto mark = mark_of(line);
    const auto known = known_marks(context, *part);
    if (!mark.empty() && !known.empty() && !contains(known, mark))
        return report(line.number, fmt::format("\"{}\" isn't a mark of this list; write one of {}", mark,
                                               fmt::join(known, ", ")));
    // As far as the labels are known.
    const auto link = markdown::parse_link_line(line.text);
    const auto item =
        link && markdown::read_item_url(link->url) ? context.find_item(link->url) : std::nullopt;
    if (!item) return;
    for (const auto& [label, name] : part->dispositions) {
        if (std::ranges::find(item->labels, label) == item->labels.end()) continue;
        const std::string right(markdown::trimmed(context.form.mark(name)));
        const bool same = mark == right || (!mark.empty() && mark.find(name) != std::string_view::npos);
        if (!same)
            report(line.number,
                   fmt::format("{} has the label {}; {}", markdown::link_key(link->url), label,
                               right.empty() ? fmt::format("remove \"{}\"", mark)
                                             : fmt::format("write \"{}\" before its link", right)));
        return;
    }
}

// ---- twice ----

void duplicate(const Context& context, Report& report) {
    std::map<std::pair<const profile::DraftPart*, std::string>, const Line*> seen;
    for (const Line& line : context.draft.lines) {
        if (!line.is_item() || !context.is_list(line)) continue;
        for (const markdown::ItemUrl& item : line.items()) {
            const auto [first, fresh] = seen.emplace(std::pair{line.part, item.key()}, &line);
            if (fresh || first->second == &line) continue;
            std::optional<Fix> fix;
            if (first->second->text == line.text && line.block->first_line == line.block->last_line)
                fix = Fix{};
            report(line.number,
                   fmt::format("{} is in line {} already; remove one", item.key(), first->second->number),
                   std::move(fix));
        }
    }
}

constexpr Rule placement_table[] = {
    {"wrong-section", Severity::error, Scope::item, wrong_section},
    {"wrong-repository", Severity::error, Scope::item, wrong_repository},
    {"wrong-group", Severity::error, Scope::item, wrong_group},
    {"none-with-items", Severity::error, none_with_items},
    {"group-twice", Severity::error, group_twice},
    {"disposition", Severity::error, Scope::item, disposition},
    {"duplicate", Severity::error, duplicate},
};

}  // namespace

std::span<const Rule> placement_rules() {
    return placement_table;
}

}  // namespace harvester::check
