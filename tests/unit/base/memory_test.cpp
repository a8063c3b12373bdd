#include "base/memory.h"

#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "catch.h"

using namespace harvester;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool own_heap = false;
#elif defined(__has_feature)
constexpr bool own_heap = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool own_heap = true;
#endif

// Whether the kernel was told of any memory that it should lie in huge pages.
bool advised() {
    std::ifstream maps("/proc/self/smaps");
    for (std::string line; std::getline(maps, line);)
        if (line.starts_with("VmFlags:") && line.find(" hg") != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("A prepared heap gives and takes pieces of every size as before") {
    prepare_heap();
    std::vector<std::pair<std::unique_ptr<char[]>, std::size_t>> pieces;
    for (int round = 0; round < 3; ++round) {
        for (std::size_t size = 1; size < (std::size_t{96} << 20); size = size * 3 + 1) {
            pieces.emplace_back(std::make_unique<char[]>(size), size);
            std::memset(pieces.back().first.get(), static_cast<int>(pieces.size()), size);
        }
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const auto& [piece, size] = pieces[i];
            CHECK(piece[0] == static_cast<char>(i + 1));
            CHECK(piece[size - 1] == static_cast<char>(i + 1));
        }
        pieces.clear();
    }
    // A kernel without huge pages, or another heap than the C library's, is left as it is.
    if (own_heap && std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) CHECK(advised());
}
