"""Turns data/countries.tsv into the C table of src/entity/country.c.

usage: countries.py OUTPUT INPUT

Every code and name of a country is folded to a key (see fold() here and in country.c: the two must agree, and
tests/entity/country_test.c checks that they do) and all keys go into one array in byte order. Two countries may not
share a key: that stops the build.
"""

import sys
import unicodedata

COLUMNS = ["code", "alpha3", "english", "french", "arabic", "names", "demonyms"]

# Words that carry nothing between two names of a country; the same list stands in country.c.
SILENT_WORDS = set("the of and de la le les du des et d l region national nationality citizen citizenship".split())

# Characters that join rather than part: "d'Ivoire" and "dIvoire", "U.S.A." and "USA".
JOINING = "'’‘ʼ`´.\u0640\u200c\u200d"


def plain_words(text):
    """Letters and digits without marks, in lower case; everything else parts words."""
    text = "".join(c for c in text if c not in JOINING)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = []
    for c in text:
        kind = unicodedata.category(c)
        if kind[0] == "M":
            continue
        letters.append(c if kind[0] in "LN" else " ")
    return "".join(letters).replace("ى", "ي").replace("ة", "ه").split()


def fold(text):
    """The words of a name, without the silent ones, in byte order: "Korea, Republic of" is "Republic of Korea"."""
    words = plain_words(text)
    if len(words) > 1:  # alone, "la" and "de" are codes
        words = [word for word in words if word not in SILENT_WORDS]
    return " ".join(sorted(words, key=lambda word: word.encode()))


def read(path):
    rows = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != len(COLUMNS):
                sys.exit(f"{path}:{number}: {len(fields)} columns, {len(COLUMNS)} expected")
            if fields == COLUMNS:
                continue
            rows.append((number, dict(zip(COLUMNS, fields))))
    return rows


def keys_of(row):
    texts = [row["code"], row["alpha3"], row["english"], row["french"], row["arabic"]]
    for column in ("names", "demonyms"):
        texts += row[column].split(";")
    return {fold(text) for text in texts if fold(text)}


def quoted(text):
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else "".join(f"\\{b:03o}" for b in c.encode())
                         for c in text) + '"'


def main(output, source):
    rows = read(source)
    owners = {}
    for index, (number, row) in enumerate(rows):
        for key in keys_of(row):
            if key in owners:
                sys.exit(f'{source}:{number}: "{key}" is {rows[owners[key]][1]["code"]} already')
            owners[key] = index
    with open(output, "w", encoding="ascii") as out:
        out.write("/* Made by tools/tables/countries.py from data/countries.tsv. */\n")
        out.write('#include "entity/country_table.h"\n\n')
        out.write("const struct mz_country mz_countries[] = {\n")
        for _, row in rows:
            names = ", ".join(quoted(row[column]) for column in ("code", "english", "french", "arabic"))
            out.write(f"    {{{names}}},\n")
        out.write("};\n\nconst struct mz_country_key mz_country_keys[] = {\n")
        for key in sorted(owners, key=lambda key: key.encode()):
            out.write(f"    {{{quoted(key)}, {owners[key]}}},\n")
        out.write("};\n\n")
        out.write(f"const size_t mz_country_count = {len(rows)}, mz_country_key_count = {len(owners)};\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
