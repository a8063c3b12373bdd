#include "draft/merge.h"
#include "markdown/text_lines.h"

namespace harvester::draft {

std::string write_marks(const PartBase& base) {
    std::string out;
    for (const std::string& key : base.removed) out += "removed " + key + "\n";
    for (const std::string& key : base.unwritten) out += "unwritten " + key + "\n";
    return out;
}

void read_marks(std::string_view marks, PartBase& base) {
    for (const markdown::Line& line : markdown::split_lines(marks)) {
        const auto space = line.text.find(' ');
        if (space == std::string_view::npos) continue;
        const std::string_view kind = line.text.substr(0, space);
        if (kind == "removed") base.removed.emplace_back(line.text.substr(space + 1));
        if (kind == "unwritten") base.unwritten.emplace_back(line.text.substr(space + 1));
    }
}

}  // namespace harvester::draft
