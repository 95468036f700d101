#!/usr/bin/env python3
"""mizan subjects: whom an agency screens again and again, brought in from files and by hand."""
import json
import signal
import subprocess
import time

from harness import INVENTED, main

MAPPING = {"schema": "Person", "reference": "No", "properties": {"name": ["Name"], "birthDate": ["Born"]}}


def subjects(room, *arguments, **more):
    return room.run("subjects", *arguments, "--database", room.path("subjects.db"), **more)


def bring(room, text, *arguments, name="customers.csv", mapping=MAPPING):
    path = room.path(name)
    path.write_text(text, encoding="utf-8")
    if mapping:
        room.path(name + ".map.json").write_text(json.dumps(mapping), encoding="utf-8")
    return subjects(room, "import", str(path), "--source", "bank", *arguments)


def test_a_table_is_brought_in_and_its_broken_lines_are_told(room):
    rejected = room.path("rejected.jsonl")
    done = bring(room, "No;Name;Born\n1;Amina Tazi;14/03/1971\n;Nobody;\n3;Karim Skalli;someday\n", "--rejected", str(rejected))
    line = done.expect(0).lines()[0]
    assert (line["added"], line["rejected"], line["noted"]) == (2, 1, 1), line
    told = [json.loads(each) for each in rejected.read_text(encoding="utf-8").splitlines()]
    assert [(one["line"], one["taken"], one["field"]) for one in told] == [(3, False, "No"), (4, True, "Born")], told
    assert [one["code"] for one in told] == ["no-reference", "not-understood"], told
    again = bring(room, "No;Name;Born\n1;Amina Tazi;14/03/1971\n;Nobody;\n3;Karim Skalli;1970\n", mapping=None)
    again.expect(0, '"changed":1,"same":1', "rejected line 3: No: there is no reference")
    listed = subjects(room, "list", "--format", "table").expect(0, ["SOURCE", "Amina Tazi"])
    assert "Karim Skalli" in listed.out, listed
    subjects(room, "list", "--format", "csv", "tazi").expect(0, ["id,source,reference", ",bank,1,Person,Amina Tazi,active,"])
    subjects(room, "list", "--lang", "ar", "--format", "table").expect(0, "المصدر")
    subjects(room, "sources").expect(0, '"source":"bank","title":"","subjects":2,"mapping":{"schema":"Person"')
    subjects(room, "show", "bank", "1", "--format", "table", "--lang", "fr").expect(0, ["PROPRIÉTÉ", "1971-03-14"])
    again = bring(room, "No;Name;Born\n;Nobody;\n3;Karim;1970;more\n", "--lang", "fr", mapping=None)
    again.expect(0, err="ligne 2 rejetée: No: il n’y a pas de référence")
    again.expect(0, err="ligne 3 rejetée: illisible: the line has more fields than the heading")
    bring(room, "No;Name;Born\n3;Karim;1970\n3;Karim;1971\n", "--lang", "ar", mapping=None).expect(0, err="سبق وروده في السطر 2")


def test_one_is_added_by_hand_and_closed(room):
    add = ("add", "Zouhair Belmaarouf", "--source", "desk", "--reference", "C-1", "--schema", "Person", "--birth-date", "1971-03-14")
    subjects(room, *add).expect(0, err="is in the register; the service screens it")
    subjects(room, *add, "--lang", "fr").expect(0, err="déjà au registre")
    subjects(room, *add, "--alias", "Abu Talha").expect(0, err="is changed")
    subjects(room, "show", "desk", "C-1").expect(0, '"alias":["Abu Talha"]')
    subjects(room, "close", "desk", "C-1").expect(0, err="screened no more")
    assert subjects(room, "list").expect(0).out == ""
    subjects(room, "list", "--all").expect(0, '"state":"closed"')
    subjects(room, "add", "Zouhair").expect(2, err="--source NAME --reference NUMBER")
    subjects(room, "show", "desk", "C-2").expect(1, err="there is no such subject")
    subjects(room, "add", "X Y", "--source", "a/b", "--reference", "1").expect(1, err="a source is 1 to 64")


def test_who_could_not_be_wholly_screened_is_listed(room):
    room.run("lists", "import", f"un:{INVENTED}").expect(0)
    names = [f"Nomekral Istvane {number}" for number in range(600)]  # more than are compared
    line = json.dumps({"reference": "C-9", "schema": "Person", "properties": {"name": names}})
    bring(room, line + "\n", name="many.jsonl", mapping=None).expect(0)
    subjects(room, "add", "Zouhair Belmaarouf", "--source", "desk", "--reference", "C-1", "--schema", "Person").expect(0)
    told = subjects(room, "watch", "--lang", "fr", "--format", "table").expect(0, ["NON ENTIÈREMENT CRIBLÉ", "C-9", "criblée"])
    assert "C-1 " not in told.out, told
    whole = subjects(room, "watch", "--format", "json").expect(0).lines()[0]
    assert [(one["reference"], one["why"]) for one in whole["not_wholly_screened"]] == [("C-9", ["query"])], whole


def test_what_is_exported_can_be_brought_in_again(room):
    bring(room, "No;Name;Born\n1;Amina Tazi;14/03/1971\n2;Karim Skalli;1970\n").expect(0)
    exported = subjects(room, "export", "--format", "table").expect(0)
    path = room.path("exported.jsonl")
    path.write_text(exported.out, encoding="utf-8")
    subjects(room, "import", str(path), "--source", "bank").expect(0, '"added":0,"changed":0,"same":2')
    subjects(room, "import", f"jsonl:{path}", "--source", "other").expect(0, '"rejected":2', "of another source")


def test_who_a_whole_file_lacks_is_closed(room):
    rows = "".join(f"{number};Name {number};\n" for number in range(10))
    bring(room, "No;Name;Born\n" + rows).expect(0)
    bring(room, "No;Name;Born\n" + rows.replace("0;Name 0;\n", ""), "--whole").expect(0, '"closed":1')
    refused = bring(room, "No;Name;Born\n1;Name 1;\n", "--whole")
    refused.expect(1, err="lacks 8 of the 9 subjects")
    bring(room, "No;Name;Born\n1;Name 1;\n", "--whole", "--accept", "--format", "table").expect(0, "closed 8")


def test_what_cannot_be_brought_in_is_told_before_anything_changes(room):
    subjects(room, "import", "nothing.csv").expect(2, err="--source NAME")
    subjects(room, "import", str(room.path("nothing.csv")), "--source", "bank").expect(1, err="nothing.csv")
    subjects(room, "import", "-", "--source", "bank").expect(2, err="csv:-")
    bring(room, "No;Name;Born\n", mapping=None).expect(1, err="has no mapping")
    bring(room, "No;Name;Born\n", mapping={"reference": "No"}).expect(1, err="customers.csv.map.json")
    bring(room, "Number;Name;Born\n1;A;\n").expect(1, err="names a column “No” that the file does not have")
    subjects(room, "list", "--agency", "branch").expect(1, err="there is no such agency")
    assert subjects(room, "list").expect(0).out == ""


def test_every_rejected_line_is_told_however_many_they_are(room):
    path, rejected = room.path("broken.csv"), room.path("rejected.jsonl")
    path.write_text("No;Name;Born\n" + "".join(f"{n};;\n" for n in range(25000)), encoding="utf-8")
    room.path("broken.csv.map.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    subjects(room, "import", str(path), "--source", "bank", "--rejected", str(rejected)).expect(0, '"rejected":25000')
    lines = [json.loads(line)["line"] for line in rejected.read_text(encoding="utf-8").splitlines()]
    assert lines == list(range(2, 25002)), (len(lines), lines[:3], lines[-3:])


def test_an_import_that_was_killed_goes_on(room):
    count = 60000
    path = room.path("many.csv")
    rows = (f"{n};Name {n};\n" if n % 2 else f"{n};;\n" for n in range(count))
    path.write_text("No;Name;Born\n" + "".join(rows), encoding="utf-8")
    room.path("many.csv.map.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    command = ("import", str(path), "--source", "bank")
    killed = 0
    for delay in (0.3, 0.6, 0.9):
        process = room.start("subjects", *command, "--database", room.path("subjects.db"),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
    line = subjects(room, *command).expect(0).lines()[0]
    if killed == 3:
        assert (line["added"], line["rejected"], line["rows"]) == (count // 2, count // 2, count), line
    listed = subjects(room, "export").expect(0)
    assert len(listed.out.splitlines()) == count // 2, len(listed.out.splitlines())


def test_a_file_that_was_broken_off_is_read_anew_when_its_columns_mean_something_else(room):
    path = room.path("many.csv")
    path.write_text("No;Name;Also\n" + "".join(f"{n};Name {n};Other {n}\n" for n in range(40000)), encoding="utf-8")
    mapping = room.path("many.csv.map.json")
    mapping.write_text(json.dumps({"reference": "No", "properties": {"name": ["Name"]}}), encoding="utf-8")
    command = ("import", str(path), "--source", "bank")
    process = room.start("subjects", *command, "--database", room.path("subjects.db"),
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    process.kill()
    process.wait()
    mapping.write_text(json.dumps({"reference": "No", "properties": {"name": ["Also"]}}), encoding="utf-8")
    line = subjects(room, *command).expect(0).lines()[0]
    assert line["rows"] == 40000 and line["added"] + line["changed"] == 40000, line
    subjects(room, "show", "bank", "7").expect(0, '"caption":"Other 7"')


if __name__ == "__main__":
    main(globals())
