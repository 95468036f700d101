#!/usr/bin/env python3
"""PostgreSQL's trigrams (pg_trgm with a GIN index), over the names that we index and with our queries.

usage: postgres.py NAMES QUERIES --recall SHARE --ms MS [--count N]

A server of its own is started in a folder of its own, which is removed, with a private socket and no port. Names are
found by `name % query`; the threshold of similarity is the highest at which the listed name is found as often as we find
it. Time is taken inside the server, by a function that asks one query after the other, without parallel workers: neither
client nor protocol are in it."""
import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile

import common

RIVAL = "PostgreSQL pg_trgm"
THRESHOLDS = [n / 100 for n in range(80, 9, -2)]

SCHEMA = """
CREATE EXTENSION pg_trgm;
CREATE UNLOGGED TABLE names (entity integer, name text);
CREATE UNLOGGED TABLE queries (number integer, entity integer, name text);
\\copy names FROM '{names}' WITH (FORMAT text)
\\copy queries FROM '{queries}' WITH (FORMAT text)
CREATE INDEX ON names USING gin (name gin_trgm_ops);
VACUUM ANALYZE names;
CREATE FUNCTION ask(threshold real) RETURNS TABLE (ms double precision, met boolean, hits bigint) LANGUAGE plpgsql AS $$
DECLARE
  q record;
  begun timestamptz;
BEGIN
  PERFORM set_limit(threshold);
  FOR q IN SELECT * FROM queries ORDER BY number LOOP
    begun := clock_timestamp();
    EXECUTE 'SELECT coalesce(bool_or(entity = $2), false), count(*) FROM names WHERE name % $1' INTO met, hits
      USING q.name, q.entity;
    ms := 1e3 * extract(epoch FROM clock_timestamp() - begun);
    RETURN NEXT;
  END LOOP;
END $$;
"""
SETTINGS = {"listen_addresses": "", "shared_buffers": "2GB", "work_mem": "256MB", "maintenance_work_mem": "1GB",
            "fsync": "off", "max_parallel_workers_per_gather": "0", "max_parallel_maintenance_workers": "0",
            "enable_seqscan": "off", "jit": "off", "autovacuum": "off"}


class Server:
    """A cluster of its own, run by the user postgres where we are root, which it will not be."""

    def __init__(self, programs):
        self.programs, self.folder = programs, tempfile.mkdtemp(prefix="mizan-rival-")
        self.user = []
        if os.geteuid() == 0:
            other = pwd.getpwnam("postgres")
            os.chown(self.folder, other.pw_uid, other.pw_gid)
            self.user = ["runuser", "-u", "postgres", "--"]
        self.data = os.path.join(self.folder, "data")

    def command(self, program, *arguments, **more):
        return subprocess.run([*self.user, os.path.join(self.programs, program), *arguments], check=True, text=True,
                              stdout=subprocess.PIPE, cwd=self.folder, **more).stdout

    def start(self):
        self.command("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", self.data)
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        self.command("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.folder, "log"),
                     "-o", f"-k '{self.folder}' {settings}", "start")

    def ask(self, script):
        return self.command("psql", "-h", self.folder, "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-",
                            input=script)

    def stop(self):
        if os.path.exists(os.path.join(self.data, "postmaster.pid")):
            self.command("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def copy_text(rows, path):
    """Lines of COPY, where a backslash would be an escape; readable by the server's user."""
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(str(field).replace("\\", "\\\\") for field in row) + "\n")
    os.chmod(path, 0o644)


def measure(server, given):
    asked = common.read_queries(given.queries, given.count)
    names, queries = os.path.join(server.folder, "names.tsv"), os.path.join(server.folder, "queries.tsv")
    copy_text(common.read_names(given.names), names)
    copy_text(((i, *query) for i, query in enumerate(asked)), queries)
    server.ask(SCHEMA.format(names=names, queries=queries))
    count = int(server.ask("SELECT count(*) FROM names;"))
    damaged = sum(1 for entity, _ in asked if entity >= 0)
    seen = {}

    def recall_at(threshold):
        rows = [line.split("|") for line in server.ask(f"SELECT * FROM ask({threshold});").splitlines()]
        times = [float(ms) for ms, _, _ in rows]
        found = sum(met == "t" and asked[i][0] >= 0 for i, (_, met, _) in enumerate(rows))
        seen[threshold] = (found, times, sum(int(hits) for _, _, hits in rows))
        return found / damaged

    recall_at(0.6)  # so that the index is in memory
    threshold = common.tightest(THRESHOLDS, recall_at, given.recall)
    if threshold not in seen:
        recall_at(threshold)
    found, times, hits = seen[threshold]
    common.report(RIVAL, f"similarity of {threshold:.2f} or more", count, asked, found, hits, times, given)


def main():
    given = common.options(__doc__)
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin")) + [os.path.dirname(shutil.which("initdb") or "")]
    if not os.path.exists(os.path.join(programs[0], "initdb")):
        print(f"left out: {RIVAL} is not installed (Debian: postgresql postgresql-contrib)")
        return 0
    server = Server(programs[0])
    try:
        server.start()
        measure(server, given)
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
