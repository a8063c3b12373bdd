#include "base/streams.h"

#include <cstdlib>

#include "base/utf8.h"

namespace harvester {

Environment process_environment() {
    return [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') return std::nullopt;
        return std::string(value);
    };
}

std::string terminal_safe(std::string_view text) {
    constexpr char32_t zero_width_joiner = 0x200D;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = utf8::next(text, at);
        if (utf8::is_hostile_control(c) && c != U'\n' && c != U'\t' && c != zero_width_joiner)
            c = utf8::replacement;
        utf8::append(out, c);
    }
    return out;
}

}  // namespace harvester
