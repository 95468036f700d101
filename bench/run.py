#!/usr/bin/env python3
"""Takes the figures of building, opening and screening: on the real lists together and on invented entities, up to four
million. docs/benchmarks.md tells how each is taken.

usage: run.py BUILD [--full] [--rivals] [--json] [--lists FOLDER] [--work FOLDER] [--sizes N,N] [--damaged N]
              [--results FILE]

BUILD is the folder with mizan and bench/. Each measurement is a process of its own (mizan-bench-image); ratios are
between measurements of one run on one machine. Without --full it takes two minutes: the newest real lists, invented
entities up to 100,000, and some damaged names compared with scoring everything. With --full sizes go up to 4 million
entities, as many queries are asked as the table of figures wants, rivals are measured where they are installed, and
100,000 damaged names are compared; it takes an hour or two, and 6 GB of disk. --sizes and --damaged choose other
numbers. Results are printed, and kept as lines of JSON in --results (BUILD/bench/results.jsonl, or results-full.jsonl
of --full), also of a run that is stopped."""
import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = "1"
DAMAGED = 100000  # names that the figure wants compared
REAL = "real lists together"

# The newest list of each publisher that is there, a US list with all its parts: some 37,000 entities, 88,000 names.
TOGETHER = ["un:un/consolidated-2026-08.xml", "ftm:ftm/us-csl-2026-07.ftm.json", "ftm:ftm/uk-2026-04.ftm.json",
            "eu:eu/fsf-sample-2018.csv", "australia:australia/dfat-2026-08.xlsx"]
ALL = TOGETHER + ["ofac:ofac/sdn-2021-07.csv", "ofac:ofac/cons_prim-2025-12.csv",
                  "us-csl:us/consolidated-screening-list-2022-04.csv", "uk:uk/ofsi-conlist-2018-04.csv",
                  "canada:canada/sema-2025-06.xml", "ftm:ftm/sa-wiki-peps.ftm.json"]


class Run:
    """One run: what it was told to do, and what it has seen."""

    def __init__(self, options):
        self.options, self.results = options, []
        self.mizan = os.path.join(options.build, "mizan")
        self.programs = os.path.join(options.build, "bench")
        self.work = tempfile.mkdtemp(prefix="mizan-bench-", dir=options.work)

    def path(self, name):
        return os.path.join(self.work, name)

    def say(self, text):
        if not self.options.json:
            print(text, flush=True)

    def keep(self, result):
        self.results.append(result)
        if self.options.json:
            print(json.dumps(result), flush=True)

    def write(self, program, arguments, path):
        with open(path, "wb") as out:
            subprocess.run([os.path.join(self.programs, program), *arguments], stdout=out, stderr=subprocess.DEVNULL,
                           check=True)

    def lines(self, program, *arguments):
        done = subprocess.run([os.path.join(self.programs, program), *map(str, arguments)], stdout=subprocess.PIPE,
                              check=False)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def image(self, what, corpus, queries, threshold=0.7, count=0):
        """A measurement of an image, kept with the name of what it is of."""
        code, lines = self.lines("mizan-bench-image", what, self.path(corpus + ".mzi"), queries, threshold, count)
        if code:
            sys.exit(f"mizan-bench-image {what} failed on {corpus}")
        for line in lines:
            line["of"] = corpus
            self.keep(line)
        return lines


# ---- the machine ----

def first_line(command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True,
                              ).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "not known"


def field_of(path, name):
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith(name):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "not known"


def machine():
    memory = field_of("/proc/meminfo", "MemTotal").split()
    return {"measure": "machine", "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "processor": field_of("/proc/cpuinfo", "model name"), "cores": os.cpu_count(),
            "memory_gb": round(int(memory[0]) / 1e6, 1) if memory[0].isdigit() else None,
            "compiler": first_line(["cc", "--version"]), "load": os.getloadavg()[0]}


# ---- one corpus ----

def build_image(run, corpus, sources):
    """Builds an image as a user does; time, memory and bytes are those of the process."""
    started, load = time.monotonic(), os.getloadavg()[0]
    child = subprocess.Popen([run.mizan, "index", "build", "--output", run.path(corpus + ".mzi"), *sources],
                             stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"the image of {corpus} could not be built")
    read = sum(os.path.getsize(source.split(":", 1)[1]) for source in sources)
    result = {"measure": "build", "of": corpus, "seconds": round(took, 2),
              "processor_seconds": round(usage.ru_utime + usage.ru_stime, 2),
              "peak_mb": round(usage.ru_maxrss / 1024, 1), "read_bytes": read,
              "bytes": os.path.getsize(run.path(corpus + ".mzi")), "load": load}
    run.keep(result)
    run.say(f"  built in {took:.1f} s ({result['processor_seconds']:.1f} s of processors), "
            f"at most {result['peak_mb']:.0f} MB resident")


def measure_image(run, corpus, queries):
    asked, hard = run.path(corpus + ".queries"), run.path(corpus + ".hard")
    image = run.path(corpus + ".mzi")
    run.write("mizan-bench-queries", [image, str(max(queries, 10000)), SEED], asked)
    run.write("mizan-bench-queries", [image, "hard"], hard)
    firsts = [run.image("first", corpus, asked)[0] for _ in range(5)]
    best = min(firsts, key=lambda line: line["answer_ms"])
    run.say(f"  {best['entities']} entities, {best['names']} names, {best['words']} words, "
            f"{best['bytes'] / best['entities']:.0f} bytes an entity")
    run.say(f"  opened in {best['open_ms']:.1f} ms, first answer after {best['answer_ms']:.1f} ms")
    for threshold, part in ((0.7, 1), (0.5, 4), (0.85, 4)):
        line = run.image("screen", corpus, asked, threshold, queries // part)[0]
        run.say(f"  at {threshold:.2f}: {line['per_s']:8.0f} screens/s   median {line['median_ms']:.3f} ms   "
                f"99th percentile {line['p99_ms']:.3f}   worst {line['worst_ms']:.2f} ({line['worst']})")
    for line in run.image("hard", corpus, hard):
        run.say(f"  {line['what']:<36} {line['ms']:9.3f} ms   {line['hits']} hits")
    line = run.image("memory", corpus, asked, 0.7, 10000 if run.options.full else 500)[0]
    run.say(f"  resident after {line['queries']} queries: {line['resident_mb']:.0f} MB, {line['of_the_file_mb']:.0f} of "
            f"them the file's and shared, {line['own_mb']:.0f} its own")
    few = best["names"] >= 500000 or not run.options.full
    line = run.image("exhaustive", corpus, asked, 0.7, 12 if few else 50)[0]
    run.say(f"  scoring everything: {line['per_s']:.1f} screens/s, median {line['median_ms']:.1f} ms")


def measure_corpus(run, corpus, sources, queries):
    run.say(corpus)
    build_image(run, corpus, sources)
    measure_image(run, corpus, queries)


def invented_name(entities):
    return f"{entities} invented entities"


def invented(run, entities):
    corpus = invented_name(entities)
    path = run.path(f"{entities}.ftm.json")
    run.write("mizan-corpus", [str(entities), SEED], path)
    measure_corpus(run, corpus, ["ftm:" + path], 10000 if run.options.full else 1000)
    os.remove(path)


def real(run, corpus, lists):
    folder = run.options.lists
    sources = [f"{one.split(':')[0]}:{os.path.join(folder, one.split(':')[1])}" for one in lists]
    there = [one for one in sources if os.path.exists(one.split(":", 1)[1])]
    if len(there) < len(sources):
        run.say(f"{corpus}: left out, for {folder} has {len(there)} of the {len(sources)} lists")
        return
    measure_corpus(run, corpus, there, 10000 if run.options.full else 4000)


# ---- nothing is lost ----

PART = 10000  # of a full run's, so that one that is stopped has told what it saw


def lossless(run, corpus, queries):
    image = run.path(corpus + ".mzi")
    if not os.path.exists(image):
        return
    for done in range(0, queries, PART):
        started = time.monotonic()
        code, lines = run.lines("mizan-lossless", image, min(PART, queries - done), int(SEED) + done // PART)
        for line in lines:
            line.update(of=corpus, seconds=round(time.monotonic() - started, 1))
            run.keep(line)
            run.say(f"{line['queries']:,} damaged names of {corpus}, {line['searches']:,} searches at .5, .7 and .85, "
                    f"{line['at_the_score']:,} at the score of a hit: {line['lost']} lost, {line['invented']} invented, "
                    f"{line['different']} different of {line['hits']:,} hits ({line['seconds']:.0f} s)")
        if code:
            run.say(f"THE INDEX LOSES NAMES of {corpus}")


# ---- subjects that are screened again when a list changes ----

CHANGED = 500  # entities that the figure wants held against a million subjects
FORWARD = 10000


def watched(run, subjects):
    """A roster of invented subjects against entities of another seed; and the same subjects screened one by one."""
    people, changed, roster = run.path("subjects.json"), run.path("changed.json"), run.path("roster.mzr")
    image = run.path("changed.mzi")
    run.write("mizan-corpus", [str(subjects), SEED], people)
    run.write("mizan-corpus", [str(CHANGED), "7"], changed)
    subprocess.run([run.mizan, "index", "build", "--output", image, "ftm:" + changed], stdout=subprocess.DEVNULL,
                   check=True)
    run.say(f"{subjects:,} subjects with a name each, against {CHANGED} entities that changed")
    seen = {}
    for what in (["build", roster, people, 1], ["touched", roster, image],
                 ["forward", people, image, min(FORWARD, subjects), 1]):
        code, lines = run.lines("mizan-bench-watch", *what)
        if code:
            sys.exit(f"mizan-bench-watch {what[0]} failed")
        for line in lines:
            run.keep(line)
            seen[line["measure"]] = line
    made, found, one = seen["roster"], seen["touched"], seen["forward"]
    share = one["processor_seconds"] / max(one["subjects"], 1) * subjects
    run.say(f"  the roster made in {made['seconds']:.1f} s ({made['processor_seconds']:.1f} s of processors)")
    run.say(f"  {found['touched']:,} subjects touched, {found['pairs']:,} pairs, in {found['seconds']:.2f} s "
            f"({found['processor_seconds']:.1f} s of processors); one by one it takes {share:.0f} s of one, "
            f"{share / max(found['processor_seconds'], 0.001):.1f} times as much")
    for path in (people, changed, roster, image):
        os.remove(path)


# ---- the table ----

def seen(run, measure, of, **wanted):
    for line in run.results:
        if line["measure"] == measure and line.get("of") == of and all(line.get(k) == v for k, v in wanted.items()):
            return line
    return None


def table(run):
    """Rows of what is asked and what was seen; None where it was not measured."""
    rows = []

    def row(what, asked, value, text, held):
        rows.append({"measure": "figure", "what": what, "asked": asked, "seen": text if value is not None else None,
                     "reached": held(value) if value is not None else None})

    def get(line, key):
        return line[key] if line else None

    tested = [line for line in run.results if line["measure"] == "lossless"]
    count = sum(line["queries"] for line in tested)
    wrong = sum(line["lost"] + line["invented"] + line["different"] for line in tested)
    row("hits lost against scoring everything", "0 of 100,000 damaged names", wrong if tested else None,
        f"{wrong} of {count:,}", lambda value: False if value else True if count >= DAMAGED else None)
    lists = seen(run, "screen", REAL, threshold=0.7)
    rate, high = get(lists, "per_s"), get(lists, "p99_ms")
    row("real lists together, screens a second", "≥ 5,000", rate, f"{rate or 0:,.0f}", lambda v: v >= 5000)
    row("99th percentile there", "≤ 1.5 ms", high, f"{high or 0:.2f} ms", lambda v: v <= 1.5)
    large = invented_name(4000000)
    four, small = seen(run, "screen", large, threshold=0.7), seen(run, "screen", invented_name(100000), threshold=0.7)
    for what, asked, key, text, held in (
            ("4 million entities, screens a second", "≥ 500", "per_s", "{:,.0f}", lambda v: v >= 500),
            ("median there", "≤ 2 ms", "median_ms", "{:.2f} ms", lambda v: v <= 2),
            ("99th percentile there", "≤ 15 ms", "p99_ms", "{:.1f} ms", lambda v: v <= 15)):
        value = get(four, key)
        row(what, asked, value, text.format(value or 0), held)
    words = get(seen(run, "hard", large, threshold=0.7, what="four common words"), "ms")
    row("four common words there", "≤ 30 ms", words, f"{words or 0:.1f} ms", lambda v: v <= 30)
    memory = seen(run, "memory", large)
    resident = get(memory, "resident_mb")
    row("resident there", "≤ 1.5 GB, shared", resident,
        f"{resident or 0:,.0f} MB, {get(memory, 'own_mb') or 0:,.0f} of them its own", lambda v: v <= 1536)
    seconds = get(seen(run, "build", large), "seconds")
    row("building it, reading included", "≤ 120 s on two cores", seconds, f"{seconds or 0:.0f} s", lambda v: v <= 120)
    firsts = [line["answer_ms"] for line in run.results if line["measure"] == "first" and line["of"] == large]
    first = min(firsts) if firsts else None
    row("opening it and answering the first query", "≤ 50 ms warm", first, f"{first or 0:.1f} ms", lambda v: v <= 50)
    growth = four["median_ms"] / small["median_ms"] if four and small else None
    mean = four["mean_ms"] / small["mean_ms"] if four and small else 0
    row("growth of a screen's cost from 100,000 to 4,000,000 entities", "≤ 10 times", growth,
        f"{growth or 0:.1f} times at the median, {mean:.1f} at the mean", lambda v: v <= 10)
    again = next((line for line in run.results if line["measure"] == "touched"), None)
    count = again["subjects"] if again else 0
    row(f"{count:,} subjects against {CHANGED} changed entities" if count else "subjects against changed entities",
        "≤ 10 s for a million, two cores", get(again, "seconds"), f"{get(again, 'seconds') or 0:.1f} s",
        lambda v: v <= 10 if count >= 1000000 else None)
    for rival in ("PostgreSQL pg_trgm", "SQLite FTS5 trigram"):
        lines = [line for line in run.results if line["measure"] == "rival" and line["rival"] == rival]
        if not lines:
            row(f"against {rival}, same recall asked", "≥ 50 times faster", None, "", None)
        for line in lines:
            names = "invented names" if "invented" in line["of"] else f"names of {line['of']}"
            row(f"{rival}, {line['names']:,} {names}, at {line['threshold']}", "≥ 50 times faster", line["times"],
                f"{line['times']:,.0f} times, finding {line['recall']:.1%} (we {line['our_recall']:.1%})",
                lambda v: v >= 50)
    return rows


def print_table(run):
    rows = table(run)
    for line in rows:
        run.keep(line)
    unseen = "not measured" if run.options.full else "not measured in the short run"
    widths = [max(len(line[key] or "") for line in rows) for key in ("what", "asked", "seen")]
    run.say("\nasked and seen:")
    for line in rows:
        mark = {True: "yes", False: "no", None: unseen}[line["reached"]]
        cells = [(line[key] or "").ljust(width) for key, width in zip(("what", "asked", "seen"), widths)]
        run.say("  " + "  ".join(cells + [mark]))


def draw_figure(run, results):
    if not any(line["measure"] == "screen" and "invented" in line["of"] for line in run.results):
        return
    drawing = os.path.splitext(results)[0] + ".svg"
    subprocess.run([sys.executable, os.path.join(HERE, "figure.py"), results, drawing], check=True)
    run.say(f"\nthe growth of a screen's cost is drawn in {os.path.relpath(drawing)}")


def measure(run, sizes):
    full = run.options.full
    run.keep(machine() | {"full": full})
    facts = run.results[0]
    run.say(f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gb']} GB; {facts['system']}; "
            f"{facts['compiler']}; load {facts['load']:.1f}\nall rates are per core\n")
    if facts["load"] > 0.5:
        run.say("the machine is busy: times of the clock (building, opening, rivals) come out too long\n")
    if run.options.lists:
        real(run, REAL, TOGETHER)
        if full:
            real(run, "all real lists", ALL)
    for entities in sizes:
        invented(run, entities)
    watched(run, run.options.subjects or (1000000 if full else min(100000, max(sizes, default=100000))))
    if full or run.options.rivals:
        rivals(run, [REAL] + [invented_name(n) for n in sizes if n in (100000, 400000)])
    damaged = run.options.damaged if run.options.damaged is not None else DAMAGED if full else 200
    lossless(run, invented_name(sizes[0]) if sizes else "", min(damaged, 5000) if full else 50)
    lossless(run, "all real lists" if full else REAL, damaged)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rivals", action="store_true", help="measure rivals without --full, too")
    parser.add_argument("--lists", default="")
    parser.add_argument("--work")
    parser.add_argument("--sizes")
    parser.add_argument("--damaged", type=int, help="names that are compared with scoring everything")
    parser.add_argument("--subjects", type=int, help="how many are screened again when a list changes")
    parser.add_argument("--results")
    options = parser.parse_args()
    run = Run(options)
    sizes = [int(n) for n in options.sizes.split(",") if n] if options.sizes is not None else (
        [100000, 400000, 1000000, 4000000] if options.full else [10000, 30000, 100000])
    results = options.results or os.path.join(options.build, "bench",
                                              "results-full.jsonl" if options.full else "results.jsonl")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        measure(run, sizes)
    finally:
        if run.results:
            print_table(run)
        with open(results, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in run.results)
        shutil.rmtree(run.work, ignore_errors=True)
    draw_figure(run, results)
    if not options.full:
        run.say("left out: sizes above 100,000 entities, older real lists, rivals, 100,000 damaged names; "
                "./dev bench --full has them")


def output_of(command):
    """Lines that a program prints. When we are stopped it is told to stop, too, so that it can put away what it began."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            return child.communicate()[0].splitlines()
        except BaseException:
            child.terminate()
            child.wait()
            raise


def rivals(run, corpora):
    """What rivals need for the same names and the same queries, where they are installed."""
    for corpus in corpora:
        names, queries = run.path("names.tsv"), run.path(corpus + ".queries")
        if not os.path.exists(queries):
            continue
        run.write("mizan-bench-queries", [run.path(corpus + ".mzi"), "names"], names)
        for threshold, script in ((t, s) for t in (0.7, 0.5) for s in ("postgres.py", "sqlite.py")):
            ours = run.image("screen", corpus, queries, threshold, 2000)[0]
            # a rival may take seconds for a query of many names
            few = ["--count", "50"] if ours["names"] > 500000 else []
            for line in output_of([sys.executable, os.path.join(HERE, "rivals", script), names, queries, *few, "--recall",
                                   str(ours["found"] / ours["damaged"]), "--ms", str(ours["clock_mean_ms"])]):
                if not line.startswith("{"):
                    run.say("  " + line)
                    continue
                result = dict(json.loads(line), of=corpus, threshold=threshold, our_hits=ours["hits"])
                run.keep(result)
                run.say(f"{result['rival']}, {corpus}, as at our {threshold}: {result['how']}: finds "
                        f"{result['recall']:.1%} (we {result['our_recall']:.1%}) in {result['mean_ms']:.1f} ms, "
                        f"{result['times']:.0f} times ours")


if __name__ == "__main__":
    main()
