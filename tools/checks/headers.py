#!/usr/bin/env python3
"""Each header compiles alone: all as C17, the public ones also as C++17, so that any program can include any of them.

usage: headers.py BUILD-FOLDER        its compile_commands.json says where dependencies' headers are"""
import concurrent.futures
import json
import os
import shlex
import shutil
import subprocess
import sys

from source import ROOT, tracked
from tap import Tap

C = ["-x", "c", "-std=c17", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
CXX = ["-x", "c++", "-std=c++17", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


def include_flags(build):
    """-I and -isystem of the library's first source, with absolute paths."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    command = next(c for c in commands if "libmizan" in c.get("output", c["command"]))
    flags = []
    for word in shlex.split(command["command"]):
        if word.startswith("-I"):
            flags.append("-I" + os.path.join(command["directory"], word[2:]))
    return flags


def compile_alone(compiler, flags, text):
    """What the compiler says of these lines; twice the same include also tries the include guard."""
    done = subprocess.run([compiler, *flags, "-"], input=text, capture_output=True, text=True)
    return done.stderr.strip().splitlines()[:3] if done.returncode else []


def check_all(tap, name, compiler, flags, includes):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = [f'#include "{i}"\n#include "{i}"\nextern int nothing;\n' for i in includes]
        said = pool.map(lambda text: compile_alone(compiler, flags, text), texts)
        tap.check(f"headers: {len(includes)} {name}",
                  [f"{include}: {line}" for include, lines in zip(includes, said) for line in lines])


def main():
    tap = Tap()
    gcc = os.environ.get("CC", "cc").split()[0]
    flags = include_flags(sys.argv[1])
    bad = "#include <stddef.h>\nstatic inline size_t f(uint32_t n) { return n; }\n"
    tap.check("headers: the check finds a missing include", [] if compile_alone(gcc, C, bad) else ["it did not"])
    public = [path.removeprefix("include/") for path in tracked("include/mizan/*.h")]
    own = [path.removeprefix("src/") for path in tracked("src/*.h")]
    check_all(tap, "public headers compile alone as C17, without any macro set", gcc, [*C, *flags], public)
    check_all(tap, "headers of src/ compile alone as C17", gcc, [*C, "-D_GNU_SOURCE", *flags], own)
    if shutil.which("c++"):
        check_all(tap, "public headers compile alone as C++17", "c++", [*CXX, "-I" + ROOT + "/include"], public)
    else:
        tap.skip("headers: public headers compile alone as C++17", "no c++ here")
    tap.end()


main()
