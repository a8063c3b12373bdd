// Any bytes as a title: the list line made of them must be read back, and nothing may end a comment around
// it.
#include <cstdint>
#include <cstdlib>

#include "markdown/inline_text.h"
#include "markdown/link_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harvester::markdown;
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    const std::string title = escape_inline(raw);
    const std::string line =
        link_line("* ", "", without_references(title, {"merged"}), "https://example.org/1");
    if (line.find('\n') != std::string::npos || inside_comment(line).find("-->") != std::string::npos)
        std::abort();
    const auto parsed = parse_link_line(line);
    if (!parsed || parsed->url != "https://example.org/1") std::abort();
    parse_link_line(raw);
    return 0;
}
