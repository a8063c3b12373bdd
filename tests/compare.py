#!/usr/bin/env python3
"""usage: tests/compare.py OLD NEW DOUBLE [--corpus CACHE] [--only stats|render] [--show]

Runs two versions of the program next to each other and reports every difference of output and exit code: a hundred
statistics questions in every format, and each world rendered in both layouts, with and without --all, as Markdown and as
JSON. OLD and NEW are programs, DOUBLE a GitHub double; --corpus is a cache that OLD or its corpus_cache made; --show prints
the first lines that differ. Each cache is filled by OLD; NEW gets a copy, which its first fetch migrates."""
import argparse, itertools, json, pathlib, shutil, subprocess, sys, tempfile, time
from concurrent.futures import ThreadPoolExecutor

SHARED = pathlib.Path(__file__).resolve().parents[2] / "shared"
FORMATS = ["table", "markdown", "csv", "json", "svg", "html"]
DIMENSIONS = ["repo", "author", "team", "label", "day", "week", "issue", "month", "year", "weekday", "hour", "size"]

parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument("old"), parser.add_argument("new"), parser.add_argument("double")
parser.add_argument("--corpus"), parser.add_argument("--only", default=""), parser.add_argument("--show", action="store_true")
options = parser.parse_args()
folder = pathlib.Path(tempfile.mkdtemp(prefix="harvester-compare-"))


def questions(first, last, issue):
    """About a hundred: each grouping alone and in pairs, measures, filters, orders, comparison, an edition."""
    span = ["--from", first, "--to", last]
    out = [span, [*span, "--compare"], ["--issue", issue], ["--issue", issue, "--compare"], [*span, "--measures", "all"]]
    for name in DIMENSIONS:
        out += [[*span, "--by", name], [*span, "--by", name, "--compare"], [*span, "--by", name, "--measures", "all", "--top", "7"],
                [*span, "--by", name, "--sort", "authors:asc", "--no-bots"]]
    pairs = ["repo,week", "repo,month", "author,month", "team,month", "label,size", "weekday,hour", "month,year", "issue,repo",
             "size,team", "hour,weekday", "year,repo", "author,repo"]
    for pair in pairs:
        out += [[*span, "--by", pair, "--top", "40"], [*span, "--by", pair, "--compare", "--sort", "key:desc", "--top", "30"]]
    for filters in (["--repo", "rust"], ["--repo", "rust-lang/cargo", "--repo", "clippy"], ["--label", "T-compiler"],
                    ["--author", "BORS"], ["--no-bots"], ["--repo", "rust", "--label", "t-libs", "--no-bots"],
                    ["--repo", "nowhere"], ["--label", "rollup"]):
        out += [[*span, *filters], [*span, *filters, "--by", "week"], [*span, *filters, "--by", "repo", "--compare"]]
    out += [[*span, "--by", "planet"], [*span, "--sort", "speed"], [*span, "--measures", "speed"], ["--from", last, "--to", first]]
    return out


def run(program, cache, arguments):
    return subprocess.run([program, "--cache", cache, "--offline", *arguments], capture_output=True, cwd=folder, env={
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "GH_PATH": "/nonexistent", "HARVESTER_CLOCK": f"virtual:{clock}", "COLUMNS": "100"})


def compare(caches, arguments):
    old, new = (run(program, cache, arguments) for program, cache in zip((options.old, options.new), caches))
    strip = lambda done, cache: (done.returncode, done.stdout, done.stderr.replace(str(cache).encode(), b"CACHE"))
    a, b = (strip(done, cache) for done, cache in zip((old, new), caches))
    if a == b:
        return None
    what = " ".join(arguments)
    if not options.show:
        return what
    for x, y in zip(a[1:], b[1:]):
        for left, right in itertools.zip_longest(x.splitlines(), y.splitlines()):
            if left != right:
                return f"{what}\n  old {left!r}\n  new {right!r}"
    return f"{what}\n  exit {a[0]} and {b[0]}"


def all_of(name, caches, asked):
    global total, different
    with ThreadPoolExecutor(2) as pool:
        found = [text for text in pool.map(lambda arguments: compare(caches, arguments), asked) if text]
    total, different = total + len(asked), different + len(found)
    print(f"{name}: {len(asked)} runs, {len(found)} differ", flush=True)
    for text in found:
        print("  " + text)


def migrated(old, *fetch):
    new = pathlib.Path(str(old) + ".new")
    shutil.copy(old, new)
    subprocess.run([options.new, "--cache", new, *fetch], capture_output=True, env={
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "GH_TOKEN": "made-up", "HARVESTER_CLOCK": f"virtual:{clock}"})
    return old, new


total = different = 0
for world in sorted(SHARED.glob("worlds/*.json")):
    if world.name.endswith(".expected.json"):
        continue
    issue = json.loads(world.read_text())["issue"]
    clock = f"{issue}T10:00:00Z"
    port = folder / f"{issue}.port"
    double = subprocess.Popen([options.double, "--world", world, "--now", clock, "--port", "0", "--port-file", port],
                              stdout=subprocess.DEVNULL)
    while not (port.exists() and port.read_text().strip()):
        time.sleep(0.02)
    cache = folder / f"{issue}.db"
    fetch = ["--api-url", f"http://127.0.0.1:{port.read_text().strip()}/graphql", "fetch", "--issue", issue]
    subprocess.run([options.old, "--cache", cache, *fetch], capture_output=True, env={
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "GH_TOKEN": "made-up", "HARVESTER_CLOCK": f"virtual:{clock}"})
    caches = migrated(cache, *fetch)
    double.terminate(), double.wait()
    if options.only != "stats":
        all_of(f"render {issue}", caches, [["render", "--issue", issue, "--layout", layout, *extra, *form]
               for layout in ("sections", "flat") for extra in ([], ["--all"]) for form in ([], ["--format", "json"])])
    if options.only != "render":
        day = lambda n: time.strftime("%Y-%m-%d", time.gmtime(time.mktime(time.strptime(issue, "%Y-%m-%d")) + n * 86400))
        asked = questions(day(-8), day(-1), issue)
        formats = FORMATS if issue == "2025-12-17" else FORMATS[:4]
        all_of(f"stats {issue}", caches, [["stats", *question, "--format", form] for form in formats
                                          for question in (asked if issue == "2025-12-17" else asked[::5])])
if options.corpus and options.only != "render":
    clock = "2026-01-02T10:00:00Z"
    cache = folder / "corpus.db"
    shutil.copy(options.corpus, cache)
    caches = migrated(cache, "--api-url", "http://127.0.0.1:9/graphql", "fetch", "--issue", "2015-12-16")
    for first, last in (("2010-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")):
        all_of(f"corpus {first} to {last}", caches, [["stats", *question, "--format", form] for form in FORMATS
                                                     for question in questions(first, last, "2025-12-17")])
shutil.rmtree(folder)
print(f"{total} runs, {different} differ")
sys.exit(1 if different else 0)
