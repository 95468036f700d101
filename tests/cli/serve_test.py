#!/usr/bin/env python3
"""mizan serve, from its start to its end: where it listens, what it says, how it reloads and stops.

usage: serve_test.py PROGRAM [--update]"""
import http.client, json, os, re, signal, socket, ssl, subprocess, sys, threading, time

from harness import INVENTED, Failure, Skip, main

PATIENCE_S = 60
QUERY = json.dumps({"schema": "Person", "properties": {"name": ["Sufian al-Marbacoui"]}})


class Service:
    """A running service on a port of its own; stopped at the end of the block."""

    def __init__(self, room, *arguments, address="127.0.0.1:0", environment=None, **more):
        listen = ["--listen", address] if address else []
        self.process = room.start("serve", *listen, *arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                  environment=environment, text=True, bufsize=1, **more)
        self.said, self.news = [], threading.Condition()
        threading.Thread(target=self.hear, daemon=True).start()
        self.port = int(self.wait(r"https?://[^ ]*:(\d+)$")) if address.startswith("127") else None

    def hear(self):
        for line in self.process.stderr:
            with self.news:
                self.said.append(line.rstrip("\n"))
                self.news.notify_all()
        with self.news:
            self.said.append(None)
            self.news.notify_all()

    def wait(self, pattern, after=0):
        """The first group of a line that was said, waited for."""
        end = time.monotonic() + PATIENCE_S
        with self.news:
            while True:
                for line in self.said[after:]:
                    found = re.search(pattern, line) if line else None
                    if found:
                        return found.group(1) if found.groups() else line
                if None in self.said or time.monotonic() > end:
                    raise Failure(f"never said: {pattern}\n" + "\n".join(map(str, self.said)))
                self.news.wait(1)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)

    def ask(self, method, path, body=None, connection=None, headers=None):
        connection = connection or self.connect()
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")

    def log(self):
        return [json.loads(line) for line in self.said if line and line.startswith("{")]

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def expect(value, expected, what=""):
    if value != expected:
        raise Failure(f"{what}: {value!r}, not {expected!r}")


def test_it_serves_until_it_is_told_to_stop(room):
    """it answers on loopback, screens for everybody there, and ends with status 0"""
    room.imported()
    for number in (signal.SIGTERM, signal.SIGINT):
        with Service(room) as service:
            expect(service.ask("GET", "/healthz"), (200, '{"status":"ok"}'))
            status, body = service.ask("POST", "/api/v1/screen", QUERY)
            expect((status, "SOFYANE EL MARBEKOUI" in body), (200, True), body)
            service.wait("without a key")
            expect(service.stop(number), 0, "status")
            service.wait("stopped")


def test_what_it_says_is_in_three_languages(room):
    """what it says to who starts it is said in French and in Arabic, too"""
    room.imported()
    for language, words in (("fr", "à l’écoute sur http://"), ("ar", "الخدمة متاحة على http://")):
        with Service(room, "--lang", language) as service:
            service.wait(words)
            expect(service.stop(), 0, "status")


def test_the_first_start_shows_a_password_once(room):
    """the first start makes an administrator, whose one-time password is shown then and never again"""
    room.imported()
    with Service(room) as service:
        service.wait("“admin” of the agency “main”, with the password [a-z0-9-]{20,}")
        service.stop()
    expect((room.path("store") / "service.db").stat().st_mode & 0o777, 0o600, "mode of service.db")
    with Service(room) as service:
        service.wait("without a key")
        service.stop()
        expect([line for line in service.said if line and "password" in line], [], "second start")


def test_where_others_reach_it_nobody_may_anything(room):
    """on an address that others reach, nobody may screen without a key, unless --anonymous says so"""
    room.imported()
    for more, status in (((), 401), (("--anonymous",), 200)):
        with Service(room, *more, address="0.0.0.0:0") as service:
            service.port = int(service.wait(r"http://0\.0\.0\.0:(\d+)"))
            expect(service.ask("GET", "/healthz")[0], 200, "health")
            expect(service.ask("POST", "/api/v1/screen", QUERY)[0], status, "screen")


def test_behind_a_proxy_nobody_may_anything(room):
    """behind a proxy everybody comes from this machine: with --origin a key is needed here, too"""
    room.imported()
    origin = ("--origin", "https://screening.example")
    for more, status in ((origin, 401), (origin + ("--anonymous",), 200)):
        with Service(room, *more) as service:
            expect(service.ask("GET", "/healthz")[0], 200, "health")
            expect(service.ask("POST", "/api/v1/screen", QUERY)[0], status, "screen")
            expect(service.ask("GET", "/metrics")[0] == 200, False, "figures")


def test_the_limit_is_of_every_address(room):
    """--limit holds for /api/v1 and for /match"""
    room.imported()
    query = {"schema": "Person", "properties": {"name": ["Sofyane"]}}
    queries = json.dumps({"queries": {"q": query}})
    with Service(room, "--threshold", "0.5", "--limit", "1") as service:
        hits = json.loads(service.ask("POST", "/api/v1/screen", json.dumps(query))[1])
        if "total" not in hits:
            raise Failure(f"the query finds too little to tell: {hits}")
        expect(len(hits["hits"]), 1, "hits of /api/v1")
        found = json.loads(service.ask("POST", "/match/default", queries)[1])["responses"]["q"]["results"]
        expect(len(found), 1, "results of /match")


def answers(service, *cases):
    """Checks what becomes of a screening with each of these headers."""
    for headers, status in cases:
        expect(service.ask("POST", "/api/v1/screen", QUERY, headers=headers)[0], status, str(headers))


def test_pages_of_other_sites_may_nothing_by_being_on_this_machine(room):
    """who gives no key is answered when he asks for this machine, and not for a page of another site"""
    room.imported()
    page = {"Content-Type": "text/plain"}
    with Service(room) as service:
        here = f"127.0.0.1:{service.port}"
        answers(service, ({"Host": "evil.example"}, 403), ({"Host": f"evil.example:{service.port}"}, 403),
                ({"Host": "127.0.0.1.evil.example"}, 403), ({"Host": "localhost.evil.example"}, 403),
                ({"Host": "localhost:1"}, 200), ({"Host": "[::1]:9"}, 200), ({"Host": "192.0.2.7"}, 200),
                ({**page, "Sec-Fetch-Site": "cross-site"}, 403), ({**page, "Origin": "https://evil.example"}, 403),
                ({**page, "Origin": "null"}, 403), ({"Origin": f"http://{here}", "Sec-Fetch-Site": "same-origin"}, 200))
        # what needs no right is for everybody, and /reconcile for every page, but not under another's name
        expect(service.ask("GET", "/healthz", headers={"Host": "evil.example"})[0], 200, "health")
        foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        expect(service.ask("GET", "/reconcile/default", headers=foreign)[0], 200, "reconcile")
        expect(service.ask("GET", "/reconcile/default", headers={"Host": "evil.example"})[0], 403, "reconcile, rebound")
        status, body = service.ask("POST", "/api/v1/screen", QUERY, headers={"Host": "evil.example"})
        expect("localhost" in json.loads(body)["detail"], True, body)
    with Service(room, "--anonymous", "--origin", "https://Screening.example") as service:
        answers(service, ({"Host": "mizan.example"}, 200), ({"Origin": "https://screening.example"}, 200),
                ({**page, "Sec-Fetch-Site": "cross-site"}, 403))


def test_a_method_that_an_address_has_not_is_told_those_that_it_has(room):
    """405 names the methods of the address; an address that is none is 404 whatever the method"""
    room.imported()
    with Service(room) as service:
        for method in ("OPTIONS", "FROB", "DELETE"):
            for path, status, allowed in (("/healthz", 405, "GET, HEAD"), ("/api/v1/screen", 405, "POST"),
                                          ("/nowhere", 404, None)):
                connection = service.connect()
                connection.request(method, path)
                answer = connection.getresponse()
                answer.read()
                expect((answer.status, answer.getheader("Allow")), (status, allowed), f"{method} {path}")


def test_where_there_are_no_keys_none_is_taken(room):
    """with --index alone there are no keys: who gives one is told so, and who starts it for others what it needs"""
    index = room.index()
    with Service(room, "--index", index) as service:
        answers(service, ({}, 200), ({"Authorization": "ApiKey anything"}, 401), ({"Authorization": "Basic YTpi"}, 200))
        status, body = service.ask("POST", "/api/v1/screen", QUERY, headers={"Authorization": "Bearer anything"})
        expect((status, "without a database" in body), (401, True), body)
    with Service(room, "--index", index, address="0.0.0.0:0") as service:
        service.wait("without a database there are no keys; give --database, or --anonymous")


def test_starting_without_what_is_needed_says_what_to_do(room):
    """no lists, a port in use, a certificate that is none: status 1, and what to do"""
    room.run("serve", "--listen", "127.0.0.1:0").expect(1, err=["no lists", "mizan lists update"])
    room.imported()
    room.run("serve", "--index", room.path("nowhere.mzi")).expect(1, err="nowhere.mzi")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        room.run("serve", "--listen", f"127.0.0.1:{taken.getsockname()[1]}").expect(1, err=["in use", "--listen"])
    room.run("serve", "--listen", "127.0.0.1:http").expect(2, err="no address")
    room.run("serve", "--tls-key", room.write("key.pem", "x")).expect(2, err="TLS needs both")
    room.run("serve", "--tls-key", room.path("key.pem"), "--tls-certificate", room.path("none.pem")).expect(1, err="none.pem")
    room.run("serve", "--tls-key", room.path("key.pem"), "--tls-certificate", room.path("key.pem")).expect(1, err="PEM")
    broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    room.write("broken.pem", broken)
    room.run("serve", "--listen", "127.0.0.1:0", "--tls-key", room.path("broken.pem"), "--tls-certificate",
             room.path("broken.pem")).expect(1, err="certificate")
    room.run("serve", "--listen", "127.0.0.1:0", "--log", "/nowhere/log").expect(1, err="/nowhere/log")
    room.run("serve", "--listen", "127.0.0.1:0", "--database", "/nowhere/people.db").expect(1, err="/nowhere")


def test_the_log_tells_of_requests_and_of_nobody(room):
    """the log has a line for each request, without a name in it"""
    room.imported()
    with Service(room) as service:
        service.ask("POST", "/api/v1/screen", QUERY, headers={"X-Request-Id": "abc"})
        service.wait('"id":"abc"')
        line = [entry for entry in service.log() if entry["id"] == "abc"][0]
        expect((line["route"], line["status"], line["method"]), ("/api/v1/screen", 200, "POST"))
        service.stop()
        expect([said for said in service.said if said and "Marbacoui" in said], [], "names in the log")
    log = room.path("requests.log")
    with Service(room, "--log", log) as service:
        service.ask("GET", "/healthz", headers={"X-Request-Id": "first"})
        for _ in range(100):  # a line is written when the answer was taken
            if '"first"' in log.read_text():
                break
            time.sleep(0.05)
        log.rename(room.path("requests.log.1"))
        service.process.send_signal(signal.SIGHUP)
        for _ in range(100):
            if log.exists():
                break
            time.sleep(0.05)
        service.ask("GET", "/healthz", headers={"X-Request-Id": "second"})
        service.stop()
        expect(service.log(), [], "requests on standard error")
    expect(('"first"' in room.path("requests.log.1").read_text(), '"second"' in log.read_text()), (True, True), "rotation")


def test_a_new_list_is_in_use_without_a_request_lost(room):
    """lists that change under load are in use within seconds, and not one request is lost"""
    room.imported()
    with Service(room) as service:
        counts, wrong, over = [0, 0, 0, 0], [], threading.Event()

        def load(number):
            connection = service.connect()
            while not over.is_set():
                try:
                    status, body = service.ask("POST", "/api/v1/screen", QUERY, connection)
                    if status != 200 or '"hits":[' not in body:
                        wrong.append((status, body[:200]))
                except (OSError, http.client.HTTPException) as problem:
                    wrong.append(repr(problem))
                    connection = service.connect()
                counts[number] += 1

        threads = [threading.Thread(target=load, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        text = INVENTED.read_text(encoding="utf-8")
        for turn in (1, 2, 3):
            changed = text.replace("SOFYANE", "SOFYANE" + "A" * turn)
            room.write("changed.xml", changed)
            room.run("lists", "import", "--accept", f"un:{room.path('changed.xml')}").expect(0)
            service.process.send_signal(signal.SIGHUP)
            time.sleep(0.7)
        service.wait("the index is new")
        ready = json.loads(service.ask("GET", "/readyz")[1])
        expect((ready["stale"], [one["stale"] for one in ready["lists"] if one["checked"]]), (False, [False]), str(ready))
        over.set()
        for thread in threads:
            thread.join()
        expect(wrong[:3], [], "lost")
        if min(counts) < 10:
            raise Failure(f"hardly any load: {counts}")
        expect(service.stop(), 0, "status")


def test_an_index_that_cannot_be_used_does_not_end_it(room):
    """an index that cannot be used is complained of once, and the old one stays in use"""
    index = room.index()
    with Service(room, "--index", index) as service:
        good = index.read_bytes()
        room.write("broken.mzi", good[: len(good) // 2])
        os.replace(room.path("broken.mzi"), index)
        service.wait("the index stays as it was")
        expect(service.ask("POST", "/api/v1/screen", QUERY)[0], 200, "screening goes on")
        time.sleep(5)
        expect(len([line for line in service.said if line and "stays as it was" in line]), 1, "complaints")
        room.write("whole.mzi", good)
        os.replace(room.path("whole.mzi"), index)
        service.wait("the index is new")


def certificate(room):
    done = subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                           "-keyout", room.path("key.pem"), "-out", room.path("cert.pem"), "-days", "2", "-subj",
                           "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"], capture_output=True, check=False)
    if done.returncode:
        raise Skip("openssl makes no certificate here")
    return ["--tls-certificate", room.path("cert.pem"), "--tls-key", room.path("key.pem")]


def test_tls_by_certificate_files(room):
    """it speaks TLS 1.2 and 1.3 with a certificate's files, and nothing older, and nothing in the clear"""
    try:
        options = certificate(room)
    except FileNotFoundError:
        raise Skip("there is no openssl here") from None
    room.imported()
    with Service(room, *options) as service:
        service.wait("https://")
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            trust = ssl.create_default_context(cafile=room.path("cert.pem"))
            trust.minimum_version = trust.maximum_version = version
            connection = http.client.HTTPSConnection("127.0.0.1", service.port, timeout=PATIENCE_S, context=trust)
            for _ in range(2):
                expect(service.ask("POST", "/api/v1/screen", QUERY, connection)[0], 200, str(version))
        try:
            expect(service.ask("GET", "/healthz")[0], "nothing", "in the clear")
        except (OSError, http.client.HTTPException):
            pass
        connection = http.client.HTTPSConnection("127.0.0.1", service.port, timeout=PATIENCE_S, context=trust)
        connection.putrequest("POST", "/api/v1/screen")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        piece = b"%x\r\n" % (1 << 20) + b" " * (1 << 20) + b"\r\n"
        try:
            for _ in range(64):
                connection.send(piece)
        except OSError:
            pass
        expect(connection.getresponse().status, 413, "too large, over TLS")
        expect(service.stop(), 0, "status")


class PathConnection(http.client.HTTPConnection):
    """A connection over a socket of the file system."""

    def __init__(self, path):
        super().__init__("mizan.example", timeout=PATIENCE_S)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


def test_a_socket_of_the_file_system_is_gone_afterwards(room):
    """a socket of the file system answers whatever the Host, and its name is removed at the end"""
    room.imported()
    path = room.path("mizan.sock")
    for number in (signal.SIGTERM, signal.SIGINT):
        with Service(room, address=f"unix:{path}") as service:
            service.wait("serving on unix:")
            expect(service.ask("POST", "/api/v1/screen", QUERY, PathConnection(path))[0], 200, "status")
            expect(service.stop(number), 0, "status")
            expect(path.exists(), False, "the name of the socket")


def test_systemd_opens_the_socket(room):
    """a socket that systemd opened is served, and systemd is told"""
    room.imported()
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(str(room.path("notify")))
    told.settimeout(PATIENCE_S)
    with socket.create_server(("127.0.0.1", 0)) as ours:
        descriptor = ours.fileno()

        def hand_over():
            os.dup2(descriptor, 3)
            os.environ["LISTEN_PID"] = str(os.getpid())

        # LISTEN_PID must be the service's own, which a shell between us can tell
        process = subprocess.Popen(["sh", "-c", 'LISTEN_PID=$$ exec "$0" serve', room.program],
                                   env={**room.environment, "LISTEN_FDS": "1", "NOTIFY_SOCKET": str(room.path("notify"))},
                                   stderr=subprocess.PIPE, preexec_fn=hand_over, close_fds=False, text=True)
        try:
            try:
                expect(told.recv(4096).decode(), "READY=1", "told")
            except socket.timeout:
                raise Skip("built without libsystemd") from None
            connection = http.client.HTTPConnection(*ours.getsockname(), timeout=PATIENCE_S)
            connection.request("GET", "/healthz")
            expect(connection.getresponse().status, 200, "status")
            process.send_signal(signal.SIGHUP)
            expect(told.recv(4096).decode().startswith("RELOADING=1\nMONOTONIC_USEC="), True, "told")
            expect(told.recv(4096).decode(), "READY=1", "told")
            process.send_signal(signal.SIGTERM)
            expect(told.recv(4096).decode(), "STOPPING=1", "told")
            expect(process.wait(PATIENCE_S), 0, "status")
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()


if __name__ == "__main__":
    main(globals())
