// Any bytes as a performance triage report.
#include <cstdint>
#include <cstdlib>

#include "profile/profile.h"
#include "render/triage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harvester;
    static const profile::Profile profile = profile::load_profile("").value();
    const RepositoryFile report{"a/b",
                                "triage/2025-12-16.md",
                                std::string(40, 'c'),
                                "",
                                "main",
                                std::string(reinterpret_cast<const char*>(data), size),
                                ""};
    const std::string text = render::triage_text(report, profile.web, profile.form.triage);
    if (!text.empty() && text.find("[Full report here](https://github.com/a/b/blob/") == std::string::npos)
        std::abort();
    return 0;
}
