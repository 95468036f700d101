"""What the checks need to know of the project's files, and of C: enough to look past comments and strings.

usage: source.py PATTERN...        prints the files that match, with a NUL behind each"""
import fnmatch
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def tracked(*patterns):
    """Paths of tracked files and of new ones that are not ignored, relative to the project's folder."""
    try:
        listed = subprocess.run(
            ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
            capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        listed = walk(patterns)
    return sorted({path for path in listed if path and os.path.isfile(os.path.join(ROOT, path))})


def walk(patterns):
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if not f.startswith((".", "build"))]
        for file in files:
            path = os.path.relpath(os.path.join(folder, file), ROOT)
            if any(fnmatch.fnmatch(path, pattern) for pattern in patterns):
                yield path


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def bare(text):
    """The code with comments blanked and strings emptied; every line keeps its number."""
    def blank(match):
        token = match.group()
        if token[0] in "\"'":
            return token[0] + " " * (len(token) - 2) + token[0]
        return re.sub(r"[^\n]", " ", token)
    return TOKEN.sub(blank, text)


if __name__ == "__main__":
    print(*tracked(*sys.argv[1:]), sep="\0", end="\0")
