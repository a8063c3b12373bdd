"""What the black-box tests share: the real binary, the GitHub double, and a separate folder."""
import os, pathlib, signal, subprocess, sys, tempfile, time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TOKEN = "ghp_" + "Made0Up1Token2" * 3  # shaped like a real one, so that redaction is tested as well


class Program:
    """`harvester` of one build folder, with a home, a cache and an environment that belong to the test alone."""

    def __init__(self, build):
        self.build = pathlib.Path(build).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="harvester-test-"))
        self.cache = self.folder / "cache.db"

    def environment(self, **more):
        base = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GH_TOKEN": TOKEN, "GH_PATH": "/nonexistent"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                base[name] = os.environ[name]
        base.update({k: v for k, v in more.items() if v is not None})
        return {k: v for k, v in base.items() if k not in more or more[k] is not None}

    def run(self, *arguments, cwd=None, stdin=b"", timeout=120, **environment):
        cache = [] if "--cache" in arguments else ["--cache", str(self.cache)]
        command = [str(self.build / "harvester"), *cache, *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd or self.folder, input=stdin, capture_output=True, timeout=timeout,
                              env=self.environment(**environment))
        done.out, done.err = done.stdout.decode("utf8", "replace"), done.stderr.decode("utf8", "replace")
        return done


class Double:
    """The GitHub double as a context manager; `url` is its endpoint."""

    def __init__(self, build, folder, *arguments):
        self.command = [str(pathlib.Path(build).resolve() / "github_double"), *map(str, arguments)]
        self.port_file = pathlib.Path(tempfile.mkstemp(dir=folder)[1])
        self.port_file.unlink()

    def __enter__(self):
        self.process = subprocess.Popen([*self.command, "--port", "0", "--port-file", str(self.port_file)],
                                        stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not (self.port_file.exists() and self.port_file.read_text().strip()):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the double did not start")
            time.sleep(0.02)
        self.base = f"http://127.0.0.1:{self.port_file.read_text().strip()}"
        self.url = self.base + "/graphql"
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


class Checks:
    """Counts what held and what didn't, and ends the test with the line that runners read."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, condition, what, detail=""):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}\n{detail}".rstrip())
        return bool(condition)

    def refused(self, what, done, code, words):
        """The run ended with `code`, and its stderr has one sentence of the program, with all `words`."""
        lines = [l for l in done.err.splitlines() if l.startswith("harvester: ")]
        self.that(done.returncode == code, f"{what}: exit {code}", f"exit {done.returncode}: {done.err}")
        self.that(len(lines) == 1 and all(w in done.err for w in words), f"{what}: one sentence with {words}", done.err)

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
