#!/usr/bin/env python3
"""Writes what a full run of run.py saw into docs/benchmarks.md, as tables between its two marks, and the curves beside
it.

usage: table.py RESULTS.jsonl docs/benchmarks.md

Those of a short run are refused: most of the figures are not in them."""
import json
import os
import sys

import figure

BEGIN, END = "<!-- seen: bench/table.py writes what follows -->", "<!-- seen: the end -->"
HARD = ["one common word", "two common words", "four common words", "ten common words", "four words of one letter",
        "words that are in every firm's name", "a word of 300 letters"]


def first(results, **wanted):
    return next((line for line in results if all(line.get(key) == value for key, value in wanted.items())), None)


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def title(of):
    """“100,000 invented entities”."""
    size = figure.entities_of({"of": of})
    return f"{size:,} invented entities" if size else of


def ms(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def figures(results):
    lines = [row("", "asked", "seen", "reached"), "|---|---|---|---|"]
    for line in results:
        if line["measure"] == "figure":
            reached = {True: "yes", False: "no", None: ""}[line["reached"]]
            lines.append(row(line["what"], line["asked"], line["seen"] or "not measured", reached))
    return lines


def corpora(results):
    """One column for each corpus that was measured."""
    names = [line["of"] for line in results if line["measure"] == "build"]
    columns = [("entities", lambda of: f"{first(results, measure='first', of=of)['entities']:,}"),
               ("names", lambda of: f"{first(results, measure='first', of=of)['names']:,}"),
               ("distinct words", lambda of: f"{first(results, measure='first', of=of)['words']:,}"),
               ("built in, s (of processors)", lambda of: "{seconds:.0f} ({processor_seconds:.0f})".format(
                   **first(results, measure="build", of=of))),
               ("most memory while building, MB", lambda of: f"{first(results, measure='build', of=of)['peak_mb']:,.0f}"),
               ("bytes an entity", lambda of: "{:.0f}".format(
                   first(results, measure="build", of=of)["bytes"] / first(results, measure="first", of=of)["entities"])),
               ("first answer after, ms", lambda of: ms(min(
                   line["answer_ms"] for line in results if line["measure"] == "first" and line["of"] == of)))]
    names = [of for of in names if first(results, measure="exhaustive", of=of)]  # one that was stopped is left out
    for threshold in (0.7, 0.5, 0.85):
        columns.append((f"at {threshold}: screens/s; median, 99th percentile, worst, ms", lambda of, t=threshold: (
            "{per_s:,.0f}; ".format(**first(results, measure="screen", of=of, threshold=t)) + ", ".join(
                ms(first(results, measure="screen", of=of, threshold=t)[key])
                for key in ("median_ms", "p99_ms", "worst_ms")))))
    for what in HARD:
        columns.append((what + ", ms", lambda of, w=what: ms(found["ms"]) if (
            found := first(results, measure="hard", of=of, what=w)) else ""))
    columns += [("resident after queries, MB (own)", lambda of: "{resident_mb:,.0f} ({own_mb:.0f})".format(
                    **first(results, measure="memory", of=of))),
                ("scoring everything, median ms", lambda of: ms(
                    first(results, measure="exhaustive", of=of)["median_ms"]))]
    return [row("", *map(title, names)), "|---|" + "---|" * len(names)] + [
        row(what, *(cell(of) for of in names)) for what, cell in columns]


def rivals(results):
    lines = [row("", "names of", "setting", "finds", "we find", "ms a query", "ours", "times"), "|---|" + "---|" * 7]
    for line in results:
        if line["measure"] == "rival":
            lines.append(row(line["rival"], f"{title(line['of'])}: {line['names']:,}", line["how"], f"{line['recall']:.1%}",
                             f"{line['our_recall']:.1%} at {line['threshold']}", ms(line["mean_ms"]),
                             ms(line["our_mean_ms"]), f"{line['times']:,.0f}"))
    return lines if len(lines) > 2 else ["Rivals were not measured."]


def lossless(results):
    """What was compared of each corpus, its parts together."""
    sums = {}
    for line in results:
        if line["measure"] == "lossless":
            of = sums.setdefault(line["of"], dict.fromkeys(
                ("queries", "searches", "at_the_score", "hits", "lost", "invented", "different"), 0))
            for key in of:
                of[key] += line[key]
    return [f"{all_of['queries']:,} damaged names of {title(of)}, {all_of['searches']:,} searches and "
            f"{all_of['at_the_score']:,} at the score of a hit, {all_of['hits']:,} hits: {all_of['lost']} lost, "
            f"{all_of['invented']} invented, {all_of['different']} different." + ("" if of == list(sums)[-1] else "\n")
            for of, all_of in sums.items()]


def curves(results, page):
    """The drawing beside the page, and the line that shows it; nothing where there is only one size."""
    if len({line["of"] for line in results if line["measure"] == "screen" and figure.entities_of(line)}) < 2:
        return []
    drawing = os.path.splitext(page)[0] + ".svg"
    with open(drawing, "w", encoding="utf-8") as out:
        out.write(figure.draw(results))
    return [f"![What a screen takes, by the size of the index]({os.path.basename(drawing)})"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        results = [json.loads(line) for line in file]
    with open(sys.argv[2], encoding="utf-8") as file:
        text = file.read()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    facts = first(results, measure="machine")
    if not facts or not facts.get("full"):
        sys.exit(f"{sys.argv[1]} is not of a full run: ./dev bench --full")
    machine = (f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gb']} GB; {facts['system']}; "
               f"{facts['compiler']}; load {facts['load']:.1f} when it began.")
    if facts["load"] > facts["cores"] / 2:
        machine += (" It was busy with other things: times are too long, those of the clock (building, the first answer, "
                    "rivals and ours beside them) several times.")
    parts = [[machine], figures(results), curves(results, sys.argv[2]), corpora(results), lossless(results),
             rivals(results)]
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write(before + BEGIN + "\n\n" + "\n\n".join("\n".join(part) for part in parts if part) + "\n\n" + END + after)


if __name__ == "__main__":
    main()
