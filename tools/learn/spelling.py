#!/usr/bin/env python3
"""Learns what it costs to read one sound for another, for each writing system, and writes data/names/spelling.tsv.

usage: tools/learn/spelling.py NAMES_FOLDER PROGRAMS [TABLE...]
       NAMES_FOLDER has translit/, given/ and wikidata-name-variants.txt.gz; PROGRAMS is the folder of phones, nearest and
       spelling, which `ninja -C build tools/learn/phones tools/learn/nearest tools/learn/spelling` makes. With TABLE only
       these are learned anew. Takes about ten minutes; prints how well each table separates true pairs from the nearest
       wrong words among those held back (a twentieth of all words).

Right pairs are spellings of one name: in two scripts (Wikidata's labels, the transliteration sets of Google, ANETAC and
news corpora, Algerian and Persian given names), or two Latin spellings that share an item of Wikidata or a word of
another script. Wrong pairs are, for one of the two, the nearest words by edit distance that no source connects with it: so Said
is held against Saad. Spellings of Arabic and of Slavic names count as much as all others together, though the sources have
fewer of them: they are most of what the lists hold.
"""
import collections, csv, gzip, os, random, subprocess, sys, tempfile, zlib

TABLES = {"Arabic": "arabic", "Hebrew": "hebrew", "Cyrillic": "cyrillic", "Greek": "greek", "Han": "han", "Hangul": "hangul",
          "Kana": "kana"}
ABJADS = {"Arabic", "Hebrew"}
POSITIVES = 18000  # right pairs of a table to learn from
WRONG_FOR_EACH = 3
# the likeness at which right and wrong pairs are equally many: across scripts words say less, and may differ more
MIDDLE, MIDDLE_ACROSS = 0.70, 0.82


class Words:
    """Words in normal form with phones and script, as the reading of names makes them."""

    def __init__(self, program):
        self.program, self.known = program, {}

    def read(self, texts):
        new = sorted({" ".join(t.split()) for t in texts} - self.known.keys())
        answer = subprocess.run([self.program], input="\n".join(new) + "\n", capture_output=True, text=True, check=True).stdout
        for text, line in zip(new, answer.split("\n")):
            self.known[text] = tuple(line.split("\t")) if line else None

    def get(self, text):
        return self.known.get(" ".join(text.split()))


def sources(folder):
    """Yields groups of texts that write one name, each with a weight."""
    translit = os.path.join(folder, "translit")
    for language in ("arabic", "russian", "hebrew", "katakana", "japanese", "korean", "chinese"):
        for line in open(os.path.join(translit, f"wikidata_en_{language}_train.tsv"), encoding="utf-8"):
            latin, other = line.rstrip("\n").split("\t")[:2]
            yield (latin, other.replace(" ", "")), 1
    with open(os.path.join(translit, "anetac_train.en"), encoding="utf-8") as latin, \
         open(os.path.join(translit, "anetac_train.ar"), encoding="utf-8") as arabic:
        for pair in zip(latin, arabic):
            yield pair, 1
    for line in open(os.path.join(translit, "google_ar2en_train.txt"), encoding="utf-8"):
        yield line.rstrip("\n").split("\t")[:2], 1
    for line in open(os.path.join(translit, "news_en_fa_train.txt"), encoding="utf-8"):
        yield line.strip().split(" ", 1), 1
    for line in open(os.path.join(translit, "en_zh_train.tsv"), encoding="utf-8"):
        yield [part.replace(" ", "") for part in line.split("\t")[:2]], 1
    for name in ("algerian_names.csv", "algerian_surnames.csv"):
        for row in csv.reader(open(os.path.join(folder, "given", name), encoding="utf-8")):
            yield row[:2], 1
    for line in gzip.open(os.path.join(folder, "wikidata-name-variants.txt.gz"), "rt", encoding="utf-8"):
        yield line.split("=>")[0].split(","), 1


def given_names(folder):
    """Names of the Arab and Iranian world, to tell them from the foreign names that the same script writes."""
    for name in ("arabic_names_with_gender.csv", "algerian_names.csv", "algerian_surnames.csv", "male_fa.txt", "female_fa.txt"):
        for line in open(os.path.join(folder, "given", name), encoding="utf-8"):
            yield from line.replace(",", " ").split()


def apart(a, b):
    """Edit distance as a share of the longer word."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] / max(len(a), len(b), 1)


class Names:
    def __init__(self, folder, words):
        groups = [([t.strip() for t in texts], weight) for texts, weight in sources(folder)]
        words.read(t for texts, _ in groups for t in texts)
        words.read(given_names(folder))
        self.phones, self.script = {}, {}
        self.links = collections.defaultdict(set)
        self.strength = collections.Counter()
        self.pairs = collections.defaultdict(collections.Counter)  # script: (latin, other): weight
        self.latin_pairs = collections.Counter()
        by_other = collections.defaultdict(set)
        for number, (texts, weight) in enumerate(groups):
            found = [w for w in map(words.get, texts) if w]
            for folded, phones, script in found:
                self.phones[folded], self.script[folded] = phones, script
                self.links[folded].update((number, folded))
                self.strength[folded] += weight
            latin = [w[0] for w in found if w[2] == "Latin" and len(w[0]) > 1]
            others = [w[0] for w in found if w[2] != "Latin"]
            for a in latin:
                self.links[a].update(others)
                for b in others:
                    self.links[b].add(a)
                    self.pairs[self.script[b]][a, b] += 1 / min(len(latin), 4)
                    by_other[b].add(a)
            for i, a in enumerate(latin[:8]):
                for b in latin[i + 1:8]:
                    if a != b and apart(a, b) <= 0.4:
                        self.latin_pairs[min(a, b), max(a, b)] += 1
        self.own = {w[0] for w in map(words.get, given_names(folder)) if w and w[2] == "Arabic"}
        self.shared = {"Arabic": collections.Counter(), "Cyrillic": collections.Counter()}
        self.arabic_pairs = collections.Counter()
        for b, latin in by_other.items():
            script, latin = self.script[b], sorted(latin)[:24]
            if script not in self.shared or script == "Arabic" and b not in self.own:
                continue
            for i, a in enumerate(latin):
                for c in latin[i + 1:]:
                    if apart(self.phones[a], self.phones[c]) <= 0.4:
                        self.shared[script][a, c] += 1
        by_latin = collections.defaultdict(set)
        for a, b in self.pairs["Arabic"]:
            by_latin[a].add(b)
        for others in by_latin.values():
            others = sorted(others)[:12]
            for i, a in enumerate(others):
                for b in others[i + 1:]:
                    if apart(self.phones[a], self.phones[b]) <= 0.4:
                        self.arabic_pairs[a, b] += 1

    def linked(self, a, b):
        return not self.links[a].isdisjoint(self.links[b])


def held(word):
    return zlib.crc32(word.encode()) % 20 == 0


def nearest(program, pool, words, count, consonants):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("\n".join(pool) + "\n")
        file.flush()
        command = [program, file.name, str(count)] + (["consonants"] if consonants else [])
        answer = subprocess.run(command, input="\n".join(words) + "\n", capture_output=True, text=True, check=True).stdout
    return [[int(n) for n in line.split()] for line in answer.split("\n")[:len(words)]]


def examples(names, chosen, pool, consonants, programs):
    """Lines for tools/learn/spelling.c: right pairs (a, b, weight), each with the wrong words of the pool nearest to b."""
    rng = random.Random(len(chosen))
    pool = sorted(w for w in pool if len(names.phones[w]) > 2)
    rng.shuffle(pool)
    near = nearest(os.path.join(programs, "nearest"), [names.phones[w] for w in pool], [names.phones[b] for _, b, _ in chosen],
                   16, consonants)
    lines, right, wrong = [], 0, 0
    for (a, b, weight), numbers in zip(chosen, near):
        part = "held" if held(a) or held(b) else "train"
        lines.append((part, 1, weight, names.phones[a], names.phones[b]))
        right += weight
        taken = 0
        for number in numbers:
            w = pool[number]
            if w in (a, b) or names.linked(w, b) or names.linked(w, a) or names.phones[w] in (names.phones[a], names.phones[b]):
                continue
            if part == "train" and held(w):
                continue
            lines.append((part, 0, weight, names.phones[w], names.phones[b]))
            wrong += weight
            taken += 1
            if taken == WRONG_FOR_EACH:
                break
    balance = right / max(wrong, 1)
    return [(part, same, weight if same else weight * balance, a, b) for part, same, weight, a, b in lines]


def choose(names, pairs, count, weight, rng):
    usable = sorted(p for p in pairs if names.phones[p[0]] != names.phones[p[1]] or names.script[p[0]] != names.script[p[1]])
    rng.shuffle(usable)
    return [(a, b, weight) for a, b in usable[:count]]


def main(folder, programs, tables):
    words = Words(os.path.join(programs, "phones"))
    names = Names(folder, words)
    rng = random.Random(20260801)
    strong = {w for w, s in names.strength.items() if s >= 2}
    latin = {w for w in strong if names.script[w] == "Latin"}
    of_own = {a for (a, b) in names.pairs["Arabic"] if b in names.own}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "names", "spelling.tsv")
    rows = {}
    if os.path.exists(path):
        for line in open(path, encoding="utf-8"):
            if not line.startswith("#"):
                rows.setdefault(line.split("\t")[0], []).append(line)

    def learn(table, kind, middle, lines):
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
            lines.sort(key=lambda line: zlib.crc32(repr(line).encode()))
            for line in lines:
                file.write(" ".join(map(str, line)) + "\n")
            file.flush()
            done = subprocess.run([os.path.join(programs, "spelling"), table, kind, str(middle), file.name], capture_output=True, text=True,
                                  check=True)
        sys.stderr.write(done.stderr)
        rows[table] = done.stdout.splitlines(keepends=True)

    if "latin" in tables:
        third = POSITIVES // 3
        lines = examples(names, choose(names, names.latin_pairs, third, 1, rng), latin, False, programs)
        arabic = choose(names, names.shared["Arabic"], third, 1, rng)
        weight = third / max(len(arabic), 1)
        lines += examples(names, [(a, b, weight) for a, b, _ in arabic], of_own & latin, False, programs)
        lines += examples(names, choose(names, names.shared["Cyrillic"], third, 1, rng), latin, False, programs)
        learn("latin", "same", MIDDLE, lines)
    if "abjad" in tables:
        pool = {w for w in strong if names.script[w] == "Arabic"}
        learn("abjad", "same", MIDDLE_ACROSS, examples(names, choose(names, names.arabic_pairs, POSITIVES, 1, rng), pool, False, programs))
    for script, table in TABLES.items():
        if table not in tables:
            continue
        own = [p for p in names.pairs[script] if p[1] in names.own]
        foreign = [p for p in names.pairs[script] if p[1] not in names.own]
        chosen = choose(names, own, POSITIVES // 2, 1, rng)
        chosen += choose(names, foreign, POSITIVES - len(chosen), 1, rng)
        learn(table, "other", MIDDLE_ACROSS, examples(names, chosen, latin, script in ABJADS, programs))
    with open(path, "w", encoding="utf-8") as out:
        out.write("# table\twhat\tphone\tcosts by phone, in eighths of a twelfth of a typing error; made by\n"
                  "# tools/learn/spelling.py, which names the sources\n")
        for table in sorted(rows):
            out.writelines(rows[table])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:] or ["latin", "abjad", *TABLES.values()])
