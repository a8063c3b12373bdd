// Any bytes as a published issue: every item is read once, from the line that prints it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>

#include "draft/published_issue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harvester;
    static const profile::Profile profile = profile::load_profile("").value();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    std::set<std::string> urls;
    std::size_t last = 1;
    for (const auto& item : draft::read_published_issue(profile, text, "issue.md").items) {
        if (!urls.insert(item.url).second || item.number <= 0 || item.line < last || item.line > lines ||
            item.repository.find('/') == std::string::npos)
            std::abort();
        last = item.line;
    }
    return 0;
}
