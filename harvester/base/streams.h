// The Streams seam: where a command's output goes. Data on out, talk on err.
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

namespace harvester {

// All references outlive the command.
struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool err_is_terminal = false;
    bool out_is_terminal = false;
    int columns = 80;  // width of the terminal
};

// One environment variable; nullopt when it isn't set, or set to nothing.
using Environment = std::function<std::optional<std::string>(const char* name)>;
Environment process_environment();

// Text of strangers made safe to show on a terminal: control characters (but line feed and tab) and
// bidirectional overrides become U+FFFD, broken UTF-8 too.
std::string terminal_safe(std::string_view text);

}  // namespace harvester
