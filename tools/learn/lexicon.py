#!/usr/bin/env python3
"""Learns the word tables of names/ from reference data and writes them as text into data/.

usage: tools/learn/lexicon.py NAMES_FOLDER NORMAL_FORM
       NAMES_FOLDER has legal_forms.yml, symbols.yml, nicknames_en.csv, translit/; NORMAL_FORM is the program that
       `ninja -C build tools/learn/normal-form` makes: a key in any other form than a name's would never be met

data/names/lexicon.tsv    kind, group, words: titles, legal forms, words of firms' names and nicknames that mean the same
data/names/frequency.tsv  word, bits: how rare a word is among names, log2(all / this one), for the commonest words

Facts taken: which spellings stand for one legal form, word or name (the organisation types and name symbols of
OpenSanctions' rigour, the English nickname list of Carlton Northern), and how often Wikidata's people bear a name.
Titles and particles are this project's own (data/names/own.tsv) and are not touched here; the words of organisations are
data/names/organisations.tsv first, and what rigour knows beside it. data/countries.tsv gives the places.
"""
import collections, csv, glob, math, os, subprocess, sys
import yaml

normal_form = None  # the program, running


def words(text):
    """The words of a text in normal form, as text/ makes them."""
    normal_form.stdin.write(" ".join(str(text).split()) + "\n")
    normal_form.stdin.flush()
    return normal_form.stdout.readline().split()


def frequencies(folder):
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
    return counts


def rarity(counts, persons):
    """Bits of the commonest words. The spellings of a given name are one name and share their count, and a given name, or
    a family name of China, Korea and Vietnam, where few serve a nation, is as common as it is among those of its culture:
    Wikidata's people are Westerners by half, and Mohammed proves little about an Arab. A word of several cultures proves
    the least it does in any."""
    given, families, names = collections.defaultdict(set), collections.defaultdict(list), []
    for _, (kind, group, forms) in table(persons):
        forms = forms.split(", ")
        if kind in ("male", "female"):
            given["arabic" if group == "maghrebi" else group].update(forms)
        elif kind == "name":
            names.append(forms)
        elif kind == "family":
            families[group[:2]].append(forms)
        elif (kind, group) == ("culture", "vietnamese"):
            families[group] = [[form] for form in forms]
    bits = {word: round(math.log2(sum(counts.values()) / n)) for word, n in counts.items() if n >= 12}

    def lower(word, share):
        bits[word] = max(2, min(bits.get(word, 15), round(-math.log2(share))))

    for culture, forms in given.items():
        total = sum(counts[word] for word in forms)
        for word in forms:
            if counts[word] >= 3:
                lower(word, counts[word] / total)
        for spellings in names:
            together = sum(counts[word] for word in spellings if word in forms)
            for word in spellings:
                if together >= 3 and (word in forms or not word.isascii()):
                    lower(word, together / total)
    for rows in families.values():
        # the spelling of the state, behind the characters
        number = {forms[0]: counts[next(form for form in forms if form.isascii())] for forms in rows}
        for forms in rows:
            for word in forms:
                if number[forms[0]] >= 3:
                    lower(word, number[forms[0]] / sum(number.values()))
    return {word: min(15, rare) for word, rare in bits.items()}


# What rigour calls symbols and domains of organisations, where it is neither a mere word for a firm nor an activity.
COMMON = {"co", "corp", "grp", "intl", "holding", "enterprise", "general", "bros", "partner", "associates", "global", "world",
          "natl", "central", "private", "public", "business", "solution", "system", "project", "service", "mgmt", "special",
          "united", "allrussian", "named", "socalled", "venture", "concern", "operations", "professional"}
GENERIC_DOMAINS = {"royal", "islamic", "revolutionary", "tactical", "social", "army", "military", "brigade", "factory", "lab",
                   "academy", "university", "scientific", "research", "school", "cartel", "police", "invfund"}
# Organisations known by a name and its abbreviation: they mean the same, and are names nonetheless.
NAMES = {"alqaeda", "hezbollah", "irgc", "pla", "ccp", "cia", "skb", "tpb", "npp", "snco", "nbco", "instrmak"}
SPELT_OUT = {"generic", "common", "activity"}
# The kinds of organisations.tsv, what matters least first.
OWN_KINDS = ("common", "generic", "activity", "place", "notion", "legal", "leading", "number", "roman", "ordinal", "sign",
             "vessel")
VOWELS = set("aeiouy")


def table(path):
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def consonants(word):
    """The first letter and the consonants behind it, a doubled one once: services, srvces and srvcs are srvcs."""
    kept = word[0]
    for letter in word[1:]:
        if letter not in VOWELS and letter != kept[-1]:
            kept += letter
    return kept


def latin(word):
    return word.isascii() and word.isalpha()


def organisations(into, add):
    """This project's own table of the words of firms, and countries with the words for what is theirs."""
    for number, fields in table(os.path.join(into, "organisations.tsv")):
        if len(fields) != 3:
            sys.exit(f"organisations.tsv:{number}: expected kind, meaning, writings")
        for text in fields[2].split(";"):
            add(fields[0], fields[1], text, 6)
    for number, fields in table(os.path.join(into, "..", "countries.tsv")):
        if fields[0] == "code":
            continue
        code, alpha3, english, french, arabic, names, demonyms = (fields + [""] * 7)[:7]
        for text in [english, french, arabic, *names.split(";"), *demonyms.split(";")]:
            # codes of two letters are words, too
            if len("".join(words(text))) > 2:
                add("place", f"country.{code}", text, 5)


def abbreviations(entries, names):
    """What people write for the words of firms: the beginning of a word up to a consonant, and its consonants alone. The
    second stands in the table behind an asterisk, for a reader of names to look up with what it is left with."""
    known = {form for _, _, form in entries} | names
    found = set()
    for kind, group, form in entries:
        if kind not in SPELT_OUT or not latin(form) or len(form) < 6:
            continue
        for size in range(5, len(form) - 2):
            if form[size - 1] not in VOWELS and form[:size] not in known:
                found.add((kind, group, form[:size]))
        if len(consonants(form)) >= 3:
            found.add((kind, group, "*" + consonants(form)))
    meanings = collections.Counter(form for _, _, form in found)
    return {entry for entry in found if meanings[entry[2]] <= 4}


def legal_forms(path, add):
    for form in yaml.safe_load(open(path, encoding="utf-8"))["types"]:
        family = form.get("generic") or ""
        name = "".join(words(form.get("compare") or form.get("display") or family)) or "form"
        for text in [form.get("display"), form.get("compare"), *(form.get("aliases") or [])]:
            written = words(text or "")
            # "company" before a form is a word of the name, and alone no form
            if written and written[0] not in ("co", "company", "cia", "compania", "coltd"):
                add("legal", f"{family}/{name}", text, 6)


def meanings(path, add):
    symbols = yaml.safe_load(open(path, encoding="utf-8"))
    for section, usual in (("org_symbols", "generic"), ("org_domains", "activity")):
        for group, forms in (symbols.get(section) or {}).items():
            kind = "equivalent" if group in NAMES else "common" if group in COMMON else \
                "generic" if group in GENERIC_DOMAINS else usual
            for text in [group, *(forms or [])]:
                add(kind, f"rigour.{group}", text, 1)
    for group, forms in (symbols.get("person_nick") or {}).items():
        for text in [group, *(forms or [])]:
            add("nickname", f"per.{group}", text, 1)


def main(folder, into):
    entries = set()

    def add(kind, group, text, most_words):
        form = words(text)
        if 0 < len(form) <= most_words:
            entries.add((kind, group, " ".join(form)))

    organisations(into, add)
    # of several kinds the one that matters least, as a reader of names has it
    own = {form: kind for kind, _, form in sorted(entries, key=lambda entry: OWN_KINDS.index(entry[0]), reverse=True)}

    def add_learned(kind, group, text, most_words):
        # a word of which this project's table says that every firm has it is no activity, nor the other way round
        form = " ".join(words(text))
        strongest = own.get(form)
        if kind in SPELT_OUT and strongest in SPELT_OUT | {"place"}:
            kind = strongest if strongest != "place" else kind
        # nor is a form better known by its family alone, or by no family
        family, _, name = group.partition("/")
        if kind == "legal" and strongest == "legal" and family.lower() in ("", name):
            return
        if kind == "legal" and strongest in SPELT_OUT | {"number", "place", "vessel"}:
            return
        add(kind, group, text, most_words)

    legal_forms(os.path.join(folder, "legal_forms.yml"), add_learned)
    meanings(os.path.join(folder, "symbols.yml"), add_learned)
    with open(os.path.join(folder, "nicknames_en.csv"), encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for name in (row["name1"], row["name2"]):
                add("nickname", f"en.{row['name1']}", name, 1)
    counts = frequencies(folder)
    entries |= abbreviations(entries, {word for word, number in counts.items() if number >= 3})
    sizes = collections.Counter((kind, group) for kind, group, _ in entries)
    with open(os.path.join(into, "lexicon.tsv"), "w", encoding="utf-8") as out:
        out.write("# kind\tgroup\twords in normal form; made by tools/learn/lexicon.py, which names the sources\n")
        for kind, group, form in sorted(entries):
            # a nickname of nobody says nothing
            if kind != "nickname" or sizes[kind, group] > 1:
                out.write(f"{kind}\t{group}\t{form}\n")

    bits = rarity(counts, os.path.join(into, "persons.tsv"))
    with open(os.path.join(into, "frequency.tsv"), "w", encoding="utf-8") as out:
        out.write("# word in normal form\tbits; made by tools/learn/lexicon.py, which names the sources\n")
        for word, rare in sorted(bits.items()):
            out.write(f"{word}\t{rare}\n")
    print(f"{len(entries)} lexicon entries, {sum(1 for n in counts.values() if n >= 12)} common words of {len(counts)}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    normal_form = subprocess.Popen([sys.argv[2]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    main(sys.argv[1], os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "names"))
