#!/usr/bin/env python3
"""usage: bad_input.py BUILD_FOLDER. Wrong options, dates, profiles, caches, drafts and endpoints, each on the real binary:
one clear sentence, the right exit code, and every file left as it was."""
import hashlib, pathlib, sqlite3, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Program, SOURCE

program, checks = Program(sys.argv[1]), Checks()
folder = program.folder
DEAD = "http://127.0.0.1:9/graphql"  # the discard port: nothing listens


def refused(what, code, words, *arguments, keep=(), **environment):
    """The program ends with `code`, and stderr is one sentence that has all `words`."""
    before = [hashlib.sha256(p.read_bytes()).hexdigest() for p in keep]
    done = program.run(*arguments, **environment)
    checks.refused(what, done, code, words)
    checks.that(before == [hashlib.sha256(p.read_bytes()).hexdigest() for p in keep], f"{what}: files as they were")


def text(name, content):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


refused("an unknown option", 2, ["--colour", "harvester render --help"], "render", "--colour")
refused("an unknown command", 2, ["frobnicate"], "frobnicate")
refused("no command", 2, ["--help"])
refused("an impossible date", 2, ["--issue", "2024-02-30", "YYYY-MM-DD"], "render", "--issue", "2024-02-30")
refused("a date with line breaks and an escape", 2, ["--issue", "2024-\ufffd 02 -30: there"], "render", "--issue", "2024-\x1b\n02\n-30")
refused("a Thursday", 2, ["2024-11-14", "2024-11-13"], "render", "--issue", "2024-11-14")
refused("--from after --to", 2, ["--from", "--to"], "fetch", "--from", "2024-03-01", "--to", "2024-02-01")
refused("--from alone", 2, ["--from", "--to"], "fetch", "--from", "2024-03-01")
refused("--issue with --from", 2, ["--issue", "--from"], "fetch", "--issue", "2024-11-13", "--from", "2024-03-01", "--to", "2024-03-02")
refused("an unknown layout", 2, ["--layout"], "render", "--layout", "round")
refused("an unknown part", 2, ["--part"], "render", "--part", "weather")

refused("no token", 3, ["GH_TOKEN"], "--api-url", DEAD, "fetch", "--issue", "2024-11-13", GH_TOKEN=None)
refused("a token with a line break", 3, ["token"], "--api-url", DEAD, "fetch", "--issue", "2024-11-13", GH_TOKEN="a\nb: c")
refused("an unreachable host", 4, ["127.0.0.1"], "--api-url", DEAD, "fetch", "--issue", "2024-11-13", HARVESTER_CLOCK="virtual:2024-11-13T12:00:00Z")
refused("plain http to a stranger", 2, ["https"], "--api-url", "http://api.example.org/graphql", "fetch", "--issue", "2024-11-13")
refused("an endpoint that is no URL", 2, ["--api-url"], "--api-url", "not a url", "fetch", "--issue", "2024-11-13")
refused("--offline with a window that isn't there", 4, ["--offline"], "--offline", "fetch", "--issue", "2024-11-13")

default = (SOURCE / "queries/twir.toml").read_text()
typo = text("typo.toml", default.replace("first_number", "frist_number"))
refused("a profile with a typo", 2, ["typo.toml", "issue"], "--profile", typo, "render", keep=[typo])
broken = text("broken.toml", "name = \"x\"\ntitle = \n")
refused("a profile that isn't TOML", 2, ["broken.toml:2"], "--profile", broken, "render", keep=[broken])
refused("a profile that isn't there", 2, ["nowhere.toml"], "--profile", folder / "nowhere.toml", "render")

not_sqlite = text("letter.db", "Dear cache,\n" * 1000)
refused("a cache that isn't SQLite", 5, ["letter.db"], "--cache", not_sqlite, "render", "--issue", "2024-11-13", keep=[not_sqlite])
foreign = folder / "foreign.db"
with sqlite3.connect(foreign) as db:
    db.execute("create table recipe (name)")
refused("a database of another program", 5, ["foreign.db"], "--cache", foreign, "render", "--issue", "2024-11-13", keep=[foreign])
refused("a cache whose folder isn't one", 5, ["letter.db"], "--cache", not_sqlite / "cache.db", "fetch", "--issue", "2024-11-13", "--api-url", DEAD)

refused("check of a file that isn't there", 5, ["nowhere.md"], "check", folder / "nowhere.md")
done = program.run("title", "--format", "jsonl", stdin=b'{"raw": \n')
checks.that(done.returncode == 2 and "1" in done.err, "title lines that aren't JSON are reported with their number", done.err)
checks.finish()
