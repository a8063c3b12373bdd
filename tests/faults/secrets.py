#!/usr/bin/env python3
"""usage: secrets.py BUILD_FOLDER. Runs every command with verbose output, in good days and under every failure of the double,
and looks for the token everywhere: stdout, stderr, the cache and its side files, temporary files, arguments of processes."""
import glob, os, pathlib, subprocess, sys, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program, SOURCE, TOKEN

program, checks = Program(sys.argv[1]), Checks()
temporary = program.folder / "tmp"
temporary.mkdir()
WORLD = SOURCE / "tests/github_double/sample_week.json"
ISSUE = "2024-05-15"
CLOCK = "virtual:2024-05-15T09:00:00Z"
WRITE_TOKEN = "github_pat_" + "22MadeUp" * 8
SECRETS = [TOKEN.encode(), WRITE_TOKEN.encode()]


def watch_arguments(stop, found):
    """Reads the arguments of all processes until told to stop: a token there is visible to every user of the machine."""
    while not stop.is_set():
        for path in glob.glob("/proc/[0-9]*/cmdline"):
            try:
                data = pathlib.Path(path).read_bytes()
            except OSError:
                continue
            if any(secret in data for secret in SECRETS):
                found.append(data)
        time.sleep(0.01)


def nowhere(what, done):
    streams = done.stdout + done.stderr
    checks.that(not any(s in streams for s in SECRETS), f"{what}: the token is in no output", streams.decode("utf8", "replace")[-600:])
    for path in program.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            checks.that(not any(s in data for s in SECRETS), f"{what}: the token is not in {path.name}")


def run(what, url, *arguments):
    done = program.run("-v", "--api-url", url, *arguments, HARVESTER_CLOCK=CLOCK, HARVESTER_WRITE_TOKEN=WRITE_TOKEN,
                       TMPDIR=str(temporary), HARVESTER_TIMEOUT="2")
    nowhere(what, done)
    return done


stop, found = threading.Event(), []
watcher = threading.Thread(target=watch_arguments, args=(stop, found))
watcher.start()
draft = program.folder / f"{ISSUE}-this-week-in-rust.md"
draft.write_text("## Updates from the Rust Project\n\n<!-- Rust updates go here -->\n\n## Upcoming Events\n")
with Double(program.build, program.folder, "--world", WORLD) as double:
    done = run("fetch", double.url, "fetch", "--issue", ISSUE)
    checks.that(done.returncode == 0, "the harvest works with this token", done.err)
    for arguments in (["render", "--issue", ISSUE, "--all"], ["render", "--issue", ISSUE, "--format", "json"], ["draft", "--issue", ISSUE],
                      ["draft", "--issue", ISSUE, str(draft)], ["check", str(draft)], ["title", "x " + "y"], ["status", "--verify"],
                      ["stats", "--issue", ISSUE], ["propose", "--issue", ISSUE, "--dry-run"], ["propose", "--issue", ISSUE],
                      ["explain", "rust#1", "--issue", ISSUE], ["generate", "man"], ["--help"], ["--version"]):
        run(" ".join(arguments[:1]), double.url, *arguments)

FAULTS = ["502", "503", "504", "html", "truncated", "malformed", "reset", "401", "forbidden", "429", "redirect", "secondary", "rate-limited",
          "went-wrong", "resource-limits"]
for fault in FAULTS:
    program.cache.unlink(missing_ok=True)
    with Double(program.build, program.folder, "--world", WORLD, "--faults", f"every = {fault}") as double:
        done = run(f"fetch under {fault}", double.url, "--max-wait", "1", "fetch", "--issue", ISSUE)
        checks.that(done.returncode in (3, 4), f"{fault} everywhere ends with 3 or 4", f"{done.returncode} {done.err[-300:]}")
        run(f"propose under {fault}", double.url, "--max-wait", "1", "propose", "--issue", ISSUE)

run("a host that isn't there", "http://127.0.0.1:9/graphql", "fetch", "--issue", ISSUE)
run("a host without a name", "https://host.invalid/graphql", "fetch", "--issue", ISSUE)
run("a URL with a password", f"https://user:{TOKEN}@127.0.0.1/graphql".replace(TOKEN, "secret"), "fetch", "--issue", ISSUE)
stop.set()
watcher.join()
checks.that(not found, "the token is in no process's arguments", repr(found[:1]))
checks.finish()
