#!/usr/bin/env python3
"""One word a thing: what docs/glossary.md refuses is said nowhere, and French and Arabic have their own punctuation.

usage: words.py

Read are the messages of the pages, every text in three languages of the C sources (a run of string literals of which
the last or the first is Arabic), and, for English, all literals of the C sources, the description of HTTP and the
documents. The glossary's table holds the words; its second table says where a refused word means something else."""
import fnmatch
import json
import re

from source import TOKEN, read, tracked
from tap import Tap

GLOSSARY = "docs/glossary.md"
LETTER = "\u0621-\u064A"
MARKS = re.compile("[\u0640\u064B-\u0652\u0670\u200E\u200F]")  # vowel signs and the like, which nobody spells by
# What Arabic writes at the front and at the end of a word, and French behind it.
FRONT, END = "(?:[وف])?(?:لل|[بكل]?(?:ال)?)", "(?:ها|هم|ه|كم|ك|نا|ات|ا)?"
PLURAL = "(?:e?s|x|e)?"
PIECE = re.compile(TOKEN.pattern + r"|\\\n|\s+|.", re.DOTALL)
PAGES = re.compile(r'"((?:\\.|[^"\\\n])*)"')


# --- the glossary ---

def rows_of(text, columns):
    """The rows of the table whose heading has so many columns, and those that have another number."""
    rows, inside = [], False
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if re.match(r"\|[ |-]+\|$", line):
            inside = len(cells) == columns
        elif not line.startswith("|"):
            inside = False
        elif inside:
            rows.append(cells)
    return rows


def refused_in(cell):
    """[(language, word)] of "a; fr: b; c; ar: d": a language holds until the next is named."""
    language, words = "en", []
    for word in filter(None, (part.strip() for part in cell.split(";"))):
        named = re.match(r"(en|fr|ar): *", word)
        if named:
            language, word = named.group(1), word[named.end():]
        words.append((language, word))
    return words


def pattern_of(language, word):
    """Matches the word, also with what the language sets before and behind it."""
    if language != "ar":
        body = r"\s+".join(re.escape(part) for part in word.split())
        return re.compile(rf"\b{body}{PLURAL if language == 'fr' else 's?'}\b", re.IGNORECASE)
    first, *rest = MARKS.sub("", word).split()
    if first.startswith("ال") and len(first) > 4:
        first = first[2:]
    body = r"\s+".join([FRONT + re.escape(first)] + [re.escape(part) for part in rest])
    return re.compile(f"(?<![{LETTER}]){body}{END}(?![{LETTER}])")


class Glossary:
    def __init__(self, text):
        self.faults, self.patterns = [], {"en": [], "fr": [], "ar": []}
        rows = rows_of(text, 5)
        self.count = len(rows)
        for cells in rows:
            if len(cells) != 5 or not all(cells[:4]):
                self.faults.append(f"{GLOSSARY}: a row lacks something: {' | '.join(cells)}")
                continue
            right = dict(zip(("en", "fr", "ar"), cells))
            for language, word in refused_in(cells[4]):
                pattern = pattern_of(language, word)
                self.patterns[language].append((word, right[language], pattern))
                if pattern.search(MARKS.sub("", right[language])):
                    self.faults.append(f"{GLOSSARY}: “{word}” is refused and is the word: {right[language]}")
        self.exceptions = [(word, place.strip("`")) for word, place, _ in rows_of(text, 3)]
        self.used = set()

    def allows(self, word, path):
        for exception in self.exceptions:
            if exception[0] == word and fnmatch.fnmatch(path, exception[1]):
                self.used.add(exception)
                return True
        return False

    def wrong(self, language, path, line, text):
        plain = MARKS.sub("", text) if language == "ar" else text
        for word, right, pattern in self.patterns[language]:
            if pattern.search(plain) and not self.allows(word, path):
                yield f"{path}:{line}: “{word}” is called “{right}”: {plain.strip()[:100]}"


def mispointed(language, path, line, text):
    faulty = (re.search("[ \u00A0][:;!?»](?=[\\s\"]|$)|«[ \u00A0]", text) if language == "fr" else
              re.search(f"[{LETTER}»)}}] ?[,;?](?=\\s|$)", text) if language == "ar" else None)
    if faulty:
        yield f"{path}:{line}: the punctuation of another language, “{faulty.group()}”: {text.strip()[:100]}"


# --- where Mizan speaks ---

def runs_of(text):
    """Lists of [line, literal] that stand side by side with commas between, adjacent literals being one."""
    run, comma, line = [], True, 1
    for match in PIECE.finditer(text):
        piece = match.group()
        if piece[0] == '"':
            if comma:
                run.append([line, ""])
            run[-1][1] += piece[1:-1]
            comma = False
        elif piece == "," and not comma:
            comma = True
        elif not (piece.isspace() or piece == "\\\n" or piece.startswith(("/*", "//"))):
            if run:
                yield run
            run, comma = [], True
        line += piece.count("\n")
    if run:
        yield run


def texts_of_c(text):
    """(language, line, text) of all literals: English, but for runs of three with Arabic at an end of them."""
    for run in runs_of(text):
        arabic = [bool(re.search(f"[{LETTER}]", words)) for _, words in run]
        if len(run) >= 3 and arabic[-3:] == [False, False, True]:
            languages = ["en"] * (len(run) - 2) + ["fr", "ar"]
        elif len(run) >= 3 and arabic == [True, False, False]:
            languages = ["ar", "fr", "en"]
        else:
            languages = ["en"] * len(run)
        for language, (line, words) in zip(languages, run):
            yield language, line, words


def texts_of_json(value):
    if isinstance(value, dict):
        for name, part in value.items():
            if name in ("description", "summary", "title") and isinstance(part, str):
                yield part
            else:
                yield from texts_of_json(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of_json(part)


def spoken():
    """(language, path, line, text) of everything that people read."""
    for language in ("en", "fr", "ar"):
        path = f"web/src/text/{language}.ts"
        for number, line in enumerate(read(path).split("\n"), 1):
            for text in PAGES.findall(re.sub(r'^\s*"[^"]*":', "", line)):
                yield language, path, number, text
    for path in tracked("src/*.c", "src/*.h"):
        for language, line, text in texts_of_c(read(path)):
            yield language, path, line, text
    for path in tracked("src/server/openapi/*.json"):
        for text in texts_of_json(json.loads(read(path))):
            yield "en", path, 0, text
    for path in tracked("*.md"):
        if path != GLOSSARY and not path.startswith("data/"):
            for number, line in enumerate(read(path).split("\n"), 1):
                yield "en", path, number, line


# --- the check ---

def self_test(tap):
    table = ("| e | f | a | w | not |\n|---|---|---|---|---|\n| clearance | exemption | إعفاء | x | whitelist; "
             "fr: mainlevée; levée de doute; ar: استثناء; الزبون |\n\n| w | where | m |\n|---|---|---|\n"
             "| mainlevée | `b.*` | y |\n")
    glossary = Glossary(table)
    says = lambda language, text, path="a.c": len(list(glossary.wrong(language, path, 1, text)))
    expected = {
        "an English word": says("en", "a White whitelists b") == 1,
        "a French plural": says("fr", "les mainlevées") == 1,
        "two words": says("fr", "une levée  de doute") == 1,
        "a word by itself": says("fr", "la séance est levée") == 0,
        "an Arabic word with article and vowels": says("ar", "بالاستِثناء") == 1,
        "an Arabic word with lam": says("ar", "للزبون") == 1,
        "no part of an Arabic word": says("ar", "مستثناة") == 0,
        "an exception": says("fr", "mainlevée", "b.c") == 0 and ("mainlevée", "b.*") in glossary.used,
        "languages of a table": [t[0] for t in texts_of_c('X(a, "one", "un" \\\n "e", "واحد") f("x", "y")')] ==
                                ["en", "fr", "ar", "en", "en"],
        "languages in Arabic order": [t[0] for t in texts_of_c('{"واحد", "un", "one"}')] == ["ar", "fr", "en"],
        "French punctuation": len(list(mispointed("fr", "a", 1, "oui : non"))) == 1,
        "good French punctuation": not list(mispointed("fr", "a", 1, "«\u202Foui\u202F»\u202F: non, 12:30")),
        "Arabic punctuation": len(list(mispointed("ar", "a", 1, "نعم, لا"))) == 1,
        "good Arabic punctuation": not list(mispointed("ar", "a", 1, "نعم، لا؛ 1,5")),
        "no fault in the table": not glossary.faults,
        "a word that refuses itself": Glossary(table.replace("whitelist;", "clearance;")).faults,
    }
    tap.check("words: the check finds what it looks for, and nothing else",
              [name for name, good in expected.items() if not good])


def main():
    tap = Tap()
    self_test(tap)
    glossary = Glossary(read(GLOSSARY))
    texts = list(spoken())
    tap.check(f"words: {glossary.count} terms of {GLOSSARY} have their word in three languages",
              glossary.faults + ["the table was not found"] * (glossary.count < 20))
    tap.check(f"words: {len(texts)} texts call each thing by its word",
              [f for language, path, line, text in texts for f in glossary.wrong(language, path, line, text)], most=60)
    tap.check("words: French and Arabic have their own punctuation",
              [f for language, path, line, text in texts for f in mispointed(language, path, line, text)], most=60)
    tap.check("words: what is excepted is said", [f"{GLOSSARY}: nothing says “{word}” in {place}"
                                                 for word, place in glossary.exceptions
                                                 if (word, place) not in glossary.used])
    tap.end()


if __name__ == "__main__":
    main()
