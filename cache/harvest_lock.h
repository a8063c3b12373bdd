// One harvest at a time on a cache.
//
// SQLite's own locking would keep two harvests from harming the file, but both would ask GitHub the same, and
// each would restart the other's slices. A row with an expiry date would have to outlive kills by a guess;
// the kernel's lock on a file beside the cache ends with its process, however that ends. The cache itself
// isn't locked, because closing any descriptor of it would drop the locks that SQLite holds in this process.
#pragma once

#include <filesystem>
#include <optional>

#include "base/failure.h"

namespace harvester::cache {

class HarvestLock {
  public:
    // Takes the lock of the cache at `path` (":memory:" has none); nullopt while another process has it.
    static Result<std::optional<HarvestLock>> try_take(const std::filesystem::path& path);
    HarvestLock(HarvestLock&& other) noexcept;
    HarvestLock& operator=(HarvestLock&&) = delete;
    ~HarvestLock();

  private:
    explicit HarvestLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace harvester::cache
