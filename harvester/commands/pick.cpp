#include "commands/pick.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/files.h"
#include "draft/draft_file.h"
#include "draft/pieces.h"
#include "edition/draft_target.h"
#include "edition/explanation.h"
#include "edition/week.h"
#include "markdown/item_url.h"

namespace harvester::commands {
namespace {

constexpr const char* fallback_part = "merged";  // of a profile without such parts

struct Request {
    edition::Week week;
    edition::DraftTarget target;
    std::vector<edition::ItemName> items;
    std::string text;  // of the draft
};

std::string key_of(const edition::ItemName& item) {
    return markdown::link_key(fmt::format("https://host/{}/pull/{}", item.repository, item.number));
}

Result<Request> read_request(const PickOptions& options, const cli::Context& context) {
    // The last word may be the draft: an item has a "#" or is a URL.
    std::vector<std::string> items = options.items;
    std::string file;
    if (items.size() > 1 && items.back().find('#') == std::string::npos &&
        items.back().find("://") == std::string::npos) {
        file = items.back();
        items.pop_back();
    }
    auto week = edition::open_draft_week(context, edition::PeriodOptions{options.issue, "", ""}, file);
    if (!week) return tl::unexpected(week.error());
    Request request{std::move(*week), {}, {}, {}};
    const auto path = edition::draft_file(request.week.profile, request.week.issue, file, context);
    if (!path)
        return fail(
            ExitCode::usage,
            fmt::format("there is no draft of edition {} in this checkout; name its FILE after the items",
                        format_day(request.week.issue.date)));
    for (const std::string& item : items) {
        auto name = edition::parse_item_name(request.week.profile, item);
        if (!name) return tl::unexpected(name.error());
        request.items.push_back(std::move(*name));
    }
    auto text = read_file(*path);
    if (!text) return tl::unexpected(text.error());
    request.text = std::move(*text);
    request.target.file = *path;
    request.target.named = file.empty() ? path->string() : file;
    return request;
}

Result<edition::Record> read_week(const Request& request, cli::Context& context) {
    auto record = edition::read_record(request.week.profile, cache::OpenMode::read_write,
                                       {request.week.issue, std::nullopt, "", true}, context);
    return record;
}

// Candidates in the draft stay there: without them in the harvest the merge would take them out.
bool has_candidates(const Request& request, const render::Report& report) {
    return request.text.find(request.week.profile.form.form(report.layout, report.issue.date).left_out) !=
           std::string::npos;
}

// The part of merged pull requests that has the item among its candidates, or else the first.
render::Part& part_of(const Decision& decision, render::Report& report, const profile::Profile& profile) {
    render::Part* first = nullptr;
    for (const profile::PartPolicy& policy : profile.form.parts) {
        if (policy.kind != profile::PartKind::merged) continue;
        render::Part& part = report.part(policy.name);
        if (first == nullptr) first = &part;
        for (const render::Section& section : part.sections)
            for (const auto* entries : {&section.picks, &section.others})
                if (std::ranges::find(*entries, decision.item.url, &render::Entry::url) != entries->end())
                    return part;
    }
    return first != nullptr ? *first : report.part(fallback_part);
}

// Lists the item in the report, where its score would have put it; the part's name.
Result<std::string> list_item(const edition::ItemName& item, edition::Assembly& assembly,
                              const Edition& issue, const profile::Profile& profile) {
    const Decision* decision = edition::find_decision(assembly.decisions, item);
    if (decision == nullptr || decision->title.empty())
        return fail(ExitCode::usage,
                    fmt::format("{}#{}: the cache knows no such pull request merged from {} to {} that can "
                                "be listed; fetch the window "
                                "first, or write the line into the draft",
                                terminal_safe(item.repository), item.number, format_day(issue.window.first),
                                format_day(issue.window.last)));
    const auto same = [&](const render::Entry& entry) { return entry.url == decision->item.url; };
    render::Part& part = part_of(*decision, assembly.report, profile);
    const std::string heading = assembly.report.layout == Layout::flat ? std::string() : decision->section;
    auto section = std::ranges::find(part.sections, heading, &render::Section::name);
    if (section == part.sections.end()) section = part.sections.insert(section, render::Section{heading, {}});
    if (std::ranges::any_of(section->picks, same)) return part.name;
    std::erase_if(section->others, same);
    std::map<std::string, std::string> order;  // sort keys, by URL
    for (const Decision& other : assembly.decisions) order[other.item.url] = other.sort_key;
    const auto place = std::ranges::find_if(
        section->picks, [&](const render::Entry& entry) { return order[entry.url] > decision->sort_key; });
    section->picks.insert(place,
                          render::Entry{"", decision->title, decision->item.url, decision->item.author.login,
                                        decision->item.repository, decision->item.number});
    return part.name;
}

}  // namespace

Result<ExitCode> run_pick(const PickOptions& options, cli::Context& context) {
    auto request = read_request(options, context);
    if (!request) return tl::unexpected(request.error());
    auto record = read_week(*request, context);
    if (!record) return tl::unexpected(record.error());
    for (const edition::ItemName& item : request->items) {
        const auto part = list_item(item, record->assembly, request->week.issue, request->week.profile);
        if (!part) return tl::unexpected(part.error());
        request->target.pick.insert(key_of(item));
        request->target.parts.push_back(*part);
    }
    request->target.all = has_candidates(*request, record->assembly.report);
    return edition::merge_into_file(request->week.profile, *record, request->target, context);
}

Result<ExitCode> run_reject(const RejectOptions& options, cli::Context& context) {
    auto request = read_request(options, context);
    if (!request) return tl::unexpected(request.error());
    auto record = read_week(*request, context);
    if (!record) return tl::unexpected(record.error());
    for (const edition::ItemName& item : request->items) request->target.reject.insert(key_of(item));
    // Only the parts that have one of the items are merged.
    const auto file =
        draft::DraftFile::parse(request->text, request->week.profile.publish, request->target.named);
    if (!file) return tl::unexpected(file.error());
    for (const draft::PartPlace& place : file->parts()) {
        const draft::Pieces pieces = draft::pieces_of(file->body(place));
        const bool has = std::any_of(pieces.list.begin(), pieces.list.end(), [&](const draft::Piece& piece) {
            return std::any_of(piece.items.begin(), piece.items.end(),
                               [&](const std::string& key) { return request->target.reject.contains(key); });
        });
        if (has) request->target.parts.push_back(place.name);
    }
    if (request->target.parts.empty())
        return fail(ExitCode::usage,
                    fmt::format("{}: it has none of these items; check the numbers", request->target.named));
    request->target.all = has_candidates(*request, record->assembly.report);
    return edition::merge_into_file(request->week.profile, *record, request->target, context);
}

}  // namespace harvester::commands
