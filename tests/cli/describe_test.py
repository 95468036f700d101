#!/usr/bin/env python3
"""What is printed from the descriptions: help, manual pages, completions; and what the parser makes of arguments."""
import re, shutil, subprocess

from harness import GOLDEN, SOURCE, Failure, Skip, main, same, true


def commands(room):
    """The commands, as mizan help names them."""
    pages = room.run("help", "--names").expect(0).out.split()
    families = {"lists", "index", "policy", "people", "subjects", "keys", "cases", "clearances", "tasks", "audit", "database"}
    for page in pages[1:]:
        first, _, rest = page.removeprefix("mizan-").partition("-")
        yield f"{first} {rest}" if first in families else page.removeprefix("mizan-")


def test_help_of_the_program(room):
    room.golden("help.txt", room.run("help").expect(0).out)
    same(room.run("help").out, room.run("--help").out, "mizan help and mizan --help")
    room.run().expect(2, err="mizan help")


def test_help_of_every_command(room):
    for command in commands(room):
        shown = room.run("help", *command.split()).expect(0).out
        if command != "help":  # whose --help is that of the program
            same(shown, room.run(*command.split(), "--help").expect(0).out, f"{command}: two ways to the same help")
        true(shown.index("Examples") < shown.index("Usage"), f"{command}: examples come first")
        true(all(len(line) <= 110 for line in shown.splitlines()), f"{command}: lines of reasonable length")
        room.golden(f"help-{command.replace(' ', '-')}.txt", shown)


def test_help_of_a_family(room):
    shown = room.run("lists", "--help").expect(0, out=["lists update", "lists select"]).out
    same(shown, room.run("help", "lists").expect(0).out)
    true("screen" not in shown, "only the family's commands")


def test_version(room):
    room.run("--version", "--format", "table").expect(0, out="mizan ")
    same(["version", "license"], list(room.run("version").expect(0).lines()[0]))


def test_unknown_words_get_the_nearest_known_one(room):
    cases = [
        (["screan", "x"], ["no command “screan”", "“screen”"]),
        (["list", "update"], ["no command “list”"]),
        (["lists", "updat"], ["“lists updat”", "“lists update”"]),
        (["update"], ["“update”", "“lists update”"]),
        (["xylophone"], ["no command “xylophone”"]),
        (["lists"], ["lists what?", "mizan help lists"]),
        (["screen", "--treshold", "0.8", "x"], ["--treshold", "--threshold"]),
        (["lists", "status", "--accept"], ["lists status has no option --accept"]),
        (["screen", "-x", "y"], ["no option -x"]),
        (["completion", "tcsh"], ["bash, zsh and fish"]),
        (["lists", "update", "unn"], ["no official list “unn”", "did you mean un"]),
        (["lists", "update", "atlantis"], ["no official list “atlantis”", "un"]),
    ]
    for arguments, wanted in cases:
        room.run(*arguments).expect(2, err=wanted)


def test_what_is_near_to_nothing_gets_no_suggestion(room):
    for arguments in (["screen", "--bogus", "x"], ["--bogus"], ["bogus"], ["lists", "update", "xy"], ["screen", "--ids", "x"]):
        done = room.run(*arguments).expect(2)
        true(("did you mean" in done.err) == ("--ids" in arguments), done)
    room.write("home/.config/mizan/mizan.conf", "bogus = 1\n")
    true("did you mean" not in room.run("screen", "x").expect(2, err="no setting “bogus”").err, "nor has a setting")


def test_wrong_usage_is_said_and_ends_with_2(room):
    cases = [
        (["screen"], "needs NAME|FILE|-"),
        (["screen", "Some", "Name"], "quote what has blanks"),
        (["screen", ""], "an empty name"),
        (["screen", "--threshold", "abc", "x"], "--threshold: “abc” is no number from 0.5 to 1 (lower only with --exhaustive)"),
        (["screen", "--threshold", "1.1", "x"], "no number from 0.5 to 1"),
        (["screen", "--threshold", "0x1", "x"], "no number"),
        (["screen", "--threshold", "nan", "x"], "no number"),
        (["screen", "--threshold", "0.3", "x"], "--exhaustive"),
        (["screen", "--limit", "0", "x"], "whole number from 1"),
        (["screen", "--limit", "2.5", "x"], "whole number"),
        (["screen", "--limit"], "--limit needs a value"),
        (["screen", "--exhaustive=yes", "x"], "takes no value"),
        (["screen", "-qv", "x"], "one by one"),
        (["screen", "--schema", "Persn", "x"], "did you mean Person?"),
        (["screen", "--birth-date", "31 February 1970", "x"], "is no date"),
        (["screen", "--nationality", "Atlantis", "x"], "is no country"),
        (["screen", "--property", "birthDat=1970", "x"], "did you mean birthDate?"),
        (["screen", "--property", "birthDate", "x"], "NAME=VALUE"),
        (["screen", "--gender", "unknown", "x"], "male, female or other"),
        (["screen", "--schema", "Person", "-"], "for one name"),
        (["screen", "absent.jsonl"], "no file absent.jsonl"),
        (["--format", "xml", "version"], "json, table or csv"),
        (["version", "now"], "takes nothing"),
        (["index", "build", "un:x.xml"], "--output FILE"),
        (["index", "build", "-o", "x", "--list", "a", "un:x", "un:y"], "one source"),
        (["lists", "diff", "un", "1234"], "OLD NEW"),
        (["lists", "update", "--from", "https://x.example/"], "one list"),
        (["compare", "--schema", "Person", "pairs.csv"], "--schema is for two names"),
    ]
    for arguments, wanted in cases:
        room.run(*arguments).expect(2, err=wanted)
    true(not room.path("store").exists(), "wrong usage leaves no folder behind")


def test_options_stand_anywhere_and_end_at_two_hyphens(room):
    first = room.run("--format", "json", "lists", "formats").expect(0).out
    same(first, room.run("lists", "--format=json", "formats").expect(0).out)
    same(first, room.run("lists", "formats", "--format", "csv", "--format", "json").expect(0).out, "the last one holds")
    room.run("help", "--", "--version").expect(2, err="--version")


def test_flag_then_environment_then_file_then_default(room):
    settings = room.write("home/.config/mizan/mizan.conf", "# settings\n\nformat = csv\n lang=\"fr\"\n")
    formats = lambda *arguments, **more: room.run("lists", "formats", *arguments, **more).expect(0).out
    true(formats().startswith("format,title"), "the file")
    true(formats(environment={"MIZAN_FORMAT": "json"}).startswith("{"), "the environment before the file")
    true(formats("--format", "table", environment={"MIZAN_FORMAT": "json"}).startswith("FORMAT"), "the flag before both")
    settings.unlink()
    true(formats().startswith("{"), "the default of a pipe")
    room.write("settings/mizan/mizan.conf", "format = csv\n")
    true(formats(environment={"XDG_CONFIG_HOME": str(room.path("settings"))}).startswith("format,"), "XDG_CONFIG_HOME")


def test_every_bad_line_of_the_settings_is_named(room):
    room.write("home/.config/mizan/mizan.conf", "format = csv\ntreshold = 0.8\nno equals\nquiet = perhaps\naccept = yes\n")
    room.run("lists", "formats").expect(2, err=[
        "mizan.conf:2: there is no setting “treshold”; did you mean threshold?",
        "mizan.conf:3: “no equals” is not `key = value`",
        "mizan.conf:4: “perhaps” is neither yes nor no",
        "mizan.conf:5: there is no setting “accept”",
    ])
    room.run("help").expect(0)
    room.run("version").expect(0)
    room.run("lists", "formats", "--help").expect(0)
    room.write("home/.config/mizan/mizan.conf", "format = xml\n")
    room.run("lists", "formats").expect(2, err="mizan.conf:1: “xml” is not json, table or csv")
    room.write("home/.config/mizan/mizan.conf", b"format\0= csv\n")
    room.run("lists", "formats").expect(2, err="not a text file")


def test_a_bad_environment_is_named(room):
    room.run("lists", "formats", environment={"MIZAN_FORMAT": "yaml"}).expect(2, err="MIZAN_FORMAT: “yaml”")
    room.run("screen", "x", environment={"MIZAN_THRESHOLD": "high"}).expect(2, err="MIZAN_THRESHOLD: “high”")
    room.run("lists", "formats", environment={"MIZAN_THRESHOLD": "high"}).expect(0)


def test_the_build_knows_every_manual_page(room):
    listed = re.findall(r"'([a-z -]+)',?\n", (SOURCE / "man" / "meson.build").read_text().split("]", 1)[0])
    pages = room.run("help", "--names").expect(0).out.split()
    same(["mizan"] + [f"mizan-{name.replace(' ', '-')}" for name in listed], pages)


def test_manual_pages_render(room):
    if not shutil.which("groff"):
        raise Skip("no groff")
    for command in ["", *commands(room)]:
        page = room.run("help", "--man", *command.split()).expect(0).out
        done = subprocess.run(["groff", "-ww", "-man", "-Tutf8", "-Kutf8", "-rLL=78n"], input=page.encode(), capture_output=True)
        same((0, b""), (done.returncode, done.stderr), f"groff on the page of “{command}”")
        text = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout.decode())
        for heading in ("NAME", "SYNOPSIS", "OPTIONS", "SEE ALSO"):
            true(heading in text, f"{command}: {heading}")


def complete(room, *words):
    """What bash would offer for the last of the words."""
    script = room.run("completion", "bash").expect(0).out
    ask = script + 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mizan; printf "%s\\n" "${COMPREPLY[@]}"\n'
    done = subprocess.run(["bash", "-c", ask, "bash", "mizan", *words], capture_output=True, text=True, cwd=room.folder)
    same("", done.stderr)
    return done.stdout.split()


def test_bash_completes(room):
    if not shutil.which("bash"):
        raise Skip("no bash")
    script = room.write("mizan.bash", room.run("completion", "bash").expect(0).out)
    same((0, ""), (lambda done: (done.returncode, done.stderr))(subprocess.run(["bash", "-n", script], capture_output=True, text=True)))
    room.write("names.mzi", "")
    same(["screen"], complete(room, "sc"))
    same(["lists"], complete(room, "li"))
    same(["select", "status"], sorted(complete(room, "lists", "s")))
    same(["--exhaustive"], complete(room, "screen", "--exh"))
    same(["--exit-code", "--explain", "--explain-plan"],
         [w for w in sorted(complete(room, "screen", "--ex")) if "-exi" in w or "-exp" in w])
    same(["json"], complete(room, "screen", "--format", "j"))
    same(["Person"], complete(room, "screen", "--schema", "Per"))
    same(["names.mzi"], complete(room, "screen", "--index", "nam"))
    same(["--accept"], complete(room, "--format", "csv", "lists", "update", "--a"))
    true("un" in complete(room, "lists", "update", ""), "the names of the lists")
    same(["bash", "zsh", "fish"], complete(room, "completion", ""))


def test_zsh_and_fish_scripts_parse(room):
    checked = []
    for shell in ("zsh", "fish"):
        script = room.write(f"mizan.{shell}", room.run("completion", shell).expect(0).out)
        for name in ("--threshold", "-l threshold"):
            if (name[1] == "-") == (shell == "zsh"):
                true(name in script.read_text(), f"{shell} knows {name}")
        if shutil.which(shell):
            done = subprocess.run([shell, "-n", script], capture_output=True, text=True)
            same((0, ""), (done.returncode, done.stderr), shell)
            checked.append(shell)
    if not checked:
        raise Skip("neither zsh nor fish is here; only the names were checked")


def test_colour_only_on_a_terminal_that_wants_it(room):
    true("\033[1m" in room.terminal("help").expect(0).out, "bold headings on a terminal")
    true("\033[" not in room.terminal("help", environment={"NO_COLOR": "1"}).out, "NO_COLOR")
    true("\033[" not in room.terminal("help", "--no-color").out, "--no-color")
    true("\033[" not in room.terminal("help", environment={"TERM": "dumb"}).out, "a dumb terminal")
    true("\033[" not in room.run("help").out, "a pipe")


if __name__ == "__main__":
    main(globals())
