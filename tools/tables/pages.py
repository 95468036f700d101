#!/usr/bin/env python3
"""Puts the pages into the program: src/server/pages.h as C, from the folder that the build of web/ made; where that is
not there, from one that says in a plain page how to make it.

usage: pages.py OUT.c OUT.d auto|enabled|disabled DIST PLAIN

The second output tells what the first was made of, for Ninja, so that neither making nor removing DIST needs the build
to be set up again: while there is no DIST, the folder that it would be in is what is looked at."""
import gzip, hashlib, pathlib, sys

ACROSS = 24
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".svg": "image/svg+xml"}

out, depfile, wanted, dist, plain = (sys.argv[1], *map(str, sys.argv[2:]))
built = wanted != "disabled" and pathlib.Path(dist, "index.html").is_file()
if wanted == "enabled" and not built:
    sys.exit(f"there is no {dist}/index.html: run npm ci && npm run build in web/, or ./dev build")
folder = pathlib.Path(dist if built else plain)
files = sorted(folder.iterdir(), key=lambda path: (path.name != "index.html", path.name))


def table(name, data):
    rows = [", ".join(map(str, data[i:i + ACROSS])) for i in range(0, len(data), ACROSS)]
    return f"static const unsigned char {name}[] = {{\n" + ",\n".join(rows) + "};\n"


text, entries = "/* Made by tools/tables/pages.py. */\n#include \"server/pages.h\"\n\n", []
for number, path in enumerate(files):
    data = path.read_bytes()
    packed = gzip.compress(data, 9, mtime=0)
    packed = packed if len(packed) < len(data) else b""
    tag = hashlib.blake2b(data, digest_size=8).hexdigest()
    text += table(f"bytes_{number}", data) + (table(f"packed_{number}", packed) if packed else "")
    packed_view = f"{{(const char *)packed_{number}, {len(packed)}}}" if packed else '{"", 0}'
    entries.append(f'    {{"{path.name}", "{TYPES[path.suffix]}", "W/\\"{tag}\\"",\n'
                   f"     {{(const char *)bytes_{number}, {len(data)}}}, {packed_view}}},\n")
text += "static const mz_page_file files[] = {\n" + "".join(entries) + "};\n"
text += f"const mz_page_files mz_pages_embedded = {{files, {len(files)}}};\n"
pathlib.Path(out).write_text(text, encoding="utf-8")
looked_at = [__file__, *map(str, files), str(folder)] + ([] if built else [str(pathlib.Path(dist).parent)])
pathlib.Path(depfile).write_text(f"{out}: " + " ".join(path.replace(" ", "\\ ") for path in looked_at) + "\n")
