#!/usr/bin/env python3
"""mizan screen against a part of the lists: each filter through the program, what it says of it, what it refuses."""
import csv, io, json

from harness import main, same, true

NAME = "Soufiane el Marbekoui"


def hits(room, *arguments):
    return [hit["entity"] for hit in room.run("screen", NAME, *arguments).expect(0).lines()[0]["hits"]]


def test_lists_topics_schemata_and_dates(room):
    index = room.two_lists()
    both = hits(room, *index)
    same(2, len(both))
    [listed] = [entity for entity in both if entity.startswith("un-")]
    [house] = [entity for entity in both if entity != listed]
    for arguments, left in ((["--list", "un"], [listed]),
                            (["--list", "un", "--list", "house"], both),
                            (["--exclude-list", "un"], [house]),
                            (["--topic", "role.*"], [house]),
                            (["--topic", "sanction"], [listed]),
                            (["--exclude-topic", "role.pep"], [listed]),
                            (["--listed-schema", "Vessel"], []),
                            (["--exclude-schema", "Person"], [e for e in both if e == house]),
                            (["--listed-since", "2024"], [house]),
                            (["--listed-since", "2019-02-06"], both),
                            (["--listed-before", "2024"], [listed]),
                            (["--exclude-entity", house], [listed]),
                            (["--list", "un", "--topic", "role.pep"], [])):
        same(left, hits(room, *index, *arguments), f"{arguments}")
        same(left, hits(room, *index, *arguments, "--exhaustive"), f"{arguments}, exhaustive")


def test_the_answer_tells_the_filter(room):
    index = room.two_lists()
    arguments = ("--list", "un", "--listed-since", "2010-01")
    [answer] = room.run("screen", NAME, *index, *arguments).expect(0).lines()
    same({"lists": ["un"], "listed_since": "2010-01"}, answer["filter"])
    for language, words in (("en", "Only what passes the filter: lists: un; listed since: 2010-01\n"),
                            ("fr", "Seulement ce qui passe le filtre : listes : un ; listées depuis : 2010-01\n"),
                            ("ar", "المدرجة منذ: 2010-01")):
        room.run("screen", NAME, *index, *arguments, "--format", "table", "--lang", language).expect(0, out=words)
    [answer] = room.run("screen", NAME, *index).expect(0).lines()
    true("filter" not in answer, "no filter, no word of it")


def test_a_query_has_a_filter_of_its_own(room):
    index = room.two_lists()
    query = {"id": "q", "schema": "Person", "properties": {"name": [NAME]}}
    lines = [json.dumps(query | {"filter": {"lists": ["house"]}}), json.dumps(query),
             json.dumps(query | {"filter": {"lists": ["hause"]}})]
    done = room.run("screen", "-", *index, "--list", "un", stdin="\n".join(lines)).expect(1)
    own, usual, wrong = done.lines()
    same([["house"], ["un"]], [sorted({hit["list"] for hit in answer["hits"]}) for answer in (own, usual)])
    same('lists: the index has no list "hause"; it has house, un', wrong["error"]["message"])


def test_what_is_not_known_is_refused(room):
    index = room.two_lists()
    for arguments, status, message in ((["--list", "uk"], 1, 'mizan: --list: the index has no list "uk"; it has house, un'),
                                       (["--topic", "crime"], 1, '--topic: the index has no topic "crime"; it has role.pep, sanction'),
                                       (["--exclude-schema", "Persn"], 2, "did you mean Person?"),
                                       (["--listed-since", "soon"], 2, "--listed-since needs a date"),
                                       (["--exclude-list", "uk"], 1, "mizan: --exclude-list: the index has no list"),
                                       (["--exclude-topic", "x.*"], 1, "mizan: --exclude-topic: the index has no topic"),
                                       (["--listed-since", "2020", "--listed-since", "2021"], 2,
                                        "--listed-since is given twice"),
                                       (["--listed-before", "2020", "--listed-before", "2020"], 2, "given twice"),
                                       (["--changed-since", "2020", "--changed-since", "2021"], 2, "given twice")):
        same("", room.run("screen", NAME, *index, *arguments).expect(status, err=message).out)


def test_a_file_of_queries_is_filtered_in_any_format(room):
    index = room.two_lists()
    queries = room.write("queries.jsonl", "".join(
        json.dumps({"id": str(n), "properties": {"name": [NAME]}}) + "\n" for n in range(40)))
    for arguments, lists in (([], {"un", "house"}), (["--list", "house"], {"house"}), (["--exclude-topic", "role.*"], {"un"})):
        for jobs in ("1", "3"):
            answers = room.run("screen", queries, *index, *arguments, "--jobs", jobs).expect(0).lines()
            same([lists] * 40, [{hit["list"] for hit in answer["hits"]} for answer in answers])
        rows = csv.DictReader(io.StringIO(room.run("screen", queries, *index, *arguments, "--format", "csv").expect(0).out))
        same(lists, {row["list"] for row in rows})


def test_days_of_change(room):
    rows = [{"id": f"x-{n}", "schema": "Person", "target": True, "properties": {"name": [NAME], **more}} for n, more in enumerate((
        {"listingDate": ["2015-01-01"], "modifiedAt": ["2016-05-05"]}, {"listingDate": ["2015-01-01"], "modifiedAt": ["2024-05-05"]},
        {"listingDate": ["2023-01-01"]}, {"listingDate": ["2015"], "modifiedAt": ["2023"]}))]
    image, listed = room.path("days.mzi"), room.write("days.ftm.json", "".join(json.dumps(row) + "\n" for row in rows))
    room.run("index", "build", "--output", image, f"ftm:{listed}").expect(0)
    index = ("--index", str(image))
    for arguments, left in ((["--changed-since", "2024"], ["x-1", "x-2"]), # of the third it is not known
                            (["--changed-since", "2023-06"], ["x-1", "x-2", "x-3"]),
                            (["--changed-since", "2023-06", "--listed-before", "2016"], ["x-1", "x-3"]),
                            (["--listed-since", "2015-06", "--listed-before", "2024"], ["x-2", "x-3"]),
                            (["--changed-since", "2025"], ["x-2"])):
        same(left, sorted(hits(room, *index, *arguments)), f"{arguments}")


def test_what_tells_no_topic_is_what_its_list_is(room):
    line = lambda ident, **more: json.dumps({"id": ident, "schema": "Person", "target": True,
                                             "properties": {"name": [NAME]}, **more}) + "\n"
    listed = room.write("some.ftm.json", line("x-set", datasets=["us_ofac_sdn"]) + line("x-none", datasets=["house_pets"]) +
                        line("x-export", datasets=["us_csl"]))
    image = room.path("kinds.mzi")
    room.run("index", "build", "--output", image, f"ftm:{listed}").expect(0)
    asked = lambda *arguments: sorted(hits(room, "--index", str(image), *arguments))
    same(["x-export", "x-set"], asked("--topic", "sanction"))
    same(["x-export"], asked("--topic", "export.*"))
    same(["x-none"], asked("--exclude-topic", "sanction"))
    room.run("index", "build", "--output", image, "--list", "eu", f"ftm:{listed}").expect(0)
    same(["x-export", "x-none", "x-set"], asked("--topic", "sanction"), "the name of the list tells as much")


def test_the_limit_counts_what_is_left(room):
    index = room.two_lists()
    [first] = hits(room, *index, "--limit", "1")
    [second] = hits(room, *index, "--limit", "1", "--exclude-entity", first)
    true(first != second, "another one comes up")
    same([], hits(room, *index, "--exclude-entity", first, "--exclude-entity", second, "--exclude-entity", "nobody"))


def test_no_line_of_a_filter_without_one(room):
    index = room.two_lists()
    out = room.run("screen", NAME, *index, "--format", "table").expect(0).out
    true("passes the filter" not in out, out)


if __name__ == "__main__":
    main(globals())
