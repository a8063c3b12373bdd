#include "draft/draft_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "markdown/document.h"

namespace harvester::draft {
namespace {

const profile::DraftPart* part_of_heading(const profile::PublishPolicy& policy, std::string_view heading) {
    const std::string words = markdown::heading_name(heading);
    for (const profile::DraftPart& part : policy.parts)
        for (const std::string& wanted : part.headings)
            if (markdown::heading_name(wanted) == words) return &part;
    return nullptr;
}

}  // namespace

Result<DraftFile> DraftFile::parse(std::string text, const profile::PublishPolicy& policy,
                                   const std::string& name) {
    DraftFile file;
    file.text_ = std::move(text);
    file.line_end_ = markdown::dominant_line_end(file.text_);
    int open_level = 0;  // of the part being read; 0: none
    const markdown::Document document(file.text_);
    for (const markdown::Block& block : document.blocks) {
        if (!block.is_heading()) continue;
        const profile::DraftPart* part = part_of_heading(policy, block.words);
        if (part != nullptr && file.find(part->name) != nullptr) part = nullptr;
        if (open_level > 0 && (part != nullptr || block.level <= open_level)) {
            file.parts_.back().body_end = block.begin;
            open_level = 0;
        }
        if (part != nullptr) {
            const std::size_t below = block.end + document.lines[block.last_line].end.size();
            file.parts_.push_back({part->name, block.first_line + 1, below, file.text_.size()});
            open_level = block.level;
        }
    }
    for (const profile::DraftPart& part : policy.parts)
        if (part.required && file.find(part.name) == nullptr)
            return fail(ExitCode::file, fmt::format("{}: there is no heading \"{}\" outside comments and "
                                                    "code; add it, or name the draft file",
                                                    name, part.headings.front()));
    return file;
}

const PartPlace* DraftFile::find(const std::string& part) const {
    const auto found =
        std::find_if(parts_.begin(), parts_.end(), [&](const PartPlace& p) { return p.name == part; });
    return found == parts_.end() ? nullptr : &*found;
}

std::string_view DraftFile::body(const PartPlace& place) const {
    return std::string_view(text_).substr(place.body_begin, place.body_end - place.body_begin);
}

std::string DraftFile::with_bodies(const std::vector<std::optional<std::string>>& bodies) const {
    std::string out;
    std::size_t at = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (!bodies[i]) continue;
        out.append(text_, at, parts_[i].body_begin - at);
        // A heading that ends the file without a line break gets one before anything may follow.
        if (!bodies[i]->empty() && !out.empty() && out.back() != '\n') markdown::end_line(out, line_end_);
        out += *bodies[i];
        at = parts_[i].body_end;
    }
    out.append(text_, at);
    return out;
}

}  // namespace harvester::draft
