#!/usr/bin/env python3
"""SQLite's full-text index of trigrams (FTS5, tokenize='trigram'), over the names that we index and with our queries.

usage: sqlite.py NAMES QUERIES --recall SHARE --ms MS [--count N]

A misspelled name shares some of its trigrams with the listed one, so all of them are asked for with OR, and the best K by
FTS5's own rank are taken; K is the least of a few at which the listed name is found as often as we find it. Time is
inside the library, in memory, one thread."""
import sqlite3
import sys
import time

import common

RIVAL = "SQLite FTS5 trigram"
KEPT = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]


def expression(name):
    """The trigrams of each word, and those across the blanks, any of which may meet."""
    grams = dict.fromkeys(name[i:i + 3] for i in range(len(name) - 2))
    return " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)


def main():
    given = common.options(__doc__)
    base = sqlite3.connect(":memory:")
    try:
        base.execute("CREATE VIRTUAL TABLE names USING fts5(name, entity UNINDEXED, tokenize='trigram')")
    except sqlite3.OperationalError as error:
        print(f"left out: {RIVAL} is not there: {error}")
        return 0
    base.executemany("INSERT INTO names(entity, name) VALUES (?, ?)", common.read_names(given.names))
    base.execute("INSERT INTO names(names) VALUES ('optimize')")
    count = base.execute("SELECT count(*) FROM names").fetchone()[0]
    asked = common.read_queries(given.queries, given.count)

    def ask(most):
        found, hits, times = 0, 0, []
        for entity, name in asked:
            words = expression(name)
            start = time.perf_counter()
            rows = base.execute("SELECT entity FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?",
                                (words, most)).fetchall() if words else []
            times.append(1e3 * (time.perf_counter() - start))
            hits += len(rows)
            found += entity >= 0 and any(int(row[0]) == entity for row in rows)
        return found, times, hits

    damaged = sum(1 for entity, _ in asked if entity >= 0)
    seen = {}

    def recall_at(most):
        seen[most] = ask(most)
        return seen[most][0] / damaged

    most = common.tightest(KEPT, recall_at, given.recall)
    found, times, hits = seen.get(most) or ask(most)
    common.report(RIVAL, f"any trigram, the best {most} by rank", count, asked, found, hits, times, given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
