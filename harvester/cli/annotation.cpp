#include "cli/annotation.h"

#include <fmt/format.h>

namespace harvester::cli {
namespace {

// As the runner unescapes: percent and line ends in a message, colon and comma in a property, too.
std::string escaped(std::string_view text, bool property) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            out += c;
    }
    return out;
}

}  // namespace

std::string annotation(std::string_view level, std::string_view file, std::size_t line,
                       std::string_view title, std::string_view message) {
    return fmt::format("::{} file={},line={},title={}::{}", level, escaped(file, true), line,
                       escaped(title, true), escaped(message, false));
}

}  // namespace harvester::cli
