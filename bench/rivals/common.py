"""What the measurements of rivals share: the names and queries that we are measured with, and the search for the setting
at which a rival finds as large a share of the damaged names as we do."""
import argparse
import json
import signal
import statistics
import sys


def options(description):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", help="lines of ENTITY <tab> NAME")
    parser.add_argument("queries", help="lines of mizan-bench-queries")
    parser.add_argument("--recall", type=float, required=True, help="the share of damaged names that we find")
    parser.add_argument("--ms", type=float, required=True, help="what a query takes us at the mean by the clock, in the same run")
    parser.add_argument("--count", type=int, default=200, help="queries that are asked")
    return parser.parse_args()


def read_names(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            entity, name = line.rstrip("\n").split("\t", 1)
            yield int(entity), name


def read_queries(path, count):
    queries = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            _, _, entity, name = line.rstrip("\n").split("\t", 3)
            queries.append((int(entity), name))
            if len(queries) == count:
                break
    return queries


def tightest(settings, recall_at, wanted):
    """The first of the settings, which let through more and more, that finds `wanted`; else the last. Each is tried at
    most once."""
    low, high = 0, len(settings) - 1
    while low < high:
        middle = (low + high) // 2
        if recall_at(settings[middle]) >= wanted:
            high = middle
        else:
            low = middle + 1
    return settings[low]


def report(rival, how, names, asked, found, hits, times_ms, given):
    """`found` of the damaged names among the queries; times of all queries."""
    damaged = sum(1 for entity, _ in asked if entity >= 0)
    print(json.dumps({"measure": "rival", "rival": rival, "how": how, "names": names, "queries": len(asked),
                      "recall": found / damaged, "our_recall": given.recall, "hits": hits / len(asked),
                      "mean_ms": round(statistics.mean(times_ms), 4), "median_ms": round(statistics.median(times_ms), 4),
                      "our_mean_ms": given.ms, "times": round(statistics.mean(times_ms) / given.ms, 1)}), flush=True)
