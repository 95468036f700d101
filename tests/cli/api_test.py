#!/usr/bin/env python3
"""The service's own face from the outside: answers are what the command line prints, and the examples of the documents
run."""
import contextlib, json, os, re, shutil, signal, subprocess, sys, time, urllib.request

from harness import INVENTED, SOURCE, Failure, Skip, main, same, true

EXAMPLES = SOURCE / "examples" / "api"


@contextlib.contextmanager
def served(room, *options):
    """The service on a port of its own: the address."""
    log = open(room.path("serve.log"), "w+", encoding="utf-8")
    process = room.start("serve", "--listen", "127.0.0.1:0", *options, stdout=subprocess.DEVNULL, stderr=log)
    try:
        for _ in range(300):
            said = re.search(r"http://127\.0\.0\.1:\d+", room.path("serve.log").read_text(encoding="utf-8"))
            if said or process.poll() is not None:
                break
            time.sleep(0.05)
        if not said:
            raise Failure(f"it does not say where it listens\n{room.path('serve.log').read_text()}")
        yield said.group()
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(30)
        log.close()
    same(0, status, "the status of the service")


def ask(address, path, body=None, **headers):
    request = urllib.request.Request(address + path, body, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode("utf-8")


QUERIES = [
    '{"id":"q1","schema":"Person","properties":{"name":["Sufian al-Marbacoui"],"birthDate":["1974"]}}',
    '{"id":"q2","properties":{"name":"سفيان المربكوي"},"threshold":0.6,"limit":2}',
    '{"id":"q3","schema":"Company","properties":{"name":["Tazarine Nord Negoce"]},"filter":{"lists":["un"]}}',
    '{"id":"q4","properties":{"name":["Nobody Whosoever"]},"algorithm":"exact"}',
    '{"id":"q5","properties":{}}',
]


def test_an_answer_is_what_the_command_line_prints_to_the_byte(room):
    image = room.index()
    with served(room, "--index", image) as address:
        for query in QUERIES:
            printed = room.run("screen", "--index", image, "--format", "json", "-", stdin=query + "\n").out
            same(printed, ask(address, "/api/v1/screen", query.encode()), query)
        lines = "\n".join(QUERIES + ["", "{", '{"id":"q6","properties":{"nmae":1}}']) + "\n"
        printed = room.run("screen", "--index", image, "--format", "json", "-", stdin=lines).out
        same(printed, ask(address, "/api/v1/screen/stream", lines.encode()), "the stream")
        batch = json.loads(ask(address, "/api/v1/screen/batch", ('{"queries":[' + ",".join(QUERIES) + "]}").encode()))
        same([json.loads(line) for line in printed.splitlines()[:len(QUERIES)]], batch["answers"], "the batch")


def test_an_explanation_is_what_the_command_line_prints_to_the_byte(room):
    image = room.index()
    with served(room, "--index", image) as address:
        for language in ("en", "fr", "ar"):
            printed = room.run("explain", "--index", image, "--lang", language, "--format", "json", "--schema", "LegalEntity",
                               "Sufian al-Marbacoui", "--entity", "un-9900001").expect(0).out
            body = json.dumps({"query": {"properties": {"name": ["Sufian al-Marbacoui"]}}, "entity": "un-9900001"})
            same(printed, ask(address, f"/api/v1/explain?language={language}", body.encode()), language)
            true(json.loads(printed)["says"], "sentences")
            printed = room.run("explain", "--lang", language, "--format", "json", "Sufian Marbacoui",
                               "Soufian Marbakoui").expect(0).out
            body = json.dumps({"names": ["Sufian Marbacoui", "Soufian Marbakoui"]})
            same(printed, ask(address, "/api/v1/explain", body.encode(), **{"Accept-Language": language}), language)


def test_a_comparison_is_what_the_command_line_prints(room):
    with served(room, "--index", room.index()) as address:
        pairs = room.write("pairs.csv", "id,schema,query,candidate\na,Person,Sufian Marbacoui,سفيان المربكوي\nb,,One,Two\n")
        printed = room.run("compare", pairs, "--format", "json").expect(0).out
        body = {"pairs": [{"id": "a", "schema": "Person", "query": "Sufian Marbacoui", "candidate": "سفيان المربكوي"},
                          {"id": "b", "query": "One", "candidate": "Two"}]}
        answer = ask(address, "/api/v1/compare", json.dumps(body).encode())
        same('{"answers":[' + ",".join(printed.splitlines()) + '],"failed":0}\n', answer)


def test_lists_come_from_the_store(room):
    room.imported()
    version = room.run("lists", "status", "--format", "json").lines()[0]
    with served(room) as address:
        told = json.loads(ask(address, "/api/v1/lists/un"))
        same(version["version"], told["held"]["version"], "the version held")
        same(version["version"], told["indexed"]["version"], "the version screened against")
        entity = json.loads(ask(address, "/api/v1/entities/un-9900001"))
        same("INi.001", entity["entity"]["reference"])
        same(version["version"], entity["source"]["version"])


def test_the_document_shows_the_examples_as_they_are(room):
    document = (SOURCE / "docs" / "api.md").read_text(encoding="utf-8")
    for path in sorted(EXAMPLES.glob("screen.*")):
        true(path.read_text(encoding="utf-8") in document, f"docs/api.md has {path.name}, word for word")


def as_in_the_readme(room):
    """The invented list in the store under the name that the README gives it."""
    room.run("lists", "import", "--list", "invented", INVENTED).expect(0)


def run_example(room, address, *command):
    if not shutil.which(command[0]):
        raise Skip(f"{command[0]} is not there")
    done = subprocess.run([*command], env={**os.environ, "MIZAN_ADDRESS": address}, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, check=False)
    if done.returncode:
        raise Failure(f"{command}: status {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def test_the_example_in_curl_runs(room):
    help_text = subprocess.run(["curl", "--help", "all"], stdout=subprocess.PIPE, check=False).stdout if shutil.which("curl") else b""
    if b"--json" not in help_text:
        raise Skip("curl is not there, or has no --json (7.82)")
    as_in_the_readme(room)
    with served(room) as address:
        said = run_example(room, address, "sh", str(EXAMPLES / "screen.sh"))
        for words in ('"entity":"invented-9900001"', '"says":["', '"reference":"INi.001"', '{"id":"c3","hits":[]}'):
            true(words in said, f"{words} in\n{said}")


def test_the_first_day_with_curl_is_as_the_document_tells(room):
    help_text = subprocess.run(["curl", "--help", "all"], stdout=subprocess.PIPE, check=False).stdout if shutil.which("curl") else b""
    if b"--json" not in help_text:
        raise Skip("curl is not there, or has no --json (7.82)")
    as_in_the_readme(room)
    document = (SOURCE / "docs" / "access.md").read_text(encoding="utf-8")
    commands = re.search(r"^```sh\n(.*?)^```", document, re.MULTILINE | re.DOTALL)[1]
    with served(room) as address:
        password = re.search(r"with the password (\S+)", room.path("serve.log").read_text(encoding="utf-8"))[1]
        commands = commands.replace("THE-ONE-TIME-PASSWORD", password).replace("http://127.0.0.1:8080", address)
        done = subprocess.run(["sh", "-eu", "-c", commands], cwd=room.path("."), stdout=subprocess.PIPE, timeout=60, check=False)
        same(0, done.returncode, "the status of the shell")
        true(b'"entity":"invented-9900001"' in done.stdout, done.stdout.decode())


def test_the_example_in_python_runs(room):
    as_in_the_readme(room)
    with served(room) as address:
        said = run_example(room, address, sys.executable, str(EXAMPLES / "screen.py"))
        for words in ("c1 ", "SOFYANE EL MARBEKOUI", "c3 no hit", "screened against: invented (",
                      'refused, 400: unknown schema "Preson"; did you mean "Person"?'):
            true(words in said, f"{words} in\n{said}")


def test_the_example_in_javascript_runs(room):
    version = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, check=False).stdout if shutil.which("node") else b""
    if not re.match(rb"v(1[89]|[2-9]\d)\.", version):
        raise Skip("node is not there, or has no fetch (18)")
    as_in_the_readme(room)
    with served(room) as address:
        said = run_example(room, address, "node", str(EXAMPLES / "screen.mjs"))
        for words in ("script: ", "Idriss Ben Hammou → ", "Nobody Whosoever → no hit"):
            true(words in said, f"{words} in\n{said}")


if __name__ == "__main__":
    main(globals())
