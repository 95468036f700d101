#!/usr/bin/env python3
"""Turns data/names/*.tsv into a C table for src/names/lexicon.c, sorted by words so that it can be searched.

usage: lexicon.py OUTPUT.c OWN.tsv LEXICON.tsv FREQUENCY.tsv PERSONS.tsv CULTURE.h
"""
import re
import sys

KINDS = {"title": 1, "article": 2, "particle": 4, "legal": 8, "generic": 16, "nickname": 32, "number": 64, "vessel": 128,
         "sign": 256, "common": 512, "activity": 1024, "place": 2048, "roman": 4096, "ordinal": 8192, "leading": 16384,
         "equivalent": 32768, "notion": 1 << 23}
# These kinds say how much a word matters; what it means is the group, which they share.
MEANINGS = {"generic", "common", "activity", "place", "equivalent", "notion"}
FORM_BITS = 12  # of a legal form's group; above them its family
# of persons.tsv; a name that stands for another is a nickname of it
PERSONS = {"culture": 1 << 16, "male": 1 << 17, "female": 1 << 18, "family": 1 << 19, "suffix": 1 << 20,
           "filiation": 1 << 21, "kunya": 1 << 22, "name": 32}
SIDES = {"before": 1, "behind": 2, "of": 1}  # where the word stands that says whose son one is
FAMILIES = {"zh": "chinese", "ko": "korean"}


def lines(path):
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def legal_form(group, families, forms):
    """A number for each form, with the number of its family above: 0 where it has none."""
    family = group.partition("/")[0]
    number = forms.setdefault(group, len(forms) + 1)
    high = families.setdefault(family, len(families))
    if number >= 1 << FORM_BITS or high >= 1 << 16 - FORM_BITS:
        sys.exit(f"too many legal forms: {group}")
    return high << FORM_BITS | number


def cultures(header):
    names = re.findall(r'X\([A-Z_]+, "([a-z-]+)"\)', open(header, encoding="utf-8").read())
    return {name: number for number, name in enumerate(names)}


def persons(path, culture, groups):
    """Words of persons.tsv with the links that each has."""
    for number, fields in lines(path):
        if len(fields) != 3 or fields[0] not in PERSONS:
            sys.exit(f"{path}:{number}: expected kind, group, words")
        kind, group, words = fields
        if kind in ("culture", "male", "female"):
            found = [(PERSONS[kind], culture[group])]
        elif kind in ("filiation", "kunya"):
            found = [(PERSONS[kind], SIDES[group])]
        else:
            found = [(KINDS["nickname"], groups.setdefault(("nickname", kind[0] + group), len(groups) + 1))]
            if kind == "family":
                found.append((PERSONS[kind], culture[FAMILIES[group.split(".")[0]]]))
            if kind == "suffix":
                found.append((PERSONS[kind], int(group)))
        for word in words.split(", "):
            yield word, found


def main(output, own, learned, frequency, of_persons, culture_header):
    groups, entries, families, forms = {}, {}, {"": 0}, {}
    for word, found in persons(of_persons, cultures(culture_header), groups):
        entries.setdefault(word, set()).update(found)
    for path in (own, learned):
        for number, fields in lines(path):
            if len(fields) != 3 or fields[0] not in KINDS:
                sys.exit(f"{path}:{number}: expected kind, group, words")
            kind, group, words = fields
            if kind in ("number", "roman"):
                ident = int(group)
            elif kind == "legal":
                ident = legal_form(group, families, forms)
            else:
                ident = groups.setdefault((kind in MEANINGS or kind, group), len(groups) + 1)
            entries.setdefault(words, set()).add((KINDS[kind], ident))
    bits = {fields[0]: int(fields[1]) for _, fields in lines(frequency)}
    blob, offsets, rows, links = bytearray(), {}, [], []
    for words in sorted(set(entries) | set(bits), key=lambda w: w.encode()):
        offsets[words] = len(blob)
        raw = words.encode()
        blob += raw
        found = sorted(entries.get(words, ()))
        rows.append((offsets[words], len(raw), bits.get(words, 0), len(links), len(found)))
        links += found
    longest = max(len(w.split()) for w in entries)
    with open(output, "w", encoding="utf-8") as out:
        out.write("/* Made from data/names/ by tools/tables/lexicon.py. */\n"
                  "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"names/lexicon_table.h\"\n\n")
        out.write("const char mz_lexicon_text[] =\n")
        for at in range(0, len(blob), 100):
            piece = "".join(chr(b) if 32 < b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in blob[at:at + 100])
            out.write(f'    "{piece}"\n')
        out.write(";\n\nconst struct mz_lexicon_row mz_lexicon_rows[] = {\n")
        out.writelines("    {%d, %d, %d, %d, %d},\n" % row for row in rows)
        out.write("};\n\nconst struct mz_lexicon_link mz_lexicon_links[] = {\n")
        out.writelines(f"    {{{kind}, {ident}}},\n" for kind, ident in links)
        out.write(f"}};\n\nconst size_t mz_lexicon_row_count = {len(rows)};\n")
        out.write(f"const size_t mz_lexicon_longest = {longest};\n")


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
