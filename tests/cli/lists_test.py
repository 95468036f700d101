#!/usr/bin/env python3
"""The lists commands and the index commands: bringing lists in, looking at them, going back."""
import json, os, re, signal, subprocess, sys

from harness import DAY, INVENTED, NOW, SOURCE, Skip, main, same, true

LATER = {"MIZAN_NOW": str(NOW + 3 * DAY)}


def one_week_later(text):
    """The next version of the list: a new date, one person gone, one come, one changed."""
    text = text.replace('dateGenerated="2026-08-01', 'dateGenerated="2026-08-08')
    individuals = re.findall(r"<INDIVIDUAL>.*?</INDIVIDUAL>\s*", text, re.S)
    last = individuals[-1]
    text = text.replace(last, "")
    text = text.replace("<DATE>1974-03-09</DATE>", "<DATE>1974-03-19</DATE>", 1)
    new = individuals[0].replace("9900001", "9900999").replace("INi.001", "INi.999").replace("SOFYANE", "TAYYEB")
    return text.replace("</INDIVIDUALS>", new + "</INDIVIDUALS>")


class Publisher:
    """The server of the tests of downloading, with a folder of its own in the room."""

    def __init__(self, room):
        self.room = room
        room.path("published").mkdir()

    def __enter__(self):
        script = SOURCE / "tests" / "lists" / "http_server.py"
        self.server = subprocess.Popen([sys.executable, script, self.room.path("published")], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)
        self.address = f"http://127.0.0.1:{int(self.server.stdout.readline())}"
        return self

    def __exit__(self, *what):
        self.server.stdin.close()
        self.server.terminate()
        self.server.wait(10)
        self.server.stdout.close()

    def publish(self, name, text):
        self.room.write(f"published/{name}", text)


CANADA = SOURCE / "tests" / "lists" / "samples" / "canada-2025.xml"


def half_of(text):
    individuals = re.findall(r"<INDIVIDUAL>.*?</INDIVIDUAL>\s*", text, re.S)
    for individual in individuals[: len(individuals) * 2 // 3]:
        text = text.replace(individual, "")
    return text


def test_an_empty_store_says_how_to_get_lists(room):
    room.run("lists", "status").expect(0, out="", err="mizan lists update")
    room.run("screen", "Anybody").expect(1, err=["no lists", "mizan lists update", "mizan lists import"])
    room.run("lists", "diff", "un").expect(1)
    room.run("lists", "history", "un").expect(1)
    true(not room.path("store").exists(), "looking makes no folder")


def test_import_and_status(room):
    brought = room.run("lists", "import", f"un:{INVENTED}").expect(0).lines()[0]
    same(("new", "un", "un", 0), tuple(brought[k] for k in ("outcome", "list", "format", "rejected")))
    same(brought["records"], brought["entities"])
    same(64, len(brought["version"]))
    again = room.run("lists", "import", INVENTED).expect(0).lines()[0]
    same(("unchanged", brought["version"]), (again["outcome"], again["version"]))
    status = room.run("lists", "status").expect(0).lines()
    same([("un", 0, False, "2026-08-01T12:00:00Z")], [tuple(s[k] for k in ("list", "age_days", "old", "published")) for s in status])
    room.golden("lists-status.txt", room.run("lists", "status", "--format", "table").expect(0).out)
    room.golden("lists-status.csv", room.run("lists", "status", "--format", "csv").expect(0).out)


def test_status_warns_of_old_lists(room):
    room.imported()
    seven, eight = ({"MIZAN_NOW": str(NOW + days * DAY)} for days in (7, 8))
    same("", room.run("lists", "status", environment=seven).expect(0).err)
    told = ["warning: un was last checked", "8 days ago", "mizan lists update un"]
    old = room.run("lists", "status", environment=eight).expect(0, err=told)
    same((8, True), tuple(old.lines()[0][k] for k in ("age_days", "old")))
    room.run("lists", "status", "--format", "table", environment=eight).expect(0, out="8 days ago")
    same("", room.run("lists", "status", "--quiet", environment=eight).expect(0).err)


def test_import_change_diff_and_back(room):
    first = room.run("lists", "import", INVENTED).expect(0).lines()[0]["version"]
    changed = room.changed_list("next.xml", one_week_later)
    second = room.run("lists", "import", f"un:{changed}", environment=LATER).expect(0).lines()[0]
    same((1, 1, 1, first), tuple(second[k] for k in ("added", "removed", "changed", "previous")))

    room.golden("lists-diff.txt", room.run("lists", "diff", "un", "--format", "table").expect(0).out)
    room.golden("lists-diff.csv", room.run("lists", "diff", "un", "--format", "csv").expect(0).out)
    changes = room.run("lists", "diff", "un").expect(0).lines()
    same(["added", "changed", "removed"], sorted(c["change"] for c in changes))
    [field] = next(c for c in changes if c["change"] == "changed")["fields"]
    same(("birthDate", "1974-03-09", "1974-03-19"), tuple(field[k] for k in ("property", "from", "to")))

    backwards = room.run("lists", "diff", "un", second["version"][:8], first[:8], "--format", "table").expect(0)
    true("date of birth 1974-03-19 → 1974-03-09" in backwards.out, "the other way round")
    same("Added 0, removed 0, changed 0\n", room.run("lists", "diff", "un", first, first, "--format", "table").expect(0).out)

    history = room.run("lists", "history", "un").expect(0).lines()
    same([(second["version"], True), (first, False)], [(v["version"], v["current"]) for v in history])
    room.run("lists", "select", "un", first[:12]).expect(0, err=first[:12])
    same([first], [s["version"] for s in room.run("lists", "status").expect(0).lines()])
    history = room.run("lists", "history", "un").expect(0).lines()
    same({first}, {v["version"] for v in history if v["current"]})
    room.golden("lists-history.txt", room.run("lists", "history", "un", "--format", "table").expect(0).out)


def test_the_tables_speak_three_languages(room):
    room.imported()
    room.run("lists", "import", room.changed_list("next.xml", one_week_later), environment=LATER).expect(0)
    old = {"MIZAN_NOW": str(NOW + 13 * DAY)}
    for language, words in {
        "en": ["BROUGHT IN", "10 days ago", "ADDED", "Added 1", "date of birth 1974-03-09 → 1974-03-19"],
        "fr": ["IMPORTÉE LE", "il y a 10 jours", "AJOUTÉES", "Ajoutées : 1", "date de naissance : 1974-03-09 → 1974-03-19"],
        "ar": ["تاريخ الاستيراد", "عدد الأيام: 10", "المضاف", "المضاف: 1", "تاريخ الميلاد: من ⁨1974-03-09⁩ إلى ⁨1974-03-19⁩"],
    }.items():
        show = lambda *arguments: room.run("lists", *arguments, "--format", "table", "--lang", language, environment=old)
        show("status").expect(0, out=words[:2])
        show("history", "un").expect(0, out=[words[0], words[2]])
        show("diff", "un").expect(0, out=words[3:])
    programs = [room.run("lists", "diff", "un", "--format", form, "--lang", "ar").expect(0).out for form in ("json", "csv")]
    true(all("birthDate" in out and "changed" in out for out in programs), "what programs read speaks no language")


def people(count, **more):
    line = lambda n: {"id": f"x-{n}", "schema": "Person", "target": True,
                      "properties": {"name": [f"Invented {n}"], **{k: [v] for k, v in more.items()}}}
    return [line(n) for n in range(count)]


def test_what_changed_alike_in_very_many_entries_is_said_once(room):
    def brought(entities):
        text = "".join(json.dumps(e) + "\n" for e in entities)
        room.run("lists", "import", f"ftm:{room.write('list.ftm.json', text)}", "--list", "house").expect(0)

    brought(people(120, country="ma"))
    some = people(120, country="dz", sourceUrl="https://lists.example/")
    some[7]["properties"]["birthDate"] = ["1970"]
    for n in range(20, 120):  # the others changed theirs
        some[n]["properties"]["country"] = ["ma"]
    brought(some)
    lines = room.run("lists", "diff", "house", "--format", "table").expect(0).out.splitlines()
    same("Added 0, removed 0, changed 120", lines[0])
    same("in 120 entries: web address added https://lists.example/", lines[-1])
    same(22, len(lines), "of the others only those who say more")
    true("~ x-0 Invented 0: country Morocco → Algeria" in lines, lines)
    [both] = [line for line in lines if "x-7 " in line]
    true("date of birth added 1970" in both and "country" in both and "https" not in both, both)
    room.run("lists", "diff", "house", "--format", "table", "--lang", "fr").expect(
        0, out=["pays : Maroc → Algérie", "dans 120 fiches : adresse web : ajout de https://lists.example/"])
    same(141, sum(len(c["fields"]) for c in room.run("lists", "diff", "house").expect(0).lines()))
    same(142, len(room.run("lists", "diff", "house", "--format", "csv").expect(0).out.splitlines()))

    brought(people(120, country="ma")[:99] + people(120)[99:])
    brought(people(120))
    lines = room.run("lists", "diff", "house", "--format", "table").expect(0).out.splitlines()
    same((100, 99), (len(lines), sum("country removed Morocco" in line for line in lines)), "ninety-nine are named")


def test_the_image_follows_the_lists(room):
    entities = lambda: {e["reference"] for e in room.run("index", "entities").expect(0).lines()}
    versions = lambda: [l["version"] for l in room.run("index", "info").expect(0).lines()[0]["lists"]]
    first = room.run("lists", "import", INVENTED).expect(0).lines()[0]["version"]
    before = entities()
    same([first], versions())
    second = room.run("lists", "import", room.changed_list("next.xml", one_week_later)).expect(0).lines()[0]["version"]
    same([second], versions())
    same({"INi.999"}, entities() - before)
    room.run("lists", "select", "un", first).expect(0)
    same((before, [first]), (entities(), versions()))
    room.path("store/index.mzi").unlink()
    room.run("lists", "import", INVENTED).expect(0, out="unchanged")
    same(before, entities())
    same([], [name for name in os.listdir(room.path("store")) if "partial" in name])


def test_the_image_is_updated_where_little_has_changed(room):
    room.imported()
    before = room.path("store/index.mzi").read_bytes()
    since = lambda: room.run("index", "info").expect(0).lines()[0]["since_built"]
    same({"added": 0, "removed": 0, "bytes": 0}, since())
    room.run("lists", "import", "-v", room.changed_list("next.xml", one_week_later)).expect(0, err="updated ")
    changes = room.path("store/index.mzi.changes")
    same(before, room.path("store/index.mzi").read_bytes(), "the image is not built again")
    true(since()["added"] > 0 and since()["bytes"] == changes.stat().st_size, "what changed is beside it")
    found = room.run("screen", "Tayyeb el Marbekoui").expect(0, out="INi.999").out
    facts = room.run("index", "info").expect(0).lines()[0]
    changes.write_bytes(changes.read_bytes()[:-100])
    room.run("screen", "Tayyeb el Marbekoui").expect(0, out="INi.999", err="making it anew")
    same(0, since()["added"], "built from nothing")
    same(facts["entities"], room.run("index", "info").expect(0).lines()[0]["entities"])
    same(found, room.run("screen", "Tayyeb el Marbekoui").expect(0).out, "the same is found")
    true(not changes.exists(), "and the damaged file is gone")


def test_the_store_s_image_can_be_merged(room):
    room.imported()
    room.run("lists", "import", room.changed_list("next.xml", one_week_later)).expect(0)
    found = room.run("screen", "Tayyeb el Marbekoui").expect(0, out="INi.999").out
    room.run("index", "merge").expect(0, out="")
    same(["index.mzi", "lists", "lock"], sorted(os.listdir(room.path("store"))))
    same(found, room.run("screen", "Tayyeb el Marbekoui").expect(0).out)


def test_an_image_left_behind_is_told_of(room):
    room.imported()
    old = room.path("store/index.mzi").read_bytes()
    room.run("lists", "import", room.changed_list("next.xml", one_week_later)).expect(0)
    room.path("store/index.mzi").write_bytes(old)
    room.path("store/index.mzi.changes").unlink()
    room.run("screen", "Tayyeb el Marbekoui").expect(0, err="not that of the current lists")


def test_reading_again_what_is_kept(room):
    samples = SOURCE / "tests" / "lists" / "samples"
    mapping = room.write("columns.json", '{"schema":"Person","id":"no","columns":{"Called":"name"}}')
    table = room.write("house.csv", "no,Called\n1,Amina Tazi\n2,Basma Idrissi\n")
    room.run("lists", "import", INVENTED).expect(0)
    room.run("lists", "import", "--list", "ofac-cons", f"ofac:{samples / 'ofac'}").expect(0)
    room.run("lists", "import", "--list", "house", "--mapping", mapping, f"csv:{table}").expect(0)
    room.run("lists", "import", "--list", "piped", "--mapping", mapping, "csv:-", stdin=table.read_text()).expect(0)
    mapping.unlink()
    before = {s["list"]: s["version"] for s in room.run("lists", "status").expect(0).lines()}
    again = room.run("lists", "reread").expect(0).lines()
    same([(name, "unchanged", before[name]) for name in ("house", "ofac-cons", "piped", "un")],
         [tuple(l[k] for k in ("list", "outcome", "version")) for l in again])
    same(["un"], [l["list"] for l in room.run("lists", "reread", "un").expect(0).lines()])
    done = room.run("lists", "reread", "absent", "un").expect(1, err=["absent: no version", "1 of 2 lists could not be read again: absent"])
    same(["failed", "unchanged"], [l["outcome"] for l in done.lines()])
    same([], [name for name in os.listdir(room.path("store/lists")) if name.startswith(".")])


def test_a_list_that_shrank_is_refused_until_accepted(room):
    room.imported()
    small = room.changed_list("small.xml", half_of)
    room.run("lists", "import", f"un:{small}").expect(1, out="", err="--accept")
    same("unchanged", room.run("lists", "import", INVENTED).lines()[0]["outcome"])
    accepted = room.run("lists", "import", "--accept", f"un:{small}").expect(0).lines()[0]
    true(accepted["accepted"], "what was accepted is remembered")


def test_two_forms_of_one_list_are_one_list(room):
    samples = SOURCE / "tests" / "lists" / "samples"
    table, xml = samples / "eu-1.1.csv", samples / "eu.xml"
    same(("eu", "eu"), tuple(room.run("lists", "import", table).expect(0).lines()[0][k] for k in ("list", "format")))
    room.run("lists", "import", xml).expect(1, out="", err=["format eu-xml, the one held has eu", "--accept"])
    accepted = room.run("lists", "import", "--accept", xml).expect(0).lines()[0]
    same(("eu", "eu-xml"), (accepted["list"], accepted["format"]))
    same(["eu"], [s["list"] for s in room.run("lists", "status").expect(0).lines()])
    room.run("lists", "update", "eu-xml").expect(2, err="no official list “eu-xml”")


def test_the_two_british_lists_are_two_lists(room):
    samples = SOURCE / "tests" / "lists" / "samples"
    for name in ("uk-list.csv", "uk-ofsi-2022.csv"):
        room.run("lists", "import", samples / name).expect(0)
    same(["uk", "uk-list"], [s["list"] for s in room.run("lists", "status").expect(0).lines()])
    ids = {e["id"] for e in room.run("index", "entities").expect(0).lines()}
    true("uk-list-ZZZ0001" in ids, ids)


def test_what_cannot_be_read_is_said_with_its_place(room):
    room.run("lists", "import", "un:absent.xml").expect(1, out="", err="absent.xml")
    broken = room.write("broken.xml", INVENTED.read_text()[:5000])
    room.run("lists", "import", f"un:{broken}").expect(1, out="", err="broken.xml:")
    for source, text in (("un:-", INVENTED.read_text()[:5000]), ("csv:-", "colour\nred\n"), ("json:-", "[{")):
        done = room.run("lists", "import", source, stdin=text).expect(1, out="", err="standard input:")
        true("standard-input" not in done.err and ".new" not in done.err, done.err)
    room.run("lists", "import", room.write("nothing.txt", "no list\n")).expect(1, err="format")
    room.run("lists", "import", f"un:{room.folder}").expect(1)
    if os.geteuid() != 0:
        secret = room.write("secret.xml", INVENTED.read_text())
        secret.chmod(0)
        room.run("lists", "import", f"un:{secret}").expect(1, err="secret.xml")
    room.run("lists", "status").expect(0, out="")


def test_unknown_lists_and_versions_are_said(room):
    room.imported()
    room.run("lists", "history", "eu").expect(1, err="eu")
    room.run("lists", "diff", "eu").expect(1)
    room.run("lists", "select", "un", "0000000").expect(1)
    room.run("lists", "select", "un", "ab").expect(1)
    room.run("lists", "select", "../un", "abcd").expect(1)


def test_a_store_that_cannot_be_written(room):
    room.write("store", "a file, not a folder\n")
    room.run("lists", "import", INVENTED).expect(1, out="", err="store")
    room.run("lists", "status").expect(1, out="", err="store is not a folder")
    room.run("screen", "Anybody").expect(1, err="store is not a folder")
    if os.geteuid() != 0:
        room.path("store").unlink()
        room.imported()
        for folder in (room.path("store/lists"), room.path("store")):
            folder.chmod(0o500)
        try:
            room.run("lists", "import", room.changed_list("next.xml", one_week_later)).expect(1)
            room.run("screen", "Sofyane el Marbekoui").expect(0)
        finally:
            for folder in (room.path("store"), room.path("store/lists")):
                folder.chmod(0o700)


def test_update_from_an_address(room):
    with Publisher(room) as publisher:
        address = f"{publisher.address}/etag/consolidated.xml"
        publisher.publish("consolidated.xml", INVENTED.read_text())
        first = room.run("lists", "update", "un", "--from", address).expect(0).lines()
        same([("new", "un", 101, address)], [tuple(l[k] for k in ("outcome", "list", "entities", "origin")) for l in first])
        same(101, len(room.run("index", "entities").expect(0).lines()))

        again = room.run("lists", "update", "un", "--from", address, environment=LATER).expect(0).lines()[0]
        same(("unchanged", "2026-08-04T12:00:00Z", "2026-08-07T12:00:00Z"),
             tuple(again[k] for k in ("outcome", "imported", "checked")))
        ten = {"MIZAN_NOW": str(NOW + 10 * DAY)}
        status = room.run("lists", "status", environment=ten).expect(0)
        same((7, False, ""), (*(status.lines()[0][k] for k in ("age_days", "old")), status.err))
        room.golden("lists-status-checked.txt", room.run("lists", "status", "--format", "table", environment=ten).expect(0).out)

        publisher.publish("consolidated.xml", one_week_later(INVENTED.read_text()))
        second = room.run("lists", "update", "un", "--from", address, "--format", "table").expect(0)
        second.expect(0, out=["un", "new", "101 entities, dated 2026-08-08; 1 added, 1 removed, 1 changed"])
        changes = room.run("lists", "diff", "un").expect(0).lines()
        same(["added", "changed", "removed"], sorted(c["change"] for c in changes))
        true("INi.999" in {e["reference"] for e in room.run("index", "entities").expect(0).lines()}, "in the index")

        publisher.publish("consolidated.xml", half_of(INVENTED.read_text()))
        room.run("lists", "update", "un", "--from", address).expect(1, err=["un refused: it shrank", "--accept"])
        room.run("lists", "update", "un", "--from", address, "--accept").expect(0, out="it shrank")


def test_update_of_several_lists_of_which_one_fails(room):
    with Publisher(room) as publisher:
        mirror = ("--mirror", f"{publisher.address}/mirror")
        publisher.publish("un/consolidated.xml", INVENTED.read_text())
        publisher.publish("canada/sema-lmes.xml", CANADA.read_text())
        done = room.run("lists", "update", "un", "eu", "canada", *mirror)
        done.expect(1, err=["eu: ", "404", "1 of 3 lists could not be brought in: eu"])
        same([("un", "new"), ("eu", "failed"), ("canada", "new")], [(l["list"], l["outcome"]) for l in done.lines()])
        same(["canada", "un"], [s["list"] for s in room.run("lists", "status").expect(0).lines()])
        same({"canada", "un"}, {e["list"] for e in room.run("index", "entities").expect(0).lines()})

        setting = {"MIZAN_MIRROR": f"{publisher.address}/mirror/"}
        done = room.run("lists", "update", "un", "canada", "--format", "csv", environment=setting).expect(0)
        same(["list,outcome", "un,unchanged", "canada,unchanged"], [",".join(l.split(",")[:2]) for l in done.out.splitlines()])
        room.run("lists", "update", "un", "--from", f"{publisher.address}/missing", environment=setting).expect(1, err="404")
        room.run("lists", "update", "un", "--mirror", "http://192.0.2.1/lists").expect(1, err="https")
        room.run("lists", "update", "un", "--mirror", "https://files.example/" + "x" * 5000).expect(1, err="too long")


def test_update_without_names_takes_the_usual_lists_and_those_held(room):
    with Publisher(room) as publisher:
        mirror = ("--mirror", f"{publisher.address}/mirror")
        usual = ["un", "ofac", "ofac-cons", "eu", "uk-list", "canada", "australia"]
        publisher.publish("un/consolidated.xml", INVENTED.read_text())
        done = room.run("lists", "update", *mirror).expect(1, err="6 of 7 lists could not be brought in: ofac, ofac-cons,")
        same([(name, "new" if name == "un" else "failed") for name in usual], [(l["list"], l["outcome"]) for l in done.lines()])
        room.run("lists", "import", SOURCE / "tests" / "lists" / "samples" / "uk-ofsi-2022.csv").expect(0)
        done = room.run("lists", "update", *mirror).expect(1)
        same(sorted(usual + ["uk"]), sorted(l["list"] for l in done.lines()))


def test_an_update_that_fails_names_the_list(room):
    done = room.run("lists", "update", "un", "--from", "https://127.0.0.1:1/un.xml").expect(1, err=["un:", "could not be brought in: un"])
    same([("failed", "un")], [(l["outcome"], l["list"]) for l in done.lines()])
    done = room.run("lists", "update", "un", "--from", "https://127.0.0.1:1/un.xml", "--format", "table").expect(1)
    true(done.out.startswith("un            failed"), done.out)


def test_formats(room):
    formats = [f["format"] for f in room.run("lists", "formats").expect(0).lines()]
    true({"un", "ofac", "uk", "ftm"} <= set(formats), formats)
    shown = room.run("lists", "formats", "--format", "table").expect(0).out
    same(len(formats) + 1, len(shown.splitlines()))


def test_index_build_counts_and_info(room):
    built = room.run("index", "build", "--output", "a.mzi", f"un:{INVENTED}").expect(0).lines()
    same([("un", "un", 101, 101, 0, "2026-08-01")],
         [tuple(b[k] for k in ("format", "list", "records", "entities", "rejected", "published")) for b in built])
    info = room.run("index", "info", "--index", "a.mzi").expect(0).lines()[0]
    same((101, [("un", 101, "2026-08-01")]),
         (info["entities"], [tuple(l[k] for k in ("list", "entities", "published")) for l in info["lists"]]))
    same(room.path("a.mzi").stat().st_size, info["bytes"])
    room.run("index", "info", "--index", "a.mzi", "--format", "table").expect(0, out=["entities", "101", "LIST", "un"])
    entities = room.run("index", "entities", "--index", "a.mzi").expect(0).lines()
    same(["id", "schema", "caption", "list", "reference"], list(entities[0]))
    same(101, len({e["id"] for e in entities}))
    table = room.run("index", "entities", "--index", "a.mzi", "--format", "table").expect(0).out
    same(102, len(table.splitlines()))
    room.run("index", "build", "-o", "b.mzi", INVENTED).expect(0)
    same(room.path("a.mzi").read_bytes(), room.path("b.mzi").read_bytes(), "the same records give the same bytes")


def test_a_mapping_file_names_the_list(room):
    room.write("refused.csv.map.json", '{"list": "national", "schema": "Person", "columns": {"Full name": "name"}}')
    path = room.write("refused.csv", "Full name\nAmina Tazi\n")
    imported = json.loads(room.run("lists", "import", "--format", "json", f"csv:{path}").expect(0).out)
    same("national", imported["list"])
    same("national", json.loads(room.run("lists", "status", "--format", "json").expect(0).out)["list"])
    built = json.loads(room.run("index", "build", "--format", "json", "-o", "a.mzi", f"csv:{path}").expect(0).out)
    same("national", built["list"])
    info = room.run("index", "info", "--format", "json", "--index", "a.mzi").expect(0).out
    same(1, info.count('"list":"national"'))
    true('"list":"own"' not in info, "one list, under one name")
    room.run("lists", "import", "--list", "house", f"csv:{path}").expect(0)
    true('"list":"house"' in room.run("lists", "status", "--format", "json").expect(0).out, "what is said goes before")


def test_rejected_records_are_named_and_kept(room):
    good = '{"id":"x-%d","schema":"Person","target":true,"properties":{"name":["Invented %d"]}}'
    lines = [good % (n, n) if n % 2 == 0 else '{"id": 5}' for n in range(40)]
    path = room.write("mixed.ftm.json", "\n".join(lines) + "\n")
    built = room.run("index", "build", "-o", "m.mzi", "--rejected", "bad.jsonl", f"ftm:{path}").expect(0)
    counts = built.lines()[0]
    same((40, 20, 20), tuple(counts[k] for k in ("records", "entities", "rejected")))
    same(10, built.err.count("rejected record at line"))
    true("and 10 rejected records more" in built.err, built.err)
    kept = [json.loads(line) for line in room.path("bad.jsonl").read_text().splitlines()]
    same(list(range(2, 41, 2)), [k["line"] for k in kept])
    true(all(k["reason"] for k in kept), "each with its reason")
    same("", room.run("index", "build", "-q", "-o", "m.mzi", f"ftm:{path}").expect(0).err)


def test_changes_are_applied_to_the_list_that_is_held(room):
    def person(number, name):
        return {"id": f"x-{number}", "schema": "Person", "target": True, "properties": {"name": [name]}}

    def lines(objects):
        return "".join(json.dumps(o) + "\n" for o in objects)

    whole = room.write("entities.ftm.json", lines(person(n, f"Zoubir Sample{'abcdefgh'[n]}") for n in range(8)))
    delta = room.write("entities.delta.json", lines([
        {"op": "ADD", "entity": person(8, "Yahya Newcomer")},
        {"op": "DEL", "entity": {"id": "x-3"}},
        {"op": "MOD", "entity": person(5, "Wassim Renamed")}]))
    bring = ("lists", "import", "--list", "os")
    room.run(*bring, f"ftm:{delta}").expect(1, err=["no version of the list os is held", "mizan lists import --list os ftm:FILE"])
    room.run(*bring, f"ftm:{room.write('half.json', lines([{'op': 'DEL', 'entity': {'id': 'x-1'}}]))}").expect(1)
    first = room.run(*bring, f"ftm:{whole}").expect(0).lines()[0]
    second = room.run(*bring, f"ftm:{delta}").expect(0).lines()[0]
    same(("new", 8, 1, 1, 1), tuple(second[k] for k in ("outcome", "entities", "added", "removed", "changed")))
    same(first["version"], second["base"])
    changes = room.run("lists", "diff", "os").expect(0).lines()
    same(["x-5 changed", "x-8 added", "x-3 removed"], [f"{c['id']} {c['change']}" for c in changes])
    same("unchanged", room.run(*bring, f"ftm:{delta}").expect(0).lines()[0]["outcome"])
    room.run("lists", "reread", "os").expect(0)
    same(1, len(room.run("lists", "status").expect(0).lines()))
    for name in ("Yahya Newcomer", "Wassim Renamed"):
        true("x-" in room.run("screen", name).expect(0).out, f"{name} is found")

    wrong = lines([{"op": "MOD", "entity": person(3, "Gone Before")}, {"op": "DEL", "entity": {"id": "x-0"}}])
    room.run(*bring, "ftm:-", stdin=wrong).expect(1, err=["1 modified but not held (x-3)", "--accept"])
    taken = room.run(*bring, "--accept", "ftm:-", stdin=wrong).expect(0).lines()[0]
    same((8, 1, 1), tuple(taken[k] for k in ("entities", "added", "removed")))
    true("1 modified but not held (x-3)" in taken["accepted"], taken["accepted"])


def people_file(room, name, people):
    return room.write(name, "id,name\n" + "".join(f"{ident},{called}\n" for ident, called in people.items()))


def test_index_update_brings_lists_up_to_date(room):
    people = {f"p{n}": f"Amina Tazi{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(60)}
    sources = ["--list", "house", f"csv:{people_file(room, 'house.csv', people)}"]
    update = lambda *more: room.run("index", "update", "--index", "a.mzi", *more, *sources)
    update().expect(1, err="a.mzi")
    room.run("index", "update", *sources).expect(2, err="mizan index update --index FILE")
    room.run("index", "build", "-o", "a.mzi", *sources).expect(0)
    same({"index": "a.mzi", "added": 0, "changed": 0, "removed": 0, "same": 60, "merged": False}, update().expect(0).lines()[-1])
    del people["p3"]
    people["p4"] = "Basma Idrissi"
    people = {"p99": "Chadia Naciri"} | people
    people_file(room, "house.csv", people)
    update("--format", "table").expect(0, out=["house", "60 entities", "a.mzi: 1 added, 1 changed, 1 removed, 58 as they were\n"])
    entities = lambda: {e["id"]: e["caption"] for e in room.run("index", "entities", "--index", "a.mzi").expect(0).lines()}
    held = {f"house-{ident}": called for ident, called in people.items()}
    same(held, entities())
    since = room.run("index", "info", "--index", "a.mzi").expect(0).lines()[0]["since_built"]
    same((2, 2), (since["added"], since["removed"]))
    room.run("index", "info", "--index", "a.mzi", "--format", "table").expect(
        0, out=["entities        60\n", "since built     2 added, 2 removed"])
    table = room.run("index", "entities", "--index", "a.mzi", "--format", "table").expect(0).out.splitlines()
    same(61, len(table))
    room.run("index", "merge", "--index", "a.mzi").expect(0)
    same(["a.mzi", "home", "house.csv"], sorted(os.listdir(room.folder)))
    same(held, entities())


def test_the_tables_of_an_index_speak_three_languages(room):
    people = {f"p{n}": f"Amina Tazi{chr(97 + n)}" for n in range(20)}
    source = f"csv:{people_file(room, 'house.csv', people)}"
    for language, read, since, updated, names in (
            ("en", "20 entities  (csv, ", "since built     1 added, 1 removed, in a file of ",
             ": 0 added, 1 changed, 0 removed, 19 as they were\n", "REFERENCE"),
            ("fr", "entités : 20  (csv, ", "depuis la création  ajoutées : 1, retirées : 1, dans un fichier de ",
             ": ajoutées : 0, modifiées : 1, retirées : 0, inchangées : 19\n", "RÉFÉRENCE"),
            ("ar", "الكيانات: 20  (csv, ", "منذ البناء     المضاف: 1، المحذوف: 1، في ملف", "المضاف: 0، المعدل: 1،", "المرجع")):
        show = lambda *arguments: room.run("index", *arguments, "--format", "table", "--lang", language).expect(0)
        people_file(room, "house.csv", people)
        show("build", "-o", "a.mzi", "--list", "house", source).expect(0, out=read)
        people_file(room, "house.csv", people | {"p7": "Basma Idrissi"})
        show("update", "--index", "a.mzi", "--list", "house", source).expect(0, out=updated)
        show("info", "--index", "a.mzi").expect(0, out=since)
        show("entities", "--index", "a.mzi").expect(0, out=names)
        true("SECTION" not in show("info", "--sections", "--index", "a.mzi").out or language != "ar", "columns are named")


def test_index_check_builds_it_again_and_compares(room):
    check = lambda *more: room.run("index", "check", "--index", "a.mzi", *more)
    room.run("index", "build", "-o", "a.mzi", INVENTED).expect(0)
    same({"index": "a.mzi", "right": True}, check().expect(0).lines()[0])
    check("--format", "table").expect(0, out="a.mzi: is the index of the records in it\n")
    check("--format", "table", "--lang", "fr").expect(0, out="l’index des fiches")
    same(["a.mzi", "home"], sorted(os.listdir(room.folder)))
    damaged = bytearray(room.path("a.mzi").read_bytes())
    damaged[-100] ^= 1
    room.write("a.mzi", bytes(damaged))
    check().expect(1, err="a.mzi: the index image is damaged")


def test_index_info_says_when_changes_are_of_another_index(room):
    source = f"csv:{people_file(room, 'house.csv', {f'p{n}': f'Amina Tazi{chr(97 + n)}' for n in range(20)})}"
    info = lambda *more: room.run("index", "info", "--index", "a.mzi", *more).expect(0)
    room.run("index", "build", "-o", "a.mzi", "--list", "house", source).expect(0)
    same(False, info().lines()[0]["foreign_changes"])
    room.run("index", "build", "-o", "b.mzi", "--list", "other", source).expect(0)
    people_file(room, "house.csv", {"p1": "Basma Idrissi"})
    room.run("index", "update", "--accept", "--index", "b.mzi", "--list", "more", source).expect(0)
    os.rename(room.path("b.mzi.changes"), room.path("a.mzi.changes"))
    facts = info().lines()[0]
    same((True, 0, 20), (facts["foreign_changes"], facts["since_built"]["added"], facts["entities"]))
    info("--format", "table").expect(0, out="changes         the file of changes beside it belongs to another index and is passed over\n")
    info("--format", "table", "--lang", "fr").expect(0, out="un autre index")


def test_index_update_merges_when_much_has_changed(room):
    first = people_file(room, "house.csv", {f"p{n}": f"Amina Tazi{chr(97 + n)}" for n in range(20)})
    room.run("index", "build", "-o", "a.mzi", "--list", "house", f"csv:{first}").expect(0)
    people_file(room, "house.csv", {f"p{n}": f"Basma Idrissi{chr(97 + n)}" for n in range(20)})
    done = room.run("index", "update", "--index", "a.mzi", "--list", "house", f"csv:{first}").expect(0).lines()[-1]
    same((20, True), (done["changed"], done["merged"]))
    same(["a.mzi", "home", "house.csv"], sorted(os.listdir(room.folder)))


def test_index_update_leaves_the_index_when_it_fails(room):
    room.run("index", "build", "-o", "a.mzi", INVENTED).expect(0)
    before = room.path("a.mzi").read_bytes()
    broken = room.write("broken.xml", INVENTED.read_text(encoding="utf-8")[:5000])
    room.run("index", "update", "--index", "a.mzi", f"un:{broken}").expect(1, err="broken.xml:")
    same((before, ["a.mzi", "broken.xml", "home"]), (room.path("a.mzi").read_bytes(), sorted(os.listdir(room.folder))))
    room.run("index", "update", "--index", "a.mzi", f"un:{INVENTED}", f"csv:{people_file(room, 'house.csv', {'1': 'Amina Tazi'})}",
             f"un:{INVENTED}").expect(1, err="the list un is there twice")
    half = room.changed_list("half.xml", lambda text: re.sub(r"<INDIVIDUAL>(?:.|\n)*?</INDIVIDUAL>", "", text, count=40))
    room.run("index", "update", "--index", "a.mzi", f"un:{half}").expect(1, err=["un refused: it shrank from 101 to", "--accept"])
    same((before, False), (room.path("a.mzi").read_bytes(), room.path("a.mzi.changes").exists()))
    room.run("index", "update", "--accept", "--index", "a.mzi", f"un:{half}").expect(0)
    room.run("index", "update", "--index", "a.mzi", f"un:{INVENTED}", f"un:{INVENTED}").expect(0)
    same(202, len(room.run("index", "entities", "--index", "a.mzi").expect(0).lines()), "two files of one list are one list")


def test_index_build_leaves_the_old_image_when_it_fails(room):
    room.write("a.mzi", "old")
    broken = room.write("broken.xml", INVENTED.read_text()[:5000])
    room.run("index", "build", "-o", "a.mzi", INVENTED, f"un:{broken}").expect(1, err="broken.xml:")
    same("old", room.path("a.mzi").read_text())
    same([], [name for name in os.listdir(room.folder) if "partial" in name])
    room.run("index", "build", "-o", "absent/a.mzi", INVENTED).expect(1, err="absent/a.mzi")
    room.run("index", "info", "--index", "a.mzi").expect(1, err="a.mzi")
    room.run("index", "info", "--index", "absent.mzi").expect(1, err="absent.mzi")


def test_ctrl_c_leaves_the_old_image(room):
    room.write("a.mzi", "old")
    process = room.start("index", "build", "-o", "a.mzi", "ftm:-", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    line = b'{"id":"x-%d","schema":"Person","target":true,"properties":{"name":["Invented %d"]}}\n'
    process.stdin.write(b"".join(line % (n, n) for n in range(5000)))
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    try:
        process.stdin.write(b"".join(line % (n, n) for n in range(5000, 50000)))
        process.stdin.close()
    except BrokenPipeError:
        pass
    process.stdin = None
    err = process.communicate(timeout=60)[1]
    same(130, process.returncode, err)
    same("old", room.path("a.mzi").read_text())
    same([], [name for name in os.listdir(room.folder) if "partial" in name])


def test_text_from_lists_cannot_play_with_the_terminal(room):
    evil = '{"id":"x-1","schema":"Person","target":true,"properties":{"name":["Bad\\u001b[2J \\u202eName\\u009b"]}}\n'
    room.run("index", "build", "-o", "e.mzi", f"ftm:{room.write('evil.ftm.json', evil)}").expect(0)
    shown = room.run("index", "entities", "--index", "e.mzi", "--format", "table").expect(0).out
    true(not any(c in shown for c in "\x1b\u202e\x9b"), repr(shown))


def test_progress_and_lines_on_a_terminal(room):
    shown = room.terminal("lists", "import", INVENTED).expect(0, out=["un", "new", "101 entities, dated 2026-08-01"]).out
    true(shown.endswith("\n") and "{" not in shown, shown)


if __name__ == "__main__":
    main(globals())
