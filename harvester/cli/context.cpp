#include "cli/context.h"

namespace harvester::cli {

Result<profile::Profile> load_profile(const Context& context) {
    return profile::load_profile(context.global.profile);
}

Result<std::filesystem::path> cache_path(const Context& context) {
    if (!context.global.cache.empty()) return std::filesystem::path(context.global.cache);
    constexpr const char* file = "harvester/harvester.db";
    if (const auto base = context.environment("XDG_CACHE_HOME")) return std::filesystem::path(*base) / file;
    if (const auto home = context.environment("HOME")) return std::filesystem::path(*home) / ".cache" / file;
    return fail(ExitCode::usage,
                "no place for the cache is known: set HOME or XDG_CACHE_HOME, or give --cache PATH");
}

void say(const Context& context, const std::string& sentence) {
    if (!context.global.quiet) context.streams.err << terminal_safe(sentence) << '\n';
}

void say_verbose(const Context& context, const std::string& sentence) {
    if (context.global.verbose) say(context, sentence);
}

}  // namespace harvester::cli
