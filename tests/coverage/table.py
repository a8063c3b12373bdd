#!/usr/bin/env python3
"""usage: table.py SUMMARY.json PATTERN: llvm-cov's summary of the files that match, as a table, and the files below
90 % of lines; exit 1 when all together are below."""
import json
import re
import sys

LEAST = 90.0


def share(counts):
    return 100.0 * counts["covered"] / counts["count"] if counts["count"] else 100.0


def main():
    summary, pattern = sys.argv[1], re.compile(sys.argv[2])
    files = json.load(open(summary, encoding="utf-8"))["data"][0]["files"]
    total = {kind: {"count": 0, "covered": 0} for kind in ("lines", "branches")}
    low = []
    print(f'{"parser":44} {"lines":>6} {"reached":>8} {"branches":>9} {"reached":>8}')
    for entry in sorted(files, key=lambda f: f["filename"]):
        found = pattern.search(entry["filename"])
        if not found or entry["summary"]["lines"]["count"] == 0:
            continue
        lines, branches = entry["summary"]["lines"], entry["summary"]["branches"]
        for kind, counts in (("lines", lines), ("branches", branches)):
            total[kind]["count"] += counts["count"]
            total[kind]["covered"] += counts["covered"]
        print(f'{found[0]:44} {lines["count"]:6} {share(lines):7.1f}% {branches["count"]:9} {share(branches):7.1f}%')
        if share(lines) < LEAST:
            low.append(found[0])
    print(f'{"all":44} {total["lines"]["count"]:6} {share(total["lines"]):7.1f}% '
          f'{total["branches"]["count"]:9} {share(total["branches"]):7.1f}%')
    if low:
        print("below 90 % of lines: " + ", ".join(low))
    if not total["lines"]["count"] or share(total["lines"]) < LEAST:
        sys.exit("the parsers' lines are not reached well enough")


main()
