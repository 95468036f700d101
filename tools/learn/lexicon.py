#!/usr/bin/env python3
"""Learns the word tables of names/ from reference data and writes them as text into data/.

usage: tools/learn/lexicon.py NAMES_FOLDER NORMAL_FORM
       NAMES_FOLDER has legal_forms.yml, symbols.yml, nicknames_en.csv, translit/; NORMAL_FORM is the program that
       `ninja -C build tools/learn/normal-form` makes: a key in any other form than a name's would never be met

data/names/lexicon.tsv    kind, group, words: titles, legal forms, words of firms' names and nicknames that mean the same
data/names/frequency.tsv  word, bits: how rare a word is among names, log2(all / this one), for the commonest words

Facts taken: which spellings stand for one legal form, word or name (the organisation types and name symbols of
OpenSanctions' rigour, the English nickname list of Carlton Northern), and how often Wikidata's people bear a name.
Titles and particles are this project's own (data/names/own.tsv) and are not touched here.
"""
import collections, csv, glob, math, os, subprocess, sys
import yaml

normal_form = None  # the program, running


def words(text):
    """The words of a text in normal form, as text/ makes them."""
    normal_form.stdin.write(" ".join(str(text).split()) + "\n")
    normal_form.stdin.flush()
    return normal_form.stdout.readline().split()


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
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    normal_form = subprocess.Popen([sys.argv[2]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    main(sys.argv[1], os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "names"))
