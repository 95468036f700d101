#!/usr/bin/env python3
"""Puts the migrations of the store into the program, in their order.

usage: migrations.py OUTPUT.c FILE.sql...

A file is NNNN_floor.sql or NNNN_floor_what.sql; the numbers begin at 0000 and have no gap, whatever floor they are of."""
import os, re, sys

output, *files = sys.argv[1:]
files.sort(key=os.path.basename)
for number, path in enumerate(files):
    if not re.fullmatch(rf"{number:04}_[a-z][a-z0-9_]*\.sql", os.path.basename(path)):
        sys.exit(f"{path}: migration {number} must be called {number:04}_floor.sql or {number:04}_floor_what.sql")


def letter(c):
    plain = " " <= c <= "~" and c not in '"\\?'
    return c if plain else "".join(f"\\{byte:03o}" for byte in c.encode())


def literal(line):
    """One line as a string of C."""
    return '        "' + "".join(map(letter, line)) + '"'


with open(output, "w", encoding="utf-8") as out:
    out.write('/* Made by tools/tables/migrations.py. */\n#include "store/migrate.h"\n\n')
    out.write('#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n')
    out.write("const mz_migration mz_migrations[] = {\n")
    for path in files:
        name = os.path.basename(path).removesuffix(".sql")
        with open(path, encoding="utf-8", newline="") as file:
            lines = [literal(line) for line in file.read().splitlines(keepends=True)]
        out.write(f'    {{"{name}", MZ_STR_INIT(\n' + "\n".join(lines) + ")},\n")
    out.write(f"}};\nconst size_t mz_migration_count = {len(files)};\n")
