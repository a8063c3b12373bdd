#include "draft/draft_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
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

std::size_t conflict_line(std::string_view text) {
    std::size_t number = 0;
    for (const markdown::Line& line : markdown::split_lines(text)) {
        ++number;
        for (const std::string_view mark : {"<<<<<<<", ">>>>>>>", "|||||||"})
            if (line.text == mark || (line.text.starts_with(mark) && line.text[mark.size()] == ' '))
                return number;
    }
    return 0;
}

Result<void> check_mergeable(std::string_view text, const std::string& name) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return fail(ExitCode::file,
                    fmt::format("{}: it is UTF-16, so it was left as it is; save it as UTF-8", name));
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (utf8::next(text, at) == utf8::replacement && text.substr(begin, 3) != "\xEF\xBF\xBD")
            return fail(
                ExitCode::file,
                fmt::format(
                    "{}:{}: it isn't UTF-8 here, so it was left as it is; save it as UTF-8", name,
                    1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n')));
    }
    if (const std::size_t line = conflict_line(text); line > 0)
        return fail(
            ExitCode::file,
            fmt::format(
                "{}:{}: a conflict of git isn't resolved here, so the draft was left as it is; resolve it",
                name, line));
    const markdown::Document document(text);
    if (document.unclosed && document.block_at(*document.unclosed)->kind == markdown::Block::Kind::comment)
        return fail(ExitCode::file, fmt::format("{}:{}: a comment opens here and is never closed, so the "
                                                "draft was left as it is; close it with -->",
                                                name, *document.unclosed + 1));
    return {};
}

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
