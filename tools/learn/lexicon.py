#!/usr/bin/env python3
"""Learns the word tables of names/ from reference data and writes them as text into data/.

usage: tools/learn/lexicon.py NAMES_FOLDER        (a folder with legal_forms.yml, symbols.yml, nicknames_en.csv, translit/)

data/names/lexicon.tsv    kind, group, words: titles, legal forms, words of firms' names and nicknames that mean the same
data/names/frequency.tsv  word, bits: how rare a word is among names, log2(all / this one), for the commonest words

Facts taken: which spellings stand for one legal form, word or name (the organisation types and name symbols of
OpenSanctions' rigour, the English nickname list of Carlton Northern), and how often Wikidata's people bear a name.
Titles and particles are this project's own (data/names/own.tsv) and are not touched here.
"""
import collections, csv, glob, math, os, sys, unicodedata
import yaml

SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
                         "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ς": "σ"})


def words(text):
    """The words of a text in normal form, near enough to text/ for table look-ups."""
    text = unicodedata.normalize("NFKD", str(text)).casefold().translate(SPECIAL)
    text = "".join(c for c in text if not unicodedata.category(c).startswith(("M", "C")) and c not in "'’ʼ`")
    parts = "".join(c if c.isalnum() or c == "." else " " for c in unicodedata.normalize("NFC", text)).split()
    out = []
    for part in parts:
        letters = [p for p in part.split(".") if p]
        # letters each followed by a dot are one word: s.a.r.l
        out += ["".join(letters)] if len(letters) > 1 and all(len(p) == 1 for p in letters) else letters
    return out


def main(folder, into):
    entries = set()

    def add(kind, group, text, most_words):
        form = words(text)
        if 0 < len(form) <= most_words:
            entries.add((kind, group, " ".join(form)))

    legal = yaml.safe_load(open(os.path.join(folder, "legal_forms.yml"), encoding="utf-8"))["types"]
    for form in legal:
        group = "".join(words(form.get("compare") or form.get("display") or form.get("generic"))) or "form"
        for text in [form.get("display"), form.get("compare"), *(form.get("aliases") or [])]:
            if text:
                add("legal", group, text, 6)
    symbols = yaml.safe_load(open(os.path.join(folder, "symbols.yml"), encoding="utf-8"))
    for section, kind in (("org_symbols", "generic"), ("org_domains", "generic"), ("person_nick", "nickname")):
        for group, forms in (symbols.get(section) or {}).items():
            for text in [group, *(forms or [])]:
                add(kind, f"{section[:3]}.{group}", text, 1)
    with open(os.path.join(folder, "nicknames_en.csv"), encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for name in (row["name1"], row["name2"]):
                add("nickname", f"en.{row['name1']}", name, 1)
    sizes = collections.Counter((kind, group) for kind, group, _ in entries)
    with open(os.path.join(into, "lexicon.tsv"), "w", encoding="utf-8") as out:
        out.write("# kind\tgroup\twords in normal form; made by tools/learn/lexicon.py, which names the sources\n")
        for kind, group, form in sorted(entries):
            # a nickname of nobody says nothing
            if kind != "nickname" or sizes[kind, group] > 1:
                out.write(f"{kind}\t{group}\t{form}\n")

    counts = collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, "translit", "wikidata_en_*.tsv"))):
        seen = {}
        for line in open(path, encoding="utf-8"):
            latin, other, *count = line.rstrip("\n").split("\t")
            number = int(count[0]) if count and count[0].isdigit() else 1
            for text in (latin, other.replace(" ", "")):
                form = words(text)
                if len(form) == 1 and len(form[0]) > 1:
                    seen[form[0]] = max(seen.get(form[0], 0), number)
        for word, number in seen.items():
            counts[word] = max(counts[word], number)
    total = sum(counts.values())
    with open(os.path.join(into, "frequency.tsv"), "w", encoding="utf-8") as out:
        out.write("# word in normal form\tbits; made by tools/learn/lexicon.py, which names the sources\n")
        for word, number in sorted(counts.items()):
            if number >= 12:
                out.write(f"{word}\t{min(15, round(math.log2(total / number)))}\n")
    print(f"{len(entries)} lexicon entries, {sum(1 for n in counts.values() if n >= 12)} common words of {len(counts)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1], os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "names"))
