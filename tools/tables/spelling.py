#!/usr/bin/env python3
"""Turns data/names/spelling.tsv and sounds.tsv into a C table for src/names/spelling.h.

usage: spelling.py OUTPUT.c SPELLING.tsv SOUNDS.tsv

Each cost is a mean of what was learned and of what sounds.tsv says by ear. Learning knows which spellings names have, but
neither typing errors nor spellings that no source holds; the mean is better than either. Its weights were chosen on
judged pairs (Latin) and on a list's own names in two scripts.
"""
import sys

LETTERS = "_aeiouywhbpfvmntdTszSCZJkgqxGrl0123456789"
ORDER = ["arabic", "hebrew", "han", "hangul", "kana", "cyrillic", "greek", "latin", "abjad"]
COUNT = 41  # MZ_PHONE_COUNT
# Weight of what was learned. Han and Hangul little: what their sources hold are foreign names written by sound, while the
# names on the lists are romanised by rule.
LEARNED = {"latin": 0.25, "han": 0.1, "hangul": 0.1, "kana": 0.5}
LEARNED_ELSEWHERE = 0.7
UNIT = 8
ROWS = {f"omit-{side}-{place}" for side in ("left", "right") for place in ("first", "inner", "last")} | {"size-left", "size-right"}


def read(path):
    tables = {}
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if line.startswith("#"):
            continue
        fields = line.rstrip("\n").split("\t")
        costs = [int(cost) for cost in fields[-1].split(" ")] if len(fields) == 4 else []
        known = fields[0] in ORDER and (fields[1] == "exchange" and fields[2] in LETTERS[1:] or fields[1] in ROWS)
        if not (known and len(costs) == len(LETTERS) - 1 or fields[1] == "turned" and len(costs) == 1):
            sys.exit(f"{path}:{number}: expected table, what, phone and {len(LETTERS) - 1} costs")
        tables.setdefault(fields[0], {})[fields[1], fields[2]] = costs
    return tables


def by_ear(path):
    """What sounds.tsv says: exchanges, then omissions and sizes with and without written vowels."""
    exchange, omit, size = {}, ({}, {}), ({}, {})
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        fields = line.rstrip("\n").split("\t")
        if line.startswith("#"):
            continue
        if len(fields) != 4 or fields[0] not in ("exchange", "omit", "size"):
            sys.exit(f"{path}:{number}: expected exchange, omit or size, and three fields")
        if fields[0] == "exchange":
            exchange[fields[1], fields[2]] = exchange[fields[2], fields[1]] = int(fields[3])
        else:
            into = omit if fields[0] == "omit" else size
            into[0][fields[1]], into[1][fields[1]] = int(fields[2]), int(fields[3])

    def costs(what, letter, abjad):
        if what == "exchange":
            default = lambda other: 14 if letter.isdigit() or other.isdigit() else 12
            return [0 if other == letter else exchange.get((letter, other), default(other)) for other in LETTERS[1:]]
        if what.startswith("omit"):
            return [omit[abjad].get(other, 12) for other in LETTERS[1:]]
        if what.startswith("size"):
            return [size[abjad].get(other, 13) for other in LETTERS[1:]]
        return [8]  # two sounds in turned order

    return costs


def mix(tables, costs):
    for name, table in tables.items():
        weight = LEARNED.get(name, LEARNED_ELSEWHERE)
        for (what, letter), learned in table.items():
            ear = costs(what, letter, name in ("arabic", "hebrew", "abjad"))
            table[what, letter] = [min(255, round(weight * a + (1 - weight) * UNIT * b)) for a, b in zip(learned, ear)]


def row(costs):
    return "{" + ", ".join(map(str, [0] + costs + [0] * (COUNT - 1 - len(costs)))) + "}"


def main(output, path, sounds):
    tables = read(path)
    mix(tables, by_ear(sounds))
    with open(output, "w", encoding="utf-8") as out:
        out.write('/* Made from data/names/spelling.tsv and sounds.tsv by tools/tables/spelling.py. */\n#include "names/spelling.h"\n\n'
                  "const mz_spelling mz_spellings[MZ_SPELLING_COUNT] = {\n")
        for name in ORDER:
            table = tables.get(name) or sys.exit(f"{path}: no table {name}")
            exchange = [row([]), *(row(table["exchange", letter]) for letter in LETTERS[1:])]
            exchange += [row([])] * (COUNT - len(exchange))
            out.write(f"    /* {name} */\n    {{{{{', '.join(exchange)}}},\n")
            for side in ("left", "right"):
                rows = [row(table[f"omit-{side}-{place}", "*"]) for place in ("first", "inner", "last")]
                out.write(f"     {{{', '.join(rows)}}},\n")
            out.write(f"     {row(table['size-left', '*'])},\n     {row(table['size-right', '*'])},\n")
            out.write(f"     {table['turned', '*'][0]}}},\n")
        out.write("};\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
