#include "base/memory.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>  // defines __GLIBC__ where that is the C library

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace harvester {

#ifdef __GLIBC__
void prepare_heap() {
    constexpr int largest_piece = 32 << 20;  // more is refused
    constexpr int kept = 1 << 30, advised = 128 << 20, growth = 4 << 20;
    // Large pieces would otherwise be given back to the system at once, and each be a mapping of its own.
    mallopt(M_MMAP_THRESHOLD, largest_piece);
    mallopt(M_TRIM_THRESHOLD, kept);
    mallopt(M_ARENA_MAX, 1);  // threads take from this heap too
    // The heap goes on a little before a huge page's border, and by addresses only: malloc's own notes about
    // the piece lie before the border and far behind it, so that the kernel is told before most is touched.
    constexpr std::size_t huge_page = std::size_t{2} << 20, page = 4096;
    const std::size_t over = (reinterpret_cast<std::uintptr_t>(sbrk(0)) + page) % huge_page;
    if (sbrk(static_cast<std::intptr_t>(huge_page - over)) == reinterpret_cast<void*>(-1)) return;
    char* const border = static_cast<char*>(sbrk(0)) + page;
    mallopt(M_TOP_PAD, advised);
    void* volatile piece =
        std::malloc(largest_piece - huge_page);  // volatile: one that nobody uses may be left out
    if (const std::ptrdiff_t grown = static_cast<char*>(sbrk(0)) - border; grown > 0)
        madvise(border, static_cast<std::size_t>(grown), MADV_HUGEPAGE);
    std::free(piece);
    mallopt(M_TOP_PAD, growth);
}
#else
void prepare_heap() {}
#endif

}  // namespace harvester
