#include "stats/background.h"

#include <algorithm>
#include <numeric>

#include "catch.h"

using harvester::stats::Background;

namespace {

using Piece = std::vector<int>;

std::vector<int> first_numbers(int count) {
    std::vector<int> out(static_cast<std::size_t>(count));
    std::iota(out.begin(), out.end(), 0);
    return out;
}

}  // namespace

TEST_CASE("Pieces are consumed in the order in which they were given, by one other thread") {
    std::vector<int> seen;
    std::vector<std::thread::id> threads;
    Background<Piece> background([&](Piece& piece) {
        seen.insert(seen.end(), piece.begin(), piece.end());
        threads.push_back(std::this_thread::get_id());
        piece.clear();
    });
    Piece piece;
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(piece.empty());  // one that was consumed, or a fresh one
        piece.push_back(i);
        background.give(piece);
    }
    background.finish();
    CHECK(seen == first_numbers(1000));
    CHECK(std::count(threads.begin(), threads.end(), threads.front()) == 1000);
    CHECK(threads.front() != std::this_thread::get_id());
}

TEST_CASE("A single piece is consumed by the thread that gave it") {
    std::vector<std::thread::id> threads;
    Background<Piece> background([&](Piece&) { threads.push_back(std::this_thread::get_id()); });
    Piece piece{1};
    background.give(piece);
    CHECK(threads.empty());
    background.finish();
    CHECK(threads == std::vector{std::this_thread::get_id()});
}

TEST_CASE("The memory of consumed pieces is used again, and few pieces are on their way at once") {
    std::vector<const int*> memory;
    Background<Piece> background([&](Piece& piece) {
        memory.push_back(piece.data());
        piece.clear();
    });
    Piece piece;
    for (int i = 0; i < 1000; ++i) {
        piece.assign(100, i);
        background.give(piece);
    }
    background.finish();
    std::sort(memory.begin(), memory.end());
    CHECK(std::unique(memory.begin(), memory.end()) - memory.begin() <= 5);
}

TEST_CASE("What was given and never finished is dropped without waiting for more") {
    int consumed = 0;
    {
        Background<Piece> background([&](Piece&) { ++consumed; });
        Piece piece{1};
        background.give(piece);
    }
    CHECK(consumed == 0);
    {
        Background<Piece> background([&](Piece&) { ++consumed; });
        for (int i = 0; i < 10; ++i) {
            Piece piece{i};
            background.give(piece);
        }
    }
    CHECK(consumed <= 10);
}
