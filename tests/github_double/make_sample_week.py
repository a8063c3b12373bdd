#!/usr/bin/env python3
"""Writes sample_week.json, a made-up week of an organisation for the demo and the tests.

usage: make_sample_week.py > sample_week.json

Names, numbers and titles are invented; the same bytes come out each time. Besides ordinary work it holds what a harvest can
stumble over: rollups, bots, backports, items on the window's edges, long label histories, ghosts, hostile titles, decoys.
"""
import json
import random
import re
from datetime import datetime, timedelta

R = random.Random(573)
ISSUE = datetime(2024, 5, 15)
FIRST, END = ISSUE - timedelta(days=8), ISSUE  # the window, half-open
ORG = "rust-lang/"
items = []
numbers = {}


def when(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def some_time(first=FIRST, end=END):
    return first + timedelta(seconds=R.randrange(int((end - first).total_seconds())))


def number_in(repo):
    numbers[repo] = numbers.get(repo, 7000 + 137 * len(numbers)) + R.randrange(1, 4)
    return numbers[repo]


def person(login, kind="User"):
    return {"login": login, "typename": kind}


PEOPLE = [person(first + last) for first in ("amber", "birk", "cleo", "dara", "enno", "fenja", "gust", "hilda", "ivo", "juna")
          for last in ("-codes", "fischer", "42", "-lind", "")]


def item(repo, title, kind="PullRequest", **more):
    number = more.pop("number", None) or number_in(repo)
    out = {"typename": kind, "repo": ORG + repo, "number": number, "title": title,
           "url": f"https://github.com/{ORG}{repo}/{'pull' if kind == 'PullRequest' else 'issues'}/{number}",
           "state": "OPEN", "author": R.choice(PEOPLE), "labels": []}
    out.update(more)
    out["createdAt"] = when(out["createdAt"])
    out["updatedAt"] = when(out.get("updatedAt", END - timedelta(hours=3)))
    for key in ("mergedAt", "closedAt"):
        if key in out:
            out[key] = when(out[key])
    items.append(out)
    return out


def merged(repo, title, at=None, **more):
    at = at or some_time()
    made = more.pop("createdAt", at - timedelta(minutes=R.randrange(40, 60 * 24 * 30)))
    return item(repo, title, state="MERGED", createdAt=made, mergedAt=at, closedAt=at,
                updatedAt=at + timedelta(minutes=R.randrange(0, 90)), additions=R.randrange(1, 600),
                deletions=R.randrange(0, 300), changedFiles=R.randrange(1, 25), **more)


def labelled(label, *days, removed=()):
    """Label events so many days after the window's first midnight; `removed`: the days it was taken away."""
    events = [(day, "LABELED_EVENT") for day in days] + [(day, "UNLABELED_EVENT") for day in removed]
    return [{"type": kind, "label": label, "createdAt": when(FIRST + timedelta(days=day))} for day, kind in sorted(events)]


# ---- Ordinary work, by repository: how titles look there.
VERBS = ["Improve", "Add", "Fix", "Avoid", "Speed up", "Handle", "Support", "Don't panic on", "Simplify", "Allow", "Remove"]
THINGS = {
    "rust": [("T-compiler", ["diagnostics for a missing `Banana` bound", "the lowering of nested quince patterns", "ICE on cyclic pear aliases",
                             "spans of desugared lantern loops", "borrowck of two-step tangerines", "suggestions for `impl Orchard` in kiwi position",
                             "match checking of empty basket enums", "const evaluation of `crate_size!()`", "codegen of tiny plums", "E9%02d explanation"]),
             ("T-libs", ["`Basket::retain_ripe`", "`Iterator::pick_while_sweet`", "the hash of `PeelMap`", "docs of `std::orchard::walk`",
                         "`core::fruit::from_fn` in const contexts", "stabilized `slice::split_stone`", "`Vec<Apple>` capacity growth"]),
             ("T-rustdoc", ["rustdoc: search for stone fruit", "rustdoc: sidebar of orchards", "rustdoc-json: ids of plums"])],
    "cargo": [("", ["feat(orchard): pick ripe packages first", "fix(resolver): Do not rot on duplicated stems", "fix(toml): Warn about unused basket keys",
                    "refactor(ripen): Move the jar into its own crate", "test(pick): Show what happens in an empty orchard", "docs: explain the harvest table",
                    "perf(index): Read stems lazily", "chore: bump snail crates", "`cargo pick --dry` says what it would pick"])],
    "rust-clippy": [("", ["new lint: `rotten_apples`", "Fix false positive of `needless_peel` in macros", "[`bruised_pear`]: also look into closures",
                          "FP in `plum_in_loop`", "`crushed_berries`: don't lint test code", "Fix ICE in `stem_count`", "Move `jam_spread` to pedantic"])],
    "rust-analyzer": [("", ["feat: Complete orchard paths", "fix: Panic on half a plum", "internal: Sort the baskets", "feat: Assist to peel a nested option",
                            "fix: Wrong highlight of `kiwi` keyword", "minor: remove a dead stem", "perf: Cache ripe syntax trees", "Hover shows the size of fruit"])],
    "miri": [("", ["Shims for `orchard_open`", "Detect rotten borrows across threads", "preparing for merge from rustc", "Say which basket leaked"])],
    "rustfmt": [("", ["Keep comments between stems", "Format `let` … `else` after long plums"])],
    "crates.io": [("", ["Update dependency fruit-picker to v%d", "models: count downloads by basket", "emails: nicer words for rotten tokens"])],
    "compiler-builtins": [("", ["Round pears to even", "Add `__plumsf2`"])],
    "libc": [("", ["Add orchard constants for hermit", "Fix the size of `struct basket` on haiku"])],
    "docs.rs": [("", ["Show the age of fruit", "Queue builds by ripeness"])],
    "rustup": [("", ["feat(cli): say where toolchains grow", "Bump stems"])],
    "team": [("", ["Add %s to the orchard team", "Archive the jam working group"])],
}
FRUIT = ["plum", "pear", "kiwi", "quince", "apple", "stem", "basket", "orchard", "jar", "stone", "peel", "berry", "melon", "lemon", "olive", "fig",
         "mango", "grape", "cherry", "lychee", "papaya", "medlar", "damson", "sloe", "hazel", "acorn", "clover", "fennel", "sorrel"]
F = random.Random(9)
used = set()


def fresh(repo, title):
    """The same title with other fruit, as long as the repository has had it already."""
    while (repo, title) in used:
        old = [word for word in FRUIT if re.search(rf"(?<![a-z]){word}", title.lower())]
        if not old:
            title += f" for {F.choice(FRUIT)} {F.choice(['trees', 'fields', 'crates', 'jam', 'seeds'])}"
            continue
        title = re.sub(rf"(?<![a-z]){F.choice(old)}", F.choice(FRUIT), title, count=1, flags=re.I)
    used.add((repo, title))
    return title


COUNTS = {"rust": 128, "cargo": 38, "rust-clippy": 32, "rust-analyzer": 44, "miri": 18, "rustfmt": 4, "crates.io": 24,
          "compiler-builtins": 8, "libc": 20, "docs.rs": 10, "rustup": 8, "team": 16}
for repo, count in COUNTS.items():
    for n in range(count):
        label, things = R.choice(THINGS[repo])
        title = R.choice(things).replace("%02d", f"{R.randrange(10, 99)}").replace("%d", str(R.randrange(2, 60))).replace("%s", R.choice(PEOPLE)["login"])
        if repo == "rust" and not title.startswith(("rustdoc", "ICE", "docs", "stabilized")):
            title = f"{R.choice(VERBS)} {title}"
        if repo == "rust" and title.startswith("ICE"):
            title = "Fix " + title
        title += R.choice(["", "", "", " (part %d)" % R.randrange(2, 9), " on %s" % R.choice(["Windows", "illumos", "wasm32", "aarch64"])])
        title = fresh(repo, title)
        labels = ([label] if label else []) + ["S-waiting-on-bors"]
        if repo == "rust" and n % 9 == 0:
            labels = ["S-waiting-on-bors"]  # nobody said whose it is
        if repo == "rust" and n % 17 == 0:
            labels += ["T-libs", "T-compiler"]
        merged(repo, title, labels=labels)

# ---- What is dropped.
for n in range(10):
    merged("rust", f"Rollup of {R.randrange(3, 12)} pull requests", labels=["rollup", "S-waiting-on-bors"])
merged("rust", "[beta] Beta backports of ripe fixes", baseRefName="beta")
merged("rust", "Prepare stable 1.999.1", baseRefName="stable")
merged("rust", "Update cargo submodule", author=person("birk42"))
for repo in ("cargo", "rust-analyzer", "crates.io", "docs.rs"):
    merged(repo, "Bump plumbing from 1.2.3 to 1.2.4", author=person("dependabot", "Bot"))
    merged(repo, "Update Rust crate quince to v9", author=person("renovate", "Bot"))
merged("rust-clippy", "Rustup", author=person("cleofischer"))
merged("rust-clippy", "Fix typo in the docs of `plum_in_loop`")
merged("rust", "Add juna to the review rotation")
merged("miri", "Automatic Rustup", author=person("github-actions", "Bot"))

# ---- The window's edges, to the second. The organisation's newsletter calls its window inclusive of both days.
edge = timedelta(seconds=1)
merged("rust", "Merged a second before the window", FIRST - edge, labels=["T-compiler"])
merged("rust", "Merged in the window's first second", FIRST, labels=["T-compiler"])
merged("rust", "Merged in the window's last second", END - edge, labels=["T-compiler"])
merged("rust", "Merged a second after the window", END, labels=["T-compiler"])
for day in range(-6, 0):
    merged("cargo", f"feat(old): Merged {-day} days before", FIRST + timedelta(days=day, hours=5))
for hour in (2, 7, 8, 9):
    merged("cargo", f"fix(shared): Merged at {hour} on the shared Tuesday", FIRST + timedelta(hours=hour, minutes=1))

# ---- Titles that want to break out, people that are gone, other alphabets.
for title in ["Stop `<script>alert(1)</script>` from rendering", "Close the ](https://example.invalid) link", "--> end the comment <!--",
              "::error::not a workflow command", "Fix \u202eesrever\u202c text", "=HYPERLINK(\"http://example.invalid\")", "Odd `backticks",
              "*All* the _stars_ and | pipes", "Mention @everyone and #1", "Zażółć gęślą jaźń in `größe` — 果物 🍐", "a" * 240,
              "Tabs\tand  two spaces ", "Use Vec<Pear> instead of Vec<Box<Pear>>", "Ends with a period."]:
    merged(R.choice(["rust", "cargo", "rust-clippy"]), title, labels=["T-compiler"])
for n in range(5):
    merged("rust", f"Work of somebody who left, number {n}", author=None, labels=["T-libs"])
merged("rust-analyzer", "fix: Work of an imported account", author=person("mannequin-1", "Mannequin"))
merged("rust", "Change that everybody labelled", labels=["T-libs"] + [f"O-planet-{n}" for n in range(60)])
# Moved here from another repository: its number was another one there.
merged("compiler-builtins", "Transferred from another orchard", id="PR_moved00001", number=88001)

# ---- RFCs: merged, new, updated, and those that only look like it.
merged("rfcs", "RFC: Ripe packages", files=["text/8001-ripe-packages.md"], labels=["T-cargo"])
merged("rfcs", "Sweet patterns", files=["text/8002-sweet-patterns.md"], labels=["T-lang"])
merged("rfcs", "Amend RFC 8000 with stems", files=["text/8000-stems.md"], changeTypes={"text/8000-stems.md": "MODIFIED"})
merged("rfcs", "Fix a link in the readme", files=["README.md"])
merged("rfcs", "Bump the CI of the book", files=[".github/workflows/book.yml"])
item("rfcs", "[RFC] Orchards as modules", createdAt=FIRST + timedelta(days=2), files=["text/0000-orchards.md"], labels=["T-lang"])
item("rfcs", "Jam without sugar", createdAt=END - edge, files=["text/0000-jam.md", "README.md"])
item("rfcs", "New RFC a second too late", createdAt=END, files=["text/0000-late.md"])
item("rfcs", "New but without a text", createdAt=FIRST + timedelta(days=3), files=["README.md"])
item("rfcs", "New and already withdrawn", createdAt=FIRST + timedelta(days=1), files=["text/0000-withdrawn.md"], state="CLOSED",
     closedAt=FIRST + timedelta(days=2))
item("rfcs", "Old RFC with fresh work on its text", createdAt=FIRST - timedelta(days=90), files=["text/0000-old.md"],
     commits=[when(FIRST - timedelta(days=90)), when(FIRST + timedelta(days=4))])
item("rfcs", "Old RFC that only got comments", createdAt=FIRST - timedelta(days=70), files=["text/0000-chatter.md"])

# ---- Final comment period: what counts is when the label came.
FCP, DONE = "final-comment-period", "finished-final-comment-period"
MONTHS = FIRST - timedelta(days=60)
for repo, kind, title, disposition, day in [
        ("rust", "Issue", "Tracking issue for `slice::split_stone`", "merge", 1.5), ("rust", "PullRequest", "Stabilize `Basket::retain_ripe`", "merge", 3),
        ("rust", "Issue", "Deprecate `std::orchard::legacy`", "close", 6.9), ("rfcs", "PullRequest", "RFC: Peel operators", "postpone", 2),
        ("cargo", "PullRequest", "Stabilize `cargo pick`", "merge", 5), ("compiler-team", "Issue", "Grow the trait solver in a greenhouse", "merge", 4),
        ("lang-team", "Issue", "Let fruit be values", "merge", 0), ("leadership-council", "Issue", "Budget for baskets", "merge", 7.5),
        ("unsafe-code-guidelines", "Issue", "May a stem alias its plum?", "close", 2.5)]:
    extra = ["major-change"] if repo == "compiler-team" else []
    item(repo, title, kind, createdAt=MONTHS, labels=[FCP, "disposition-" + disposition] + extra,
         events=labelled("proposed-" + FCP, -5) + labelled(FCP, day))
item("rust", "Comment period before the window", "Issue", createdAt=MONTHS, labels=[FCP, "disposition-merge"], events=labelled(FCP, -1))
item("rust", "Comment period after the window", "Issue", createdAt=MONTHS, labels=[FCP, "disposition-merge"], events=labelled(FCP, 8))
item("rust", "Label taken away at once", "Issue", createdAt=MONTHS, labels=["T-lang"], events=labelled(FCP, 3, removed=[3.01]))
item("rust", "Label came back within the window", "Issue", createdAt=MONTHS, labels=[FCP, "disposition-merge"],
     events=labelled(FCP, -20, 5, removed=[-2]))
item("rust", "Comment period that began and ended within the window", "Issue", createdAt=MONTHS, labels=[DONE, "disposition-merge"],
     events=labelled(FCP, 0.5, removed=[7.6]) + labelled(DONE, 7.6))
item("compiler-team", "Not a major change", "Issue", createdAt=MONTHS, labels=[FCP], events=labelled(FCP, 3))
item("rustc-dev-guide", "Comment period in a repository of no group", "Issue", createdAt=MONTHS, labels=[FCP], events=labelled(FCP, 3))
item("reference", "Comment period whose item was closed since", "Issue", createdAt=MONTHS, labels=[FCP], state="CLOSED",
     closedAt=FIRST + timedelta(days=6), events=labelled(FCP, 4))
# More label events than a page holds; the one that counts is the last.
busy = item("rust", "Label changed more than a hundred times", createdAt=MONTHS, labels=[FCP, "disposition-merge"])
busy["events"] = [{"type": kind, "label": f"O-planet-{n}", "createdAt": when(MONTHS + timedelta(minutes=7 * n + (kind != "LABELED_EVENT")))}
                  for n in range(70) for kind in ("LABELED_EVENT", "UNLABELED_EVENT")] + labelled(FCP, 6)

# ---- Calls for testing.
CFT = "call-for-testing"
item("rust", "Call for testing: ripe pattern checks", "Issue", createdAt=MONTHS, labels=[CFT, "T-compiler"], events=labelled(CFT, 2))
item("cargo", "Testing call: `cargo pick`", "Issue", createdAt=MONTHS, labels=[CFT], events=labelled(CFT, 6))
item("rustup", "Last month's call for testing", "Issue", createdAt=MONTHS, labels=[CFT], events=labelled(CFT, -12))
item("rfcs", "Test the sweet patterns", "PullRequest", createdAt=MONTHS, labels=[CFT], events=labelled(CFT, 7.9), files=["text/8003-test.md"])

# ---- Performance triage: this week's report is still in an open pull request.


def report(date, by, start, end):
    span = f"{start}..{end}"
    table = "\n".join(f"| {name:<34} | {a:>5}% | [{a - 0.4:.1f}%, {a + 0.9:.1f}%] | {n:>3} |" for name, a, n in
                      [("Regressions (primary)", 0.8, 12), ("Regressions (secondary)", 1.3, 21), ("Improvements (primary)", -1.1, 33),
                       ("Improvements (secondary)", -0.9, 9), ("All (primary)", -0.5, 45)])
    return f"""# {date} Triage Log

A quiet week in the orchard: most fruit got lighter, one basket got heavier and was put back on the tree.

Triage done by **@{by}**.
Revision range: [{span}](https://perf.rust-lang.org/?start={start}&end={end}&absolute=false&stat=instructions%3Au)

**Summary**:

| (instructions:u) | mean | range | count |
|:--:|:--:|:--:|:--:|
{table}

2 Regressions, 3 Improvements, 4 Mixed; 3 of them in rollups
45 artifact comparisons made in total

#### Regressions

Weigh every plum twice [#7777](https://github.com/rust-lang/rust/pull/7777)

#### Improvements

Stop weighing plums [#7778](https://github.com/rust-lang/rust/pull/7778)
"""


A, B, C = "1f" * 20, "2e" * 20, "3d" * 20
item("rustc-perf", "Triage for the week of plums", createdAt=END - timedelta(hours=14), headRefName="triage-plums",
     headFiles={"triage/2024-05-13.md": report("2024-05-13", "amber-codes", B, C)})
item("rustc-perf", "A report for another year", createdAt=END - timedelta(days=300), files=["triage/2023-07-01.md"])
merged("rustc-perf", "Add last week's triage", FIRST - timedelta(hours=30), files=["triage/2024-05-06.md"])

R.shuffle(items)
world = {
    "issue": ISSUE.strftime("%Y-%m-%d"),
    "repos": sorted({one["repo"] for one in items} | {ORG + "this-week-in-rust", ORG + "lang-team"}),
    "defaultBranch": {ORG + "rustc-perf": "master", ORG + "rust": "master"},
    "archived": [ORG + "rustc-dev-guide"],
    "files": {
        ORG + "rustc-perf": {"triage/2024-05-06.md": report("2024-05-06", "dara-lind", A, B), "triage/README.md": "# Triage logs\n",
                             "README.md": "# Scales for plums\n"},
        ORG + "this-week-in-rust": {"README.md": "# A newsletter\n", "draft/DRAFT_TEMPLATE": "Title: This Week in Rust NUMBER\n"}},
    "commits": {ORG + "rustc-perf": {"triage/2024-05-06.md": "5c" * 20}},
}
print("{")
for key, value in world.items():
    print(f' {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},')
print(' "items": [')
print(",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in items))
print(" ]\n}")
