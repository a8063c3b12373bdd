// Any bytes as a title: what comes out is one line of valid UTF-8, never empty, and reads back as one link.
#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "editorial/title.h"
#include "markdown/link_line.h"
#include "profile/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harvester;
    static const auto profile = profile::load_profile("");
    if (!profile) std::abort();
    // The first byte chooses repository, section and layout.
    static const char* const repositories[] = {"rust", "cargo", "rust-clippy", "rust-analyzer", "miri", ""};
    static const char* const sections[] = {"Compiler", "Rustdoc", "Library", ""};
    const unsigned choice = size == 0 ? 0 : data[0];
    editorial::TitleInput input;
    input.repository = repositories[choice % 6];
    input.section = sections[choice / 6 % 4];
    input.layout = choice >= 128 ? Layout::flat : Layout::sections;
    if (size > 1) input.raw.assign(reinterpret_cast<const char*>(data) + 1, size - 1);

    const auto title = editorial::format_title(profile->titles, input);
    if (title.markdown.empty() || utf8::scrubbed(title.markdown) != title.markdown) std::abort();
    for (std::size_t at = 0; at < title.markdown.size();)
        if (const char32_t c = utf8::next(title.markdown, at); c < 0x20 || c == 0x7F) std::abort();
    const std::string line = "* [" + title.markdown + "](https://github.com/x/y/pull/1)";
    const auto read = markdown::parse_link_line(line);
    if (!read || read->title != title.markdown || !read->tail.empty() || !read->prefix.empty()) std::abort();
    return 0;
}
