#!/usr/bin/env python3
"""mizan screen against a part of the lists, and what it says it did."""
import csv, io, json

from harness import INVENTED, main, same, true

NAME = "Soufiane el Marbekoui"


def hits(room, *arguments):
    return [hit["entity"] for hit in room.run("screen", NAME, *arguments).expect(0).lines()[0]["hits"]]


def two_lists(room):
    room.imported()
    rows = room.write("house.csv", "name,topics,listingDate\nSofyane el Marbekoui,role.pep,2024-03-01\n")
    room.write("house.csv.map.json", json.dumps({
        "list": "house", "columns": {"name": "name", "topics": "topics", "listingDate": "listingDate"}}))
    image = room.path("both.mzi")
    room.run("index", "build", "--output", image, f"un:{INVENTED}", f"csv:{rows}").expect(0)
    return "--index", str(image)


def test_lists_topics_schemata_and_dates(room):
    index = two_lists(room)
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
    index = two_lists(room)
    arguments = ("--list", "un", "--listed-since", "2010-01")
    [answer] = room.run("screen", NAME, *index, *arguments).expect(0).lines()
    same({"lists": ["un"], "listed_since": "2010-01"}, answer["filter"])
    for language, words in (("en", "Only what passes the filter: lists: un; listed_since: 2010-01"),
                            ("fr", "Seulement ce qui passe le filtre"), ("ar", "المرشح")):
        room.run("screen", NAME, *index, *arguments, "--format", "table", "--lang", language).expect(0, out=words)
    [answer] = room.run("screen", NAME, *index).expect(0).lines()
    true("filter" not in answer, "no filter, no word of it")


def test_a_query_has_a_filter_of_its_own(room):
    index = two_lists(room)
    query = {"id": "q", "schema": "Person", "properties": {"name": [NAME]}}
    lines = [json.dumps(query | {"filter": {"lists": ["house"]}}), json.dumps(query),
             json.dumps(query | {"filter": {"lists": ["hause"]}})]
    done = room.run("screen", "-", *index, "--list", "un", stdin="\n".join(lines)).expect(1)
    own, usual, wrong = done.lines()
    same([["house"], ["un"]], [sorted({hit["list"] for hit in answer["hits"]}) for answer in (own, usual)])
    same('lists: the index has no list "hause"; it has house, un', wrong["error"]["message"])


def test_what_is_not_known_is_refused(room):
    index = two_lists(room)
    for arguments, status, message in ((["--list", "uk"], 1, 'the index has no list "uk"; it has house, un'),
                                       (["--topic", "crime"], 1, 'no topic "crime"; it has role.pep, sanction'),
                                       (["--exclude-schema", "Persn"], 2, "did you mean Person?"),
                                       (["--listed-since", "soon"], 2, "--listed-since needs a date")):
        same("", room.run("screen", NAME, *index, *arguments).expect(status, err=message).out)


def test_what_was_done(room):
    index = two_lists(room)
    [answer] = room.run("screen", NAME, *index, "--explain-plan").expect(0).lines()
    plan = answer["plan"]
    for what in ("words_searched", "rows_walked", "words_alike", "postings_read", "names_met", "pairs_scored", "entities_judged"):
        true(plan["base"][what] > 0, f"{what} in {plan}")
    true("overlay" not in plan and plan["work"] > 0 and sum(plan["ns"].values()) > 0, f"{plan}")
    [answer] = room.run("screen", NAME, *index).expect(0).lines()
    true("plan" not in answer, "told only when asked")
    for language, words in (("en", ["What was done", "names scored", "scoring names", "Work: "]),
                            ("fr", ["Ce qui a été fait", "noms notés", "Travail : "]),
                            ("ar", ["ما تم عمله", "أسماء حسبت درجتها", "العمل: "])):
        room.run("screen", NAME, *index, "--explain-plan", "--format", "table", "--lang", language).expect(0, out=words)


def test_what_was_done_for_each_query_of_a_file(room):
    index = two_lists(room)
    lines = [json.dumps({"id": str(n), "properties": {"name": [name]}}) for n, name in enumerate((NAME, "Nobody Whosoever"))]
    arguments = ("screen", "-", *index, "--explain-plan", "--jobs", "1")
    rows = list(csv.DictReader(io.StringIO(room.run(*arguments, "--format", "csv", stdin="\n".join([*lines, "{"])).expect(1).out)))
    same(["0", "0", "1", ""], [row["id"] for row in rows])
    same(["2", "2", "2", "0"], [row["names"] for row in rows], "a name is read as a person's and as a firm's")
    true(int(rows[0]["base_pairs_scored"]) > 0 and int(rows[0]["words_ns"]) > 0, f"{rows[0]}")
    same("0", rows[3]["work"])
    answers = room.run(*arguments, stdin="\n".join(lines)).expect(0).lines()
    same([row["work"] for row in rows[1:3]], [str(answer["plan"]["work"]) for answer in answers])
    room.run(*arguments, "--format", "table", stdin="\n".join(lines)).expect(0, out=["0: 2", "names scored", "1: 0", "What was done"])


def slow(ident):
    given = [a + b for a in ("Sou", "Kha", "Mar", "Ta", "Ze") for b in ("fiane", "lid", "iq")]
    family = [c + d for c in ("Mar", "Bel", "Qas") for d in ("bek", "mour", "zah", "rin")]
    names = [f"{first} {last}ani" for first in given for last in family]
    return json.dumps({"id": ident, "properties": {"name": [NAME, *names]}})


def test_a_slow_query_is_cut_and_says_so(room):
    index = two_lists(room)
    usual = json.dumps({"id": "b", "properties": {"name": [NAME]}})
    done = room.run("screen", "-", *index, "--budget", "1", stdin=slow("a") + "\n" + usual)
    done.expect(1, err="1 of 2 queries were cut short by their budget of work; --budget raises it")
    cut, whole = done.lines()
    true(len(cut["cut"]["names"]) > 50 and "the budget of work was used up; names not searched for: " in cut["not_done"], f"{cut}")
    same(["house", "un"], sorted(hit["list"] for hit in cut["hits"]), "the first name was searched for")
    true("cut" not in whole and "not_done" not in whole, f"{whole}")
    for budget in ("0", "1000"):
        [answer] = room.run("screen", "-", *index, "--budget", budget, stdin=slow("a")).expect(0).lines()
        true("cut" not in answer, "enough")
    room.run("screen", "-", *index, "--budget", "1", "--format", "csv", stdin=slow("a")).expect(1, out="the budget of work was used up")


def test_the_same_is_cut_with_any_number_of_threads(room):
    index = two_lists(room)
    lines = "\n".join(slow(str(n)) for n in range(150))
    answers = [room.run("screen", "-", *index, "--budget", "2", "--jobs", jobs, stdin=lines).expect(1).out for jobs in "14"]
    same(answers[0], answers[1])


if __name__ == "__main__":
    main(globals())
