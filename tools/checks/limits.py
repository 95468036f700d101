#!/usr/bin/env python3
"""The limits that SECURITY.md promises are those of the code.

A row of its table ends in "`NAME` in `FILE`"; FILE must give NAME the value in the middle column, either in an enum or
as a constant.

usage: limits.py"""
import ast
import operator
import os
import re

from source import ROOT, bare, read
from tap import Tap

ROW = re.compile(r"^\| ([^|]+) \| ([\d.,]+) ?(KiB|MiB|GiB)? \| `(\w+)` in `([^`]+)` \|$", re.MULTILINE)
LOOKS_LIKE_ROW = re.compile(r"^\|[^|]*\|[^|]*\|[^|]*` in `[^|]*\|", re.MULTILINE)
UNITS = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
OPERATORS = {ast.Mult: operator.mul, ast.LShift: operator.lshift, ast.Add: operator.add, ast.Sub: operator.sub}


def value_of(expression):
    """An integer of C without names: 1 << 20, 16 * 1024, UINT64_C(1) << 30, (size_t)64 << 20."""
    plain = re.sub(r"U?INT\d+_C|\(\s*\w+_t\s*\)|(?<=\d)[uUlL]+", "", expression).strip()

    def walk(node):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](walk(node.left), walk(node.right))
        raise ValueError(expression)
    return walk(ast.parse(plain, mode="eval").body)


def finding(what, number, unit, name, code):
    """What is wrong with a row, or None."""
    found = re.search(rf"\b{name}\s*=\s*([^,;}}]+)", code)
    if not found:
        return f"{what}: there is no {name}"
    promised, actual = int(number.replace(",", "")) * UNITS[unit or ""], value_of(found.group(1))
    return None if promised == actual else f"{what}: {name} is {actual}, not {promised}"


def self_test(tap):
    code = "enum { A = 1 << 20, B = 16 * 1024 };\nstatic const uint64_t c = UINT64_C(1) << 30;"
    right = [("x", "1", "MiB", "A"), ("x", "16", "KiB", "B"), ("x", "1", "GiB", "c"), ("x", "16,384", None, "B")]
    wrong = [("x", "2", "MiB", "A"), ("x", "1", "MiB", "D")]
    tap.check("limits: the check finds what it looks for",
              [f"{row} is right" for row in right if finding(*row, code)] +
              [f"{row} is wrong" for row in wrong if not finding(*row, code)])


def main():
    tap = Tap()
    self_test(tap)
    text = read("SECURITY.md")
    rows = ROW.findall(text)
    findings = []
    for what, number, unit, name, path in rows:
        exists = os.path.isfile(os.path.join(ROOT, path))
        findings.append(finding(what, number, unit, name, bare(read(path))) if exists else f"{what}: there is no {path}")
    if len(rows) != len(LOOKS_LIKE_ROW.findall(text)):
        findings.append(f"{len(LOOKS_LIKE_ROW.findall(text)) - len(rows)} rows are not understood")
    tap.check(f"limits: {len(rows)} limits of SECURITY.md are those of the code", [f for f in findings if f])
    tap.end()


main()
