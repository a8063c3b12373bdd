// The rows of the page, from the suggestion, the decisions and the text as it would be saved.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "markdown/item_url.h"
#include "render/render.h"
#include "review/session.h"

namespace harvester::review {
namespace {

std::string section_id(const std::string& part, const std::string& heading) {
    return part + "/" + heading;
}

const char* suggestion(Verdict verdict) {
    switch (verdict) {
        case Verdict::picked:
            return "picked";
        case Verdict::left:
            return "left";
        case Verdict::dropped:
            return "dropped";
        case Verdict::printed:
            return "printed";
        case Verdict::outside:
            return "outside";
    }
    return "";
}

// The order of a section's rows: what is suggested, then what was left out, each best first, then the rest.
bool shown_before(const Decision* a, const Decision* b) {
    const auto group = [](Verdict verdict) {
        return verdict == Verdict::picked ? 0 : verdict == Verdict::left ? 1 : 2;
    };
    if (group(a->verdict) != group(b->verdict)) return group(a->verdict) < group(b->verdict);
    if (a->score != b->score) return a->score > b->score;
    return std::tie(a->item.repository, a->item.number) < std::tie(b->item.repository, b->item.number);
}

void add_item(Row& row, const Item& item) {
    row.repository = item.repository;
    row.number = item.number;
    row.raw = item.title;
    row.author = item.author.login;
    row.labels = item.labels;
    if (item.size) {
        row.additions = item.size->additions;
        row.deletions = item.size->deletions;
        row.files = item.size->files;
    }
    if (item.merged_at) row.merged_at = format_instant(*item.merged_at);
}

Row merged_row(const std::string& part, const Decision& decision) {
    Row row;
    row.id = row_id(part, decision.item.url);
    row.part = part;
    row.url = decision.item.url;
    add_item(row, decision.item);
    row.formatted = decision.title;
    row.suggested = suggestion(decision.verdict);
    row.reason = decision.verdict == Verdict::dropped ? fmt::format("{}: {}", decision.rule, decision.reason)
                                                      : decision.reason;
    row.score = decision.score;
    return row;
}

Row entry_row(const std::string& part, const render::Entry& entry, const cache::Store& store) {
    Row row;
    row.id = row_id(part, entry.url);
    row.part = part;
    row.section = part;
    row.url = entry.url;
    row.formatted = entry.title;
    row.prefix = entry.prefix;
    row.suggested = suggestion(Verdict::picked);
    if (const auto name = markdown::item_name(entry.url)) {
        const auto item = store.find_item(name->first, name->second);
        if (item && *item) add_item(row, **item);
    }
    return row;
}

// A line of the file that the program didn't write.
Row own_row(const ListedLine& line) {
    Row row;
    row.id = line.id;
    row.part = line.part;
    row.url = line.url;
    row.raw = row.formatted = line.title;
    row.prefix = line.prefix;
    if (const auto name = markdown::item_name(line.url)) {
        row.repository = name->first;
        row.number = name->second;
    }
    row.marks.push_back("yours");
    return row;
}

}  // namespace

std::vector<Section> Session::sections(const Merge& merge) const {
    const render::Report& report = record_.assembly.report;
    const profile::Profile& profile = week_.profile;
    std::vector<Section> out;
    const auto section_of = [&](const std::string& part, const std::string& id,
                                const std::string& heading) -> Section& {
        const auto found = std::find_if(out.begin(), out.end(), [&](const Section& s) { return s.id == id; });
        return found != out.end() ? *found : out.emplace_back(Section{id, part, heading, "", false, {}});
    };
    std::vector<const Decision*> decisions;
    for (const Decision& decision : record_.assembly.decisions)
        if (decision.verdict != Verdict::outside) decisions.push_back(&decision);
    std::sort(decisions.begin(), decisions.end(), shown_before);
    std::map<std::string, std::string> suggested_section;  // by row
    for (const std::string& part : profile.form.form(report.layout, report.issue.date).order) {
        const profile::DraftPart* policy = profile.publish.find_part(part);
        const std::string heading =
            policy == nullptr || policy->headings.empty() ? part : policy->headings.front();
        const profile::PartPolicy* about = profile.form.find_part(part);
        if (about != nullptr && about->kind == profile::PartKind::merged) {
            for (const std::string& name : headings(*about))
                section_of(part, section_id(part, name), name.empty() ? heading : name).target = true;
            for (const Decision* decision : decisions) {
                if (edition::merged_part_of(profile, decision->item) != about) continue;
                Row row = merged_row(part, *decision);
                const std::string suggested = one_list(*about) ? "" : decision->section;
                suggested_section[row.id] = section_id(part, suggested);
                const auto decided = decisions_.find(row.id);
                const std::string name = decided != decisions_.end() && decided->second.section
                                             ? *decided->second.section
                                             : suggested;
                row.section = section_id(part, name);
                section_of(part, row.section, name).rows.push_back(std::move(row));
            }
            continue;
        }
        Section& section = section_of(part, part, heading);
        const render::Part* found = report.find_part(part);
        if (found == nullptr) continue;
        section.text = found->text.value_or("");
        for (const render::Section& group : found->sections)
            for (const render::Entry& entry : group.picks)
                section.rows.push_back(entry_row(part, entry, record_.store));
    }

    // What the text holds now: which rows are listed, where and with which title.
    std::map<std::string, std::pair<std::size_t, std::size_t>> row_of;  // by id: section and row
    for (std::size_t s = 0; s < out.size(); ++s)
        for (std::size_t r = 0; r < out[s].rows.size(); ++r) row_of[out[s].rows[r].id] = {s, r};
    std::map<std::string, int> positions;
    for (const ListedLine& line : merge.listing.lines) {
        const profile::PartPolicy* about = profile.form.find_part(line.part);
        const std::string id =
            lists_merged(line.part) ? section_id(line.part, one_list(*about) ? "" : line.heading) : line.part;
        auto place = row_of.find(line.id);
        if (place == row_of.end() || out[place->second.first].id != id) {
            // The file has it elsewhere, or nobody but the editor knows it.
            Row row =
                place == row_of.end() ? own_row(line) : out[place->second.first].rows[place->second.second];
            row.section = id;
            Section& section = section_of(line.part, id, line.heading);
            section.target |= lists_merged(line.part);
            section.rows.push_back(row);
            if (place != row_of.end()) out[place->second.first].rows[place->second.second].id.clear();
            const auto s = static_cast<std::size_t>(&section - out.data());
            place = row_of.insert_or_assign(line.id, std::pair(s, section.rows.size() - 1)).first;
        }
        Row& row = out[place->second.first].rows[place->second.second];
        row.listed = true;
        row.position = ++positions[id];
        row.title = line.title;
        row.prefix = line.prefix;
    }
    for (Section& section : out) std::erase_if(section.rows, [](const Row& row) { return row.id.empty(); });

    const bool looked_before = !seen_.empty();
    for (Section& section : out)
        for (Row& row : section.rows) {
            const auto decided = decisions_.find(row.id);
            const Decided* about = decided == decisions_.end() ? nullptr : &decided->second;
            if (row.title.empty())
                row.title = about != nullptr && about->title ? *about->title : row.formatted;
            const auto mark = [&](bool holds, const char* name) {
                if (holds) row.marks.push_back(name);
            };
            const bool own = row.suggested.empty();
            mark(looked_before && section.target && !own &&
                     !std::binary_search(seen_.begin(), seen_.end(), row.url),
                 "new");
            mark(row.suggested == "left" && row.listed && about == nullptr, "fell");
            mark(row.suggested == "printed", "printed");
            mark(row.listed && !own && row.title != row.formatted, "retitled");
            mark(row.listed && !own && section.target &&
                     (suggested_section[row.id] != row.section || (about != nullptr && about->order)),
                 "moved");
            mark(row.listed && row.suggested != "picked" && about != nullptr && about->listed.value_or(false),
                 "picked");
            mark(!row.listed && row.suggested == "picked", "rejected");
            mark(!row.listed && row.suggested != "picked" && about != nullptr && about->listed &&
                     !*about->listed,
                 "rejected");
        }
    return out;
}

}  // namespace harvester::review
