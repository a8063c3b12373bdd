// Any bytes as a draft file: placed, merged twice with two harvests, and checked.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>

#include "check/check.h"
#include "draft/draft_file.h"
#include "draft/draft_merge.h"
#include "draft/pieces.h"
#include "markdown/text_lines.h"
#include "profile/profile.h"

namespace {

using namespace harvester;

void require(bool holds) {
    if (!holds) std::abort();
}

std::vector<render::PartText> harvest(bool grown) {
    const std::string more = grown ? "* [new](https://github.com/o/r/pull/4)\n" : "";
    return {{"testing", "## Calls for Testing\nTry it.\n\n* *None.*\n"},
            {"merged",
             "## Updates from the Rust Project\n\n" + std::string(grown ? "4" : "3") +
                 " pull requests were [merged in the last week][merged]\n\n[merged]: https://x.example\n\n"
                 "#### Compiler\n* [a](https://github.com/o/r/pull/1)\n" +
                 more +
                 "\n#### Library\n* [b](https://github.com/o/r/pull/2)\n\n<!-- left out:\n* "
                 "[c](https://github.com/o/r/pull/3)\n-->\n"},
            {"triage", "### Rust Compiler Performance Triage\n\nA calm week.\n"},
            {"approved", "### [Approved RFCs](u)\n\n* *None.*\n"},
            {"fcp", "### Final Comment Period\n\n#### [Rust](u)\n* [d](https://github.com/o/r/issues/5)\n"},
            {"rfcs", "### [New and Updated RFCs](u)\n* [e](https://github.com/o/r/pull/6)\n"}};
}

// What stands between the parts' bodies, in order.
std::vector<std::string_view> outside(const draft::DraftFile& file) {
    std::vector<std::string_view> out;
    std::size_t at = 0;
    for (const draft::PartPlace& place : file.parts()) {
        out.push_back(std::string_view(file.text()).substr(at, place.body_begin - at));
        at = place.body_end;
    }
    out.push_back(std::string_view(file.text()).substr(at));
    return out;
}

// The texts follow one another in `text`, the first at its start and the last at its end.
bool holds_in_order(std::string_view text, const std::vector<std::string_view>& pieces) {
    if (!text.starts_with(pieces.front())) return false;
    std::size_t at = pieces.front().size();
    for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
        at = text.find(pieces[i], at);
        if (at == std::string_view::npos) return false;
        at += pieces[i].size();
    }
    return text.size() - at >= pieces.back().size() && text.ends_with(pieces.back());
}

std::map<std::string, int> item_links(std::string_view body) {
    std::map<std::string, int> out;
    for (const draft::Piece& piece : draft::pieces_of(body).list)
        if (piece.kind == draft::Piece::Kind::item)
            for (const std::string& key : piece.items) ++out[key];
    return out;
}

bool has_template_lines(std::string_view text, const profile::PublishPolicy& policy) {
    for (const profile::DraftPart& part : policy.parts)
        for (const auto* starts : {&part.placeholders, &part.leftovers})
            for (const std::string& start : *starts)
                if (text.find(start) != std::string_view::npos) return true;
    return false;
}

// Without a base nothing is known of what an editor did, so all of it must be there afterwards.
void nothing_lost(std::string_view before, std::string_view after) {
    std::multiset<std::string_view> lines;
    for (const markdown::Line& line : markdown::split_lines(after)) lines.insert(line.text);
    for (const markdown::Line& line : markdown::split_lines(before)) {
        if (markdown::is_blank(line.text)) continue;
        const auto found = lines.find(line.text);
        require(found != lines.end());
        lines.erase(found);
    }
}

void merge(const std::string& text, const profile::PublishPolicy& policy) {
    if (!draft::check_mergeable(text, "draft.md")) return;
    const auto file = draft::DraftFile::parse(text, policy, "draft.md");
    if (!file) return;
    const auto run = [&](const std::string& draft, bool grown, const draft::DraftLines& lines) {
        auto merge = draft::merge_draft({.name = "draft.md",
                                         .text = draft,
                                         .rendered = harvest(grown),
                                         .lines = lines,
                                         .left_out = "<!-- left out:"},
                                        policy);
        require(merge.has_value());
        return std::move(*merge);
    };
    const auto first = run(text, false, {});
    require(holds_in_order(first.text, outside(*file)));
    if (!has_template_lines(text, policy)) nothing_lost(text, first.text);
    std::string now = first.text;
    auto lines = first.lines;
    for (const bool grown : {true, false}) {
        const auto next = run(now, grown, lines);
        require(holds_in_order(next.text, outside(*file)));
        require(run(next.text, grown, next.lines).text == next.text);
        now = next.text;
        lines = next.lines;
    }
    const auto merged = draft::DraftFile::parse(now, policy, "draft.md");
    require(merged.has_value());
    for (const draft::PartPlace& place : merged->parts()) {
        const draft::PartPlace* old = file->find(place.name);
        require(old != nullptr);
        const auto before = item_links(file->body(*old));
        for (const auto& [key, times] : item_links(merged->body(place))) {
            const auto known = before.find(key);
            require(times <= std::max(1, known == before.end() ? 0 : known->second));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const profile::Profile profile = profile::load_profile("").value();
    const std::string text(reinterpret_cast<const char*>(data), size);
    merge(text, profile.publish);
    check::CheckInput input;
    input.name = "2025-12-17-this-week-in-rust.md";
    input.text = text;
    const std::string fixed = check::fix_edition(input, profile).text;
    input.text = fixed;
    for (const check::Finding& finding : check::check_edition(input, profile)) {
        require(finding.line > 0 && !finding.rule.empty() && !finding.message.empty());
        require(!finding.fix);  // all that has one right answer was fixed
    }
    return 0;
}
