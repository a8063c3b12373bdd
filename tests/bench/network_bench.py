#!/usr/bin/env python3
"""usage: network_bench.py BUILD_FOLDER. Requests, bytes and wall time of a cold fetch of a week of 600 pull requests, of a repeat and of a
backfill, when a request takes 150 ms and each item 8 ms more; beside the time that the same requests take one after the other."""
import json, pathlib, sys, time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))
from program import Double, Program, SOURCE

LATENCY, ITEM = 150, 8  # milliseconds


def measure(what, program, double, log, *command):
    before = len(log.read_text().splitlines()) if log.exists() else 0
    start = time.monotonic()
    done = program.run("--api-url", double.url, "fetch", *command, timeout=3600)
    wall = time.monotonic() - start
    if done.returncode != 0:
        raise SystemExit(f"{what}: exit {done.returncode}: {done.err}")
    asked = [json.loads(line) for line in log.read_text().splitlines()[before:]] if log.exists() else []
    serial = sum(LATENCY + ITEM * one["items"] for one in asked) / 1000
    share = f"{wall / serial:.2f} of it" if serial else "nothing asked"
    print(f"{what:<28}{len(asked):>5} requests {sum(one['bytes'] for one in asked) / 1024:>8.0f} KiB {wall:>8.2f} s"
          f"   one after the other {serial:>8.2f} s   {share}", flush=True)


def bench(build, cases, *world):
    program = Program(build)
    log = program.folder / "requests.jsonl"
    with Double(build, program.folder, *world, "--latency-ms", LATENCY, "--item-ms", ITEM, "--log", log) as double:
        for what, *command in cases:
            measure(what, program, double, log, *command)


week = ["--issue", "2024-05-15"]
bench(sys.argv[1], [("cold week", *week), ("repeat", *week), ("repeat, everything again", *week, "--refresh")],
      "--world", SOURCE / "tests/github_double/sample_week.json", "--made-up", "200,2024-05-07,2024-05-15,5", "--now", "2024-05-15T09:00:00Z")
bench(sys.argv[1], [("cold week, one at a time", *week, "--serial")],
      "--world", SOURCE / "tests/github_double/sample_week.json", "--made-up", "200,2024-05-07,2024-05-15,5", "--now", "2024-05-15T09:00:00Z")
bench(sys.argv[1], [("backfill of 3,000", "--from", "2020-01-01", "--to", "2020-12-31")], "--made-up", "3000,2020-01-01,2021-01-01,3")
