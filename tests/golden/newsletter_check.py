#!/usr/bin/python3
"""The kind of check that the newsletter runs on a draft before it is published.

usage: newsletter_check.py [--titles TITLES.json] FILE_OR_FOLDER...

Needs Debian's python3-markdown and python3-bs4. A finding is told as file:line or file, and ends the program with 1:
  - an odd number of backticks in a line, or an empty code span (two backticks in a row)
  - a bullet without text
  - an HTML tag that the newsletter's page doesn't know, after rendering with Python-Markdown
  - with --titles: a list of texts, one for each link of the files' lists, that the page must show as they are
"""
import json
import pathlib
import re
import sys

import bs4
import markdown

ALLOWED = set("p a h1 h2 h3 h4 h5 strong hr li ul ol em code blockquote small br".split())


def findings_in_lines(lines):
    for number, line in enumerate(lines, 1):
        if line.count("`") % 2:
            yield number, "odd number of backticks"
        if "``" in line:
            yield number, "empty code span"
        if re.fullmatch(r"\s*[*+-]\s*", line):
            yield number, "bullet without text"


def page_of(text):
    return bs4.BeautifulSoup(markdown.markdown(text), "html.parser")


def findings_in_page(page, titles):
    for tag in page.find_all(True):
        if tag.name not in ALLOWED:
            yield f"tag <{tag.name}>: {str(tag)[:120]}"
    if titles is None:
        return
    shown = [a.get_text() for item in page.find_all("li") for a in item.find_all("a")[:1]]
    if len(shown) != len(titles):
        yield f"{len(shown)} links in lists, not {len(titles)}"
    for ours, wanted in zip(shown, titles):
        if ours != wanted:
            yield f"shows {ours!r} for {wanted!r}"


def main():
    arguments = sys.argv[1:]
    titles = None
    if arguments[:1] == ["--titles"]:
        titles = json.loads(pathlib.Path(arguments[1]).read_text(encoding="utf8"))
        arguments = arguments[2:]
    files = []
    for argument in map(pathlib.Path, arguments):
        files += sorted(argument.glob("*.md")) if argument.is_dir() else [argument]
    if not files:
        sys.exit(__doc__)
    count = 0
    for file in files:
        text = file.read_text(encoding="utf8")
        found = [f"{file}:{number}: {what}" for number, what in findings_in_lines(text.split("\n"))]
        found += [f"{file}: {what}" for what in findings_in_page(page_of(text), titles)]
        print("\n".join(found[:20]), end="\n" if found else "")
        count += len(found)
    print(f"{len(files)} files, {count} findings")
    sys.exit(1 if count else 0)


main()
