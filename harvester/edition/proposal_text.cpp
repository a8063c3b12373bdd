#include "edition/proposal_text.h"

#include <fmt/format.h>

#include <map>

#include "markdown/document.h"
#include "markdown/inline_text.h"
#include "markdown/item_url.h"
#include "markdown/link_line.h"

namespace harvester::edition {
namespace {

constexpr std::size_t longest = 60'000;  // GitHub takes 65,536 characters, of which people may use some

// Titles of the items that a draft lists, by key.
std::map<std::string, std::string> titles_of(const std::string& text) {
    std::map<std::string, std::string> out;
    const markdown::Document document(text);
    for (const markdown::Block& block : document.blocks) {
        if (block.kind != markdown::Block::Kind::item) continue;
        const auto words = document.text_of(block);
        if (const auto line = markdown::parse_link_line(words.substr(0, words.find('\n'))))
            out.emplace(markdown::link_key(line->url), std::string(line->title));
    }
    return out;
}

// A part that is one text, such as a report, counts as one when it is there.
std::string counts_table(const draft::DraftMerge& merge, const profile::PublishPolicy& policy) {
    std::string out = "| section | links | new | gone |\n| --- | ---: | ---: | ---: |\n";
    for (const draft::PartOutcome& part : merge.parts) {
        const profile::DraftPart* known = policy.find_part(part.part);
        const bool whole = known != nullptr && known->whole;
        out += fmt::format("| {} | {} | {} | {} |\n", part.part,
                           whole && part.links > 0 ? "1 report" : std::to_string(part.links),
                           part.added.size(), part.removed.size());
    }
    return out;
}

}  // namespace

std::string proposal_text(const Edition& issue, const draft::DraftMerge& merge, const std::string& before,
                          const std::vector<std::string>& warnings, const profile::PublishPolicy& policy) {
    std::string out = fmt::format("Issue {} of {}. Window: {} to {}, both inclusive, UTC.\n\n{}",
                                  issue.number, format_day(issue.date), format_day(issue.window.first),
                                  format_day(issue.window.last), counts_table(merge, policy));
    const auto list = [&](const char* heading, const auto changes, const std::string& text) {
        const auto titles = titles_of(text);
        std::string lines;
        for (const draft::PartOutcome& part : merge.parts)
            for (const auto& [key, line, why] : part.*changes) {
                if (key == part.part) continue;  // a part that is one text
                const auto title = titles.find(key);
                lines += fmt::format("- {}`{}` ({})\n", title == titles.end() ? "" : title->second + " ", key,
                                     part.part);
            }
        if (!lines.empty()) out += fmt::format("\n### {}\n\n{}", heading, lines);
    };
    list("New since the last run", &draft::PartOutcome::added, merge.text);
    list("Gone since the last run", &draft::PartOutcome::removed, before);
    out += "\n### Needs a human eye\n\n";
    for (const std::string& warning : warnings) out += "- " + markdown::escape_inline(warning) + "\n";
    for (const std::string& note : merge.notes) out += "- " + markdown::escape_inline(note) + "\n";
    if (warnings.empty() && merge.notes.empty()) out += "Nothing: no conflicts and no warnings.\n";
    if (out.size() > longest) {
        out.resize(out.rfind('\n', longest) + 1);
        out += "\n(cut here: the rest is in the commits)\n";
    }
    return out;
}

}  // namespace harvester::edition
