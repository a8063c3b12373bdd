#!/usr/bin/env python3
"""usage: index_trouble.py BUILD_FOLDER. GitHub as it is on bad days, on the real binary: a search index that lacks items, requests that never
fit, labels taken off, a token that an organisation forbids, a repository that was renamed, and a clock that goes on during a run."""
import json, pathlib, re, sys, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program, SOURCE

ISSUE, NOW, WORLD = "2024-05-15", "2024-05-15T09:00:00Z", SOURCE / "tests/github_double/sample_week.json"
OPEN = "2024-05-13T12:00:00Z"  # inside the window
CALL = "call-for-testing"
checks = Checks()
items = json.loads(WORLD.read_text())["items"]
names = lambda text: set(re.findall(r"https://github\.com/[\w.-]+/[\w.-]+/(?:pull|issues)/\d+", text))


def count(text):
    return int(re.search(r"(\d+) pull requests were", text)[1])


class Week:
    """A double with the sample week, and the program with an empty cache."""

    def __init__(self, clock="virtual:" + NOW):
        self.program, self.clock = Program(sys.argv[1]), clock
        self.double = Double(sys.argv[1], self.program.folder, "--world", WORLD, "--now", clock.split(":", 1)[1])

    def __enter__(self):
        self.double.__enter__()
        return self

    def __exit__(self, *error):
        self.double.__exit__(*error)

    def edit(self, *changes, **more):
        body = json.dumps({"reset": True, "changes": changes, **more}).encode()
        urllib.request.urlopen(urllib.request.Request(self.double.base + "/_edit", body, {"Content-Type": "application/json"})).read()

    def requests(self):
        return json.load(urllib.request.urlopen(self.double.base + "/_state"))["requests"]

    def points(self):
        """Spent so far, with the one of this question."""
        limit = json.loads(self.run("status", "--format", "json").out)["limit"]
        return limit["limit"] - limit["remaining"]

    def run(self, *arguments, clock=None):
        return self.program.run("--api-url", self.double.url, *arguments, HARVESTER_CLOCK=clock or self.clock)

    def draft(self, *more, clock=None):
        return self.run("draft", "--issue", ISSUE, "--all", *more, clock=clock)


with Week() as week:
    whole = week.draft()
    cold = week.requests()
    # The sample week has items of repositories without a group on purpose.
    warnings = [line for line in whole.err.splitlines() if line.startswith("warning") and "has no group" not in line]
    checks.that(whole.returncode == 0 and not warnings, "a cold week is complete without a warning", whole.err)
    cold_points = week.points()
    late = week.draft(clock="virtual:2024-05-15T12:30:00Z")  # the last hours, in which the index may be behind
    checks.that(late.out == whole.out, "the last hours are harvested again", late.err)
    week.edit()
    before = week.points()
    again = week.draft(clock="virtual:2024-05-15T13:30:00Z")
    requests, points = week.requests() - 1, week.points() - before
    checks.that(again.out == whole.out and requests <= 3, "a second look at a complete week costs at most three requests, with the reports", f"{requests}: {again.err}")
    print(f"a cold week: {cold} requests, {cold_points} points; a repeat: {requests} requests, {points} points")

with Week() as week:
    week.edit({"kind": "index", "share": 0.5, "gone": True})
    short = week.draft()
    checks.that(short.returncode == 4 and "leaves out items" in short.err, "half of the index lacking is found out by the repositories' own lists",
                f"exit {short.returncode}: {short.err}")
    week.edit({"kind": "index"})
    later = week.draft(clock="virtual:2024-05-16T05:00:00Z")
    checks.that(later.returncode == 0 and count(later.out) == count(whole.out), "what the index learns of late is harvested by the next draft",
                f"exit {later.returncode}, {count(later.out)} of {count(whole.out)}: {later.err}")

for share, what in ((0.5, "half of the index gone"), (1, "an empty index")):
    with Week() as week:
        week.draft()
        week.edit({"kind": "index", "share": share, "gone": True})
        refreshed = week.draft("--refresh")
        checks.that(refreshed.returncode == 4 and count(refreshed.out) == count(whole.out), f"{what}: nothing is gone, nothing complete",
                    f"exit {refreshed.returncode}, {count(refreshed.out)}: {refreshed.err}")
        checks.that(names(whole.out) <= names(refreshed.out), f"{what}: every item is still there", str(names(whole.out) - names(refreshed.out)))
        week.edit({"kind": "index"})
        healed = week.draft()
        checks.that(healed.returncode == 0 and healed.out == whole.out, f"{what}: once it is back, all is as before", healed.err)

for budget, what in (("budget(1,100)", "one search a request"), ("budget(3,400)", "a few searches a request")):
    with Week() as week:
        week.edit(faults="every=" + budget)
        divided = week.draft()
        checks.that(divided.returncode == 0 and divided.out == whole.out, f"{what}: nothing is lost", divided.err)

with Week() as week:
    testing = next(one for one in items if CALL in one["labels"])
    name = f"{testing['repo']}#{testing['number']}"
    before = week.draft()
    week.edit({"kind": "label", "item": name, "remove": [CALL]}, {"kind": "pull", "pull": "rust-lang/rust#7170", "title": "Another title altogether"})
    after = week.draft(clock="virtual:2024-05-15T12:00:00Z")
    checks.that(testing["url"] in before.out and testing["url"] in after.out, "a call for testing stays when its label is taken off", after.err)
    checks.that("nother title altogether" in after.out, "a title that was edited since is right without --refresh", after.err)

with Week() as week:
    reason = "`rust-lang` forbids access via a personal access token (classic). Please use a GitHub App."
    week.edit({"kind": "policy", "owner": "rust-lang", "reason": reason})
    forbidden = week.run("fetch", "--issue", ISSUE)
    checks.refused("a token that the organisation forbids", forbidden, 3, ["forbids access via a personal access token (classic)"])
    checks.that(week.requests() <= 6, "a forbidden token ends the harvest with the first answer", f"{week.requests()} requests")

with Week() as week:
    week.edit({"kind": "rename", "from": "rust-lang/rustc-perf", "to": "rust-lang/perf"})
    renamed = week.draft()
    checks.that("rust-lang/perf" in renamed.err and "rust-lang/rustc-perf" in renamed.err, "a renamed repository is named", renamed.err)

with Week("ticking:" + OPEN) as week:
    ticking = week.draft()
    checks.that(ticking.returncode == 0 and "the cache lacks" not in ticking.err, "a run doesn't warn about its own seconds", ticking.err)

checks.finish()
