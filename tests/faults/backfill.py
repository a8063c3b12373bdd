#!/usr/bin/env python3
"""usage: backfill.py BUILD_FOLDER [MADE_UP]. A long history through the double: every merged pull request arrives, in at most 1.15
times as many requests as full pages would take, within 64 MB of memory. MADE_UP pull requests (a million when left out) come in
bursts of 1,500 a second now and then; ten years of real ones are read too where they are there, and `stats` counts them by
repository and year as their file has them."""
import collections, gzip, json, pathlib, sqlite3, subprocess, sys, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import Checks, Double, Program, SOURCE

MOST_MEMORY = 64 * 1024  # KiB, as getrusage counts
checks, build = Checks(), sys.argv[1]


def backfill(what, first, last, *world):
    program = Program(build)
    with Double(build, program.folder, *world, "--now", "2026-01-02T00:00:00Z", "--points", "100000000") as double:
        command = [str(program.build / "harvester"), "--cache", str(program.cache), "--api-url", double.url, "fetch", "--from", first, "--to", last]
        environment = program.environment(HARVESTER_CLOCK="virtual:2026-01-02T00:00:00Z")
        # A separate process, so that its peak is not the maximum over everything this script has run.
        watch = ("import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
                 "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)")
        done = subprocess.run([sys.executable, "-c", watch, *command], env=environment, capture_output=True, text=True, cwd=program.folder)
        state = json.load(urllib.request.urlopen(double.base + "/_state"))
    memory = int(done.stdout.split()[-1])
    requests, wanted = state["requests"], state["items"]
    checks.that(done.returncode == 0, f"{what}: exit 0", done.stderr[-2000:])
    with sqlite3.connect(program.cache) as db:
        got = db.execute("SELECT count(*) FROM item WHERE merged_at IS NOT NULL").fetchone()[0]
    checks.that(got == wanted, f"{what}: all of them", f"{got} of {wanted}")
    checks.that(requests <= 1.15 * wanted / 100, f"{what}: few requests", f"{requests} for {wanted}, {requests / (wanted / 100):.3f} of full pages")
    checks.that(memory < MOST_MEMORY, f"{what}: flat memory", f"{memory} KiB")
    print(f"{what}: {got} items, {requests} requests ({requests / (wanted / 100):.3f} of full pages), {state['bytes'] >> 20} MiB, peak {memory} KiB")
    return program


def counts_are_those_of(file, program, first, last):
    expected = collections.Counter()
    with gzip.open(file, "rt", encoding="utf8") as lines:
        for line in lines:
            item = json.loads(line)
            if first <= item["merged_at"][:10] <= last:
                expected[item["repo"], item["merged_at"][:4]] += 1
    done = program.run("--offline", "stats", "--from", first, "--to", last, "--by", "repo,year", "--format", "json",
                       HARVESTER_CLOCK="virtual:2026-01-02T00:00:00Z")
    checks.that(done.returncode == 0, "stats: exit 0", done.err[-2000:])
    report = json.loads(done.stdout)
    told = {(row["key"]["repo"], row["key"]["year"]): row["values"]["merged"] for row in report["rows"] if row["values"]["merged"]}
    different = {key for key in told.keys() | expected.keys() if told.get(key, 0) != expected.get(key, 0)}
    checks.that(not different, "stats: counts by repository and year are the file's", str(sorted(different)[:5]))
    checks.that(report["complete"] and not done.err, "stats: the range is complete", f"{report['missing'][:3]} {done.err[:500]}")
    checks.that(report["total"]["values"]["merged"] == sum(expected.values()) > 50000, "stats: the total is the file's")
    print(f"stats: {sum(expected.values())} pull requests in {len(expected)} groups as the file has them")


corpus = SOURCE.parent / "shared/corpus/merged.jsonl.gz"
if corpus.exists():
    history = backfill("ten years", "2014-01-01", "2025-12-31", "--corpus", corpus)
    counts_are_those_of(corpus, history, "2014-01-01", "2025-12-31")
else:
    print("skipped: the ten years, which aren't here")
backfill("made up", "2014-01-01", "2023-12-31", "--made-up", f"{sys.argv[2] if len(sys.argv) > 2 else 1000000},2014-01-01,2024-01-01,1")
checks.finish()
