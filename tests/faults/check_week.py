#!/usr/bin/env python3
"""usage: check_week.py BUILD_FOLDER. `check` with what the cache knows, with what GitHub is asked, and as workflow annotations."""
import json, os, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program

checks = Checks()
ISSUE, CLOCK = "2025-12-17", "virtual:2025-12-17T10:00:00Z"


def pull(number, state="MERGED", at="2025-12-12T10:00:00Z", events=(), labels=(), repo="rust"):
    done = at if state == "MERGED" else None
    return {"typename": "PullRequest", "repo": f"rust-lang/{repo}", "number": number, "title": f"Change {number}", "state": state,
            "url": f"https://github.com/rust-lang/{repo}/pull/{number}", "createdAt": "2025-11-01T08:00:00Z", "mergedAt": done,
            "closedAt": done, "updatedAt": at, "author": {"login": "ferris", "typename": "User"}, "labels": list(labels),
            "events": [{"type": "LABELED_EVENT", "label": label, "createdAt": when} for label, when in events]}


FCP = "final-comment-period"
WORLD = {"issue": ISSUE, "repos": ["rust-lang/rust", "rust-lang/miri", "rust-lang/rfcs", "rust-lang/rustc-perf"], "files": {}, "commits": {}, "items": [
    pull(1), pull(2), pull(3, "OPEN"), pull(4, at="2025-11-20T10:00:00Z"),
    pull(5, "OPEN", events=[(FCP, "2025-12-10T10:00:00Z")], labels=[FCP]),
    pull(6, "OPEN", events=[(FCP, "2025-11-10T10:00:00Z")], labels=[FCP]),
    pull(7, "OPEN", events=[(FCP, "2025-12-11T10:00:00Z")], labels=[FCP], repo="miri")]}
DRAFT = """Title: This Week in Rust 630
Number: 630
Date: 2025-12-17

## Updates from the Rust Project

%d pull requests were [merged in the last week][merged]

[merged]: https://github.com/search?q=is%%3Apr+org%%3Arust-lang+is%%3Amerged+merged%%3A2025-12-09..2025-12-16

#### Compiler
%s

### Rust Compiler Performance Triage

A calm week.

### [Approved RFCs](https://github.com/rust-lang/rfcs/commits/master)

* *No RFCs were approved this week.*

### Final Comment Period

#### Tracking Issues & PRs

##### [Rust](https://github.com/rust-lang/rust/issues)
%s

#### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)

* *No New or Updated RFCs were created this week.*
"""


def line(number, title=None):
    return f"* [{title or f'title {number}'}](https://github.com/rust-lang/rust/pull/{number})"


def write(program, name, count, merged, fcp):
    path = program.folder / name
    path.write_text(DRAFT % (count, "\n".join(merged), "\n".join(fcp)))
    return path


program = Program(sys.argv[1])
world = program.folder / "world.json"
world.write_text(json.dumps(WORLD))
name = f"{ISSUE}-this-week-in-rust.md"
with Double(sys.argv[1], program.folder, "--world", world, "--now", "2025-12-17T10:00:00Z") as double:
    def run(*arguments, **environment):
        return program.run("--api-url", double.url, *arguments, HARVESTER_CLOCK=CLOCK, **environment)

    draft = write(program, name, 999, [line(1), line(3), line(4), line(777)], [line(5), line(6)])
    done = run("check", draft)
    checks.that(done.returncode == 0, "without a cache nothing is known of items and counts", done.out + done.err)
    done = run("check", "--online", draft)
    found = lambda rule: [l for l in done.out.splitlines() if l.endswith(f"({rule})")]
    checks.that(done.returncode == 1 and len(done.out.splitlines()) == 4, "online, four findings", done.out + done.err)
    checks.that(any("rust#3" in l for l in found("not-merged")), "online, what isn't merged", done.out)
    checks.that(any("rust#4" in l for l in found("not-in-window")), "online, what was merged before the window", done.out)
    checks.that(any("rust#6" in l for l in found("not-in-window")), "online, whose comment period began before the window", done.out)
    checks.that(any("rust#777" in l for l in found("link-dead")), "online, what isn't there", done.out)
    checks.that(not any("rust#5" in l or "rust#1 " in l for l in done.out.splitlines()), "online, what is right isn't told", done.out)
    done = run("check", "--online", draft, GH_TOKEN=None)
    checks.that(done.returncode == 3, "online without a token is refused", done.out + done.err)
    done = run("--offline", "check", "--online", draft)
    checks.that(done.returncode == 2 and "--offline" in done.err, "online and offline exclude each other", done.err)

    fetched = run("fetch", "--issue", ISSUE)
    checks.that(fetched.returncode == 0, "the week is harvested", fetched.err)
    done = run("check", draft)
    checks.that(any("2 pull requests were merged in the window, not 999" in l for l in done.out.splitlines()), "the cache knows the count", done.out)
    checks.that(any("rust#6" in l and "not-in-window" in l for l in done.out.splitlines()), "what the cache knows of labels counts", done.out)
    checks.that(any("note: rust-lang/miri#7" in l and l.endswith("(no-group)") for l in done.out.splitlines()),
                "an item whose repository has no group is noted", done.out)
    done = run("status", "--offline")
    checks.that("rust-lang/miri#7 (fcp)" in done.out, "status shows the item without a group", done.out)
    done = run("render", "--issue", ISSUE)
    checks.that("rust-lang/miri#7 (fcp)" in done.err and "miri" not in done.out, "render warns of the item without a group", done.err)
    done = run("explain", "miri#7", "--issue", ISSUE)
    checks.that("fcp" in done.out and "no group of this part takes it" in done.out, "explain says why it isn't listed", done.out + done.err)
    done = run("explain", "rust#5", "--issue", ISSUE)
    checks.that("fcp       listed: it got the label" in done.out, "explain says why an item of a comment period is listed", done.out)
    done = run("check", "--fix", draft)
    checks.that("2 pull requests were [merged" in draft.read_text(), "the count is fixed from the cache", draft.read_text())
    checks.that(f"{draft}:7: fixed: 2 pull requests were merged in the window, not 999 (count)" in done.err, "each fix is named", done.err)
    (program.folder / "x").mkdir()
    right = write(program, "x/" + name, 2, [line(1), line(2)], [line(5)])
    done = run("check", "--online", right)
    checks.that(done.returncode == 0 and done.out.count("\n") == 1 and "(no-group)" in done.out, "a right draft has no findings but the note", done.out + done.err)

    checkout = program.folder / "twir"
    (checkout / ".git").mkdir(parents=True)
    (checkout / "draft").mkdir()
    (checkout / "content").mkdir()
    done = run("check", cwd=checkout)
    checks.refused("no draft in the checkout", done, 2, ["there is no draft of " + ISSUE, "name its FILE"])
    write(program, f"twir/draft/{name}", 2, [line(1), "* [a `](https://github.com/rust-lang/rust/pull/2)"], [line(5)])
    done = run("check", cwd=checkout)
    checks.that(done.returncode == 1 and f"draft/{name}:13: unmatched backtick" in done.out, "the coming draft of the checkout is checked", done.out + done.err)
    done = run("check", cwd=checkout / "content")
    checks.that(done.returncode == 1 and f"../draft/{name}:13: " in done.out, "the path is one that the terminal can open", done.out + done.err)
    done = run("check", f"./draft/../draft/{name}", cwd=checkout)
    checks.that(f"./draft/../draft/{name}:13: " in done.out, "the path is named as it was given", done.out)
    os.mkfifo(checkout / "pipe")
    for odd_file, words in (("missing.md", "there is no such file"), ("pipe", "it isn't a regular file"), ("draft", "it isn't a regular file")):
        before = (checkout / "draft" / name).read_text()
        done = run("check", "--fix", f"draft/{name}", odd_file, cwd=checkout)
        checks.refused(odd_file, done, 5, [odd_file, words])
        checks.that((checkout / "draft" / name).read_text() == before, "nothing is fixed when a file is refused")
    write(program, f"twir/draft/{name}", 2, ["* my own line"], [line(5)])
    done = run("check", "--format", "github", cwd=checkout)
    checks.that(done.returncode == 0 and f"::notice file=draft/{name},line=12,title=no-link::" in done.out, "an editor's own line is a notice", done.out)

    (program.folder / "a,b:c%").mkdir()
    odd = write(program, f"a,b:c%/{name}", 2, [line(1, "%0A::warning::x <made-up>\x1b[31m"), line(2)], [line(5)])
    done = run("check", "--format", "github", odd)
    lines = done.out.split("\n")
    checks.that(done.returncode == 1 and lines[-1] == "" and all(l.startswith(("::error file=", "::notice file=")) for l in lines[:-1]), "every line is an annotation", done.out)
    checks.that(all("a%2Cb%3Ac%25/" in l for l in lines[:-1]) and "\x1b" not in done.out and "\r" not in done.out, "the file's name is escaped", done.out)
    checks.that(any("title=html::" in l for l in lines), "the rule is the title", done.out)
checks.finish()
