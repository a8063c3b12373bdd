#include "commands/open_cache.h"

#include <fmt/format.h>

#include <system_error>

namespace harvester::commands {

Result<cache::Store> open_cache(const Context& context, cache::OpenMode mode) {
    const auto path = cache_path(context);
    if (!path) return tl::unexpected(path.error());
    std::error_code error;
    if (mode == cache::OpenMode::read_only && !std::filesystem::exists(*path, error) && !error)
        return fail(
            ExitCode::file,
            fmt::format(
                "{}: there is no cache yet; run `harvester fetch` first, or name another one with --cache",
                path->string()));
    if (mode == cache::OpenMode::read_write && path->has_parent_path()) {
        std::filesystem::create_directories(path->parent_path(), error);
        if (error)
            return fail(ExitCode::file,
                        fmt::format("{}: the folder cannot be made ({}); name another cache with --cache",
                                    path->parent_path().string(), error.message()));
    }
    return cache::Store::open(*path, mode);
}

}  // namespace harvester::commands
