// How the process deals with its memory.
#pragma once

#include <cstdlib>  // defines __GLIBC__ where that is the C library

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace harvester {

// Keeps what is freed for the next use. The C library would give large pieces back to the system at once, and
// asking for each page anew costs more than what most commands do with it. Called once, at the start of main.
inline void keep_freed_memory() {
#ifdef __GLIBC__
    constexpr int largest_piece = 1 << 30, growth = 1 << 20;
    mallopt(M_MMAP_THRESHOLD, largest_piece);
    mallopt(M_TRIM_THRESHOLD, largest_piece);
    mallopt(M_TOP_PAD, growth);
#endif
}

}  // namespace harvester
