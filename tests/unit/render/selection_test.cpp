#include "render/selection.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "catch.h"
#include "markdown/item_url.h"
#include "markdown/link_line.h"
#include "profile/calendar.h"
#include "render/triage.h"
#include "world.h"

using namespace harvester;

namespace {

const profile::Profile& twir() {
    static const profile::Profile profile = profile::load_profile("").value();
    return profile;
}

Edition issue_at(const std::string& date) {
    return profile::edition_of(twir(), *parse_day(date)).value();
}

Instant at(const char* text) {
    return parse_instant(text).value();
}

// An item of the week of 2025-12-17: the window is 2025-12-09 to 2025-12-16.
Item item(const std::string& repository, std::int64_t number, std::vector<std::string> labels,
          std::vector<LabelEvent> events) {
    Item out;
    out.repository = "rust-lang/" + repository;
    out.number = number;
    out.title = "Title of " + std::to_string(number);
    out.url = "https://github.com/" + out.repository + "/pull/" + std::to_string(number);
    out.id = out.url;
    out.labels = std::move(labels);
    out.label_events = std::move(events);
    out.created_at = at("2025-01-01T00:00:00Z");
    out.updated_at = at("2025-12-12T00:00:00Z") + Seconds{number};
    return out;
}

Item proposal(std::int64_t number, const char* created, std::vector<std::string> paths) {
    Item out = item("rfcs", number, {}, {});
    out.created_at = at(created);
    out.paths.emplace();
    for (std::string& path : paths) out.paths->push_back({std::move(path), true});
    return out;
}

const std::string fcp = "final-comment-period";
const char* const inside = "2025-12-10T12:00:00Z";

std::vector<std::int64_t> numbers(const std::vector<render::Entry>& entries) {
    std::vector<std::int64_t> out;
    for (const auto& entry : entries) out.push_back(std::stoll(entry.url.substr(entry.url.rfind('/') + 1)));
    return out;
}

std::vector<render::Section> part(const char* name, const std::vector<Item>& items,
                                  Layout layout = Layout::sections, const render::Printed& printed = {},
                                  const std::string& date = "2025-12-17") {
    return render::select_items(*twir().form.find_part(name), items, issue_at(date), layout, printed, twir());
}

std::vector<render::Entry> one_list(const std::vector<render::Section>& sections) {
    return sections.empty() ? std::vector<render::Entry>{} : sections.front().picks;
}

std::vector<render::Entry> group(const std::vector<Item>& items, const std::string& name,
                                 Layout layout = Layout::sections) {
    for (const auto& one : part("fcp", items, layout))
        if (one.name == name) return one.picks;
    return {};
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("An item counts when the label was put on within the window, to the second at both ends") {
    CHECK(numbers(group({item("rust", 1, {fcp}, {{fcp, at("2025-12-08T23:59:59Z"), true}}),
                         item("rust", 2, {fcp}, {{fcp, at("2025-12-09T00:00:00Z"), true}}),
                         item("rust", 3, {fcp}, {{fcp, at("2025-12-16T23:59:59Z"), true}}),
                         item("rust", 4, {fcp}, {{fcp, at("2025-12-17T00:00:00Z"), true}})},
                        "rust")) == Numbers{3, 2});
}

TEST_CASE("What became of an item since doesn't matter: closed, merged, relabelled") {
    Item closed = item("rust", 1, {fcp}, {{fcp, at(inside), true}});
    closed.state = ItemState::closed;
    Item merged = item("rust", 2, {fcp}, {{fcp, at(inside), true}});
    merged.state = ItemState::merged;
    const Item relabelled = item("rust", 3, {fcp},
                                 {{fcp, at("2025-11-01T00:00:00Z"), true},
                                  {fcp, at("2025-12-09T01:00:00Z"), false},
                                  {fcp, at(inside), true}});
    const Item finished = item("rust", 4, {"finished-" + fcp},
                               {{fcp, at(inside), true},
                                {fcp, at("2025-12-15T00:00:00Z"), false},
                                {"finished-" + fcp, at("2025-12-15T00:00:00Z"), true}});
    CHECK(numbers(group({closed, merged, relabelled, finished}, "rust")) == Numbers{4, 3, 2, 1});
}

TEST_CASE(
    "What an earlier edition lists is listed again only for a label put on after that edition's window") {
    // The windows of two editions share a Tuesday: 2025-12-09.
    const Instant end_of_last = at("2025-12-10T00:00:00Z");
    const std::vector<Item> items = {
        item("rust", 1, {fcp}, {{fcp, at("2025-12-09T10:00:00Z"), true}}),
        item("rust", 2, {fcp}, {{fcp, at("2025-12-09T10:00:00Z"), true}}),
        item("rust", 3, {fcp},
             {{fcp, at("2025-12-09T10:00:00Z"), true}, {fcp, at("2025-12-10T00:00:00Z"), true}})};
    const render::Printed printed{{"rust-lang/rust#1", end_of_last}, {"rust-lang/rust#3", end_of_last}};
    const auto groups = part("fcp", items, Layout::sections, printed);
    REQUIRE(groups.at(0).name == "rust");
    CHECK(numbers(groups[0].picks) == Numbers{3, 2});
}

TEST_CASE("Items whose repository has no group, and those that lack a group's labels, are found") {
    const std::vector<Item> items = {item("rust", 1, {fcp}, {{fcp, at(inside), true}}),
                                     item("miri", 2, {fcp}, {{fcp, at(inside), true}}),
                                     item("miri", 3, {fcp}, {{fcp, at("2025-12-01T00:00:00Z"), true}}),
                                     item("compiler-team", 4, {fcp}, {{fcp, at(inside), true}})};
    Numbers found;
    for (const Item& one :
         render::without_group(*twir().form.find_part("fcp"), items, issue_at("2025-12-17"), twir()))
        found.push_back(one.number);
    CHECK(found == Numbers{2, 4});
}

TEST_CASE("Another label within the window, a label taken off, or the end of a period is no beginning") {
    CHECK(group({item("rust", 1, {fcp, "disposition-close"},
                      {{fcp, at("2025-11-01T00:00:00Z"), true}, {"disposition-close", at(inside), true}}),
                 item("rust", 2, {}, {{fcp, at("2025-11-01T00:00:00Z"), true}, {fcp, at(inside), false}}),
                 item("rust", 3, {"finished-" + fcp},
                      {{fcp, at("2025-11-28T00:00:00Z"), true}, {"finished-" + fcp, at(inside), true}}),
                 item("rust", 4, {fcp}, {})},
                "rust")
              .empty());
}

TEST_CASE("A group takes the items of its repository that have its labels") {
    const std::vector<Item> items = {
        item("compiler-team", 1, {fcp, "major-change"}, {{fcp, at(inside), true}}),
        item("compiler-team", 2, {fcp}, {{fcp, at(inside), true}}),
        item("unknown", 3, {fcp}, {{fcp, at(inside), true}})};
    CHECK(numbers(group(items, "compiler")) == Numbers{1});
    std::size_t all = 0;
    for (const auto& one : part("fcp", items)) all += one.picks.size();
    CHECK(all == 1);
}

TEST_CASE("Dispositions are written as the form says") {
    const std::vector<Item> items = {item("rust", 1, {fcp, "disposition-merge"}, {{fcp, at(inside), true}}),
                                     item("rust", 2, {fcp, "disposition-close"}, {{fcp, at(inside), true}}),
                                     item("rust", 3, {fcp}, {{fcp, at(inside), true}})};
    const auto prefixes = [&](Layout layout) {
        std::vector<std::string> out;
        for (const auto& entry : group(items, "rust", layout)) out.push_back(entry.prefix);
        return out;
    };
    CHECK(prefixes(Layout::sections) ==
          std::vector<std::string>{"[disposition: unspecified] ", "[disposition: close] ", ""});
    CHECK(prefixes(Layout::flat) == std::vector<std::string>{"[disposition: unspecified] ",
                                                             "[disposition: close] ",
                                                             "[disposition: merge] "});
    CHECK(group({item("compiler-team", 1, {fcp, "major-change"}, {{fcp, at(inside), true}})}, "compiler")[0]
              .prefix.empty());
}

TEST_CASE(
    "Approved proposals are merged in the window, add a text instead of changing one, and stood in no "
    "earlier issue") {
    const auto merged = [](std::int64_t number, const char* when, std::vector<std::string> paths) {
        Item out = proposal(number, "2025-01-01T00:00:00Z", std::move(paths));
        out.state = ItemState::merged;
        out.merged_at = at(when);
        return out;
    };
    std::vector<Item> items = {merged(1, inside, {"text/0001-a.md"}),
                               merged(2, inside, {"README.md"}),
                               merged(3, "2025-12-01T00:00:00Z", {"text/3.md"}),
                               merged(4, "2025-12-11T00:00:00Z", {"a", "text/4.md"}),
                               merged(5, inside, {"text/5.md"}),
                               merged(6, inside, {"text/6.md"})};
    items[5].paths->front().added = false;
    CHECK(numbers(one_list(part("approved", items, Layout::sections,
                                {{markdown::link_key(items[4].url), Instant::max()}}))) == Numbers{4, 1});
}

TEST_CASE(
    "New proposals are open and created in the window; an older one counts when its text changed in it") {
    std::vector<Item> items = {proposal(1, inside, {"text/1.md"}),
                               proposal(2, inside, {"text/2.md"}),
                               proposal(3, inside, {"README.md"}),
                               proposal(4, "2025-01-01T00:00:00Z", {"text/4.md"}),
                               proposal(5, "2025-01-01T00:00:00Z", {"text/5.md"}),
                               proposal(6, inside, {"text/6.md"})};
    items[1].state = ItemState::closed;
    items[3].text_changed_at = at(inside);
    items[4].text_changed_at = at("2025-12-01T00:00:00Z");
    const auto entries =
        one_list(part("rfcs", items, Layout::sections, {{markdown::link_key(items[5].url), Instant::max()}}));
    REQUIRE(numbers(entries) == Numbers{4, 1});
    CHECK(entries[0].prefix == "[updated] ");
    CHECK(entries[1].prefix.empty());
    CHECK(one_list(part("rfcs", items, Layout::flat))[0].prefix == "[new] ");
}

TEST_CASE(
    "A part of opened items takes those created in the window that meet its conditions, the oldest first") {
    profile::PartPolicy wanted;
    wanted.kind = profile::PartKind::opened;
    wanted.labels = {"E-*"};
    std::vector<Item> items = {item("rust", 1, {"E-easy"}, {}), item("rust", 2, {"E-easy"}, {}),
                               item("rust", 3, {"bug"}, {}), item("rust", 4, {"E-mentor"}, {})};
    for (const std::size_t i : {0U, 2U, 3U}) items[i].created_at = at(inside);
    items[3].created_at -= Seconds{1};
    Item foreign = items[0];
    foreign.repository = "other/rust";
    items.push_back(foreign);
    const auto found =
        render::select_items(wanted, items, issue_at("2025-12-17"), Layout::sections, {}, twir());
    CHECK(numbers(one_list(found)) == Numbers{4, 1});
}

TEST_CASE("An item's own URL is taken only when it is where the item is") {
    Item hostile = item("rust", 1, {}, {});
    hostile.title = "a <b> ](https://evil.example/)";
    hostile.url = "javascript:alert(1)";
    const auto entry = render::entry_of(hostile, "", "https://github.com");
    CHECK(entry.url == "https://github.com/rust-lang/rust/issues/1");
    CHECK(entry.title == "a &lt;b> \\](https://evil.example/)");
}

TEST_CASE("The order of the input and repeated items change nothing") {
    std::vector<Item> items;
    for (int i = 1; i < 9; ++i) items.push_back(item("rust", i, {fcp}, {{fcp, at(inside), true}}));
    const auto once = group(items, "rust");
    items.insert(items.end(), items.begin(), items.end());
    std::reverse(items.begin(), items.end());
    CHECK(group(items, "rust") == once);
}

// ---- Beside what was printed, where these data are ----

namespace {

// The sentences on empty groups are list lines with links, too; their text begins before the link.
std::map<std::string, std::string> printed_titles(const std::string& text) {
    std::map<std::string, std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto link = markdown::parse_link_line(line);
        if (link && (link->prefix.empty() || link->prefix.starts_with('[')))
            out.emplace(link->url, link->title);
    }
    return out;
}

void add_titles(std::map<std::string, std::string>& out, const std::vector<render::Entry>& entries) {
    for (const auto& entry : entries) out.emplace(entry.url, entry.title);
}

}  // namespace

TEST_CASE("In each world every printed item is found, with its title, and nothing else") {
    for (const std::string& date : test::world_dates()) {
        INFO(date);
        const auto world = test::read_world(date);
        const Edition issue = issue_at(date);
        const Layout layout = twir().form.layout(issue.date);
        std::map<std::string, std::map<std::string, std::string>> found;
        const auto add = [&](const char* key, const char* name) {
            for (const auto& one : part(name, world.items, layout, {}, date))
                add_titles(found[key], one.picks);
        };
        add("fcp", "fcp");
        add("cft", "testing");
        add("approved", "approved");
        add("new", "rfcs");
        for (const char* key : {"fcp", "cft", "approved", "new"}) {
            INFO(key);
            CHECK(found[key] == printed_titles(world.expected["sections"].value(key, "")));
        }
        // The report of the week is the one that was printed.
        const RepositoryFile* report = render::newest_report(world.files, issue.date, twir().form.triage);
        if (!world.expected["triage"].is_string()) continue;
        REQUIRE(report != nullptr);
        CHECK_THAT(world.expected["triage"].get<std::string>(), Catch::Matchers::Contains(report->path));
    }
}
