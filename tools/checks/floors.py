#!/usr/bin/env python3
"""Each folder of src/ includes only itself and folders on floors below; the floors are the table in ARCHITECTURE.md.

usage: floors.py"""
import os
import re

from source import ROOT, bare, read, tracked
from tap import Tap

ROW = re.compile(r"^\|\s*(\d+)\s*\|\s*`(\w+)/`\s*\|", re.MULTILINE)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)


def floors_of(architecture):
    """{folder: floor} from the rows `| 1 | `text/` | … |`."""
    return {folder: int(floor) for floor, folder in ROW.findall(architecture)}


def findings_in(path, text, floors):
    folder = path.split("/")[1]
    if folder not in floors:
        return [f"{path}: src/{folder}/ has no floor in ARCHITECTURE.md"]
    findings = []
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        target = match.group(1).split("/")[0]
        if "/" not in match.group(1):
            findings.append(f'{path}:{line}: write "{folder}/{match.group(1)}", with its folder')
        elif target != "mizan" and target not in floors:
            findings.append(f"{path}:{line}: {target}/ has no floor in ARCHITECTURE.md")
        elif target not in ("mizan", folder) and floors[target] >= floors[folder]:
            findings.append(f"{path}:{line}: {folder}/ is on floor {floors[folder]} and may not use {target}/ "
                            f"on floor {floors[target]}")
    return findings


def self_test(tap):
    floors = floors_of("| 0 | `base/` | x |\n| 1 | `text/` | x |\n| 1 | `names/` | x |\n")
    cases = [
        ("a floor above", "src/base/a.c", '#include "text/a.h"', 1),
        ("a neighbour", "src/text/a.c", '#include "names/a.h"', 1),
        ("no folder", "src/text/a.c", '  # include "a.h"', 1),
        ("an unknown folder", "src/text/a.c", '#include "nowhere/a.h"', 1),
        ("a folder without a floor", "src/new/a.c", "", 1),
        ("what is allowed", "src/text/a.c", '#include "base/a.h"\n#include "text/b.h"\n#include "mizan/c.h"', 0),
    ]
    tap.check("floors: the check finds what it looks for",
              [name for name, path, text, expected in cases if len(findings_in(path, text, floors)) != expected])


def main():
    tap = Tap()
    self_test(tap)
    floors = floors_of(read("ARCHITECTURE.md"))
    files = tracked("src/*.c", "src/*.h")
    # strings are emptied by bare(), and the names of includes are strings: only comments matter here
    findings = [f for path in files for f in findings_in(path, re.sub(r"/\*.*?\*/", "", read(path)), floors)]
    tap.check(f"floors: {len(files)} files include only floors below", findings)
    folders = {entry.name for entry in os.scandir(os.path.join(ROOT, "src")) if entry.is_dir()}
    tap.check("floors: ARCHITECTURE.md names the folders that there are",
              [f"src/{f}/ is not in the table" for f in sorted(folders - floors.keys())] +
              [f"src/{f}/ is in the table and does not exist" for f in sorted(floors.keys() - folders)])
    tap.end()


main()
