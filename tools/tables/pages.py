#!/usr/bin/env python3
"""Puts the pages into the program: src/server/pages.h as C, from the folder that the build of web/ made; where that is
not there, from one that says in a plain page how to make it.

A file has its copy by brotli beside it (NAME.br), where the build of web/ made one: Python has no brotli, Node has. The
copy by gzip is made here.

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
there = sorted(folder.iterdir(), key=lambda path: (path.name != "index.html", path.name))
files = [path for path in there if path.suffix != ".br"]


def table(name, data):
    rows = [", ".join(map(str, data[i:i + ACROSS])) for i in range(0, len(data), ACROSS)]
    return f"static const unsigned char {name}[] = {{\n" + ",\n".join(rows) + "};\n"


def packed(name, data, least):
    """A table of what is packed and the view of it; nothing where packing does not make it shorter."""
    if not 0 < len(data) < least:
        return "", '{"", 0}'
    return table(name, data), f"{{(const char *){name}, {len(data)}}}"


text, entries = "/* Made by tools/tables/pages.py. */\n#include \"server/pages.h\"\n\n", []
for number, path in enumerate(files):
    data = path.read_bytes()
    copy = path.with_name(path.name + ".br")
    brotli, brotli_view = packed(f"brotli_{number}", copy.read_bytes() if copy in there else b"", len(data))
    by_gzip, gzip_view = packed(f"gzip_{number}", gzip.compress(data, 9, mtime=0), len(data))
    tag = hashlib.blake2b(data, digest_size=8).hexdigest()
    text += table(f"bytes_{number}", data) + brotli + by_gzip
    entries.append(f'    {{"{path.name}", "{TYPES[path.suffix]}", "W/\\"{tag}\\"",\n'
                   f"     {{(const char *)bytes_{number}, {len(data)}}},\n     {brotli_view}, {gzip_view}}},\n")
text += "static const mz_page_file files[] = {\n" + "".join(entries) + "};\n"
text += f"const mz_page_files mz_pages_embedded = {{files, {len(files)}}};\n"
pathlib.Path(out).write_text(text, encoding="utf-8")
looked_at = [__file__, *map(str, there), str(folder)] + ([] if built else [str(pathlib.Path(dist).parent)])
pathlib.Path(depfile).write_text(f"{out}: " + " ".join(path.replace(" ", "\\ ") for path in looked_at) + "\n")
