// UTF-8 by hand-sized steps, for text that nobody vouches for.
#pragma once

#include <string>
#include <string_view>

namespace harvester::utf8 {

inline constexpr char32_t replacement = U'\uFFFD';

// Reads one code point at `at` and moves `at` past it. Broken bytes give `replacement` and move `at` by
// one. Requires at < text.size().
char32_t next(std::string_view text, std::size_t& at);

void append(std::string& out, char32_t c);

// The same text with every broken sequence as U+FFFD.
std::string scrubbed(std::string_view text);

// True when all of it is printable ASCII, as most titles and labels are: nothing is broken or hidden.
bool is_printable_ascii(std::string_view text);

// True for controls (C0, DEL, C1) and for the characters that change the direction or hide themselves:
// U+061C, U+200B..200F, U+2028..202E, U+2060..2069, U+FEFF, U+FFF9..FFFB, U+E0000..E007F. Zero-width joiners
// between emoji are U+200D and are let through by `is_hostile_control`'s callers where they want emoji whole.
bool is_hostile_control(char32_t c);

}  // namespace harvester::utf8
