#include "render/template.h"

namespace harvester::render {
namespace {

// True for a line "{name}" whose value is empty.
bool is_void(std::string_view line, const Values& values) {
    if (!line.starts_with('{') || line.find('}') + 1 != line.size()) return false;
    const auto value = values.find(line.substr(1, line.size() - 2));
    return value != values.end() && value->second.empty();
}

std::string fill_block(std::string_view block, const Values& values) {
    std::string out;
    bool lost = false, only_headings = true;
    for (std::size_t begin = 0; begin <= block.size();) {
        const std::size_t end = std::min(block.find('\n', begin), block.size());
        const std::string_view line = block.substr(begin, end - begin);
        begin = end + 1;
        if (is_void(line, values)) {
            lost = true;
            continue;
        }
        only_headings = only_headings && line.starts_with('#');
        if (!out.empty()) out.push_back('\n');
        out += fill(line, values);
    }
    return lost && only_headings ? std::string() : out;
}

}  // namespace

std::string fill(std::string_view text, const Values& values) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        out += text.substr(at, open - at);
        at = open;
        if (open == text.size()) break;
        const std::size_t close = text.find('}', open);
        const auto value = close == std::string_view::npos
                               ? values.end()
                               : values.find(text.substr(open + 1, close - open - 1));
        if (value == values.end()) {
            out.push_back(text[at++]);
        } else {
            out += value->second;
            at = close + 1;
        }
    }
    return out;
}

std::string fill_blocks(const std::vector<std::string>& blocks, const Values& values) {
    std::string out;
    for (const std::string& block : blocks) {
        const std::string filled = fill_block(block, values);
        if (filled.empty()) continue;
        if (!out.empty()) out += "\n\n";
        out += filled;
    }
    return out.empty() ? out : out + "\n";
}

}  // namespace harvester::render
