#!/usr/bin/env python3
"""usage: render_bench.py BUILD_FOLDER [ROUNDS]. Wall time from the start of the process to the rendered week and its end, and the pages of memory
that it touched first, out of a warm cache of the made-up week and of the same with 500,000 pull requests more; beside a process that does nothing
and one that only prints its version. The best, the middle and the mean of ROUNDS, 40 unless given, the cases in turn."""
import os, pathlib, shutil, sqlite3, statistics, sys, time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))
from program import Double, Program, SOURCE

MORE = 500_000
ISSUE = "2024-05-15"
FIRST, LAST = 1_388_534_400, 1_704_067_200  # they are merged in the ten years before 2024


def add_pull_requests(cache):
    """Rows as the harvest writes them, spread over the repositories and authors that the cache knows, and over those labels whose coming and going is
    not kept: final comment periods are as many as before."""
    db = sqlite3.connect(cache)
    names = db.execute("SELECT repository, repository_key, author, author_key FROM item WHERE kind = 'pull_request'").fetchall()
    labels = [key for (key,) in db.execute("SELECT key FROM label WHERE key NOT IN (SELECT label FROM label_event) ORDER BY key")]
    after = db.execute("SELECT max(key) FROM item").fetchone()[0] + 1
    with db:
        db.executemany(
            """INSERT INTO item (key, id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,
                                 closed_at, base_branch, additions, deletions, changed_files, repository_key, author_key)
               VALUES (?1, 'bench' || ?1, 'pull_request', ?2, ?1, 'Make part ' || ?1 || ' of it faster', 'https://github.com/' || ?2 || '/pull/' || ?1,
                       'merged', 0, ?4, 'user', ?6 - 90000, ?6, ?6, ?6, 'main', 20, 10, 2, ?3, ?5)""",
            ((after + i, *names[i % len(names)], FIRST + (LAST - FIRST) * i // MORE) for i in range(MORE)))
        db.executemany("INSERT INTO item_label (item, label) VALUES (?, ?)", ((after + i, labels[i % len(labels)]) for i in range(MORE)))
    db.close()


def run(command, environment):
    """Milliseconds, and pages touched first."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)]
    start = time.perf_counter()
    _, status, used = os.wait4(os.posix_spawn(command[0], command, environment, file_actions=actions), 0)
    wall = time.perf_counter() - start
    os.close(nothing)
    if status != 0:
        raise SystemExit(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}")
    return wall * 1000, used.ru_minflt


program = Program(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 40
clock = {"HARVESTER_CLOCK": f"virtual:{ISSUE}T09:00:00Z"}
with Double(program.build, program.folder, "--world", SOURCE / "tests/github_double/sample_week.json", "--now", f"{ISSUE}T09:00:00Z") as double:
    done = program.run("--api-url", double.url, "draft", "--issue", ISSUE, **clock)
    if done.returncode != 0:
        raise SystemExit(done.err)
large = program.folder / "large.db"
shutil.copy(program.cache, large)
add_pull_requests(large)

harvester = str(program.build / "harvester")
cases = {
    "a process that does nothing": ["/bin/true"],
    "harvester --version": [harvester, "--version"],
    "a week, cache of one week": [harvester, "--cache", str(program.cache), "render", "--issue", ISSUE],
    f"a week, {MORE:,} more": [harvester, "--cache", str(large), "render", "--issue", ISSUE],
}
measured = {what: [] for what in cases}
for turn in range(rounds + 3):
    for what, command in cases.items():
        one = run(command, program.environment(**clock))
        if turn >= 3:  # the first ones warm the machine
            measured[what].append(one)
print(f"{'ms':<30}{'best':>8}{'middle':>8}{'mean':>8}{'pages':>8}")
for what, ones in measured.items():
    walls = [wall for wall, _ in ones]
    print(f"{what:<30}{min(walls):>8.1f}{statistics.median(walls):>8.1f}{statistics.mean(walls):>8.1f}{statistics.median(p for _, p in ones):>8.0f}")
shutil.rmtree(program.folder)
