#!/usr/bin/env python3
"""usage: tests/style/check.py: refuses words that tests/style/words.txt lists, documents whose links or paths lead nowhere,
a README that is too long or too wide, and commit subjects over 72 characters. Prints each as file:line: message."""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
README_LINES, README_COLUMNS, SUBJECT = 120, 100, 72
TEXT = {".cpp", ".h", ".md", ".py", ".js", ".mjs", ".sh", ".sql", ".graphql", ".toml", ".cmake", ".yml", ".html", ".css", ".txt", ""}
# Words of others, kept as they are.
LEFT_OUT = ("tests/golden/", "tests/fuzz/seeds/", "tests/style/", "tests/github_double/schema.graphql", "queries/twir-weights.tsv")
# Subjects written before the limit.
FIRST_COMMIT = "f64e1d1"

findings = []


def tracked():
    names = subprocess.check_output(["git", "-C", root, "ls-files"], text=True).splitlines()
    return [name for name in names if (root / name).is_file()]


def rows():
    for line in (root / "tests/style/words.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern, advice = re.split(r"  +", line, maxsplit=1)
            yield re.compile(pattern, re.IGNORECASE), advice


def check_words(names):
    words = list(rows())
    for name in names:
        if pathlib.Path(name).suffix not in TEXT or name.startswith(LEFT_OUT):
            continue
        for number, line in enumerate((root / name).read_text(errors="replace").splitlines(), 1):
            for pattern, advice in words:
                if match := pattern.search(line):
                    findings.append(f'{name}:{number}: "{match.group(0)}"; write: {advice}')


def anchors(text):
    """The anchors GitHub makes of headings."""
    for heading in re.findall(r"^#+ +(.*)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def check_links(names):
    known = set(names)
    folders = {str(parent) for name in names for parent in pathlib.PurePath(name).parents}
    for name in names:
        if not name.endswith(".md") or name.startswith(LEFT_OUT):
            continue
        text = (root / name).read_text()
        folder = (root / name).parent
        prose = re.sub(r"```.*?```", lambda block: "\n" * block.group(0).count("\n"), text, flags=re.DOTALL)
        for number, line in enumerate(prose.splitlines(), 1):
            plain = re.sub(r"`[^`]*`", "", line)
            for target in re.findall(r"\]\(([^)\s]+)\)", plain) + re.findall(r'(?:src|srcset)="([^"]+)"', plain):
                path, _, anchor = target.partition("#")
                if re.match(r"[a-z]+:", target):
                    continue
                file = (folder / path).resolve() if path else root / name
                if not file.exists():
                    findings.append(f"{name}:{number}: the link to {target} leads to no file")
                elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text()):
                    findings.append(f"{name}:{number}: {path or name} has no heading #{anchor}")
            # A path in code quotes is a promise too, when its first folder is one of ours.
            for path in re.findall(r"`((?:harvester|cache|queries|tests|\.github)/[\w./-]+)`", line):
                bare = path.rstrip("/")
                if bare not in known and bare not in folders:
                    findings.append(f"{name}:{number}: there is no {path}")


def check_readme():
    lines = (root / "README.md").read_text().splitlines()
    if len(lines) >= README_LINES:
        findings.append(f"README.md:{len(lines)}: has {len(lines)} lines; keep it under {README_LINES}")
    for number, line in enumerate(lines, 1):
        if len(line) > README_COLUMNS:
            findings.append(f"README.md:{number}: has {len(line)} columns; keep it to {README_COLUMNS}")


def check_exit_codes():
    """The README's table is the one that --help and the man page print."""
    source = (root / "harvester/cli/reference.h").read_text()
    table = source[source.index("exit_code_rows{"):source.index("};", source.index("exit_code_rows{"))]
    readme = (root / "README.md").read_text()
    for code, meaning in re.findall(r'ReferenceRow\{"(\d+)", "([^"]+)"\}', table):
        if f"| {code} | {meaning} |" not in readme:
            findings.append(f"README.md:1: lacks the row | {code} | {meaning} | of harvester/cli/reference.h")


def check_subjects():
    if subprocess.run(["git", "-C", root, "cat-file", "-e", FIRST_COMMIT], capture_output=True).returncode:
        return  # a shallow clone
    log = subprocess.check_output(["git", "-C", root, "log", "--format=%h %s", f"{FIRST_COMMIT}..HEAD"], text=True)
    for line in log.splitlines():
        commit, _, subject = line.partition(" ")
        if len(subject) > SUBJECT:
            findings.append(f"{commit}: the subject has {len(subject)} characters; keep it to {SUBJECT}")


names = tracked()
check_words(names)
check_links(names)
check_readme()
check_exit_codes()
check_subjects()
for finding in findings:
    print(finding)
print(f"{len(findings)} findings in {len(names)} files")
sys.exit(1 if findings else 0)
