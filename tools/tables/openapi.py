#!/usr/bin/env python3
"""Makes the one description of the service from its parts.

usage: openapi.py OUT.json OPENAPI.json [PART.json...]

A part has "tags", "paths" and "components", whose members are added to those of the first file, in the order of the
parts; what is there already is a mistake."""
import json, sys

output, main, *parts = sys.argv[1:]


def read(path):
    with open(path, encoding="utf-8") as file:
        try:
            return json.load(file)
        except ValueError as error:
            sys.exit(f"{path}: {error}")


def add(to, more, path, place=""):
    for key, value in more.items():
        if key not in to:
            to[key] = value
        elif place in ("/components", "") and isinstance(value, dict):
            add(to[key], value, path, f"{place}/{key}")
        elif place == "" and isinstance(value, list):
            to[key] += value
        else:
            sys.exit(f"{path}: {place}/{key} is described already")


whole = read(main)
for path in parts:
    add(whole, read(path), path)
with open(output, "w", encoding="utf-8") as file:
    json.dump(whole, file, ensure_ascii=False, indent=1)
    file.write("\n")
