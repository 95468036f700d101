#!/usr/bin/env python3
"""Turns the text tables of data/ into one C file; the build calls it:
    text_tables.py OUTPUT.c ROMANISATION.tsv COARSE.tsv FOLDS.tsv LOOKALIKES.tsv
                   HAN-READINGS.tsv HAN-FAMILY.tsv HAN-SIMPLIFIED.tsv

A table that breaks a promise of src/text/tables.h (too long, twice the same letters, letters that never appear after
normalisation) stops the build and is named.
"""
import bisect
import sys
import unicodedata

ROMAN_LETTERS, ROMAN_LATIN, FOLD_LETTERS, HAN_SYLLABLE = 5, 7, 2, 6
KINDS = {"letter": 0, "consonant": 1, "medial": 2, "sign": 3}
# scripts in which a letter with its mark is a letter of its own, put together again after NFKD
COMPOSED = {"arabic", "cyrillic", "kana"}


class TableError(Exception):
    pass


def rows(path):
    with open(path, encoding="utf-8") as table:
        for line in table:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                yield line.split("\t")


def need(truth, what):
    if not truth:
        raise TableError(what)


def normal(script, letters):
    return unicodedata.normalize("NFKC" if script in COMPOSED else "NFKD", letters)


def bmp(letters):
    need(all(ord(c) < 0x10000 for c in letters), f"{letters}: beyond U+FFFF")
    return [ord(c) for c in letters]


def hexes(codes, size):
    return "{" + ", ".join(f"0x{code:04X}" for code in codes + [0] * (size - len(codes))) + "}"


def pages(name, codes):
    """For each 64 code points the first row of a sorted table, so that a look-up reads a few rows only."""
    yield f"const uint16_t {name}[] = {{\n"
    yield from numbers([bisect.bisect_left(codes, page * 64) for page in range(1025)])
    yield "};\n"


def romans(paths):
    found = {}
    for path in paths:
        for script, kind, pairs in rows(path):
            for pair in pairs.split(" "):
                written, equals, latin = pair.rpartition("=")
                need(equals and kind in KINDS, f"{path}: {pair}: LETTERS=LATIN expected")
                letters = normal(script, written.strip("^$"))
                need(1 <= len(letters) <= ROMAN_LETTERS, f"{pair}: 1 to {ROMAN_LETTERS} letters")
                need(len(latin) <= ROMAN_LATIN and all("a" <= c <= "z" for c in latin),
                     f"{pair}: a-z, at most {ROMAN_LATIN}")
                key = (letters, written.startswith("^"), written.endswith("$"))
                need(found.get(key, (kind, latin)) == (kind, latin), f"{path}: {pair}: twice, and differently")
                found[key] = (kind, latin)
    order = sorted(found, key=lambda key: (key[0][0], -len(key[0]), -(key[1] + key[2]), key))
    yield "const mz_roman mz_romans[] = {\n"
    for letters, initial, final in order:
        kind, latin = found[letters, initial, final]
        yield (f'    {{{hexes(bmp(letters), ROMAN_LETTERS)}, {len(letters)}, {KINDS[kind]}, '
               f'{str(initial).lower()}, {str(final).lower()}, "{latin}"}},\n')
    yield f"}};\nconst size_t mz_roman_count = {len(order)};\n"
    yield from pages("mz_roman_pages", [ord(key[0][0]) for key in order])


def folds(path):
    found = {}
    for _, pairs in rows(path):
        for pair in pairs.split(" "):
            letter, equals, instead = pair.partition("=")
            need(equals and len(letter) == 1 and len(instead) <= FOLD_LETTERS,
                 f"{path}: {pair}: LETTER=INSTEAD expected")
            need(letter not in found, f"{path}: {pair}: twice")
            found[letter] = instead
    for letter, instead in found.items():
        need(not set(instead) & set(found), f"{path}: {letter}: folded to a letter that is itself folded")
    yield "const mz_fold mz_folds[] = {\n"
    for letter in sorted(found):
        yield f"    {{0x{ord(letter):04X}, {len(found[letter])}, {hexes(bmp(found[letter]), FOLD_LETTERS)}}},\n"
    yield f"}};\nconst size_t mz_fold_count = {len(found)};\n"


def lookalikes(path):
    table = list(rows(path))
    yield "const mz_lookalike mz_lookalikes[] = {\n"
    for latin, cyrillic, greek, case in table:
        need(case in ("both", "upper", "lower"), f"{path}: {latin} {case}: both, upper or lower")
        codes = ", ".join("0" if letter == "-" else f"0x{ord(letter):04X}" for letter in (latin, cyrillic, greek))
        yield f"    {{{codes}, {str(case != 'lower').lower()}, {str(case != 'upper').lower()}}},\n"
    yield f"}};\nconst size_t mz_lookalike_count = {len(table)};\n"


def numbers(values):
    for i in range(0, len(values), 24):
        yield "    " + ", ".join(str(value) for value in values[i:i + 24]) + ",\n"


def han(readings_path, family_path):
    table, family = list(rows(readings_path)), list(rows(family_path))
    syllables = [""] + sorted({row[0] for row in table} | {row[1] for row in family})
    index = {syllable: i for i, syllable in enumerate(syllables)}
    need(all(len(syllable) <= HAN_SYLLABLE for syllable in syllables), f"{readings_path}: a syllable is too long")
    reading = {}
    for syllable, characters in table:
        for character in characters:
            need(ord(character) not in reading, f"{readings_path}: {character}: twice")
            reading[ord(character)] = index[syllable]
    yield "const char mz_han_syllables[][MZ_HAN_SYLLABLE_SIZE] = {\n"
    yield "".join(f'    "{syllable}",\n' for syllable in syllables) + "};\n"
    for name, first, last in (("mz_han_readings", 0x4E00, 0xA000), ("mz_han_a_readings", 0x3400, 0x4DC0)):
        yield f"const uint16_t {name}[] = {{\n"
        yield from numbers([reading.get(code, 0) for code in range(first, last)])
        yield "};\n"
    yield "const mz_han_family mz_han_families[] = {\n"
    for characters, syllable in family:
        yield f"    {{{hexes(bmp(characters), 2)}, {index[syllable]}}},\n"
    yield f"}};\nconst size_t mz_han_family_count = {len(family)};\n"


def simplified(path):
    pairs = {}
    for (line,) in rows(path):
        pairs.update((line[i], line[i + 1]) for i in range(0, len(line), 2))
    need(not set(pairs.values()) & set(pairs), f"{path}: a simplified form that is itself simplified")
    yield "const mz_han_pair mz_han_simplified[] = {\n"
    for traditional in sorted(pairs):
        yield f"    {{0x{ord(traditional):04X}, 0x{ord(pairs[traditional]):04X}}},\n"
    yield f"}};\nconst size_t mz_han_simplified_count = {len(pairs)};\n"


def main(output, romanisation, coarse, folds_path, lookalikes_path, readings, family, simplified_path):
    parts = ['/* Made from data/ by tools/text_tables.py; change those. */\n#include "text/tables.h"\n\n']
    parts += romans([romanisation, coarse])
    parts += folds(folds_path)
    parts += lookalikes(lookalikes_path)
    parts += han(readings, family)
    parts += simplified(simplified_path)
    with open(output, "w", encoding="utf-8") as out:
        out.writelines(parts)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except TableError as error:
        sys.exit(f"text_tables.py: {error}")
