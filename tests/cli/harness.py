"""A room of one's own for each test of the command line: an empty home, no settings, a fixed clock, the invented list.

A test is a function named test_… that takes a Room; its first line of documentation is its name in the report (Test
Anything Protocol). A failed check says what was seen. Golden files stand in golden/; `--update` rewrites them, to be
read in the diff.
"""
import difflib, json, os, pathlib, shutil, subprocess, sys, tempfile, traceback

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = pathlib.Path(os.environ.get("MIZAN_SOURCE", HERE.parent.parent))
INVENTED = SOURCE / "data" / "invented" / "un-invented.xml"
GOLDEN = HERE / "golden"
NOW = 1785844800  # 2026-08-04T12:00:00Z
DAY = 86400


class Failure(Exception):
    pass


class Skip(Exception):
    pass


class Done:
    """What a run gave."""

    def __init__(self, arguments, status, out, err):
        self.arguments, self.status, self.out, self.err = arguments, status, out, err

    def __str__(self):
        return f"mizan {' '.join(map(str, self.arguments))}\nstatus {self.status}\nout: {self.out[-3000:]}\nerr: {self.err[-3000:]}"

    def expect(self, status, out=None, err=None):
        """`out` and `err` are texts that must be there, in this order; status is the exit status."""
        if self.status != status:
            raise Failure(f"status {status} expected\n{self}")
        for wanted, text, name in ((out, self.out, "out"), (err, self.err, "err")):
            at = 0
            for piece in [wanted] if isinstance(wanted, str) else wanted or []:
                found = text.find(piece, at)
                if found < 0:
                    raise Failure(f"not in {name} (in this order): {piece!r}\n{self}")
                at = found + len(piece)
        return self

    def lines(self):
        try:
            return [json.loads(line) for line in self.out.splitlines()]
        except json.JSONDecodeError as problem:
            raise Failure(f"no JSON lines: {problem}\n{self}")


class Room:
    update = False

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        (self.folder / "home").mkdir()
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.folder / "home"),
            "MIZAN_HOME": str(self.folder / "store"),
            "MIZAN_NOW": str(NOW),
            "LC_ALL": "C.UTF-8",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def path(self, name):
        return self.folder / name

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8") if isinstance(text, str) else path.write_bytes(text)
        return path

    def start(self, *arguments, environment=None, **more):
        return subprocess.Popen([self.program, *map(str, arguments)], env={**self.environment, **(environment or {})},
                                cwd=self.folder, **more)

    def run(self, *arguments, stdin="", environment=None, stdout=subprocess.PIPE):
        process = self.start(*arguments, environment=environment, stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE)
        out, err = process.communicate(stdin.encode() if isinstance(stdin, str) else stdin, timeout=120)
        return Done(arguments, process.returncode, (out or b"").decode("utf-8"), err.decode("utf-8"))

    def terminal(self, *arguments, environment=None, columns=80):
        """Runs with a terminal as standard output and error, and returns what was drawn there."""
        import fcntl, pty, struct, termios
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = self.start(*arguments, environment={"TERM": "xterm", **(environment or {})}, stdin=subprocess.DEVNULL,
                             stdout=theirs, stderr=theirs)
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        os.close(ours)
        return Done(arguments, process.wait(60), seen.decode("utf-8").replace("\r\n", "\n"), "")

    def imported(self):
        """The invented list in the store."""
        self.run("lists", "import", f"un:{INVENTED}").expect(0)
        return self

    def index(self):
        """An image of the invented list, and its path."""
        path = self.path("invented.mzi")
        if not path.exists():
            self.run("index", "build", "--output", path, f"un:{INVENTED}").expect(0)
        return path

    def two_lists(self):
        """The options for an image of the invented list and a small one of the house, which has one of the same names."""
        rows = self.write("house.csv", "name,topics,listingDate\nSofyane el Marbekoui,role.pep,2024-03-01\n")
        self.write("house.csv.map.json", json.dumps({
            "list": "house", "columns": {"name": "name", "topics": "topics", "listingDate": "listingDate"}}))
        image = self.path("both.mzi")
        self.run("index", "build", "--output", image, f"un:{INVENTED}", f"csv:{rows}").expect(0)
        return "--index", str(image)

    def changed_list(self, name, change):
        """A copy of the invented list with its text changed."""
        return self.write(name, change(INVENTED.read_text(encoding="utf-8")))

    def golden(self, name, text):
        """The text is that of the golden file."""
        path = GOLDEN / name
        text = text.replace(str(self.folder), "FOLDER").replace(str(SOURCE), "SOURCE")
        if Room.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        wanted = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != wanted:
            raise Failure("".join(difflib.unified_diff(wanted.splitlines(True), text.splitlines(True), str(path), "seen")))


def same(expected, seen, what=""):
    if expected != seen:
        raise Failure(f"{what}\nexpected {expected!r}\nseen     {seen!r}")


def true(truth, what):
    if not truth:
        raise Failure(f"not so: {what}")


def program_path():
    return os.path.abspath(sys.argv[1])


def main(names):
    """names: the globals() of the test file. usage: FILE PROGRAM [--update] [WORD...]"""
    Room.update = "--update" in sys.argv
    words = [a for a in sys.argv[2:] if not a.startswith("--")]
    tests = [(n, f) for n, f in names.items() if n.startswith("test_") and (not words or any(w in n for w in words))]
    print(f"1..{len(tests)}")
    for number, (name, function) in enumerate(tests, 1):
        folder = tempfile.mkdtemp(prefix="mizan-cli-")
        title = name[5:].replace("_", " ")
        try:
            function(Room(program_path(), folder))
            print(f"ok {number} - {title}", flush=True)
        except Skip as reason:
            print(f"ok {number} - {title} # SKIP {reason}", flush=True)
        except Failure as failure:
            print(f"not ok {number} - {title}", flush=True)
            print("".join(f"# {line}\n" for line in str(failure).splitlines()), end="", flush=True)
        except Exception:
            print(f"not ok {number} - {title}", flush=True)
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
