// Any bytes as a day and as a moment: what is understood is written back as the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/time.h"
#include "base/utf8.h"
#include "edition/period.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harvester;
    static const profile::Profile profile = profile::load_profile("").value();
    const std::string text{reinterpret_cast<const char*>(data), size};
    const auto day = parse_day(text);
    if (day && format_day(*day) != text) std::abort();
    if (const auto moment = parse_instant(text); moment && parse_instant(format_instant(*moment)) != moment)
        std::abort();
    const auto issue = edition::option_edition(profile, text, Day{});
    if (issue && !text.empty() && (!day || issue->date != *day)) std::abort();
    if (!issue && (issue.error().code != ExitCode::usage || issue.error().message.empty())) std::abort();
    return 0;
}
