#include "review/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "check/check.h"
#include "draft/checkout.h"
#include "draft/published_issue.h"
#include "draft/unified_diff.h"
#include "edition/draft_memory.h"
#include "edition/draft_target.h"
#include "edition/harvest_session.h"
#include "markdown/document.h"
#include "markdown/item_url.h"
#include "markdown/link_line.h"
#include "profile/calendar.h"
#include "render/render.h"
#include "review/arrange.h"

namespace harvester::review {
namespace {

constexpr int recent_editions = 8;  // whose number of lines is shown beside this one's
constexpr std::size_t longest_title = 1'000;
constexpr std::size_t most_undoable = 500;

// Changes with the bytes; no secret, so any hash will do. FNV-1a.
std::string version_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    return fmt::format("{:016x}", hash);
}

// How many lines the recent editions of the checkout print.
Usual usual_lines(const profile::Profile& profile, const Edition& edition,
                  const std::filesystem::path& folder) {
    std::vector<int> counts;
    Edition at = edition;
    for (int i = 0; i < recent_editions; ++i) {
        at = profile::previous_edition(profile, at);
        const auto path = draft::find_in_checkout(folder, profile.publish.issues, at);
        const auto text = path ? read_file(*path) : Result<std::string>(std::string());
        if (!text || text->empty()) continue;
        const auto printed = draft::read_published_issue(profile, *text, path->string());
        if (!printed.items.empty()) counts.push_back(static_cast<int>(printed.items.size()));
    }
    if (counts.empty()) return {};
    std::sort(counts.begin(), counts.end());
    return {static_cast<int>(counts.size()), counts.front(), counts[counts.size() / 2], counts.back()};
}

// The title of a list line, as the editor typed it: it must stay the text of one link.
Result<std::string> checked_title(const std::string& title, const std::string& url) {
    if (title.size() > longest_title)
        return fail(ExitCode::usage,
                    fmt::format("the title is longer than {} bytes; shorten it", longest_title));
    const bool has_control = std::any_of(
        title.begin(), title.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    const std::string line = "* [" + title + "](" + url + ")";
    const auto read = markdown::parse_link_line(line);
    // Brackets in the title must not end the link early: Markdown has to see this one link.
    const auto links = markdown::links_of(line);
    const bool one_link = !links.empty() && links.front().begin == std::string_view("* ").size() &&
                          links.front().end == line.size() && links.front().url == url;
    if (has_control || !read || read->title != title || read->url != url || !read->tail.empty() || !one_link)
        return fail(ExitCode::usage,
                    "the title can't be the text of a link; balance or escape its brackets and backticks");
    return title;
}

}  // namespace

Result<Session> Session::open(edition::Week week, const SessionOptions& options, cli::Context& context) {
    auto record = edition::read_record(week.profile, cache::OpenMode::read_write,
                                       {week.issue, options.layout, options.previous, true}, context);
    if (!record) return tl::unexpected(record.error());
    Session session(std::move(week), std::move(*record), context);
    const profile::Profile& profile = session.week_.profile;
    const Edition& edition = session.week_.issue;
    session.file_ = edition::draft_file(profile, edition, options.file, context);
    session.warnings_ = options.warnings;
    for (const std::string& warning : session.record_.assembly.report.warnings)
        session.warnings_.push_back(warning);
    session.usual_ =
        usual_lines(profile, edition, session.file_ ? session.file_->parent_path() : context.working_folder);
    const auto seen =
        session.record_.store.seen_before(profile.name, edition.date + std::chrono::days{1}, edition.date);
    if (!seen) return tl::unexpected(seen.error());
    for (const cache::SeenItem& item : *seen) session.seen_.push_back(item.url);
    std::sort(session.seen_.begin(), session.seen_.end());
    if (auto kept = edition::remember_seen(profile, session.record_.store, session.record_.assembly,
                                           context.clock.now_seconds());
        !kept)
        return tl::unexpected(kept.error());
    // A file that is no draft is refused before the page is shown.
    if (const auto merged = session.merge(); !merged) return tl::unexpected(merged.error());
    return session;
}

bool Session::one_list(const profile::PartPolicy& part) const {
    return record_.assembly.report.layout == Layout::flat || !part.sections;
}

std::vector<std::string> Session::headings(const profile::PartPolicy& part) const {
    if (one_list(part)) return {""};
    std::vector<std::string> out;
    for (const profile::SectionPolicy& section : week_.profile.editorial.sections)
        out.push_back(section.name);
    return out;
}

bool Session::lists_merged(const std::string& part) const {
    const profile::PartPolicy* policy = week_.profile.form.find_part(part);
    return policy != nullptr && policy->kind == profile::PartKind::merged;
}

std::string Session::draft_key() const {
    std::error_code error;
    const auto place = std::filesystem::weakly_canonical(*file_, error);
    return format_day(week_.issue.date) + " " + (error ? *file_ : place).string();
}

Result<std::string> Session::arranged(const std::string& text, const std::string& name) const {
    std::map<std::string, const Decision*> by_id;
    for (const Decision& decision : record_.assembly.decisions)
        if (const auto* part = edition::merged_part_of(week_.profile, decision.item))
            by_id[row_id(part->name, decision.item.url)] = &decision;
    ArrangeInput input{text, week_.profile.publish, decisions_, {}, "#### ", {}};
    for (const profile::SectionPolicy& section : week_.profile.editorial.sections)
        input.headings.push_back(section.name);
    input.before = [&](const std::string& a, const std::string& b) {
        const auto one = by_id.find(a), other = by_id.find(b);
        return one != by_id.end() && other != by_id.end() &&
               in_program_order(week_.profile, record_.assembly.report.layout, *one->second, *other->second);
    };
    return arrange(input, name);
}

Result<draft::DraftMerge> Session::decided_merge(draft::DraftMergeInput input) const {
    const profile::Profile& profile = week_.profile;
    input.rendered =
        render::render_parts(decided_report(profile, record_.assembly, decisions_), profile.form);
    for (const auto& [id, decided] : decisions_)
        if (decided.listed) (*decided.listed ? input.pick : input.reject).insert(id.substr(id.find('/') + 1));
    auto first = draft::merge_draft(input, profile.publish);
    if (!first) return first;
    auto edited = arranged(first->text, input.name);
    if (!edited) return tl::unexpected(edited.error());
    if (*edited == first->text) return first;
    // The edits are merged as the editor's own, so that the merge remembers them.
    input.text = std::move(*edited);
    input.lines = first->lines;
    auto second = draft::merge_draft(input, profile.publish);
    if (second) second->notes = std::move(first->notes);
    return second;
}

Result<Session::Merge> Session::merge() const {
    const profile::Profile& profile = week_.profile;
    const std::string name = file_ ? file_->filename().string() : "the draft";
    Merge merge;
    if (!file_) {
        auto text = arranged(
            render::render(decided_report(profile, record_.assembly, decisions_), profile.form), name);
        if (!text) return tl::unexpected(text.error());
        merge.after.text = std::move(*text);
    } else {
        auto text = read_file(*file_);
        if (!text) return tl::unexpected(text.error());
        auto lines = edition::load_lines(record_.store, profile.publish, draft_key());
        if (!lines) return tl::unexpected(lines.error());
        draft::DraftMergeInput input{.name = name, .text = *text, .lines = std::move(*lines)};
        edition::set_up_merge(input, record_.assembly, record_.store, profile, false);
        auto after = decided_merge(std::move(input));
        if (!after) return tl::unexpected(after.error());
        merge.before = std::move(*text);
        merge.after = std::move(*after);
    }
    auto listing = read_listing(merge.after.text, profile.publish, name);
    if (!listing) return tl::unexpected(listing.error());
    merge.listing = std::move(*listing);
    return merge;
}

Result<Week> Session::week() const {
    const auto merged = merge();
    if (!merged) return tl::unexpected(merged.error());
    Week week;
    week.newsletter = week_.profile.title;
    week.date = format_day(week_.issue.date);
    week.number = week_.issue.number;
    week.first = format_day(week_.issue.window.first);
    week.last = format_day(week_.issue.window.last);
    week.file = file_ ? file_->string() : "";
    week.file_version = file_ ? version_of(merged->before) : "";
    week.web = week_.profile.web;
    week.revision = revision_;
    week.undoable = static_cast<int>(undo_.size());
    week.proposable = !context_.global.offline && !week_.profile.publish.drafts.empty();
    week.usual = usual_;
    week.warnings = warnings_;
    week.sections = sections(*merged);
    for (const ListedLine& line : merged->listing.lines) week.lines += lists_merged(line.part) ? 1 : 0;
    return week;
}

State Session::state() const {
    const auto text = file_ ? read_file(*file_) : Result<std::string>(std::string());
    return {revision_, file_ && text ? version_of(*text) : ""};
}

Result<void> Session::apply(const Change& change, const Week& now, Decisions& decisions) const {
    const Row* row = nullptr;
    const Section* shown_in = nullptr;
    for (const Section& section : now.sections)
        for (const Row& candidate : section.rows)
            if (candidate.id == change.item) {
                row = &candidate;
                shown_in = &section;
            }
    if (row == nullptr) return fail(ExitCode::usage, "there is no such row: " + change.item);
    Decided& decided = decisions[row->id];
    if (change.action == "pick") {
        decided.listed = true;
    } else if (change.action == "reject") {
        decided.listed = false;
    } else if (change.action == "title") {
        auto title = checked_title(change.value, row->url);
        if (!title) return tl::unexpected(title.error());
        decided.title =
            title->empty() || *title == row->formatted ? std::nullopt : std::optional(std::move(*title));
    } else if (change.action == "section") {
        const auto target = std::find_if(now.sections.begin(), now.sections.end(),
                                         [&](const Section& s) { return s.id == change.value; });
        if (target == now.sections.end() || !target->target || target->part != row->part)
            return fail(ExitCode::usage, "a row can't be moved to this section: " + change.value);
        decided.section = target->heading;
        decided.order.reset();
    } else if (change.action == "move") {
        std::vector<const Row*> listed;
        for (const Row& other : shown_in->rows)
            if (other.listed && other.id != row->id) listed.push_back(&other);
        std::sort(listed.begin(), listed.end(),
                  [](const Row* a, const Row* b) { return a->position < b->position; });
        auto before =
            std::find_if(listed.begin(), listed.end(), [&](const Row* r) { return r->id == change.value; });
        if (!row->listed || !shown_in->target || (before == listed.end() && !change.value.empty()))
            return fail(ExitCode::usage, "a row can only be moved among the listed rows of its section");
        listed.insert(before, row);
        int order = 0;
        for (const Row* each : listed) decisions[each->id].order = order++;
    } else {
        decided = {};
    }
    std::erase_if(decisions, [](const auto& entry) { return entry.second.empty(); });
    return {};
}

Result<Week> Session::decide(const DecisionRequest& request) {
    Decisions decisions = decisions_;
    if (request.undo) {
        if (undo_.empty()) return fail(ExitCode::usage, "there is nothing to undo");
        decisions = undo_.back();
    } else {
        const auto now = week();
        if (!now) return tl::unexpected(now.error());
        for (const Change& change : request.changes)
            if (const auto applied = apply(change, *now, decisions); !applied)
                return tl::unexpected(applied.error());
    }
    if (request.undo) {
        undo_.pop_back();
    } else {
        undo_.push_back(decisions_);
        if (undo_.size() > most_undoable) undo_.erase(undo_.begin());
    }
    decisions_ = std::move(decisions);
    ++revision_;
    return week();
}

std::vector<PreviewFinding> Session::findings(const Merge& merge) const {
    check::CheckInput input;
    input.name = file_ ? file_->filename().string() : format_day(week_.issue.date) + ".md";
    input.text = merge.after.text;
    input.find_item = [&](const std::string& url) -> std::optional<Item> {
        const auto name = markdown::item_name(url);
        const auto item = name ? record_.store.find_item(name->first, name->second) : std::optional<Item>();
        return item && *item ? *item : std::nullopt;
    };
    std::vector<PreviewFinding> out;
    for (const check::Finding& finding : check::check_edition(input, week_.profile)) {
        PreviewFinding one{"", finding.line, finding.rule, finding.message};
        for (const ListedLine& line : merge.listing.lines)
            if (line.line == finding.line) one.item = line.id;
        // Without a file the text lacks the rest of a draft, which isn't the program's.
        if (file_ || !one.item.empty()) out.push_back(std::move(one));
    }
    return out;
}

Result<Preview> Session::preview() const {
    const auto merged = merge();
    if (!merged) return tl::unexpected(merged.error());
    const std::string name = file_ ? file_->filename().string() : "";
    return Preview{revision_,
                   merged->listing.markdown,
                   file_ ? draft::unified_diff(merged->before, merged->after.text, name, name) : "",
                   merged->after.notes,
                   findings(*merged),
                   file_ ? version_of(merged->before) : ""};
}

Result<SaveOutcome> Session::save(const SaveRequest& request) {
    if (!file_)
        return fail(ExitCode::usage,
                    "there is no draft file; copy the text, or name the FILE on the command line");
    const auto merged = merge();
    if (!merged) return tl::unexpected(merged.error());
    auto shown = preview();
    if (!shown) return tl::unexpected(shown.error());
    if (version_of(merged->before) != request.file_version)
        return SaveOutcome{
            false, std::move(*shown),
            file_->filename().string() + " changed meanwhile and was merged again; look at the new diff"};
    if (merged->after.text != merged->before)
        if (const auto written = write_file_atomically(*file_, merged->after.text); !written)
            return tl::unexpected(written.error());
    const auto kept =
        cache::Drafts(record_.store).write(draft_key(), merged->after.lines, context_.clock.now_seconds());
    if (!kept) return tl::unexpected(kept.error());
    saved_revision_ = revision_;
    auto now = preview();
    if (!now) return tl::unexpected(now.error());
    return SaveOutcome{true, std::move(*now),
                       merged->after.text == merged->before ? "nothing to write"
                                                            : file_->filename().string() + " was saved"};
}

}  // namespace harvester::review
