#!/usr/bin/env python3
"""Each header compiles alone: all as C17, the public ones also as C++17, so that any program can include any of them;
and a program in C++ finds the functions of the library.

usage: headers.py BUILD-FOLDER        its compile_commands.json says where dependencies' headers are"""
import concurrent.futures
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

from source import ROOT, read, tracked
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


# Without the parts that need other libraries.
PROGRAM = """#include "mizan/schema.h"
#include "mizan/status.h"
int main() {
    mz_schema schema;
    return mz_schema_find(mz_str_of("Person"), &schema) && *mz_status_name(MZ_OK) ? MZ_OK : MZ_ERR_NOT_FOUND;
}
"""


def use_from_cxx(library):
    """What goes wrong when a program in C++ is built with the library and run."""
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program")
        flags = [flag for flag in CXX if flag != "-fsyntax-only"]
        done = subprocess.run(["c++", *flags, "-I" + ROOT + "/include", "-", "-x", "none", library, "-o", program],
                              input=PROGRAM, capture_output=True, text=True)
        if done.returncode:
            return done.stderr.strip().splitlines()[:5]
        status = subprocess.run([program]).returncode
        return [f"it ended with status {status}"] if status else []


def check_use(build):
    for header in tracked("include/mizan/*.h"):
        text = read(header)
        if text.count("MZ_BEGIN_DECLS\n\n") != 1 or not text.endswith("\nMZ_END_DECLS\n\n#endif\n"):
            yield f"{header}: its declarations do not stand between MZ_BEGIN_DECLS and MZ_END_DECLS"
    yield from use_from_cxx(os.path.join(build, "src", "libmizan.a"))


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
        tap.check("headers: a program in C++ is built with the library and finds its functions", check_use(sys.argv[1]))
    else:
        tap.skip("headers: public headers compile alone as C++17, and a program is built with them", "no c++ here")
    tap.end()


main()
