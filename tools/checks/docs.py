#!/usr/bin/env python3
"""The documents tell the truth: links lead somewhere, and the examples marked as tested give what they show.

usage: docs.py [PROGRAM [--update]]        --update writes what examples print into the documents; read the difference

A block of a document is run when `<!-- tested -->` stands on the line before it:

    <!-- tested -->
    ```console
    $ mizan --version
    mizan 0.1.0
    ```

Each line with `$ ` is a command, run by bash in the project's folder on a terminal of 100 columns, with PROGRAM's
folder in PATH, an empty store and a fixed clock; what follows is what it prints. `…` alone on a line stands for any
lines, `…` inside a line for any text."""
import fcntl
import glob
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

from source import ROOT, read, tracked
from tap import Tap

LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
TESTED = re.compile(r"^<!-- tested -->\n```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CLOCK = "1785628800"  # 2026-08-02T00:00:00Z


def anchors_of(text):
    """The names that headings get on the usual hosts: lower case, blanks as hyphens, punctuation dropped."""
    names = set()
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", FENCED.sub("", text), re.MULTILINE):
        plain = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).lower()
        kept = "".join(c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LNM")
        names.add(kept.replace(" ", "-"))
    return names


def broken_links(path, text, exists, anchors):
    findings = []
    code_free = re.sub(r"`[^`\n]*`", lambda m: " " * len(m.group()),
                       FENCED.sub(lambda m: "\n" * m.group().count("\n"), text))
    for match in LINK.finditer(code_free):
        target, _, anchor = match.group(1).partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        line = code_free.count("\n", 0, match.start()) + 1
        file = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
        if not exists(file):
            findings.append(f"{path}:{line}: no {file}")
        elif anchor and file.endswith(".md") and anchor not in anchors(file):
            findings.append(f"{path}:{line}: no heading #{anchor} in {file}")
    return findings


def examples_of(text):
    """(line, command, expected output) of the tested blocks."""
    for block in TESTED.finditer(text):
        line = text.count("\n", 0, block.start(1)) + 1
        parts = re.split(r"^\$ (.*)\n", block.group(1), flags=re.MULTILINE)
        for command, expected in zip(parts[1::2], parts[2::2]):
            yield line, command, expected
            line += 1 + expected.count("\n")


def agrees(expected, actual):
    def trimmed(text):
        return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    pattern = re.escape(trimmed(expected)).replace(re.escape("…"), "…")
    pattern = re.sub(r"(?m)^…\\\n", "(?:.*\\\\n)*?", pattern)  # a whole line: any lines
    pattern = re.sub(r"\\\n…$", "(?:\\\\n.*)*", pattern)
    return re.fullmatch(pattern.replace("…", ".*?"), trimmed(actual)) is not None


def run_on_terminal(command, environment):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
    process = subprocess.Popen(["bash", "-c", command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                               stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says EIO at the end
            break
        if not piece:
            break
        output += piece
    os.close(ours)
    process.wait(timeout=120)
    # What a slow machine shows of its progress is wiped out again on a real terminal.
    return re.sub(r"[^\n]*\r\x1b\[K", "", output.decode("utf-8", "replace").replace("\r\n", "\n"))


def run_examples(tap, path, program, update):
    """Runs the examples of one document in a store of their own."""
    home = tempfile.mkdtemp(prefix="mizan-docs-")
    environment = {"PATH": os.path.dirname(os.path.abspath(program)) + ":" + os.environ["PATH"], "HOME": home,
                   "MIZAN_HOME": os.path.join(home, "store"), "MIZAN_NOW": CLOCK, "LC_ALL": "C.UTF-8", "TZ": "UTC",
                   "TERM": "xterm", "NO_COLOR": "1", "TMPDIR": home}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    text = read(path)
    try:
        results = [(line, command, expected, run_on_terminal(command, environment))
                   for line, command, expected in examples_of(text)]
    finally:
        shutil.rmtree(home, ignore_errors=True)
    wrong = [result for result in results if not agrees(result[2], result[3])]
    for result in results:
        line, command, expected, actual = result
        tap.check(f"docs: {path}: {command[:70]}",
                  [f"{path}:{line} gives:", *actual.splitlines()] if result in wrong and not update else [], most=60)
    if update and wrong:
        lines = text.split("\n")
        for line, _, expected, actual in reversed(wrong):  # from the end, so that line numbers stay right
            shown = [part.rstrip() for part in actual.strip("\n").split("\n")] if actual.strip() else []
            lines[line:line + expected.count("\n")] = shown
        with open(os.path.join(ROOT, path), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


def self_test(tap):
    text = "# One thing: `two`\n[a](#one-thing-two) [b](there.md) [c](https://x.y/z)\n```\n[d](nowhere.md)\n```\n"
    bad = "[a](#none) [b](nowhere.md) ![c](there.md#none)\n"
    exists, anchors = (lambda f: f in ("x.md", "there.md")), (lambda f: anchors_of(text) if f == "x.md" else set())
    block = "<!-- tested -->\n```console\n$ one\n1\n$ two\n```\n"
    findings = [f"took {f}" for f in broken_links("x.md", text, exists, anchors)]
    if len(broken_links("x.md", bad, exists, anchors)) != 3:
        findings.append("missed a broken link")
    if list(examples_of(block)) != [(3, "one", "1\n"), (4 + 1, "two", "")]:
        findings.append(f"took {list(examples_of(block))}")
    cases = [("a\nb\n", "a \nb\n", True), ("a\n", "b\n", False), ("a…c\n", "abc\n", True), ("a.c\n", "abc\n", False),
             ("a\n…\nd\n", "a\nb\nc\nd\n", True), ("a\n…\n", "a\n", True), ("a\n…\n", "b\n", False),
             ("…\nd\n", "x\nd\n", True)]
    for expected, actual, same in cases:
        if agrees(expected, actual) != same:
            findings.append(f"{expected!r} against {actual!r} is not {same}")
    tap.check("docs: the check finds what it looks for", findings)


def main():
    tap = Tap()
    self_test(tap)
    documents = tracked("*.md")
    tap.check(f"docs: links in {len(documents)} documents lead somewhere",
              [f for path in documents
               for f in broken_links(path, read(path), lambda file: os.path.exists(os.path.join(ROOT, file)),
                                     lambda file: anchors_of(read(file)))])
    program = sys.argv[1] if len(sys.argv) > 1 and os.access(sys.argv[1], os.X_OK) else None
    manuals = sorted(glob.glob(os.path.join(os.path.dirname(program), "man", "*.[1-8]"))) if program else []
    if manuals and shutil.which("groff"):
        tap.check(f"docs: {len(manuals)} manual pages are well formed",
                  [f"{os.path.basename(path)}: {line}" for path in manuals
                   for line in subprocess.run(["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-z", path],
                                              capture_output=True, text=True).stderr.splitlines()])
    for path in documents if program else []:
        run_examples(tap, path, program, "--update" in sys.argv)
    if not program:
        tap.skip("docs: examples marked as tested", "no program to run them with")
    tap.end()


main()
