#include "cache/harvest_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace harvester::cache {

Result<std::optional<HarvestLock>> HarvestLock::try_take(const std::filesystem::path& path) {
    if (path == ":memory:") return std::optional<HarvestLock>(HarvestLock(-1));
    const std::string name = path.string() + "-harvest";
    const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0)
        return fail(
            ExitCode::file,
            fmt::format("cache {}: its lock file {} cannot be made ({}); see to the folder's permissions",
                        path.string(), name, std::strerror(errno)));
    HarvestLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return std::optional<HarvestLock>(std::move(lock));
    if (errno == EWOULDBLOCK) return std::optional<HarvestLock>();
    return fail(ExitCode::file,
                fmt::format("cache {}: its lock file {} cannot be locked ({}); put the cache on a local disk",
                            path.string(), name, std::strerror(errno)));
}

HarvestLock::HarvestLock(HarvestLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

HarvestLock::~HarvestLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace harvester::cache
