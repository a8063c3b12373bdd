"""check_samples.py WHAT STATS_SAMPLES: writes the samples and looks at them with foreign eyes.
WHAT: xml (each SVG is well-formed, has a title, a description and no foreign element), csv (each is read by Python's csv
module, no cell starts a formula), look (look.mjs finds nothing wrong with pages and pictures), browser (each page loads in headless Chromium without an error on its console).
Exit 77: skipped, there is no Chromium."""
import base64
import csv
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {SVG + name for name in ("svg", "title", "desc", "style", "rect", "line", "path", "text")}


def check_xml(folder):
    paths = glob.glob(os.path.join(folder, "*.svg"))
    assert len(paths) == 24, paths
    for path in paths:
        root = ET.parse(path).getroot()
        strange = {e.tag for e in root.iter()} - KNOWN
        assert root.tag == SVG + "svg" and not strange, (path, strange)
        assert root.get("role") == "img", path
        ids = {e.get("id"): e for e in root.iter() if e.get("id")}
        for name in root.get("aria-labelledby").split():
            assert ids[name].text.strip(), (path, name)
        for element in root.iter():
            assert not any(a.lower().startswith("on") or "href" in a for a in element.attrib), path
        texts = [e.text for e in root.iter(SVG + "text")]
        if "nothing" not in path:
            assert "Repository" in texts or any(t in texts for t in ("Week", "Month", "Day", "Hour", "Label", "Merged")), path
        assert root.find(SVG + "style").text.count("prefers-color-scheme") == 1


def check_csv(folder):
    paths = glob.glob(os.path.join(folder, "*.csv"))
    assert len(paths) == 12, paths
    for path in paths:
        with open(path, newline="", encoding="utf-8") as file:
            text = file.read()
        assert text.endswith("\r\n")
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
        assert all(len(row) == len(rows[0]) for row in rows), path
        for row in rows:
            for cell in row:
                number = cell.lstrip("-").replace(".", "", 1).isdigit()
                assert number or cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), (path, cell)


def browser():
    return next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


def check_browser(folder):
    for name in ("page.html", "nothing.html"):
        path = os.path.join(folder, name)
        with tempfile.TemporaryDirectory() as home:
            run = subprocess.run(
                [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + home,
                 "--enable-logging=stderr", "--log-level=0", "--virtual-time-budget=2000", "--dump-dom", "file://" + path],
                capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": home})
        complaints = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
        assert run.returncode == 0 and not complaints, (run.returncode, complaints)
        assert "</html>" in run.stdout and "<h1>" in run.stdout
        if name == "page.html":
            assert run.stdout.count("<svg") == 12 and run.stdout.count("<table>") == 6, name
        # One script, the one that the Content-Security-Policy names by its hash.
        scripts = re.findall(r"<script>(.*?)</script>", run.stdout, re.S)
        digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
        assert len(scripts) == 1 and run.stdout.count("<script") == 1 and f"script-src 'sha256-{digest}'" in run.stdout
        assert "onmouseover=alert(1)>" not in run.stdout
        # The check itself: a page with an error is noticed.
    broken = os.path.join(folder, "broken.html")
    with open(broken, "w", encoding="utf-8") as file:
        file.write("<!DOCTYPE html><script>console.error('noticed')</script>")
    with tempfile.TemporaryDirectory() as home:
        run = subprocess.run(
            [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + home,
             "--enable-logging=stderr", "--log-level=0", "--virtual-time-budget=2000", "--dump-dom", "file://" + broken],
            capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": home})
    assert "noticed" in run.stderr, "console messages are not seen: the test proves nothing"


def check_look(folder):
    run = subprocess.run(["node", os.path.join(os.path.dirname(os.path.abspath(__file__)), "look.mjs"), folder])
    if run.returncode:
        sys.exit(run.returncode)


def main():
    what, program = sys.argv[1:]
    if what == "browser" and not browser():
        print("no Chromium here")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, folder], check=True)
        {"xml": check_xml, "csv": check_csv, "browser": check_browser, "look": check_look}[what](folder)
    return 0


sys.exit(main())
