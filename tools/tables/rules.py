#!/usr/bin/env python3
"""Writes the digest of everything that decides how a name is taken apart and what is known of an entity.

usage: rules.py OUTPUT.c FILE...

An index image holds words and traits made by these rules. One made by others would be searched for words that it does not
hold; so the image carries the digest, and a program whose digest is another refuses it.
"""
import hashlib, os, sys

output, *files = sys.argv[1:]
digest = hashlib.blake2b(digest_size=16)
for path in sorted(files, key=os.path.basename):
    digest.update(os.path.basename(path).encode() + b"\0")
    digest.update(hashlib.blake2b(open(path, "rb").read()).digest())
with open(output, "w", encoding="utf-8") as out:
    out.write('/* Made by tools/tables/rules.py. */\n#include "index/image.h"\n\n')
    out.write("const uint8_t mz_rules_digest[MZ_RULES_BYTES] = {" + ", ".join(map(str, digest.digest())) + "};\n")
