#!/usr/bin/env python3
"""Puts files into the program: an object of src/server/embedded.h for each.

usage: embedded.py OUT.c NAME=FILE..."""
import hashlib, pathlib, sys

ACROSS = 24


def table(name, data):
    rows = [", ".join(str(byte) for byte in data[i:i + ACROSS]) for i in range(0, len(data), ACROSS)]
    tag = hashlib.blake2b(data, digest_size=8).hexdigest()
    return (f"static const unsigned char {name}_bytes[] = {{\n" + ",\n".join(rows) + "};\n"
            f"const mz_embedded mz_embedded_{name} = {{{{(const char *){name}_bytes, {len(data)}}}, \"\\\"{tag}\\\"\"}};\n")


out, named = pathlib.Path(sys.argv[1]), [argument.split("=", 1) for argument in sys.argv[2:]]
text = "/* Made by tools/tables/embedded.py. */\n#include \"server/embedded.h\"\n\n"
out.write_text(text + "\n".join(table(name, pathlib.Path(path).read_bytes()) for name, path in named))
