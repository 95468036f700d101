#!/usr/bin/env python3
"""The benchmark in the small: what bench/run.py prints, keeps and draws, and what bench/table.py writes down.

usage: run_test.py BUILD"""
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

BENCH = os.path.join(os.environ["MIZAN_SOURCE"], "bench")
PAGE = "# Page\n\nbefore\n<!-- seen: bench/table.py writes what follows -->\nold\n<!-- seen: the end -->\nbehind\n"


def script(name, *arguments):
    return subprocess.run([sys.executable, "-B", os.path.join(BENCH, name), *arguments], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def check(truth, what):
    if not truth:
        raise AssertionError(what)


class Small:
    """One run on a few hundred entities, without real lists."""

    def __init__(self, build, folder):
        self.results = os.path.join(folder, "seen.jsonl")
        self.page = os.path.join(folder, "page.md")
        self.done = script("run.py", build, "--sizes", "200,600", "--damaged", "20", "--results", self.results,
                           "--work", folder)


def test_a_short_run_says_what_was_asked_seen_and_not_measured(small):
    check(small.done.returncode == 0, small.done.stderr)
    shown = small.done.stdout
    for text in ("200 invented entities", "600 invented entities", "asked and seen:", "is drawn in ", "left out: sizes"):
        check(text in shown, f"{text!r} in {shown}")
    [lost] = [line for line in shown.splitlines() if line.startswith("  hits lost")]
    check(lost.split("damaged names")[1].split() == "0 of 50 not measured in the short run".split(), lost)
    check("LOSES" not in shown, shown)


def test_every_measurement_is_kept(small):
    lines = lines_of(small.results)
    check(lines[0]["measure"] == "machine" and not lines[0]["full"], f"{lines[0]}")
    for of in ("200 invented entities", "600 invented entities"):
        kinds = {line["measure"] for line in lines if line.get("of") == of}
        check(kinds >= {"build", "first", "screen", "hard", "memory", "exhaustive"}, f"{of}: {kinds}")
    damaged = [line for line in lines if line["measure"] == "lossless"]
    check(damaged and all(line["lost"] + line["invented"] + line["different"] == 0 for line in damaged), f"{damaged}")
    check(all(line["reached"] in (True, False, None) for line in lines if line["measure"] == "figure"), "figures")


def test_subjects_are_screened_again_both_ways(small):
    seen = {line["measure"]: line for line in lines_of(small.results)}
    check(seen["touched"]["subjects"] == 600 == seen["forward"]["subjects"], f"{seen['touched']}")
    check(seen["touched"]["touched"] == seen["forward"]["touched"], "the same subjects")
    check(seen["touched"]["pairs"] == seen["forward"]["pairs"], "the same pairs")
    check("600 subjects with a name each" in small.done.stdout, small.done.stdout)


def test_the_curves_are_drawn(small):
    with open(os.path.splitext(small.results)[0] + ".svg", encoding="utf-8") as file:
        drawing = file.read()
    texts = ["".join(text.itertext()) for text in xml.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    for text in ("Mizan, median", "Mizan, 99th percentile", "scoring everything", "milliseconds", "entities in the index",
                 "200", "600"):
        check(text in texts, f"{text!r} in {texts}")
    check("prefers-color-scheme: dark" in drawing, "legible on dark ground")


def test_a_short_run_is_not_written_down(small):
    with open(small.page, "w", encoding="utf-8") as out:
        out.write(PAGE)
    done = script("table.py", small.results, small.page)
    check(done.returncode != 0 and "not of a full run" in done.stderr, done.stderr)
    with open(small.page, encoding="utf-8") as file:
        check(file.read() == PAGE, "the page stays")


def test_a_full_run_is_written_between_the_marks(small):
    lines = lines_of(small.results)
    full = small.results + ".full"
    with open(full, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(line | {"full": True} if line["measure"] == "machine" else line) + "\n" for line in lines)
    for _ in range(2): # also over what was written before
        done = script("table.py", full, small.page)
        check(done.returncode == 0, done.stderr)
    with open(small.page, encoding="utf-8") as file:
        text = file.read()
    for piece in ("before\n<!-- seen", "<!-- seen: the end -->\nbehind\n", "| four common words there |",
                  "| 200 invented entities | 600 invented entities |", "](page.svg)", "damaged names of", "0 lost"):
        check(piece in text, f"{piece!r} in {text}")
    check("old" not in text, text)
    check(os.path.exists(os.path.splitext(small.page)[0] + ".svg"), "the drawing stands beside the page")


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    with tempfile.TemporaryDirectory(prefix="mizan-bench-test-") as folder:
        small = Small(sys.argv[1], folder)
        for number, (name, test) in enumerate(tests, 1):
            title = name[5:].replace("_", " ")
            try:
                test(small)
                print(f"ok {number} - {title}", flush=True)
            except (AssertionError, OSError) as problem:
                print(f"not ok {number} - {title}")
                print("".join(f"# {line}\n" for line in str(problem).splitlines()), end="", flush=True)


if __name__ == "__main__":
    main()
