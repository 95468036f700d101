#!/usr/bin/env python3
"""What `meson install` puts where: the program, its manual pages and completions, and the library with its headers, so
that a program outside of this folder is built with what pkg-config says of it.

usage: installed.py BUILD-FOLDER        everything goes to a folder of its own, which is deleted"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

from source import tracked
from tap import Tap

PROGRAM = """#include <mizan/country.h>
#include <mizan/screen.h>
#include <mizan/store.h>
#include <stdio.h>
int main(void) {
    mz_index *index;
    mz_error error;
    const char *code = mz_country_code(mz_str_of("Morocco"));
    if (!code || mz_index_open("/nowhere/at/all", &index, &error) == MZ_OK) return 1;
    printf("%s %s\\n", code, mz_status_name(error.status));
    return 0;
}
"""


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def options(build):
    done = run("meson", "introspect", build, "--buildoptions", check=True)
    return {option["name"]: option["value"] for option in json.loads(done.stdout)}


def missing(root, paths):
    return [f"{path} is not there" for path in paths if not os.path.isfile(os.path.join(root, path))]


def places(program, option):
    """Where manual pages and completions belong, below the prefix."""
    names = run(program, "help", "--names", check=True).stdout.splitlines()
    pages = ["-".join(name.split()) for name in names]
    data = option["datadir"]
    return ([f"{option['mandir']}/man1/{page}.1" for page in pages],
            [f"{data}/bash-completion/completions/mizan", f"{data}/zsh/site-functions/_mizan",
             f"{data}/fish/vendor_completions.d/mizan.fish"])


def built_outside(folder, root, option):
    """What goes wrong when a program is built with pkg-config against the installed library, and run."""
    here = os.path.join(root, option["libdir"], "pkgconfig")
    environment = {**os.environ, "PKG_CONFIG_PATH": here}
    prefix = f"--define-variable=prefix={root}"
    said = run("pkg-config", prefix, "--cflags", "--libs", "mizan", env=environment)
    if said.returncode:
        return said.stderr.splitlines()
    source, program = os.path.join(folder, "outside.c"), os.path.join(folder, "outside")
    with open(source, "w", encoding="utf-8") as file:
        file.write(PROGRAM)
    compiler = os.environ.get("CC", "cc").split()
    built = run(*compiler, "-std=c17", "-pedantic", "-Wall", "-Werror", source, "-o", program, *said.stdout.split(),
                cwd=folder)
    if built.returncode:
        return built.stderr.splitlines()[:6]
    ran = run(program)
    return [] if ran.stdout.startswith("ma ") else [f"it ended with status {ran.returncode} and said: {ran.stdout}"]


def wrong_units(root, option):
    """What is wrong with the units: one is not there, or starts another program."""
    folder = os.path.join(root, "lib", "systemd", "system")
    findings = missing(folder, ["mizan.service", "mizan.socket", "mizan-lists.service", "mizan-lists.timer"])
    program = os.path.join(option["prefix"], option["bindir"], "mizan")
    for name, line in (("mizan.service", "serve"), ("mizan-lists.service", "lists update")):
        with open(os.path.join(folder, name), encoding="utf-8") as unit:
            if f"ExecStart={program} {line}\n" not in unit.read():
                findings.append(f"{name} does not start {program} {line}")
    return findings


def main():
    tap = Tap()
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        done = run("meson", "install", "-C", build, "--destdir", os.path.join(folder, "to"))
        tap.check("installed: meson install ends well", (done.stdout + done.stderr).splitlines()[-5:] if done.returncode else [])
        option = options(build)
        root = os.path.join(folder, "to", option["prefix"].lstrip("/"))
        program = os.path.join(root, option["bindir"], "mizan")
        tap.check("installed: the program runs", [] if os.path.isfile(program) and run(program, "version").returncode == 0
                  else [f"{program} does not"])
        pages, completions = places(os.path.join(build, "mizan"), option)
        tap.check(f"installed: {len(pages)} manual pages, one of each command and of no other",
                  missing(root, pages) + [f"{path} is of no command" for path in
                                          glob.glob(os.path.join(root, option["mandir"], "*", "*"))
                                          if os.path.relpath(path, root) not in pages])
        tap.check("installed: completions of bash, zsh and fish", missing(root, completions))
        headers = [os.path.join(option["includedir"], path.removeprefix("include/")) for path in tracked("include/mizan/*.h")]
        tap.check(f"installed: all {len(headers)} public headers", missing(root, headers))
        tap.check("installed: the license", missing(root, [f"{option['datadir']}/doc/mizan/LICENSE"]))
        if option["systemd_units"] and os.path.isdir(os.path.join(root, "lib", "systemd")):
            tap.check("installed: the units of systemd start the installed program", wrong_units(root, option))
        if shutil.which("pkg-config"):
            tap.check("installed: a program outside is built with what pkg-config says", built_outside(folder, root, option))
        else:
            tap.skip("installed: a program outside is built with what pkg-config says", "no pkg-config here")
    tap.end()


main()
