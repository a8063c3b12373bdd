// The table first_merge, kept by triggers, is what looking at all items would give: verify() looks.
#include <algorithm>
#include <array>
#include <random>

#include "made_up.h"

using namespace harvester;
using namespace harvester::cache;
using namespace made_up;

namespace {

// One page that is a slice of its own; with a scope, items of the slice's range that it doesn't give are
// gone.
void commit(Store& store, const std::vector<Item>& items, const std::optional<Scope>& scope = std::nullopt) {
    const Slice slice{{"merged", {at("2024-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z")}, ""},
                      SliceState::complete,
                      static_cast<std::int64_t>(items.size()),
                      static_cast<std::int64_t>(items.size()),
                      "",
                      at("2025-01-01T00:00:00Z")};
    const auto vanished = get(store.commit_page(slice, items, scope));
    REQUIRE(store.mark_gone(vanished, slice.asked_at));
}

// "1 owner": the key of the item, and of what it was the first.
std::vector<std::string> firsts(const Store& store) {
    std::vector<std::string> out;
    const std::array<Value, 3> always = {std::int64_t{0}, std::int64_t{4'000'000'000}, std::int64_t{1}};
    ok(store.select("cache/stats/first_merges.sql", always, [&](const cache::Row& row) {
        out.push_back(fmt::format("{}{}", row.integer(1), row.integer(2) != 0 ? " repository" : " owner"));
    }));
    std::sort(out.begin(), out.end());
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("The first merge of an author is noted by repository and by owner, in whatever order items come") {
    Store store = open_in_memory();
    Item other = merged_item(3, "2024-03-03T00:00:00Z");
    other.repository = "acme/rocket";
    commit(store, {merged_item(1, "2024-03-02T00:00:00Z"), merged_item(2, "2024-03-01T00:00:00Z"), other});
    CHECK(firsts(store) == Texts{"2 owner", "2 repository", "3 repository"});
    CHECK(get(store.verify()).empty());
}

TEST_CASE("Bots, accounts that are gone, issues and what isn't merged have no first merge") {
    Store store = open_in_memory();
    Item bot = merged_item(1, "2024-03-01T00:00:00Z"), ghost = merged_item(2, "2024-03-01T00:00:00Z"),
         issue = merged_item(3, "2024-03-01T00:00:00Z"), open = merged_item(4, "2024-03-01T00:00:00Z");
    bot.author.kind = ActorKind::bot;
    ghost.author.kind = ActorKind::ghost;
    issue.kind = ItemKind::issue;
    open.merged_at.reset();
    commit(store, {bot, ghost, issue, open});
    CHECK(firsts(store).empty());
}

TEST_CASE("When the first one is gone or belongs to somebody else, the next one is the first") {
    Store store = open_in_memory();
    const Item one = merged_item(1, "2024-03-01T00:00:00Z"), two = merged_item(2, "2024-03-02T00:00:00Z");
    commit(store, {one, two});
    CHECK(firsts(store) == Texts{"1 owner", "1 repository"});
    commit(store, {two}, Scope{Scope::Axis::merged, "acme", ""});
    CHECK(firsts(store) == Texts{"2 owner", "2 repository"});
    commit(store, {one, two});  // back again
    CHECK(firsts(store) == Texts{"1 owner", "1 repository"});
    Item moved = one;
    moved.repository = "acme/rocket";
    commit(store, {moved});
    CHECK(firsts(store) == Texts{"1 owner", "1 repository", "2 repository"});
    moved.author = {"ghost", ActorKind::ghost};
    commit(store, {moved});
    CHECK(firsts(store) == Texts{"2 owner", "2 repository"});
    CHECK(get(store.verify()).empty());
}

TEST_CASE("After any writes the first merges are those that looking at every item gives") {
    std::mt19937 random(3);
    const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    Store store = open_in_memory();
    for (int round = 0; round < 200; ++round) {
        std::vector<Item> page;
        for (int i = 0; i < 5; ++i) {
            Item item = merged_item(below(40), "2024-03-01T00:00:00Z");
            item.repository = fmt::format("{}/{}", below(4) == 0 ? "acme-two" : "acme", below(3));
            item.author = {fmt::format("author-{}", below(4)), static_cast<ActorKind>(below(8) / 2 % 4)};
            if (below(3) != 0) item.author.kind = ActorKind::user;
            if (below(6) == 0) item.kind = ItemKind::issue;
            item.merged_at = at("2024-03-01T00:00:00Z") + Seconds{below(30)};
            page.push_back(std::move(item));
        }
        commit(store, page,
               below(3) == 0 ? std::optional(Scope{Scope::Axis::merged, "acme", ""}) : std::nullopt);
        const auto findings = get(store.verify());
        INFO((findings.empty() ? std::string() : findings.front()));
        REQUIRE(findings.empty());
    }
    CHECK(firsts(store).size() > 5);
}
