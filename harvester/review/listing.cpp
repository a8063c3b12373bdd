#include "review/listing.h"

#include "draft/draft_file.h"
#include "markdown/document.h"
#include "markdown/link_line.h"
#include "review/decided.h"

namespace harvester::review {

Result<Listing> read_listing(const std::string& text, const profile::PublishPolicy& policy,
                             const std::string& name) {
    const auto file = draft::DraftFile::parse(text, policy, name);
    if (!file) return tl::unexpected(file.error());
    const markdown::Document document(file->text());
    Listing listing;
    for (const draft::PartPlace& part : file->parts()) {
        if (!listing.markdown.empty()) listing.markdown += '\n';
        listing.markdown += std::string(document.lines[part.heading_line - 1].text) + "\n" +
                            markdown::with_plain_line_ends(file->body(part));
        while (listing.markdown.ends_with("\n\n")) listing.markdown.pop_back();
        std::string heading;
        for (const markdown::Block& block : document.blocks) {
            if (block.begin < part.body_begin || block.begin >= part.body_end) continue;
            if (block.is_heading()) heading = std::string(block.words);
            const auto link = block.is_item()
                                  ? markdown::parse_link_line(document.lines[block.first_line].text)
                                  : std::nullopt;
            if (!link) continue;
            listing.lines.push_back({row_id(part.name, std::string(link->url)), part.name, heading,
                                     std::string(link->prefix), std::string(link->title),
                                     std::string(link->url), block.first_line + 1});
        }
    }
    return listing;
}

}  // namespace harvester::review
