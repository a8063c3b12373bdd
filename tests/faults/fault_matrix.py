#!/usr/bin/env python3
"""usage: fault_matrix.py BUILD_FOLDER [FAULT...]. Each kind of fault at every request of a week's harvest, on the real binary:
the same content and the same rendered bytes as without it, or an exit code and a sentence that say what is missing, and then
the next run makes good for it. Time is virtual."""
import contextlib, json, pathlib, re, sys, threading, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from cache_content import content, difference
from program import Checks, Double, Program, SOURCE

ISSUE, NOW, WORLD = "2024-05-15", "2024-05-15T09:00:00Z", SOURCE / "tests/github_double/sample_week.json"
checks = Checks()

# One such fault at one request must leave no trace.
HEALED = ["500", "502", "503", "504", "html", "truncated", "malformed", "empty", "reset", "hang", "secondary", "secondary(30)", "secondary-200",
          "429", "429(7)", "rate-limit(40)", "rate-limited(40)", "last-point", "resource-limits(30)", "too-heavy(30)", "went-wrong", "count(+1)",
          "count(-1)", "repeat", "null-node", "not-found", "slow(1)"]
# A refusal isn't fetched again: exit code and words of the sentence.
REFUSED = {"forbidden": (3, []), "redirect": (4, [])}
# Either is right: a smaller page may help, and where there is none the part is named; a token that other requests may show
# to be good gets another chance.
EITHER = {"huge(64)": (4, "larger than allowed"), "401": (3, "the token from GH_TOKEN")}
# The same at every request: exit code and a pattern of what is said.
LASTING = {"502": (4, ""), "reset": (4, ""), "html": (4, ""), "malformed": (4, ""), "secondary(5)": (4, ""), "secondary(90000)": (4, "max-wait"),
           "went-wrong": (4, ""), "401": (3, "token"), "count(+2)": (4, r"\d{4}-\d\d-\d\d"), "null-node": (4, r"\d{4}-\d\d-\d\d")}
# Lasting, and yet nothing is lost: smaller pages or patience are the answer.
BORNE = ["too-heavy(30)", "resource-limits(30)", "repeat", "slow(1)"]


class Bench:
    """A double and the program, for one thread."""

    def __init__(self, build, stack):
        self.program = Program(build)
        self.double = stack.enter_context(Double(build, self.program.folder, "--world", WORLD, "--now", NOW))

    def edit(self, **change):
        request = urllib.request.Request(self.double.base + "/_edit", json.dumps(change).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request).read()

    def requests(self):
        return json.load(urllib.request.urlopen(self.double.base + "/_state"))["requests"]

    def harvest(self, faults, fresh=True):
        """(exit code, stderr, requests); `fresh`: from an empty cache."""
        if fresh:
            for file in self.program.folder.glob("cache.db*"):
                file.unlink()
        self.edit(faults=faults, reset=True)
        done = self.program.run("--api-url", self.double.url, "fetch", "--issue", ISSUE, timeout=300, HARVESTER_CLOCK="virtual:" + NOW,
                                HARVESTER_TIMEOUT_MS="1500")
        return done.returncode, done.err, self.requests()

    def rendered(self):
        done = self.program.run("render", "--issue", ISSUE, "--all", HARVESTER_CLOCK="virtual:" + NOW)
        return done.out if done.returncode == 0 else f"exit {done.returncode}: {done.err}"

    def same(self, what, code, err, reference):
        other = difference(content(self.program.cache), reference["content"]) if code == 0 else "incomplete"
        checks.that(not other, f"{what}: the same content", f"exit {code}, {other}\n{err}")
        if not other:
            checks.that(self.rendered() == reference["rendered"], f"{what}: the same bytes")


def made_whole(bench, what, reference):
    code, err, _ = bench.harvest("", fresh=False)
    bench.same(f"{what}, next run", code, err, reference)


def one_fault(bench, fault, at, reference):
    what = f"{fault} at request {at}"
    code, err, _ = bench.harvest(f"{at}={fault}")
    if fault not in REFUSED and not (fault in EITHER and code != 0):
        return bench.same(what, code, err, reference)
    if fault in EITHER:
        wanted, words = EITHER[fault]
        checks.that(code == wanted and words in err, f"{what}: exit {wanted} names it", f"exit {code}: {err}")
        return made_whole(bench, what, reference)
    wanted, words = REFUSED[fault]
    checks.that(code == wanted and all(word in err for word in words), f"{what}: exit {wanted}", f"exit {code}: {err}")
    made_whole(bench, what, reference)


def lasting_fault(bench, fault, reference):
    what = f"{fault} at every request"
    wanted, pattern = LASTING[fault]
    code, err, requests = bench.harvest(f"every={fault}")
    checks.that(code == wanted and re.search(pattern, err), f"{what}: exit {wanted} and {pattern or 'a sentence'}", f"exit {code}: {err}")
    checks.that(requests < 400, f"{what}: gives up in time", f"{requests} requests")
    made_whole(bench, what, reference)


def borne_fault(bench, fault, reference):
    code, err, _ = bench.harvest(f"every={fault}")
    bench.same(f"{fault} at every request", code, err, reference)


def lost_item(bench, reference):
    """One pull request that GitHub counts and never hands out."""
    world = json.loads(WORLD.read_text())
    item = next(one for one in world["items"] if one["repo"].endswith("/cargo") and "2024-05-08" < one.get("mergedAt", "") < "2024-05-14")
    code, err, _ = bench.harvest(f"every=null-item({item['repo']}#{item['number']})")
    checks.that(code == 4 and item["mergedAt"][:10] in err and re.search(r"\b1\b", err), "an item that never arrives: its slice is named", f"exit {code}: {err}")
    made_whole(bench, "an item that never arrives", reference)


def main(build, chosen):
    with contextlib.ExitStack() as stack:
        benches = [Bench(build, stack) for _ in range(2)]
        run(benches, chosen)


def run(benches, chosen):
    code, err, count = benches[0].harvest("")
    if not checks.that(code == 0 and count > 5, "a harvest without faults", f"exit {code}, {count} requests: {err}"):
        checks.finish()
    reference = {"content": content(benches[0].program.cache), "rendered": benches[0].rendered()}
    checks.that(reference["rendered"].count("\n* ") > 20, "a rendered week", reference["rendered"][:500])
    wanted = lambda faults: [one for one in faults if not chosen or one in chosen]
    jobs = [lambda b, f=f, at=at: one_fault(b, f, at, reference) for f in wanted(HEALED + list(REFUSED) + list(EITHER)) for at in range(1, count + 1)]
    jobs += [lambda b, f=f: lasting_fault(b, f, reference) for f in wanted(LASTING)]
    jobs += [lambda b, f=f: borne_fault(b, f, reference) for f in wanted(BORNE)]
    jobs += [lambda b: lost_item(b, reference)] if not chosen else []
    lock = threading.Lock()

    def work(bench):
        while True:
            with lock:
                if not jobs:
                    return
                job = jobs.pop()
            job(bench)

    threads = [threading.Thread(target=work, args=(one,)) for one in benches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{count} requests a harvest")
    checks.finish()


main(sys.argv[1], sys.argv[2:])
