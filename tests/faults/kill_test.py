#!/usr/bin/env python3
"""SIGKILL at random moments of a harvest; after the next run the cache holds what an undisturbed one holds.

usage: kill_test.py HARVESTER GITHUB_DOUBLE [TIMES [SEED]]
"""
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

TABLES = {
    "item": "SELECT id, repository, number, title, state, author, created_at, merged_at, additions, gone_at FROM item ORDER BY id",
    "label": "SELECT item.id, label.name FROM item_label JOIN item ON item.key = item JOIN label ON label.key = label ORDER BY 1, 2",
    "under way": "SELECT * FROM slice_item",
    "not complete": "SELECT search, range_from, range_to FROM slice WHERE state <> 'complete'",
}


def content(path):
    with sqlite3.connect(path) as database:
        return {name: database.execute(sql).fetchall() for name, sql in TABLES.items()}


def main():
    harvester, double = sys.argv[1:3]
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with tempfile.TemporaryDirectory() as folder:
        port_file = os.path.join(folder, "port")
        server = subprocess.Popen([double, "--made-up", "3000,2023-01-01,2023-03-01", "--latency-ms", "5", "--port-file", port_file],
                                  stdout=subprocess.DEVNULL)
        try:
            while not (os.path.exists(port_file) and open(port_file).read().strip()):
                if server.poll() is not None:
                    sys.exit("the double did not start")
                time.sleep(0.05)
            environment = dict(os.environ, GH_TOKEN="made-up",
                               GITHUB_GRAPHQL_URL=f"http://127.0.0.1:{open(port_file).read().strip()}/graphql")

            def command(cache):
                return [harvester, "fetch", "--from", "2023-01-01", "--to", "2023-02-28", "-q", "--cache", cache]

            undisturbed = os.path.join(folder, "undisturbed.db")
            started = time.monotonic()
            subprocess.run(command(undisturbed), env=environment, check=True)
            length = time.monotonic() - started
            expected = content(undisturbed)
            assert len(expected["item"]) > 1000, "the undisturbed harvest found next to nothing"
            killed = 0
            for turn in range(times):
                cache = os.path.join(folder, f"killed{turn}.db")
                process = subprocess.Popen(command(cache), env=environment)
                try:
                    process.wait(timeout=random.uniform(0, length))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    killed += 1
                subprocess.run(command(cache), env=environment, check=True)
                found = content(cache)
                for name in TABLES:
                    assert found[name] == expected[name], f"kill {turn}: {name} differs from an undisturbed harvest"
                with sqlite3.connect(cache) as database:
                    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                os.remove(cache)
            print(f"{killed} of {times} harvests killed; each cache ended as the undisturbed one ({len(expected['item'])} items)")
            assert killed > times / 2, "too few were killed for a test"
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
