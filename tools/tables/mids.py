"""Turns data/mids.tsv into the C table of src/entity/identifier.c.

usage: mids.py OUTPUT INPUT
"""

import sys


def main(output, source):
    rows = []
    with open(source, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#") or line == "mid\tcountry":
                continue
            mid, _, country = line.partition("\t")
            if not (mid.isdigit() and len(mid) == 3 and len(country) == 2):
                sys.exit(f"{source}:{number}: three digits, a tab and a country's code expected")
            if rows and rows[-1] >= mid:
                sys.exit(f"{source}:{number}: not in order")
            rows.append(mid)
    with open(output, "w", encoding="ascii") as out:
        out.write("/* Made by tools/tables/mids.py from data/mids.tsv. */\n")
        out.write('#include "entity/mid_table.h"\n\n')
        out.write("const uint16_t mz_mids[] = {\n")
        for at in range(0, len(rows), 16):
            out.write("    " + ", ".join(rows[at : at + 16]) + ",\n")
        out.write("};\n\n")
        out.write(f"const size_t mz_mid_count = {len(rows)};\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
