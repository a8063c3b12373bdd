#!/usr/bin/env python3
"""usage: newsletters.py BUILD_FOLDER. Other newsletters on the real binary and the double: a made-up one from `profile new` through
draft, edits, check, proposal and statistics; and the profiles that come with the program, each with the text it must give."""
import difflib, json, pathlib, sys, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program, SOURCE

checks = Checks()
CLOCK = "virtual:2026-03-06T06:00:00Z"  # a Friday
DATE = "2026-03-06"


def merged(repo, number, title, login="ferris", labels=(), at="2026-03-03T10:00:00Z"):
    return {"typename": "PullRequest", "repo": repo, "number": number, "title": title, "url": f"https://github.com/{repo}/pull/{number}",
            "state": "MERGED", "createdAt": "2026-03-01T08:00:00Z", "mergedAt": at, "closedAt": at, "updatedAt": at,
            "author": {"login": login, "typename": "User"}, "labels": list(labels), "events": [], "additions": 5, "deletions": 1,
            "changedFiles": 1, "files": ["src/a.rs"]}


DRAFT = """Title: This Week in acme 1

Hello, readers.

## This week at Acme

## Wanted

## See you
"""
ANALYZER = "rust-lang/rust-analyzer"
WORLD = {
    "issue": DATE, "repos": ["acme/anvil", "acme/rocket", "acme/newsletter", ANALYZER, "other/thing"],
    "defaultBranch": {"acme/newsletter": "main"},
    "items": [
        merged("acme/anvil", 1, "feat: drop anvils from higher", "coyote"),
        merged("acme/anvil", 2, "Fix the shadow of falling *anvils*", "road-runner", ["bug"], "2026-03-03T09:00:00Z"),
        merged("acme/rocket", 3, "Explain the fuse", "coyote", ["documentation"]),
        merged("acme/rocket", 4, "Before the window", "early-bird", [], "2026-02-26T23:59:59Z"),
        merged("acme/anvil", 5, "Polish [the] anvil", "coyote"),
        merged("other/thing", 6, "Not ours"),
        {"typename": "Issue", "repo": "acme/rocket", "number": 7, "title": "Find a longer match", "state": "OPEN",
         "url": "https://github.com/acme/rocket/issues/7", "createdAt": "2026-03-02T08:00:00Z", "updatedAt": "2026-03-02T08:00:00Z",
         "author": {"login": "acme-boss", "typename": "User"}, "labels": ["help wanted"], "events": []},
        merged(ANALYZER, 21, "feat: Complete rocket paths", "lukas", [], "2026-03-02T10:00:00Z"),
        merged(ANALYZER, 22, "fix: Panic on half a lychee", "ferris", ["bug"], "2026-03-04T10:00:00Z"),
        merged(ANALYZER, 23, "internal: Move the jar into its own crate", "lukas", [], "2026-03-03T10:00:00Z"),
        merged(ANALYZER, 24, "perf(ide): Think less", "newbie", ["ignore-for-release"], "2026-03-05T10:00:00Z"),
    ],
    "files": {"acme/newsletter": {f"drafts/{DATE}.md": DRAFT}}, "commits": {}, "forks": {},
}


def edit(double, **what):
    urllib.request.urlopen(urllib.request.Request(double.base + "/_edit", json.dumps(what).encode(),
                                                  {"Content-Type": "application/json"})).read()


def same(name, got, wanted):
    checks.that(got == wanted, name, "".join(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True), "wanted", "got")))


def acme(double):
    program = Program(sys.argv[1])
    profile = program.folder / "acme.toml"
    run = lambda *arguments: program.run("--api-url", double.url, "--profile", profile, *arguments, HARVESTER_CLOCK=CLOCK)

    new = program.run("profile", "new", "--organisation", "acme", "--weekday", "friday", HARVESTER_CLOCK=CLOCK)
    checks.that(new.returncode == 0 and 20 < new.out.count("\n") < 40, "profile new writes about 30 lines", new.out)
    profile.write_text(new.out)
    checks.that(run("profile", "check").returncode == 0, "a new profile has no problems", run("profile", "check").out)

    checks.refused("an organisation that is none", program.run("profile", "new", "--organisation", 'a" # b'), 2, ["--organisation", "isn't the name"])

    # Other headings, two sections and its own part.
    text = new.out.replace('## What changed', '## This week at Acme').replace('"New features"', '"Louder"')
    text = text.replace("[publish]", """newcomer = ""
[[part]]
name = "wanted"
kind = "opened"
labels = ["help wanted"]
blocks = ["## Wanted", "{items}"]
none = "Nobody needs help."
[[harvest.search]]
name = "wanted"
reading = "labelled"
labels = ["help wanted"]
text = "is:issue is:public {place} {labels} created:{range} sort:created-asc"
[editorial]
other = "Quieter"
[[editorial.section]]
name = "New features"
remove = true
[[editorial.section]]
name = "Documentation"
remove = true
[[editorial.section]]
name = "Fixes"
remove = true
[publish]""").replace("[[editorial.section]]\nname = \"Louder\"", "[[editorial.section]]\nname = \"Breaking changes\"\nremove = true\n"
                     "[[editorial.section]]\nname = \"Louder\"")
    profile.write_text(text)
    changed = [l for l in difflib.ndiff(new.out.splitlines(), text.splitlines()) if l.startswith("+ ")]
    checks.that(len(changed) <= 30, f"{len(changed)} lines make the newsletter", "")
    check = run("profile", "check")
    if not checks.that(check.returncode == 0, "the changed profile has no problems", check.out + check.err):
        return
    shown = run("profile", "show", "--effective").out
    checks.that("# " + str(profile) in shown and "# built-in plain.toml:" in shown and "# default" in shown,
                "show names the place of each key", shown)

    draft = program.folder / f"{DATE}.md"
    draft.write_text(DRAFT)
    first = run("draft", "--issue", DATE, draft)
    checks.that(first.returncode == 0, "a draft is written", first.err)
    same("the first draft", draft.read_text(), """Title: This Week in acme 1

Hello, readers.

## This week at Acme

### Louder
* feat: drop anvils from higher (coyote, [#1](https://github.com/acme/anvil/pull/1))

### Quieter
* Fix the shadow of falling \\*anvils\\* (road-runner, [#2](https://github.com/acme/anvil/pull/2))
* Polish [the] anvil (coyote, [#5](https://github.com/acme/anvil/pull/5))
* Explain the fuse (coyote, [#3](https://github.com/acme/rocket/pull/3))

## Wanted

* [Find a longer match](https://github.com/acme/rocket/issues/7)

## See you
""")
    edited = draft.read_text().replace("feat: drop anvils from higher", "Anvils fall from higher")
    edited = "".join(line for line in edited.splitlines(True) if "/pull/5)" not in line)
    draft.write_text(edited)
    edit(double, changes=[{"kind": "item", "item": merged("acme/rocket", 8, "feat: longer fuse", "coyote", [], "2026-03-04T10:00:00Z")}])
    again = run("draft", "--issue", DATE, "--refresh", draft)
    text = draft.read_text()
    checks.that(again.returncode == 0 and "* Anvils fall from higher (coyote" in text and "/pull/5)" not in text and
                "* feat: longer fuse (coyote, [#8](https://github.com/acme/rocket/pull/8))" in text,
                "a second draft keeps edits and adds what is new", again.err + text)
    found = run("check", draft)
    checks.that(found.returncode == 0 and found.out == "", "check finds nothing in the draft", found.out + found.err)
    proposal = run("propose", "--issue", DATE)
    checks.that(proposal.returncode == 0 and "https://github.com/acme/newsletter/pull/" in proposal.out, "a draft pull request is opened",
                proposal.out + proposal.err)
    stats = run("stats", "--issue", DATE, "--format", "json")
    checks.that(stats.returncode == 0 and "not harvested" not in stats.out + stats.err, "a complete week is complete in the statistics",
                stats.out + stats.err)
    status = run("status", "--offline")
    checks.that(status.returncode == 0 and "merged" in status.out, "status shows the coverage", status.out + status.err)


def rendered(double, name, profile, *arguments):
    program = Program(sys.argv[1])
    file = program.folder / f"{name}.toml"
    file.write_text(profile)
    done = program.run("--api-url", double.url, "--profile", file, "draft", *arguments, HARVESTER_CLOCK="virtual:2026-03-09T06:00:00Z")
    checks.that(done.returncode == 0, f"{name}: a draft is printed", done.err)
    return done.out, done.err


def profiles_that_come_along(double):
    text, _ = rendered(double, "analyzer", (SOURCE / "queries/rust-analyzer-changelog.toml").read_text(), "--issue", "2026-03-09")
    same("the changelog of one repository", text, f"""## Changelog #328

### New Features
* [#21](https://github.com/{ANALYZER}/pull/21) complete rocket paths

### Performance Improvements
* [#24](https://github.com/{ANALYZER}/pull/24) think less

### Fixes
* [#22](https://github.com/{ANALYZER}/pull/22) panic on half a lychee

### Internal Improvements
* [#23](https://github.com/{ANALYZER}/pull/23) move the jar into its own crate
""")
    text, _ = rendered(double, "notes", f'extends = "release-notes"\nrepositories = ["{ANALYZER}"]\n', "--from", "2026-03-02", "--to", "2026-03-05")
    same("the release notes of one repository", text, f"""## What's Changed

### Bug Fixes
* fix: Panic on half a lychee by @ferris in [#22](https://github.com/{ANALYZER}/pull/22)

### Other Changes
* feat: Complete rocket paths by @lukas in [#21](https://github.com/{ANALYZER}/pull/21)
* internal: Move the jar into its own crate by @lukas in [#23](https://github.com/{ANALYZER}/pull/23)
""")
    plain = 'extends = "plain"\nusers = ["other"]\nrepositories = ["acme/rocket", "acme/anvil"]\n'
    wednesday = ("--issue", "2026-03-04")
    text, _ = rendered(double, "plain", plain, *wednesday)
    # #8 came with the second draft of acme, after this window.
    same("the plain list of a user and two repositories", text, """## Merged pull requests

### New features
* feat: drop anvils from higher (coyote, [#1](https://github.com/acme/anvil/pull/1))

### Fixes
* Fix the shadow of falling \\*anvils\\* (road-runner, [#2](https://github.com/acme/anvil/pull/2))

### Documentation
* Explain the fuse (coyote, [#3](https://github.com/acme/rocket/pull/3))

### Other changes
* Polish [the] anvil (coyote, [#5](https://github.com/acme/anvil/pull/5))
* Before the window (early-bird, [#4](https://github.com/acme/rocket/pull/4))
* Not ours (ferris, [#6](https://github.com/other/thing/pull/6))
""")
    # First-time contributors are named only when the cache proves that nothing of theirs came before.
    thankful = plain + '[editorial]\nnewcomers_since = "2026-02-01"\n'
    text, err = rendered(double, "unknown", thankful, *wednesday)
    checks.that("### First contributions" not in text and "first-time contributors are not named" in err, "unknown is not none", text + err)
    program = Program(sys.argv[1])
    file = program.folder / "thankful.toml"
    file.write_text(thankful)
    run = lambda *arguments: program.run("--api-url", double.url, "--profile", file, *arguments, HARVESTER_CLOCK=CLOCK)
    run("fetch", "--from", "2026-02-01", "--to", "2026-03-03")
    done = run("draft", *wednesday)
    checks.that("### First contributions\n* coyote made a first contribution in [#1](https://github.com/acme/anvil/pull/1). Thank you!" in done.out,
                "first-time contributors are thanked", done.out + done.err)


folder = Program(sys.argv[1]).folder
(folder / "world.json").write_text(json.dumps(WORLD))
with Double(sys.argv[1], folder, "--world", folder / "world.json", "--now", "2026-03-06T06:00:00Z") as github:
    acme(github)
    profiles_that_come_along(github)
checks.finish()
