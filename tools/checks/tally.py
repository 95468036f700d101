#!/usr/bin/env python3
"""Adds up test results for ./dev check.

    tally.py tap FILE STATUS        one program's TAP output and its exit status
    tally.py meson testlog.json     what `meson test` recorded: every line of TAP in it counts as one test
    tally.py --self-test

Prints "PASSED FAILED SKIPPED SECONDS" on the first line, then what failed and what was skipped and why. A program
that crashed, timed out or said nothing counts as one failure more, whatever it printed before."""
import collections
import json
import re
import sys

from tap import Tap, count


def add(sums, name, output, fine, note=""):
    passed, failed, skipped, telling = count(output)
    if not fine and failed == 0:
        failed = 1
        telling.append(note or "ended with an error")
    if passed + failed + skipped == 0:
        failed = 1
        telling.append(note or "reported nothing")
    sums["passed"] += passed
    sums["failed"] += failed
    sums["skipped"] += skipped
    for reason in re.findall(r"#\s*SKIP\s*(.*)", output, re.IGNORECASE):
        sums["reasons"][reason.strip()] += 1
    if telling and name:
        sums["telling"].append(f"{name}:")
    sums["telling"] += [("    " if name else "") + line for line in telling[:30]]


def new_sums():
    return {"passed": 0, "failed": 0, "skipped": 0, "telling": [], "reasons": collections.Counter()}


def of_meson(lines, sums):
    for line in lines:
        record = json.loads(line)
        fine = record["result"] in ("OK", "SKIP", "EXPECTEDFAIL")
        note = f"{record['result']}, exit status {record.get('returncode')}"
        if not fine:
            note = "\n    ".join([note, *record.get("stderr", "").strip().splitlines()[:25]])
        add(sums, record["name"], record.get("stdout", ""), fine, note)
    if sums["passed"] + sums["failed"] + sums["skipped"] == 0:
        sums["failed"] = 1
        sums["telling"].append("no test ran")


def show(sums):
    print(sums["passed"], sums["failed"], sums["skipped"])
    for line in sums["telling"]:
        print(line)
    for reason, times in sums["reasons"].most_common():
        print(f"skipped {times}: {reason}")


def self_test():
    cases = [
        ("all pass", "1..2\nok 1 - a\nok 2 - b\n", True, (2, 0, 0)),
        ("one fails", "1..2\nok 1 - a\nnot ok 2 - b\n# why\n", False, (1, 1, 0)),
        ("one is skipped", "1..2\nok 1 - a # SKIP no lists\nok 2 - b\n", True, (1, 0, 1)),
        ("it crashes after the first", "1..3\nok 1 - a\n", False, (1, 2, 0)),
        ("it crashes at the end", "1..1\nok 1 - a\n", False, (1, 1, 0)),
        ("it says nothing", "", True, (0, 1, 0)),
        ("a plan at the end", "ok 1 - a\n1..1\n", True, (1, 0, 0)),
    ]
    tap = Tap()
    for name, output, fine, expected in cases:
        sums = new_sums()
        add(sums, "x", output, fine)
        got = (sums["passed"], sums["failed"], sums["skipped"])
        tap.check(f"tally: {name}", [] if got == expected else [f"expected {expected}, got {got}"])
    tap.end()


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
    sums = new_sums()
    with open(arguments[1], encoding="utf-8", errors="replace") as file:
        if arguments[0] == "tap":
            add(sums, "", file.read(), arguments[2] == "0", f"exit status {arguments[2]}")
        else:
            of_meson(file, sums)
    show(sums)


main(sys.argv[1:])
