#!/usr/bin/env python3
"""Draws how the cost of a screen grows with the number of entities, from the results of run.py.

usage: figure.py RESULTS.jsonl OUTPUT.svg

Both axes are logarithmic. Lines are told apart by their marks and labels as well as by colour; colours and letters are
legible on white and on black, and letters follow the reader's scheme."""
import json
import math
import sys

WIDTH, HEIGHT = 900, 580
LEFT, RIGHT, TOP, BOTTOM = 104, 236, 56, 78
STYLE = """
text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; font-size: 17px; fill: #1f2328; }
.title { font-size: 20px; font-weight: 600; }
.grid { stroke: #8b949e; stroke-opacity: .45; stroke-width: 1; }
.fine { stroke: #8b949e; stroke-opacity: .18; stroke-width: 1; }
.axis { stroke: #57606a; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .axis { stroke: #9198a1; } }
"""
# What is drawn: label, measure, its member, colour, dashes, mark.
SERIES = [
    ("Mizan, median", {"measure": "screen", "threshold": 0.7}, "median_ms", "#0969da", "", "circle"),
    ("Mizan, 99th percentile", {"measure": "screen", "threshold": 0.7}, "p99_ms", "#218bff", "7 4", "square"),
    ("scoring everything", {"measure": "exhaustive"}, "median_ms", "#8250df", "2 4", "triangle"),
    ("PostgreSQL pg_trgm", {"measure": "rival", "rival": "PostgreSQL pg_trgm", "threshold": 0.7}, "median_ms",
     "#bc4c00", "", "diamond"),
    ("SQLite FTS5 trigram", {"measure": "rival", "rival": "SQLite FTS5 trigram", "threshold": 0.7}, "median_ms",
     "#bf3989", "10 4 2 4", "cross"),
]


def entities_of(line):
    words = line.get("of", "").split()
    return int(words[0]) if len(words) == 3 and words[1] == "invented" else None


def points_of(results, wanted, member):
    """The largest number of queries counts where a size was measured more than once."""
    points = {}
    for line in results:
        size = entities_of(line)
        if size and all(line.get(key) == value for key, value in wanted.items()) and line[member] > 0:
            if size not in points or line["queries"] > points[size][0]:
                points[size] = (line["queries"], line[member])
    return [(size, points[size][1]) for size in sorted(points)]


class Scale:
    def __init__(self, low, high, start, end):
        self.low, self.span, self.start, self.end = math.log10(low), math.log10(high / low), start, end

    def __call__(self, value):
        return self.start + (self.end - self.start) * (math.log10(value) - self.low) / self.span


def mark(kind, x, y, colour):
    paint = f'fill="{colour}" stroke="{colour}" stroke-width="2"'
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {paint}/>'
    corners = {"square": [(-5, -5), (5, -5), (5, 5), (-5, 5)], "triangle": [(0, -6), (6, 5), (-6, 5)],
               "diamond": [(0, -7), (7, 0), (0, 7), (-7, 0)]}.get(kind)
    if corners:
        return f'<polygon points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners)}" {paint}/>'
    return (f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10" fill="none" stroke="{colour}" '
            'stroke-width="2.5"/>')


def readable(number):
    for size, word in ((1_000_000, " million"), (1_000, ",000")):
        if number >= size:
            return f"{number / size:g}{word}"
    return f"{number:g}"


def apart(labels, least):
    """Moves labels down, and all up again where the last falls out, so that none covers another."""
    labels.sort(key=lambda label: label[0])
    for i in range(1, len(labels)):
        labels[i][0] = max(labels[i][0], labels[i - 1][0] + least)
    return labels


def draw(results):
    lines = [(label, points_of(results, wanted, member), colour, dashes, kind)
             for label, wanted, member, colour, dashes, kind in SERIES]
    lines = [line for line in lines if line[1]]
    sizes = sorted({x for _, points, *_ in lines for x, _ in points})
    times = [y for _, points, *_ in lines for _, y in points]
    low, high = (10 ** math.floor(math.log10(min(times))), 10 ** math.ceil(math.log10(max(times))))
    x_of = Scale(sizes[0], max(sizes[-1], sizes[0] * 2), LEFT, WIDTH - RIGHT)
    y_of = Scale(low, high, HEIGHT - BOTTOM, TOP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
           'aria-labelledby="title">', f"<style>{STYLE}</style>",
           f'<text id="title" class="title" x="{LEFT}" y="30">What a screen takes, by the size of the index'
           '</text>']
    decade = low
    while decade <= high * 1.0001:
        y = y_of(decade)
        out.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
                   f'<text x="{LEFT - 12}" y="{y + 6:.1f}" text-anchor="end">{decade:,g}</text>')
        if decade < high * 0.9999:
            out += [f'<path class="fine" d="M{LEFT} {y_of(n * decade):.1f}H{WIDTH - RIGHT}"/>' for n in range(2, 10)]
        decade *= 10
    for size in sizes:
        x = x_of(size)
        out.append(f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
                   f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 28}" text-anchor="middle">{readable(size)}</text>')
    out.append(f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>'
               f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 16}" text-anchor="middle">entities in the index</text>'
               f'<text transform="translate(26 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">'
               'milliseconds</text>')
    labels = []
    for label, points, colour, dashes, kind in lines:
        path = " ".join(f"{'L' if i else 'M'}{x_of(x):.1f} {y_of(y):.1f}" for i, (x, y) in enumerate(points))
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>')
        out += [mark(kind, x_of(x), y_of(y), colour) for x, y in points]
        labels.append([y_of(points[-1][1]), x_of(points[-1][0]), label, colour, kind])
    for y, x, label, colour, kind in apart(labels, 24):
        right = WIDTH - RIGHT
        out.append(f'<path d="M{x + 9:.1f} {y:.1f}H{right + 12}" stroke="{colour}" stroke-width="1" '
                   f'stroke-dasharray="1 4"/>{mark(kind, right + 24, y, colour)}'
                   f'<text x="{right + 38}" y="{y + 6:.1f}">{label}</text>')
    return "\n".join(out) + "\n</svg>\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        results = [json.loads(line) for line in file]
    if not any(entities_of(line) for line in results):
        sys.exit("there are no sizes to draw")
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write(draw(results))


if __name__ == "__main__":
    main()
