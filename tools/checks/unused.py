#!/usr/bin/env python3
"""Every function and table that the library shows to its other files has a user: one of its own files, the program, the
measurements or a tool, or whoever includes the public headers. Tests are no users.

usage: unused.py BUILD-FOLDER        the symbols come from its libmizan.a"""
import os
import re
import subprocess
import sys
from collections import Counter

from source import bare, read, tracked
from tap import Tap

# What stays without a user, and why.
KEPT = {
    "mz_json_items_memory": "tests and fuzzers give it bytes",
    "mz_unpacker_memory": "tests and fuzzers give it bytes",
    "mz_csv_repaired_fields": "tests ask what was repaired",
    "mz_candidates_counts": "how much a search looked at, for whoever measures",
    "mz_xlsx_at": "a cell by its column, beside the walk over a row",
    "mz_unzip_has": "whether a part is there, beside the reading of it",
}


def shown(library):
    """Names of the functions and tables of a library that its other files may use, and whether a tool wrote them."""
    listed = subprocess.run(["nm", "-A", "--defined-only", "--extern-only", library], capture_output=True, text=True,
                            check=True).stdout
    for line in listed.splitlines():
        where, kind, name = line.rsplit(maxsplit=2)
        if kind in "TRDB" and name.startswith("mz_"):
            yield name, "meson-generated" in where


def words(texts):
    return Counter(word for text in texts for word in re.findall(r"\bmz_\w+", text))


def with_pasted(texts, names):
    """The texts, and behind them each name that they build from a part of it: mz_check_##name."""
    pasted = {part for text in texts for part in re.findall(r"\b(mz_\w+?)\s*##", text)}
    return [*texts, " ".join(name for name in names if any(name.startswith(part) for part in pasted))]


def unused(symbols, sources, headers, public):
    """Those of the symbols that no code names but where they are declared and defined."""
    in_sources = words(with_pasted(sources, [name for name, _ in symbols]))
    in_headers, promised = words(headers), words(public)
    for name, generated in symbols:
        uses = in_sources[name] - (not generated) + max(0, in_headers[name] - 1)
        if uses <= 0 and name not in promised:
            yield name


def self_test(tap):
    sources = ["int mz_a(void) { return mz_b(); }", "int mz_b(void) { return 0; } int mz_c(void) { return 1; }",
               "int mz_f_1(void) { return 0; }\n#define CALL(n) mz_f_##n()"]
    headers = ["int mz_a(void); int mz_b(void);", "static inline int f(void) { return mz_e; } extern int mz_e;"]
    symbols = [("mz_a", False), ("mz_b", False), ("mz_c", False), ("mz_d", True), ("mz_e", True),
               ("mz_f_1", False)]
    found = list(unused(symbols, sources, headers, ["int mz_a(void);"]))
    tap.check("unused: the check finds what it looks for, and nothing else",
              [] if found == ["mz_c", "mz_d"] else [f"it found {found}"])


def main():
    tap = Tap()
    self_test(tap)
    symbols = list(shown(os.path.join(sys.argv[1], "src", "libmizan.a")))
    code = [bare(read(path)) for path in tracked("src/*.c", "bench/*.c", "tools/*.c")]
    headers = [bare(read(path)) for path in tracked("src/*.h")]
    public = [bare(read(path)) for path in tracked("include/mizan/*.h")]
    idle = set(unused(symbols, code, headers, public))
    tap.check(f"unused: {len(symbols)} functions and tables of the library have a user",
              [f"{name}: only tests use it, or nobody; delete it" for name in sorted(idle - KEPT.keys())] +
              [f"{name}: has a user, and need not stand in KEPT"
               for name in sorted(KEPT.keys() & {name for name, _ in symbols} - idle)])
    tap.end()


main()
