#!/usr/bin/env python3
"""Takes the figures of the service: how many requests, how long each takes, and what happens under load.

usage: run_service.py BUILD [--json] [--seconds N] [--minutes N] [--lists FOLDER] [--entities N]

A service over the real lists of FOLDER together (else over N invented entities) answers on loopback, and one program
with one thread asks it (mizan-bench-service); both share the machine. The rate of the library is taken in the same run:
`mizan screen` over the same queries, by as many threads. Latency under load is taken at half of the rate that the
service reached: at all of it, the time of a request is how many others stand before it. --minutes: 64 clients for so
long, and how much memory the service took at the beginning and at the end."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from run import TOGETHER  # noqa: E402

QUERIES = 10000


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--lists", default="")
    parser.add_argument("--entities", type=int, default=20000)
    return parser.parse_args()


class Run:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.mizan = os.path.join(options.build, "mizan")
        self.index, self.queries = os.path.join(folder, "index.mzi"), os.path.join(folder, "queries.jsonl")

    def program(self, name):
        return os.path.join(self.options.build, "bench", name)

    def say(self, text):
        if not self.options.json:
            print(text, flush=True)

    def keep(self, measure, **figures):
        if self.options.json:
            print(json.dumps({"measure": "service " + measure, **figures}), flush=True)

    def prepare(self):
        sources = [f"{one.split(':')[0]}:{os.path.join(self.options.lists, one.split(':')[1])}" for one in TOGETHER]
        if not self.options.lists or not all(os.path.exists(one.split(":", 1)[1]) for one in sources):
            path = os.path.join(self.folder, "invented.ftm.json")
            with open(path, "wb") as out:
                subprocess.run([self.program("mizan-corpus"), str(self.options.entities), "1"], stdout=out, check=True)
            sources = ["ftm:" + path]
        subprocess.run([self.mizan, "index", "build", "--quiet", "--output", self.index, *sources], check=True,
                       stdout=subprocess.DEVNULL)
        asked = subprocess.run([self.program("mizan-bench-queries"), self.index, str(QUERIES), "1"],
                               stdout=subprocess.PIPE, check=True, stderr=subprocess.DEVNULL).stdout.decode("utf-8")
        with open(self.queries, "w", encoding="utf-8") as out:
            for number, line in enumerate(asked.splitlines()):
                _, schema, _, name = line.split("\t")
                out.write(json.dumps({"id": str(number), "schema": schema, "properties": {"name": [name]}}) + "\n")

    def library(self):
        """Screens a second of the library, by the program, and milliseconds of processor for each; the better of two."""
        best = (0.0, 0.0)
        for _ in range(2):
            began = time.monotonic()
            child = subprocess.Popen([self.mizan, "screen", "--quiet", "--format", "json", "--index", self.index,
                                      self.queries], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            rate = QUERIES / (time.monotonic() - began)
            best = max(best, (rate, (usage.ru_utime + usage.ru_stime) * 1e3 / QUERIES))
        return best

    def load(self, port, connections, seconds, rate=0, queries=True):
        arguments = [str(port), str(connections), str(seconds), str(rate)] + ([self.queries] if queries else [])
        done = subprocess.run([self.program("mizan-bench-service"), *arguments], stdout=subprocess.PIPE, check=False)
        return json.loads(done.stdout)


def resident_mb(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def processor_s(process):
    """What the service has taken of processors so far."""
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start(run):
    process = subprocess.Popen([run.mizan, "serve", "--index", run.index, "--listen", "127.0.0.1:0", "--log", "/dev/null"],
                               stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        found = re.search(r"http://[^ ]*:(\d+)", line)
        if found:
            return process, int(found.group(1))
    sys.exit("mizan serve did not start")


def measure(run, port, process):
    seconds = run.options.seconds
    library, library_ms = run.library()
    health = [run.load(port, connections, seconds, queries=False) for connections in (2, 64)]
    run.say(f"  /healthz: {health[0]['per_s']} a second to 2 clients, {health[1]['per_s']} to 64; median "
            f"{health[1]['p50_ms']:.2f} ms, 99th percentile {health[1]['p99_ms']:.2f}")
    alone = run.load(port, 1, seconds, rate=50)
    run.say(f"  screens, unloaded: median {alone['p50_ms']:.2f} ms, 99th percentile {alone['p99_ms']:.2f}")
    before = processor_s(process)
    full = [run.load(port, connections, seconds) for connections in (2, 16, 64)]
    each_ms = (processor_s(process) - before) * 1e3 / sum(one["requests"] for one in full)
    best = max(one["per_s"] for one in full)
    run.say(f"  screens a second: " + ", ".join(f"{one['per_s']} to {one['connections']} clients" for one in full) +
            f"; the library alone {library:.0f}; {best / library:.2f} of it")
    run.say(f"  of processor: {each_ms:.3f} ms for a screen, the library {library_ms:.3f}")
    half = run.load(port, 64, seconds * 2, rate=best / 2)
    run.say(f"  at half of that rate, 64 connections: median {half['p50_ms']:.2f} ms, 99th percentile "
            f"{half['p99_ms']:.2f}, {half['p99_ms'] / alone['p50_ms']:.1f} times the unloaded median")
    errors = sum(one["errors"] for one in [*health, alone, *full, half])
    run.say(f"  errors: {errors}; resident {resident_mb(process):.0f} MB")
    run.keep("health", two=health[0], many=health[1])
    run.keep("screen", alone=alone, full=full, half=half, library_per_s=round(library), processor_ms=each_ms,
             library_processor_ms=library_ms, errors=errors)
    if run.options.minutes:
        run.load(port, 64, 10)
        before = resident_mb(process)
        long = run.load(port, 64, run.options.minutes * 60)
        after = resident_mb(process)
        run.say(f"  64 clients, {run.options.minutes:g} minutes: {long['requests']} screens, {long['errors']} errors, "
                f"resident {before:.1f} MB after ten seconds, {after:.1f} MB at the end")
        run.keep("long", **long, before_mb=round(before, 1), after_mb=round(after, 1))
        errors += long["errors"]
    return errors


def main():
    with tempfile.TemporaryDirectory(prefix="mizan-bench-") as folder:
        run = Run(parse(), folder)
        run.say("service")
        run.prepare()
        process, port = start(run)
        try:
            errors = measure(run, port, process)
        finally:
            process.terminate()
            process.stderr.close()
            process.wait()
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
