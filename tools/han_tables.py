#!/usr/bin/env python3
"""Makes the Han tables in data/ from ICU (Unihan and CLDR): readings, readings of family names, simplified forms.

Needs PyICU; run by hand when the tables are to follow a newer Unicode, never by the build:
    tools/han_tables.py data

One reading for each character, without its tone: a name of three characters read in all ways would match too much.
Where CLDR knows that a character is read differently at the head of a name (曾 zeng, not ceng), that reading is kept
apart. Simplified forms are kept for characters that have just one and that is one character.
"""
import pathlib
import re
import sys
import unicodedata

import icu

BLOCKS = [range(0x3400, 0x4DC0), range(0x4E00, 0xA000)]
SOURCE = f"ICU {icu.ICU_VERSION} (Unihan, CLDR), Unicode {icu.UNICODE_VERSION}; made by tools/han_tables.py"


def plain(reading):
    """"lǚ" is "lu": without tone and without the two dots, as most passports and newspapers write."""
    bare = unicodedata.normalize("NFD", reading)
    return "".join(c for c in bare if "a" <= c <= "z")


def transliterator(name):
    return icu.Transliterator.createInstance(name, icu.UTransDirection.FORWARD)


def readings():
    read = transliterator("Han-Latin")
    by_syllable = {}
    for block in BLOCKS:
        for code in block:
            reading = read.transliterate(chr(code)).strip()
            if reading != chr(code) and re.fullmatch("[a-z]{1,6}", plain(reading)):
                by_syllable.setdefault(plain(reading), []).append(chr(code))
    return by_syllable


def family_names(usual):
    """Readings at the head of a name that differ from the usual ones; two characters where CLDR has a rule."""
    read = transliterator("Han-Latin/Names")
    found = {}
    for character, reading in usual.items():
        special = plain(read.transliterate(character).strip())
        if special and special != reading:
            found[character] = special
    # rules like {万}' '?俟 > mò
    for first, second in re.findall(r"\{(.)\}' '\?(.)", read.toRules()):
        pair = first + second
        special = plain(read.transliterate(pair))
        if special and special != "".join(usual.get(c, "") for c in pair):
            found[pair] = special
    return found


def simplified():
    convert = transliterator("Traditional-Simplified")
    for block in BLOCKS:
        for code in block:
            other = convert.transliterate(chr(code))
            # twice, so that a chain of two steps ends where it ends
            other = convert.transliterate(other)
            if len(other) == 1 and other != chr(code):
                yield chr(code), other


def write(path, title, lines):
    with open(path, "w", encoding="utf-8") as out:
        out.write("".join(f"# {line}\n" for line in title) + "".join(lines))


def main(folder):
    folder = pathlib.Path(folder)
    by_syllable = readings()
    write(folder / "han-readings.tsv",
          ["Mandarin readings of Han characters, without tones: syllable, characters.", SOURCE],
          (f"{syllable}\t{''.join(by_syllable[syllable])}\n" for syllable in sorted(by_syllable)))
    usual = {character: syllable for syllable, all_of in by_syllable.items() for character in all_of}
    write(folder / "han-family-names.tsv",
          ["Characters read in another way at the head of a name: characters, reading.", SOURCE],
          (f"{characters}\t{reading}\n" for characters, reading in sorted(family_names(usual).items())))
    write(folder / "han-simplified.tsv",
          ["Simplified forms: each pair is a traditional character and the simplified one, 20 pairs a line.", SOURCE],
          lines_of([a + b for a, b in simplified()], 20))


def lines_of(pairs, a_line):
    return ("".join(pairs[i:i + a_line]) + "\n" for i in range(0, len(pairs), a_line))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: han_tables.py FOLDER")
    main(sys.argv[1])
