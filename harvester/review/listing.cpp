#include "review/listing.h"

#include <algorithm>

#include "draft/draft_file.h"
#include "markdown/link_line.h"
#include "markdown/text_lines.h"
#include "review/decided.h"

namespace harvester::review {

Result<Listing> read_listing(const std::string& text, const profile::PublishPolicy& policy, const std::string& name) {
    const auto file = draft::DraftFile::parse(text, policy, name);
    if (!file) return tl::unexpected(file.error());
    const auto all = markdown::split_lines(file->text());
    Listing listing;
    for (const draft::PartPlace& place : file->parts()) {
        if (!listing.markdown.empty()) listing.markdown += '\n';
        const auto body = file->body(place);
        listing.markdown += std::string(all[place.heading_line - 1].text) + "\n" +
                            std::string(markdown::trimmed(markdown::with_plain_line_ends(body)).empty() ? "" : markdown::with_plain_line_ends(body));
        while (listing.markdown.ends_with("\n\n")) listing.markdown.pop_back();
        std::string heading;
        markdown::BlockState state;
        std::size_t number = place.heading_line;
        for (const markdown::Line& line : markdown::split_lines(body)) {
            ++number;
            if (state.next(line.text) != markdown::BlockState::Kind::text) continue;
            if (const auto found = markdown::heading_of(line.text)) heading = std::string(found->text);
            const auto link = markdown::parse_link_line(line.text);
            if (!link || !link->indent.empty()) continue;
            listing.lines.push_back({row_id(place.name, std::string(link->url)), place.name, heading, std::string(link->prefix),
                                     std::string(link->title), std::string(link->url), number});
        }
    }
    return listing;
}

}  // namespace harvester::review
