#!/usr/bin/env python3
"""usage: propose_life.py BUILD_FOLDER. The life of a week on the real binary and the double: a draft on Tuesday, edits, more merges, a
second run, a proposal, edits on its branch, another proposal; then a fault at every write of a proposal."""
import json, pathlib, sys, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program

checks = Checks()
ISSUE, CLOCK, REPO = "2025-12-17", "virtual:2025-12-16T20:00:00Z", "rust-lang/this-week-in-rust"
FORK = "ferris/this-week-in-rust"
PATH = f"draft/{ISSUE}-this-week-in-rust.md"
TEMPLATE = """Title: This Week in Rust 630
Number: 630
Date: 2025-12-17

## Calls for Testing

<!-- If there are new CfT items this week, include: -->

## Updates from the Rust Project

<!-- Rust updates go here -->

### Rust Compiler Performance Triage

<!-- Perf results go here -->

### [Approved RFCs](https://github.com/rust-lang/rfcs/commits/master)

<!-- Use either -->

### Final Comment Period

<!-- Either remove the group -->

#### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)

<!-- Use either -->

## Upcoming Events

odd\ttabs and no final line break"""


def merged(number, title, repo="rust-lang/rust-analyzer", at="2025-12-12T10:00:00Z"):
    return {"typename": "PullRequest", "repo": repo, "number": number, "title": title,
            "url": f"https://github.com/{repo}/pull/{number}", "state": "MERGED", "createdAt": "2025-12-10T08:00:00Z",
            "mergedAt": at, "closedAt": at, "updatedAt": at, "author": {"login": "ferris", "typename": "User"}, "labels": [],
            "events": [], "additions": 5, "deletions": 1, "changedFiles": 1, "files": ["src/a.rs"]}


FIRST = [merged(n, f"feat: support completion for thing number {n}") for n in range(21001, 21007)]
WORLD = {"issue": ISSUE, "repos": ["rust-lang/rust-analyzer", "rust-lang/rust", "rust-lang/rfcs", "rust-lang/rustc-perf", REPO],
         "defaultBranch": {REPO: "main"}, "items": FIRST, "files": {REPO: {PATH: TEMPLATE}}, "commits": {},
         "forks": {FORK: REPO}, "protected": {REPO: ["main"]}}


class Week:
    """One world with its own program."""

    def __init__(self, double):
        self.double, self.program = double, Program(sys.argv[1])

    def run(self, *arguments, **environment):
        return self.program.run("--api-url", self.double.url, *arguments, HARVESTER_CLOCK=CLOCK, **environment)

    def edit(self, **what):
        request = urllib.request.Request(self.double.base + "/_edit", json.dumps(what).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request).read()

    def state(self):
        return json.load(urllib.request.urlopen(self.double.base + "/_state"))

    def propose(self, *arguments, **environment):
        return self.run("propose", "--issue", ISSUE, *arguments, **environment)

    def branch(self):
        return self.state()["repositories"][REPO]["branches"].get("twir-630-updates")

    def merge_later(self, number, title):
        """One more merge, in the cache too."""
        self.edit(changes=[{"kind": "item", "item": merged(number, title, at="2025-12-16T19:30:00Z")}])
        self.run("fetch", "--issue", ISSUE, "--refresh")

    def touch(self, **what):
        """Somebody changes the one pull request that was proposed."""
        [pull] = [p for p in self.state()["pullRequests"] if p["repo"] == REPO]
        self.edit(changes=[{"kind": "pull", "pull": f"{REPO}#{pull['number']}", **what}])

    def pull_requests(self):
        return [p for p in self.state()["openPullRequests"] if p["repo"] == REPO]


def world(folder):
    path = folder / "world.json"
    path.write_text(json.dumps(WORLD))
    return path


def link(number):
    return f"(https://github.com/rust-lang/rust-analyzer/pull/{number})"


def local_draft(week):
    """Tuesday's draft in a file, edits, more merges, the second run."""
    draft = week.program.folder / "draft.md"
    draft.write_bytes(TEMPLATE.replace("\n", "\r\n").encode())
    done = week.run("draft", "--issue", ISSUE, draft)
    text = draft.read_bytes().decode()
    if not checks.that(done.returncode == 0 and all(link(n) in text for n in range(21001, 21007)), "the draft has the week", done.err + text):
        return
    checks.that(text.count("\n") == text.count("\r\n") and text.endswith("no final line break"), "line ends and the end stay")
    lines = text.split("\r\n")
    lines = [l for l in lines if link(21002) not in l]
    lines = [f"* [My own words]{link(21003)}" if link(21003) in l else l for l in lines]
    lines.insert(lines.index(f"* [My own words]{link(21003)}"), "* an own line")
    draft.write_bytes("\r\n".join(lines).encode())
    week.edit(changes=[{"kind": "item", "item": merged(21010, "feat: support hover for another thing", at="2025-12-16T19:00:00Z")}])
    before = draft.read_bytes()
    dry = week.run("draft", "--issue", ISSUE, "--refresh", "--dry-run", draft)
    checks.that(dry.returncode == 0 and f"+* [support hover for another thing]{link(21010)}" in dry.out and draft.read_bytes() == before,
                "--dry-run shows the new line and writes nothing", dry.out + dry.err)
    done = week.run("draft", "--issue", ISSUE, "--refresh", draft)
    text = draft.read_bytes().decode()
    checks.that(done.returncode == 0 and link(21010) in text, "the new merge was added", done.err)
    checks.that(link(21002) not in text and f"* an own line\r\n* [My own words]{link(21003)}" in text, "every edit stayed", text)
    again = week.run("draft", "--issue", ISSUE, draft)
    checks.that(again.returncode == 0 and draft.read_bytes().decode() == text, "another run changes nothing")
    no_heading = week.program.folder / "letter.md"
    no_heading.write_text("Dear reader\n")
    done = week.run("draft", "--issue", ISSUE, no_heading)
    checks.that(done.returncode == 5 and "Updates from the Rust Project" in done.err and no_heading.read_text() == "Dear reader\n",
                "a file without the headings is refused and stays", done.err)


def on_branch(week, change):
    """The draft on the branch with its lines changed by somebody."""
    lines = week.branch()["files"][PATH].split("\n")
    return "\n".join(changed for line in lines if (changed := change(line)) is not None)


def without_a_cache(week):
    """A job whose cache is gone: what an editor took out stays out, what came up after the draft's last commit comes in."""
    first = week.propose()
    if not checks.that(first.returncode == 0, "a proposal to edit", first.err):
        return
    edited = on_branch(week, lambda line: None if link(21001) in line else f"* [Mine]{link(21003)}" if link(21003) in line else line)
    week.edit(changes=[{"kind": "push", "repo": REPO, "branch": "twir-630-updates", "files": {PATH: edited}, "date": "2025-12-14T00:00:00Z"},
                       {"kind": "item", "item": merged(21020, "feat: support newer things", at="2025-12-15T10:00:00Z")}])
    week.program = Program(sys.argv[1])
    again = week.propose()
    text = week.branch()["files"][PATH]
    checks.that(again.returncode == 0 and text.count(link(21020)) == 1, "without a cache what is newer comes in", again.err + text)
    checks.that(link(21001) not in text and f"[Mine]{link(21003)}" in text, "without a cache the edits stay", text)
    commits = week.branch()["commits"]
    week.program = Program(sys.argv[1])
    checks.that(week.propose().returncode == 0 and week.branch()["commits"] == commits, "without a cache again: nothing written")


def overtaken(week):
    """Somebody pushes between the reading of the branch and the commit: their edit is merged, and the commit follows theirs."""
    week.propose()
    theirs = on_branch(week, lambda line: None if link(21002) in line else f"* [Faster]{link(21004)}" if link(21004) in line else line)
    week.edit(changes=[{"kind": "item", "item": merged(21030, "feat: support races", at="2025-12-16T19:30:00Z")}],
              before={"CommitFiles": [{"kind": "push", "repo": REPO, "branch": "twir-630-updates", "files": {PATH: theirs}}]})
    week.run("fetch", "--issue", ISSUE, "--refresh")
    commits = week.branch()["commits"]
    done = week.propose()
    text = week.branch()["files"][PATH]
    checks.that(done.returncode == 0 and "somebody else wrote to the branch" in done.err, "a lost race is reported", done.err)
    checks.that(link(21030) in text and link(21002) not in text and f"[Faster]{link(21004)}" in text, "both sides of a race live", text)
    checks.that(week.branch()["commits"] == commits + 2 and len(week.pull_requests()) == 1, "one commit on top of theirs")
    checks.that("rust-lang/rust-analyzer#21030" in week.pull_requests()[0]["body"], "the body describes what was added after the race", week.pull_requests()[0]["body"])


def fork(week):
    """The branch on a fork, the pull request in the newsletter's repository."""
    mine = FORK
    branches = lambda name: week.state()["repositories"].get(name, {"branches": {}})["branches"]
    done = week.propose("--head", "ferris")
    pulls = week.pull_requests()
    if not checks.that(done.returncode == 0 and len(pulls) == 1, "a draft pull request from a fork", done.err + json.dumps(pulls)):
        return
    checks.that("twir-630-updates" in branches(mine) and week.branch() is None, "the branch is on the fork alone", json.dumps(list(branches(mine))))
    checks.that(pulls[0]["headRepository"] == mine and pulls[0]["head"] == "twir-630-updates", "the pull request comes from the fork", json.dumps(pulls[0]))
    commits = branches(mine)["twir-630-updates"]["commits"]
    done = week.propose("--head", "ferris")
    checks.that(done.returncode == 0 and branches(mine)["twir-630-updates"]["commits"] == commits and week.pull_requests() == pulls,
                "again from the fork: nothing written", done.err)
    week.edit(changes=[{"kind": "item", "item": merged(21040, "feat: support forks", at="2025-12-16T19:30:00Z")}])
    week.run("fetch", "--issue", ISSUE, "--refresh")
    done = week.propose("--head", "ferris")
    text = branches(mine)["twir-630-updates"]["files"][PATH]
    checks.that(done.returncode == 0 and link(21040) in text and len(week.pull_requests()) == 1, "updated on the fork", done.err)
    missing = week.propose("--head", "nobody")
    checks.that(missing.returncode == 2 and "nobody/this-week-in-rust" in missing.err, "a fork that isn't there is named", missing.err)


def proposals(week):
    """A proposal, edits of others on its branch, the next ones."""
    dry = week.propose("--dry-run")
    checks.that(dry.returncode == 0 and link(21001) in dry.out and week.branch() is None, "--dry-run shows the diff, writes nothing", dry.err + dry.out)
    output, summary = week.program.folder / "output", week.program.folder / "summary"
    done = week.propose(GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary))
    if not checks.that(done.returncode == 0 and len(week.pull_requests()) == 1, "a draft pull request is there", done.err):
        return
    pull = week.pull_requests()[0]
    checks.that(pull["draft"] and "Window: 2025-12-09 to 2025-12-16" in pull["body"] and "TWiR-630" in pull["title"], "it says what it is", json.dumps(pull))
    handed = output.read_text()
    checks.that("changed<<" in handed and "\ntrue\n" in handed and "pull-request-url<<" in handed and "| merged |" in summary.read_text(), "outputs and summary", handed)
    commits = week.branch()["commits"]
    done = week.propose()
    checks.that(done.returncode == 0 and week.branch()["commits"] == commits and week.pull_requests() == [pull], "nothing changed, nothing written", done.err)
    text = week.branch()["files"][PATH]
    theirs = "\n".join(f"* [Edited on the branch]{link(21003)}" if link(21003) in l else l for l in text.split("\n") if link(21001) not in l)
    week.edit(changes=[{"kind": "push", "repo": REPO, "branch": "twir-630-updates", "files": {PATH: theirs}},
                       {"kind": "item", "item": merged(21011, "feat: support rename of a third thing", at="2025-12-16T19:30:00Z")}])
    week.run("fetch", "--issue", ISSUE, "--refresh")
    done = week.propose()
    text = week.branch()["files"][PATH]
    checks.that(done.returncode == 0 and link(21011) in text and link(21001) not in text and "[Edited on the branch]" in text,
                "others' edits are merged and kept", done.err + text)
    checks.that(week.branch()["commits"] == commits + 2 and "rust-lang/rust-analyzer#21011" in week.pull_requests()[0]["body"], "one more commit, told in the body")


def faults():
    """Whatever goes wrong at a write, the next run brings about the same."""
    for operation in ("CreateBranch", "CommitFiles", "OpenPullRequest"):
        for fault in ("502", "502-after", "reset", "secondary(1)", "went-wrong", "too-quickly", "401"):
            folder = Program(sys.argv[1]).folder
            with Double(sys.argv[1], folder, "--world", world(folder), "--now", "2025-12-16T20:00:00Z") as double:
                week = Week(double)
                week.edit(faults=f"{operation}#1 = {fault}")
                first = week.propose()
                second = week.propose()
                branch, what = week.branch(), f"{fault} at {operation}"
                checks.that(first.returncode in (0, 4) and second.returncode == 0, f"{what}: done, at the latest by the second run", first.err + second.err)
                checks.that(branch is not None and branch["files"][PATH].count(link(21001)) == 1 and branch["commits"] == 2, f"{what}: one commit", json.dumps(branch))
                checks.that(len(week.pull_requests()) == 1, f"{what}: one pull request")


def faults_at_the_update():
    """The second proposal commits once, and its text is on the pull request in the end, whatever happens to the write of it."""
    for fault in ("502", "502-after", "reset", "secondary(1)", "went-wrong", "too-quickly", "401"):
        folder = Program(sys.argv[1]).folder
        with Double(sys.argv[1], folder, "--world", world(folder), "--now", "2025-12-16T20:00:00Z") as double:
            week = Week(double)
            week.propose()
            commits = week.branch()["commits"]
            week.edit(changes=[{"kind": "item", "item": merged(21050, "feat: support updates", at="2025-12-16T19:30:00Z")}],
                      faults=f"UpdatePullRequest#1 = {fault}")
            week.run("fetch", "--issue", ISSUE, "--refresh")
            done, what = week.propose(), f"{fault} at UpdatePullRequest"
            pulls = week.pull_requests()
            checks.that(done.returncode == 0 and week.branch()["commits"] == commits + 1, f"{what}: done, with one commit", done.err)
            checks.that(len(pulls) == 1 and "rust-lang/rust-analyzer#21050" in pulls[0]["body"], f"{what}: the text is there", json.dumps(pulls))
            again = week.propose()
            checks.that(again.returncode == 0 and week.pull_requests() == pulls and week.branch()["commits"] == commits + 1, f"{what}: nothing more by the next run")


def closed(week):
    """A pull request that an editor closed is respected until somebody wants it back."""
    week.propose()
    week.touch(state="CLOSED")
    week.merge_later(21060, "feat: support closed doors")
    before = week.state()["repositories"]
    done = week.propose()
    checks.that(done.returncode == 0 and "was closed" in done.err and "--reopen" in done.err, "a closed pull request is respected", done.err)
    checks.that(week.state()["repositories"] == before and week.pull_requests() == [], "a closed pull request: nothing written")
    done = week.propose("--reopen")
    checks.that(done.returncode == 0 and len(week.pull_requests()) == 1 and link(21060) in week.branch()["files"][PATH], "--reopen goes on with it", done.err)
    week.touch(state="CLOSED")
    done = week.propose("--branch", "another")
    checks.that(done.returncode == 0 and [p["head"] for p in week.pull_requests()] == ["another"], "--branch opens a new one", done.err)


def merged_by_editors(week, squash):
    """A merged pull request is done, also after a squash with the branch left behind and later edits on the base."""
    week.propose()
    week.touch(state="MERGED", squash=squash)
    edited = week.state()["repositories"][REPO]["branches"]["main"]["files"][PATH].replace(f"* [support completion for thing number 21002]{link(21002)}\n", "")
    week.edit(changes=[{"kind": "push", "repo": REPO, "files": {PATH: edited}, "date": "2025-12-14T00:00:00Z"}])
    week.merge_later(21061, "feat: support late changes")
    before = week.state()["repositories"]
    done = week.propose()
    checks.that(done.returncode == 0 and "was merged" in done.err, f"a merged pull request is done, squash {squash}", done.err)
    checks.that(week.state()["repositories"] == before and week.pull_requests() == [], f"after a merge nothing is written, squash {squash}")
    done = week.propose("--branch", "more")
    text = week.state()["repositories"][REPO]["branches"].get("more", {"files": {PATH: ""}})["files"][PATH]
    checks.that(done.returncode == 0 and link(21061) in text and link(21002) not in text, "a new branch starts from the edited base", done.err + text)


def published(week):
    """An edition that is published gets no proposal."""
    week.edit(changes=[{"kind": "push", "repo": REPO, "files": {PATH: None, f"content/{ISSUE}-this-week-in-rust.md": TEMPLATE}}])
    done = week.propose()
    checks.that(done.returncode == 0 and "published already" in done.err and week.branch() is None, "a published edition is left alone", done.err)


def printed_before(week):
    """What the edition before printed is read from the repository, so that a run without a cache doesn't print it again."""
    week.edit(changes=[{"kind": "push", "repo": REPO, "files": {"content/2025-12-10-this-week-in-rust.md":
              TEMPLATE.replace("<!-- Rust updates go here -->", f"#### Rust-Analyzer\n\n* [support completion for thing number 21002]{link(21002)}")}}])
    done = week.propose()
    text = week.branch()["files"][PATH]
    checks.that(done.returncode == 0 and link(21002) not in text and link(21003) in text, "what the edition before printed isn't printed again", done.err + text)


def edited_words(week):
    """Title and body keep what people wrote; only the generated part is renewed, with items by title."""
    week.propose()
    body = week.pull_requests()[0]["body"]
    checks.that("support completion for thing number 21001 `rust-lang/rust-analyzer#21001`" in body, "the body lists items by title", body)
    week.touch(title="Mine", body=f"Please wait for Jane.\r\n\r\n{body}\r\nThanks!")
    week.merge_later(21070, "feat: support [odd] `titles`")
    done = week.propose()
    pull = week.pull_requests()[0]
    checks.that(done.returncode == 0 and pull["title"] == "Mine", "an edited title stays", done.err)
    checks.that(pull["body"].startswith("Please wait for Jane.") and pull["body"].endswith("Thanks!") and "#21070" in pull["body"],
                "an edited body stays around its renewed part", pull["body"])
    checks.that("was updated" in done.err and "was opened" not in done.err, "an update is called an update", done.err)


def left_behind(week):
    """A branch without a pull request gets the base's later edits before one is opened, or is left to people."""
    week.edit(faults="OpenPullRequest = went-wrong")
    done = week.propose()
    checks.that(done.returncode == 4 and week.branch() is not None and week.pull_requests() == [], "a run that is cut off before it opens", done.err)
    edited = TEMPLATE.replace("## Upcoming Events", "## Upcoming Events\n\nAn editor's event.")
    week.edit(faults="", changes=[{"kind": "push", "repo": REPO, "files": {PATH: edited}}])
    done = week.propose()
    text = week.branch()["files"][PATH]
    checks.that(done.returncode == 0 and "An editor's event." in text and link(21001) in text and len(week.pull_requests()) == 1,
                "the base's later edits are in the new pull request", done.err + text)
    week.edit(changes=[{"kind": "push", "repo": REPO, "branch": "theirs", "files": {PATH: TEMPLATE}}])
    done = week.propose("--branch", "theirs")
    checks.that(done.returncode == 2 and "Somebody else's work" in done.err and "--branch" in done.err, "others' commits on a branch left behind are not lost", done.err)


def onto_the_base(week):
    """The draft never goes straight onto the branch that is published from."""
    before = week.state()["repositories"]
    for branch in ("main", "refs/heads/main"):
        done = week.propose("--branch", branch)
        checks.refused(f"--branch {branch}", done, 2, ["--branch main"])
    checks.that(week.state()["repositories"] == before, "nothing was written to the base")


def slow_fork(week):
    """A fork that doesn't have upstream's newest commit yet."""
    branches = lambda: week.state()["repositories"][FORK]["branches"]
    week.edit(changes=[{"kind": "push", "repo": REPO, "files": {"other.md": "new"}}, {"kind": "fork", "repo": FORK, "lacks": 2}])
    done = week.propose("--head", "Ferris")
    checks.that(done.returncode == 0 and "doesn't have the newest commit" in done.err and "other.md" in branches()["twir-630-updates"]["files"],
                "the fork's news are waited for", done.err)
    week.edit(changes=[{"kind": "push", "repo": REPO, "files": {"other.md": "newer"}}, {"kind": "fork", "repo": FORK, "lacks": 99}])
    done = week.propose("--head", "ferris", "--branch", "second")
    checks.that(done.returncode == 0 and "the same" in done.err and link(21001) in branches()["second"]["files"][PATH],
                "the branch starts from what the fork has when the draft is the same there", done.err)
    week.edit(changes=[{"kind": "push", "repo": REPO, "files": {PATH: TEMPLATE.replace("odd", "even")}}, {"kind": "fork", "repo": FORK, "lacks": 99}])
    done = week.propose("--head", "ferris", "--branch", "third")
    checks.refused("a fork that stays behind", done, 4, ["Sync fork", FORK])
    checks.that("third" not in branches(), "a fork that stays behind: nothing written")


LIVES = (local_draft, proposals, without_a_cache, overtaken, fork, closed, lambda week: merged_by_editors(week, False),
         lambda week: merged_by_editors(week, True), published, printed_before, edited_words, left_behind, onto_the_base, slow_fork)
for part in LIVES:
    folder = Program(sys.argv[1]).folder
    with Double(sys.argv[1], folder, "--world", world(folder), "--now", "2025-12-16T20:00:00Z") as double:
        part(Week(double))
faults()
faults_at_the_update()
checks.finish()
