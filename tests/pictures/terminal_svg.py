#!/usr/bin/env python3
"""usage: terminal_svg.py light|dark TITLE < text-with-colours > picture.svg

Draws what a program wrote to a terminal as a picture of a terminal window. Knows the SGR codes 0 to 2, 22, 30 to 37 and 39;
other escape sequences are left out."""
import html
import re
import sys

THEMES = {
    "light": {"back": "#ffffff", "bar": "#eceff3", "edge": "#d0d7de", "text": "#1f2328", "faint": "#59636e",
              "colours": ["#1f2328", "#b3261e", "#1a7f37", "#8a5a00", "#0550ae", "#7d3cb5", "#0b6e72", "#59636e"]},
    "dark": {"back": "#0d1117", "bar": "#161b22", "edge": "#30363d", "text": "#e6edf3", "faint": "#9198a1",
             "colours": ["#e6edf3", "#ff8178", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#9198a1"]},
}
SIZE, WIDTH, HEIGHT, EDGE, BAR = 13, 7.83, 19, 16, 30


def spans(line):
    """The line as (text, colour number or None, bold, faint)."""
    colour, bold, faint, at = None, False, False, 0
    for match in re.finditer(r"\x1b\[([0-9;]*)([A-Za-z])|$", line):
        if match.start() > at:
            yield line[at:match.start()], colour, bold, faint
        at = match.end()
        for code in (match.group(1) or "0").split(";") if match.group(2) == "m" else []:
            number = int(code or 0)
            if number == 0:
                colour, bold, faint = None, False, False
            elif number == 1:
                bold = True
            elif number == 2:
                faint = True
            elif number == 22:
                bold, faint = False, False
            elif 30 <= number <= 37:
                colour = number - 30
            elif number == 39:
                colour = None


def picture(theme, title, lines):
    columns = max((len(re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line)) for line in lines), default=0)
    width = round(columns * WIDTH + 2 * EDGE)
    height = round(len(lines) * HEIGHT + BAR + 2 * EDGE - 4)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
           f"<title>{html.escape(title)}</title>",
           f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8" fill="{theme["back"]}" stroke="{theme["edge"]}"/>',
           f'<path d="M1 {BAR}V8a7 7 0 0 1 7-7H{width - 8}a7 7 0 0 1 7 7V{BAR}z" fill="{theme["bar"]}"/>']
    for place in range(3):
        out.append(f'<circle cx="{18 + place * 18}" cy="{BAR / 2}" r="5" fill="{theme["edge"]}"/>')
    out.append(f'<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="{SIZE}" '
               f'fill="{theme["text"]}" xml:space="preserve">')
    for number, line in enumerate(lines):
        y = BAR + EDGE + number * HEIGHT + 10
        column = 0
        for text, colour, bold, faint in spans(line):
            style = f' fill="{theme["colours"][colour]}"' if colour is not None else f' fill="{theme["faint"]}"' if faint else ""
            style += ' font-weight="600"' if bold else ""
            if text.strip():
                # The length is given, so that every font keeps the columns.
                out.append(f'<text x="{EDGE + column * WIDTH:.1f}" y="{y}" textLength="{len(text) * WIDTH:.1f}"{style}>{html.escape(text)}</text>')
            column += len(text)
    return "\n".join(out) + "\n</g>\n</svg>\n"


text = sys.stdin.buffer.read().decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")
sys.stdout.write(picture(THEMES[sys.argv[1]], sys.argv[2], text.split("\n")))
