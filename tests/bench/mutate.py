#!/usr/bin/env python3
"""Writes a source with one expression replaced by another, for tests that must notice it.

usage: mutate.py SOURCE OUTPUT OLD NEW

OLD stands once in SOURCE. Where it does not, SOURCE is written as it is, so that the test, which then sees nothing wrong,
fails: a bound that is written anew has its mutation written anew."""
import sys

source, output, old, new = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    text = file.read()
if text.count(old) == 1:
    text = text.replace(old, new)
else:
    print(f"{source}: “{old}” stands there {text.count(old)} times, not once: "
          "write its mutation in tests/bench/meson.build anew", file=sys.stderr)
with open(output, "w", encoding="utf-8") as out:
    out.write(text)
