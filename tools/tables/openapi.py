#!/usr/bin/env python3
"""Makes the one description of the service from its parts.

usage: openapi.py OUT.json OPENAPI.json [PART.json...]

An operation with "x-table" has a list as its answer, which comes as CSV, too (src/server/table.h).

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


def tell_table(operation):
    """The parameter and the media type of a list that comes as CSV, too."""
    operation.setdefault("parameters", []).append(
        {"name": "format", "in": "query", "schema": {"enum": ["json", "csv"]},
         "description": "`csv`: all that there is, to 100,000 rows, as a table for spreadsheets."})
    operation["responses"]["200"]["content"]["text/csv; charset=utf-8"] = {"schema": {"type": "string"}}


whole = read(main)
for path in parts:
    add(whole, read(path), path)
for item in whole["paths"].values():
    for operation in item.values():
        if isinstance(operation, dict) and operation.pop("x-table", False):
            tell_table(operation)
with open(output, "w", encoding="utf-8") as file:
    json.dump(whole, file, ensure_ascii=False, indent=1)
    file.write("\n")
