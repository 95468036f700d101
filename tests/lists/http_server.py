#!/usr/bin/env python3
"""A publisher's server for tests of downloading, on 127.0.0.1 at a port of its own.

    http_server.py FOLDER [--tls]

Prints the port and serves the files of FOLDER until its standard input ends. The first part of a path says how:
/etag/NAME as a good server does, /breaks/NAME breaking off in the middle the first time, and so on: see BEHAVIOURS.
/seen answers with what was asked since the last /seen, a line for each request. With --tls the certificate is one
that nobody vouches for; the port is 0 when no certificate could be made (openssl is not installed).
"""

import email.utils
import gzip
import hashlib
import http.server
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import time

FOLDER = sys.argv[1]
lock = threading.Lock()
seen = []
visits = {}


def visit(path):
    with lock:
        visits[path] = visits.get(path, 0) + 1
        return visits[path]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        if self.path == "/seen":
            with lock:
                text, seen[:] = "\n".join(seen), []
            return self.answer(200, text.encode())
        names = ("If-None-Match", "If-Modified-Since", "Range", "If-Range", "Accept-Encoding", "User-Agent")
        told = [f"{name}={self.headers[name]}" for name in names if self.headers[name]]
        with lock:
            seen.append(" ".join([self.path] + told))
        parts = self.path.split("/")
        behaviour = BEHAVIOURS.get(parts[1])
        if behaviour is None:
            return self.answer(404, b"no such file")
        behaviour(self, parts[2:])

    def answer(self, code, body, length=None, close=False, **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if code != 304:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if code != 304:
            self.wfile.write(body)
        if close:
            self.wfile.flush()
            self.connection.close()
            self.close_connection = True

    def contents(self, name):
        with open(os.path.join(FOLDER, os.path.basename(name)), "rb") as file:
            return file.read()

    def range_start(self, marks):
        """Where the answer starts: the Range that was asked for, if If-Range still holds."""
        asked = self.headers["Range"]
        if not asked or (self.headers["If-Range"] and self.headers["If-Range"] not in marks.values()):
            return 0
        return int(asked.removeprefix("bytes=").rstrip("-"))

    def send_file(self, body, marks, part=None):
        """The file or the range of it that was asked for; only `part` of it before the connection breaks."""
        if marks.get("ETag") and self.headers["If-None-Match"] == marks["ETag"]:
            return self.answer(304, b"", **marks)
        if not marks.get("ETag") and marks.get("Last_Modified") and \
                self.headers["If-Modified-Since"] == marks["Last_Modified"]:
            return self.answer(304, b"", **marks)
        start = self.range_start(marks)
        code, rest = 200, body[start:]
        if start:
            code = 206
            marks = dict(marks, Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}")
        sent = rest if part is None else rest[: max(1, int(len(rest) * part))]
        self.answer(code, sent, length=len(rest), close=part is not None, **marks)


def etag_of(body):
    return {"ETag": '"' + hashlib.sha256(body).hexdigest()[:16] + '"'}


MODIFIED = {"Last_Modified": email.utils.formatdate(1772323200, usegmt=True)}


def etag(handler, parts):
    body = handler.contents(parts[0])
    handler.send_file(body, etag_of(body))


def mirror(handler, parts):
    """FOLDER/LIST/NAME, for a server that has the files of many lists."""
    path = os.path.join(FOLDER, *map(os.path.basename, parts))
    if not os.path.isfile(path):
        return handler.answer(404, b"no such file")
    with open(path, "rb") as file:
        body = file.read()
    handler.send_file(body, etag_of(body))


def modified(handler, parts):
    handler.send_file(handler.contents(parts[0]), MODIFIED)


def plain(handler, parts):
    handler.answer(200, handler.contents(parts[0]))


def breaks(handler, parts):
    body = handler.contents(parts[0])
    handler.send_file(body, etag_of(body), part=0.5 if visit(handler.path) == 1 else None)


def breaks_plain(handler, parts):
    """Breaks off, and gives no mark by which one could go on."""
    handler.send_file(handler.contents(parts[0]), {}, part=0.5 if visit(handler.path) == 1 else None)


def breaks_weak(handler, parts):
    mark = {"ETag": 'W/"1"'}
    handler.send_file(handler.contents(parts[0]), mark, part=0.5 if visit(handler.path) == 1 else None)


def breaks_often(handler, parts):
    body = handler.contents(parts[0])
    handler.send_file(body, etag_of(body), part=0.5 if visit(handler.path) <= 5 else None)


def breaks_and_changes(handler, parts):
    """Breaks off; the next time it is another file."""
    first = visit(handler.path) == 1
    body = handler.contents(parts[0])
    if not first:
        body = body[::-1]
    handler.send_file(body, etag_of(body), part=0.5 if first else None)


def wrong_range(handler, parts):
    body = handler.contents(parts[0])
    if handler.headers["Range"]:
        return handler.answer(206, body[:10], Content_Range=f"bytes 0-9/{len(body)}", **etag_of(body))
    handler.send_file(body, etag_of(body), part=0.5 if visit(handler.path) == 1 else None)


def no_range(handler, parts):
    body = handler.contents(parts[0])
    if handler.headers["Range"]:
        return handler.answer(416, b"", Content_Range=f"bytes */{len(body)}")
    handler.send_file(body, etag_of(body), part=0.5 if visit(handler.path) == 1 else None)


def gzipped(handler, parts):
    body = handler.contents(parts[0])
    handler.answer(200, gzip.compress(body), Content_Encoding="gzip", **etag_of(body))


def gzip_breaks(handler, parts):
    body = gzip.compress(handler.contents(parts[0]), 0)
    first = visit(handler.path) == 1
    handler.answer(200, body[: len(body) // 2] if first else body, length=len(body), close=first,
                   Content_Encoding="gzip", **etag_of(body))


def bomb(handler, parts):
    handler.answer(200, gzip.compress(bytes(64 << 20)), Content_Encoding="gzip")


def drip(handler, parts):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b".")
        time.sleep(0.1)


def huge(handler, parts):
    handler.answer(200, b"the beginning", length=1 << 40, close=True)


def endless(handler, parts):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for _ in range(1 << 20):
        handler.wfile.write(b"1000\r\n" + bytes(0x1000) + b"\r\n")


def page(handler, parts):
    handler.answer(200, b"\xef\xbb\xbf\n <!DOCTYPE HTML>\n<html><body>Down for maintenance</body></html>",
                   Content_Type="text/html")


def page_xml(handler, parts):
    handler.answer(200, b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>')


def redirect(handler, parts):
    count = int(parts[0])
    rest = "/".join(parts[1:])
    handler.answer(302, b"elsewhere", Location=f"/redirect/{count - 1}/{rest}" if count > 1 else f"/{rest}")


def redirect_to(address):
    return lambda handler, parts: handler.answer(301, b"elsewhere", Location=address)


def status(code):
    return lambda handler, parts: handler.answer(code, b"<html>an error's page</html>")


def busy(handler, parts):
    if visit(handler.path) <= int(parts[0]):
        return handler.answer(503, b"later", Retry_After="0")
    etag(handler, parts[1:])


BEHAVIOURS = {
    "etag": etag,
    "mirror": mirror,
    "modified": modified,
    "plain": plain,
    "breaks": breaks,
    "breaks-plain": breaks_plain,
    "breaks-weak": breaks_weak,
    "breaks-often": breaks_often,
    "breaks-and-changes": breaks_and_changes,
    "wrong-range": wrong_range,
    "no-range": no_range,
    "gzip": gzipped,
    "gzip-breaks": gzip_breaks,
    "bomb": bomb,
    "drip": drip,
    "huge": huge,
    "endless": endless,
    "page": page,
    "page-xml": page_xml,
    "redirect": redirect,
    "to-https": redirect_to("https://127.0.0.1:1/list.xml"),
    "to-plain": redirect_to("http://192.0.2.1/list.xml"),
    "to-file": redirect_to("file:///etc/hostname"),
    "to-nowhere": lambda handler, parts: handler.answer(302, b"elsewhere"),
    "busy": busy,
    "missing": status(404),
    "gone": status(410),
    "forbidden": status(403),
    "broken": status(500),
    "unchanged": status(304),
    "empty": lambda handler, parts: handler.answer(200, b""),
}


def make_tls(server):
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, "key"), os.path.join(folder, "certificate")
        try:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                            "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return True


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # a client that hangs up is what these tests are about


def main():
    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fine = "--tls" not in sys.argv or make_tls(server)
    print(server.server_address[1] if fine else 0, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
