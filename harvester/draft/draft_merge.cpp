#include "draft/draft_merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "draft/draft_file.h"
#include "draft/pieces.h"
#include "markdown/document.h"
#include "markdown/inline_text.h"

namespace harvester::draft {
namespace {

std::size_t line_number(std::string_view text, std::size_t offset) {
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::size_t count_items(std::string_view body) {
    const Pieces pieces = pieces_of(body);
    return static_cast<std::size_t>(std::count_if(pieces.list.begin(), pieces.list.end(),
                                                  [](const Piece& piece) { return piece.in_list(); }));
}

// One line for people: a title may hold what looks like one.
std::string one_line(const std::string& markdown) {
    return markdown::one_line(markdown);
}

Result<void> check_reset(const DraftMergeInput& input, const DraftFile& file,
                         const profile::PublishPolicy& policy) {
    for (const std::string& part : input.reset) {
        if (policy.find_part(part) == nullptr) {
            std::vector<std::string> names;
            for (const auto& known : policy.parts) names.push_back(known.name);
            return fail(ExitCode::usage, fmt::format("--reset {}: there is no such part; the parts are {}",
                                                     part, fmt::join(names, ", ")));
        }
        if (file.find(part) == nullptr)
            return fail(
                ExitCode::file,
                fmt::format(
                    "{}: there is no heading \"{}\", so that part can't be started over; add the heading",
                    input.name, policy.find_part(part)->headings.front()));
    }
    return {};
}

}  // namespace

std::string_view below_heading(std::string_view rendered) {
    const markdown::Document document(rendered);
    if (document.blocks.empty() || !document.blocks[0].is_heading()) return rendered;
    const markdown::Block& heading = document.blocks[0];
    return rendered.substr(heading.end + document.lines[heading.last_line].end.size());
}

Result<DraftMerge> merge_draft(const DraftMergeInput& input, const profile::PublishPolicy& policy) {
    if (const auto fine = check_mergeable(input.text, input.name); !fine) return tl::unexpected(fine.error());
    const auto file = DraftFile::parse(input.text, policy, input.name);
    if (!file) return tl::unexpected(file.error());
    if (const auto fine = check_reset(input, *file, policy); !fine) return tl::unexpected(fine.error());

    DraftMerge merge;
    std::vector<std::optional<std::string>> bodies(file->parts().size());
    std::vector<std::pair<std::size_t, MergeNote>> notes;  // by place
    for (const render::PartText& rendered : input.rendered) {
        const profile::DraftPart* part = policy.find_part(rendered.part);
        if (part == nullptr) continue;
        const PartPlace* place = file->find(rendered.part);
        if (place == nullptr) {
            merge.notes.push_back(fmt::format("{}: there is no heading \"{}\"; the part {} was left out",
                                              input.name, part->headings.front(), rendered.part));
            continue;
        }
        const auto index = static_cast<std::size_t>(place - file->parts().data());
        MergeInput one{
            .policy = *part, .theirs = file->body(*place), .rendered = below_heading(rendered.text)};
        if (const auto known = input.lines.find(rendered.part); known != input.lines.end())
            one.base = known->second;
        one.line_end = file->line_end();
        one.left_out = input.left_out;
        one.complete = !input.incomplete.contains(rendered.part);
        if (input.newer) one.newer = [&](const std::string& key) { return input.newer(rendered.part, key); };
        if (input.still) one.still = [&](const std::string& key) { return input.still(rendered.part, key); };
        one.pick = input.pick;
        one.reject = input.reject;
        one.reset = std::find(input.reset.begin(), input.reset.end(), rendered.part) != input.reset.end();
        MergeResult result = merge_part(one);
        if (result.body != file->body(*place)) bodies[index] = std::move(result.body);
        merge.lines[rendered.part] = std::move(result.lines);
        for (MergeNote& note : result.notes) notes.emplace_back(index, std::move(note));
        merge.parts.push_back({rendered.part, std::move(result.added), std::move(result.removed),
                               std::move(result.retitled), std::move(result.kept), result.offered, 0});
    }
    merge.text = file->with_bodies(bodies);
    const auto merged = DraftFile::parse(merge.text, policy, input.name);
    if (!merged) return tl::unexpected(merged.error());
    for (const auto& [index, note] : notes) {
        const PartPlace* place = merged->find(file->parts()[index].name);
        const std::size_t first = place == nullptr ? 1 : line_number(merge.text, place->body_begin);
        merge.notes.push_back(
            fmt::format("{}:{}: {}", input.name, first + note.line - 1, one_line(note.message)));
    }
    for (PartOutcome& part : merge.parts)
        if (const PartPlace* place = merged->find(part.part)) part.links = count_items(merged->body(*place));
    const auto place_of = [&](const PartOutcome& p) { return file->find(p.part)->body_begin; };
    std::sort(merge.parts.begin(), merge.parts.end(),
              [&](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
    return merge;
}

std::vector<std::string> account_of(const DraftMerge& merge) {
    constexpr std::size_t most = 10;
    std::vector<std::string> out;
    const auto tell = [&](const char* what, const std::vector<LineChange> PartOutcome::*changes,
                          auto&& words) {
        std::size_t told = 0;
        for (const PartOutcome& part : merge.parts)
            for (const LineChange& change : part.*changes)
                if (++told <= most) out.push_back(fmt::format("{}: {}", what, one_line(words(change))));
        if (told > most) out.push_back(fmt::format("{}: and {} more", what, told - most));
    };
    tell("added", &PartOutcome::added, [](const LineChange& c) { return c.line; });
    tell("removed", &PartOutcome::removed,
         [](const LineChange& c) { return fmt::format("{} ({})", c.line, c.why); });
    tell("retitled", &PartOutcome::retitled, [](const LineChange& c) { return c.line; });
    tell("kept", &PartOutcome::kept,
         [](const LineChange& c) { return fmt::format("{} ({})", c.line, c.why); });
    std::size_t offered = 0;
    for (const PartOutcome& part : merge.parts) offered += part.offered;
    if (offered > 0) out.push_back(fmt::format("candidates added to the comments: {}", offered));
    return out;
}

}  // namespace harvester::draft
