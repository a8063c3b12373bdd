#!/usr/bin/env python3
"""usage: tests/pictures/make.py BUILD_FOLDER: draws the README's pictures into .github/pictures from a real run.

Drafts the made-up week of the GitHub double into a draft file, on a terminal of 92 columns, in a folder of its making."""
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parents[2]
program = pathlib.Path(sys.argv[1]).resolve() / "harvester"
pictures = root / ".github/pictures"
DATE, COLUMNS, LINES = "2024-05-15", 92, 14
TEMPLATE = """# This Week in Rust

## Calls for Testing

## Updates from the Rust Project

<!-- Rust updates go here -->

### Rust Compiler Performance Triage

<!-- Perf results go here -->

### [Approved RFCs](https://github.com/rust-lang/rfcs/commits/master)

### Final Comment Period

### [New and Updated RFCs](https://github.com/rust-lang/rfcs/pulls)

## Upcoming Events
"""


def on_terminal(arguments, folder, environment):
    """What the program writes to a terminal, colours included."""
    out = b""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(program, [str(program), *arguments], environment | {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"})
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            break
        out += part
    os.waitpid(child, 0)
    # A progress line is overwritten: what stays is behind the last carriage return.
    lines = out.decode().replace("\r\n", "\n").split("\n")
    return [line.rsplit("\r", 1)[-1].replace("\x1b[K", "") for line in lines if line.rsplit("\r", 1)[-1].strip("\x1b[K ")]


def draw(theme, title, lines, name):
    text = subprocess.run([sys.executable, root / "tests/pictures/terminal_svg.py", theme, title], input="\n".join(lines), text=True,
                          capture_output=True, check=True).stdout
    (pictures / name).write_text(text)


def shortened(line):
    return line if len(line) <= COLUMNS else line[:COLUMNS - 1] + "…"


with tempfile.TemporaryDirectory() as folder:
    port_file = pathlib.Path(folder) / "port"
    double = subprocess.Popen([root / "tests/github_double/run", "--world", root / "tests/github_double/sample_week.json", "--port", "0",
                               "--port-file", port_file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            if port_file.exists() and port_file.read_text():
                break
            time.sleep(0.05)
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "GH_TOKEN": "made-up", "HARVESTER_CLOCK": f"virtual:{DATE}T09:00:00Z"}
        options = ["--cache", f"{folder}/cache.db", "--api-url", f"http://127.0.0.1:{port_file.read_text().strip()}/graphql"]
        draft = pathlib.Path(folder) / f"{DATE}-this-week-in-rust.md"
        draft.write_text(TEMPLATE)
        said = on_terminal([*options, "draft", draft.name], folder, environment)
        shown = [line for line in draft.read_text().splitlines() if line.startswith(("####", "* ["))]
        lines = ["$ \x1b[1mharvester draft\x1b[0m", *map(shortened, said[-LINES:]), "",
                 f"$ \x1b[1mgrep '^[*#]' {draft.name}\x1b[0m", *map(shortened, shown[:LINES]), "…"]
        pictures.mkdir(parents=True, exist_ok=True)
        for theme in ("light", "dark"):
            draw(theme, "harvester draft writes a week into a draft", lines, f"draft-{theme}.svg")
        chart = subprocess.run([program, *options, "--offline", "stats", "--issue", DATE, "--by", "day", "--format", "svg"],
                               env=environment, capture_output=True, text=True, check=True).stdout
        (pictures / "chart.svg").write_text(chart)
    finally:
        double.terminate()
