#!/usr/bin/env python3
"""usage: cache_trouble.py BUILD_FOLDER. The cache file in trouble, on the real binary and the double: a full disk, a damaged page,
a file cut off, one of a newer version, one locked by somebody, a folder that is read only. Each is reported in one sentence with exit
code 5, the file is left as it was, and with the trouble gone the same command does its work."""
import hashlib, pathlib, shutil, sqlite3, subprocess, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from cache_content import content
from program import Checks, Double, Program, SOURCE

ISSUE, NOW = "2024-05-15", "virtual:2024-05-15T09:00:00Z"
program, checks = Program(sys.argv[1]), Checks()
world = SOURCE / "tests/github_double/sample_week.json"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def told(what, done, path, words=()):
    checks.refused(what, done, 5, [path.name, *words])


class SmallDisk:
    """A tmpfs of a given size; None where this process may not mount one."""

    def __init__(self, folder, size):
        self.folder = folder
        folder.mkdir()
        self.there = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True).returncode == 0

    def remount(self, options):
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True)

    def __enter__(self):
        return self if self.there else None

    def __exit__(self, *_):
        if self.there:
            subprocess.run(["umount", self.folder], check=True)


with Double(program.build, program.folder, "--world", world) as double:
    def fetch(cache):
        return program.run("--cache", cache, "--api-url", double.url, "fetch", "--issue", ISSUE, HARVESTER_CLOCK=NOW)

    sound = program.folder / "sound.db"
    checks.that(fetch(sound).returncode == 0, "a harvest on a disk with room")
    wanted = content(sound)

    with SmallDisk(program.folder / "disk", "300k") as disk:
        if disk is None:
            print("not mounted: the full disk and the read-only folder are left out, they need root")
        else:
            cache = disk.folder / "cache.db"
            told("a full disk", fetch(cache), cache)
            disk.remount("size=50m")
            again = fetch(cache)
            checks.that(again.returncode == 0 and content(cache) == wanted, "with room again the harvest goes on to the same content", again.err)
            disk.remount("ro")
            before = digest(cache)
            told("a read-only folder", fetch(cache), cache)
            read = program.run("--cache", cache, "render", "--issue", ISSUE, HARVESTER_CLOCK=NOW)
            checks.that(read.returncode == 0 and read.out, "what only reads works in a read-only folder", read.err)
            checks.that(digest(cache) == before, "a read-only folder: the file as it was")

    def altered(name, change):
        path = program.folder / name
        shutil.copy(sound, path)
        change(path)
        return path, digest(path)

    def damage(path):
        with path.open("r+b") as file:
            for page in range(3, path.stat().st_size // 4096, 3):
                file.seek(page * 4096)
                file.write(b"\xa5" * 200)

    def cut(path):
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 2 // 4096 * 4096 + 100)

    def newer(path):
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 4711")
        db.close()

    for name, change in (("damaged.db", damage), ("cut.db", cut), ("newer.db", newer)):
        path, before = altered(name, change)
        told(f"{name}: status --verify", program.run("--cache", path, "status", "--verify", HARVESTER_CLOCK=NOW), path)
        for command in (["render", "--issue", ISSUE], ["explain", "rust#1"], ["stats", "--issue", ISSUE]):
            done = program.run("--cache", path, *command, HARVESTER_CLOCK=NOW)
            checks.that(done.returncode in (0, 4, 5), f"{name}: {command[0]} ends with a code of the contract", f"{done.returncode} {done.err}")
            checks.that(done.returncode == 0 or done.err.startswith("harvester: "), f"{name}: {command[0]} says why", done.err)
        checks.that(digest(path) == before, f"{name}: the file as it was")

    path, before = altered("locked.db", lambda path: None)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    later = program.run("--cache", path, "--api-url", double.url, "fetch", "--refresh", "--issue", ISSUE, HARVESTER_CLOCK=NOW)
    told("a locked cache", later, path, ["lock"])
    holder.execute("ROLLBACK")
    holder.close()
    checks.that(content(path) == wanted, "a locked cache: nothing lost")

shutil.rmtree(program.folder)
checks.finish()
