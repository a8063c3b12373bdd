#!/usr/bin/env python3
"""usage: injection.py BUILD_FOLDER. A week in which every title, login, label, branch and path is an attack, harvested through the
double and printed by every command in every format; each output is read back by a parser of that format."""
import csv, html.parser, io, json, pathlib, re, sys, xml.etree.ElementTree as xml

import markdown
from bs4 import BeautifulSoup

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program

program, checks = Program(sys.argv[1]), Checks()
ISSUE, CLOCK = "2024-05-15", "virtual:2024-05-15T09:00:00Z"

# What is attacked, and the text. Each becomes a title, a login and a label.
ATTACKS = {
    "a link that leaves": "x](https://evil.example) [y",
    "an image": "![x](https://evil.example/i.png)",
    "a script": "<script>alert(1)</script>",
    "a tag with a handler": "<img src=x onerror=alert(1)>",
    "a generic type": "Vec<T> and Option<&'a str>",
    "a comment that ends": "x --> y <!-- z",
    "a comment by an entity": "x &#45;&#45;&gt; y",
    "an open code span": "a ` b",
    "a double code span": "a `` b `c",
    "a code span that holds a bracket": "`](https://evil.example)`",
    "emphasis": "*a* __b__ _c_ ~~d~~",
    "a backslash at the end": "a\\",
    "a reference": "[merged] [x][y]",
    "a footnote": "[^1]: x",
    "a mention and a number": "@everyone #1 GH-1",
    "an autolink": "<https://evil.example> https://evil.example www.evil.example",
    "a heading": "# x",
    "a second line": "a\n* [b](https://evil.example)",
    "a carriage return": "a\r## Updates from the Rust Project\r",
    "a line separator": "a\u2028* b\u2029c",
    "a formula": "=HYPERLINK(\"https://evil.example\")",
    "a formula by a plus": "+1+cmd|' /C calc'!A0",
    "a formula by a minus": "-1+1",
    "a formula by an at sign": "@SUM(1)",
    "a formula by a tab": "\t=1",
    "an escape sequence": "\x1b[2J\x1b]0;owned\x07",
    "a one-byte escape": "\u009b2J",
    "text from right to left": "a\u202egpj.exe",
    "an isolate": "a\u2067b\u2069",
    "invisible letters": "a\u200bb\u2060c\ufeffd",
    "tag characters": "a\U000e0041\U000e007f",
    "a workflow command": "::error file=x::y",
    "a workflow command to stop": "::stop-commands::x",
    "an added mask": "::add-mask::x",
    "SQL": "'); DROP TABLE item; --",
    "SQL with a pattern": "%_'\"",
    "a NUL": "a\u0000b",
    "an XML entity": "&lt;b&gt; &amp; &#x3c;",
    "CDATA": "]]> <![CDATA[",
    "a path": "../../../../etc/passwd",
    "an option": "--version",
    "emoji": "👩‍🚀 fly 🦀",
    "nothing": "",
    "only spaces": "   ",
    "much": "x" * 9000,
    "much code": "`" * 300 + "x",
    "many brackets": "[" * 400 + "]" * 400,
}


def item(number, title, **more):
    base = {"typename": "PullRequest", "repo": "rust-lang/rust-clippy", "number": number, "title": title,
            "url": f"https://github.com/{more.get('repo', 'rust-lang/rust-clippy')}/pull/{number}", "state": "MERGED",
            "createdAt": "2024-05-08T10:00:00Z", "mergedAt": f"2024-05-10T{number // 60 % 24:02}:{number % 60:02}:00Z",
            "updatedAt": "2024-05-10T23:59:59Z", "author": {"login": "someone", "typename": "User"}, "labels": [], "events": [],
            "additions": 10, "deletions": 5, "changedFiles": 1, "files": ["src/lib.rs"]}
    return {**base, **more}


def world():
    items, number = [], 0
    for name, text in ATTACKS.items():
        number += 1
        label = text[:100] or "x"
        items.append(item(number, text, author={"login": text[:60] or "x", "typename": "User"}, labels=[label, "T-compiler"]))
        items.append(item(1000 + number, text, repo="rust-lang/rust", labels=["T-compiler", label]))
        items.append(item(2000 + number, text, repo="rust-lang/rust", typename="Issue", state="OPEN", mergedAt=None,
                          url=f"https://github.com/rust-lang/rust/issues/{2000 + number}", labels=["final-comment-period", "disposition-merge"],
                          events=[{"label": "final-comment-period", "createdAt": "2024-05-10T10:00:00Z"}]))
        items.append(item(3000 + number, text, repo="rust-lang/rfcs", state="OPEN", mergedAt=None, files=["text/0000-x.md"], createdAt="2024-05-09T10:00:00Z"))
        items.append(item(4000 + number, text, repo="rust-lang/rfcs", files=["text/0001-x.md"]))
    return {"issue": ISSUE, "repos": ["rust-lang/rust", "rust-lang/rust-clippy", "rust-lang/rfcs", "rust-lang/rustc-perf"],
            "defaultBranch": {"rust-lang/rustc-perf": "master"}, "items": items,
            "files": {"rust-lang/rustc-perf": {"triage/2024-05-13.md": "# 2024-05-13 Triage Log\n\nQuiet.\n\n## Regressions\n"}},
            "commits": {"rust-lang/rustc-perf": {"triage/2024-05-13.md": "a" * 40}}}


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def no_controls(what, text):
    found = CONTROL.search(text)
    checks.that(not found, f"{what}: no control or direction characters", repr(text[max(0, found.start() - 40):found.end() + 40]) if found else "")


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.bad.append((tag, name, value))
            if name in ("src", "href") and "evil" in (value or ""):
                self.bad.append((tag, name, value))


def markdown_is_safe(what, text):
    no_controls(what, text)
    soup = BeautifulSoup(markdown.markdown(text), "html.parser")
    allowed = {"p", "a", "h1", "h2", "h3", "h4", "h5", "strong", "hr", "li", "ul", "ol", "em", "code", "blockquote", "small", "br"}
    checks.that(not {t.name for t in soup.find_all(True)} - allowed, f"{what}: only the newsletter's tags", {t.name for t in soup.find_all(True)} - allowed)
    evil = [a.get("href") for a in soup.find_all("a") if not (a.get("href") or "").startswith(("https://github.com/", "https://www.rust-lang.org/", "https://forge.rust-lang.org/", "https://perf.rust-lang.org/"))]
    checks.that(not evil, f"{what}: every link goes to the hosts of the form", evil[:3])
    outside = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    for line in outside.split("\n"):
        if line.startswith("* ["):
            bullet = BeautifulSoup(markdown.markdown(line), "html.parser")
            checks.that(len(bullet.find_all("li")) == 1 and len(bullet.find_all("a")) == 1, f"{what}: one bullet with one link", line[:300])
    checks.that(outside.count("-->") == 0, f"{what}: no comment ends early")


source = program.folder / "world.json"
source.write_text(json.dumps(world()))
draft = program.folder / f"{ISSUE}-this-week-in-rust.md"
with Double(program.build, program.folder, "--world", source) as double:
    run = lambda *a, **e: program.run("--api-url", double.url, *a, HARVESTER_CLOCK=CLOCK, **e)
    done = run("-v", "fetch", "--issue", ISSUE)
    checks.that(done.returncode == 0, "the hostile week is harvested", done.err[-500:])
    no_controls("fetch -v", done.out + done.err)
    for layout in ("sections", "flat"):
        done = run("render", "--issue", ISSUE, "--layout", layout, "--all")
        checks.that(done.returncode == 0 and done.out.count("* [") > len(ATTACKS), f"render {layout}", done.err)
        markdown_is_safe(f"render {layout}", done.out)
    done = run("render", "--issue", ISSUE, "--format", "json")
    checks.that(len(json.loads(done.out)["merged"]) > len(ATTACKS), "render json is JSON")
    for number in range(1, len(ATTACKS) + 1):
        done = run("explain", f"rust-clippy#{number}", "--issue", ISSUE)
        checks.that(done.returncode == 0, f"explain {number}", done.err)
        no_controls(f"explain {number}", done.out + done.err)
    for by in ("author", "label", "repo,author"):
        done = run("stats", "--issue", ISSUE, "--by", by, "--format", "csv")
        rows = list(csv.reader(io.StringIO(done.out, newline="")))
        checks.that(len(rows) > 3 and len({len(r) for r in rows if r}) == 1, f"stats csv by {by}: a rectangle", done.err)
        formulas = [c for r in rows for c in r if c[:1] in "=+-@\t\r" and c and not re.fullmatch(r"-?[\d.]+%?", c)]
        checks.that(not formulas, f"stats csv by {by}: no formula", formulas[:3])
        done = run("stats", "--issue", ISSUE, "--by", by, "--format", "table")
        no_controls(f"stats table by {by}", done.out + done.err)
        for kind in ("html", "svg"):
            done = run("stats", "--issue", ISSUE, "--by", by, "--format", kind)
            tags = Tags()
            tags.feed(done.out)
            checks.that(done.returncode == 0 and not tags.bad, f"stats {kind} by {by}: no handler, no foreign link", f"{done.err} {tags.bad[:3]}")
            if kind == "svg":
                xml.fromstring(done.out)
        json.loads(run("stats", "--issue", ISSUE, "--by", by, "--format", "json").out)
        markdown_text = run("stats", "--issue", ISSUE, "--by", by, "--format", "markdown").out
        bad = {t.name for t in BeautifulSoup(markdown.markdown(markdown_text, extensions=["tables"]), "html.parser").find_all(True)} & {"script", "img"}
        checks.that(not bad, f"stats markdown by {by}: no foreign tag", bad)
    done = run("status", "--verify")
    checks.that(done.returncode == 0, "the cache is whole after the attack", done.out + done.err)
    no_controls("status", done.out + done.err)

# A draft full of attacks: what `check` says of it is a list of annotations and nothing else.
draft.write_text("## Updates from the Rust Project\n\n" + "".join(f"* [{t}](https://evil.example/{i})\n* {t}\n" for i, t in enumerate(ATTACKS.values())) + "\n## Upcoming Events\n", newline="")
done = program.run("check", "--format", "github", draft, HARVESTER_CLOCK=CLOCK, GITHUB_ACTIONS="true")
checks.that(done.returncode == 1, "check finds something in it", done.err)
for line in done.out.splitlines():
    checks.that(re.match(r"::(error|warning|notice) file=[^,:]*,line=\d+(,[^:]*)?::", line) is not None, "an annotation a line", line[:200])
no_controls("check", done.out)
done = program.run("check", draft, HARVESTER_CLOCK=CLOCK)
no_controls("check as text", done.out + done.err)

for name, text in ATTACKS.items():
    done = program.run("title", "--repo", "cargo", "--format", "jsonl", stdin=(json.dumps({"repo": "cargo", "raw": text, "section": "Cargo"}) + "\n").encode())
    checks.that(done.returncode == 0 and done.out.count("\n") == 1 and done.out.strip(), f"title: {name}", done.out[:200] + done.err)
    markdown_is_safe(f"title: {name}", f"* [{done.out.strip()}](https://github.com/rust-lang/cargo/pull/1)\n")
checks.finish()
