// Any bytes as a profile and, behind the first zero byte, as its weights: what is refused names its file.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "editorial/weights.h"
#include "profile/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harvester;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const std::size_t zero = std::min(bytes.find('\0'), bytes.size());

    const auto profile = profile::parse_profile(bytes.substr(0, zero), "some.toml", "");
    // What it extends may be what is wrong with it.
    const auto names_file = [](const std::string& message) {
        return message.starts_with("some.toml") || message.starts_with("built-in ");
    };
    if (!profile && (profile.error().code != ExitCode::usage || !names_file(profile.error().message)))
        std::abort();
    const auto weights =
        editorial::Weights::parse(bytes.substr(std::min(zero + 1, bytes.size())), "some.tsv");
    if (!weights &&
        (weights.error().code != ExitCode::usage || !weights.error().message.starts_with("some.tsv")))
        std::abort();
    return 0;
}
