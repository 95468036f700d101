#!/usr/bin/env python3
"""What mizan screen says it did, and what it leaves undone."""
import csv, io, json

from harness import main, same, true

NAME = "Soufiane el Marbekoui"


def test_what_was_done(room):
    index = room.two_lists()
    [answer] = room.run("screen", NAME, *index, "--explain-plan").expect(0).lines()
    plan = answer["plan"]
    for what in ("words_searched", "rows_walked", "words_alike", "postings_read", "names_met", "pairs_scored", "entities_judged"):
        true(plan["base"][what] > 0, f"{what} in {plan}")
    true("overlay" not in plan and plan["work"] > 0 and sum(plan["ns"].values()) > 0, f"{plan}")
    [answer] = room.run("screen", NAME, *index).expect(0).lines()
    true("plan" not in answer, "told only when asked")
    for language, words in (("en", ["What was done", "names scored", "scoring names", "Work: "]),
                            ("fr", ["Ce qui a été fait", "noms notés", "Travail : "]),
                            ("ar", ["ما أنجز", "أسماء حسبت درجتها", "العمل: "])):
        room.run("screen", NAME, *index, "--explain-plan", "--format", "table", "--lang", language).expect(0, out=words)


def test_what_was_done_for_each_query_of_a_file(room):
    index = room.two_lists()
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
    index = room.two_lists()
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
    index = room.two_lists()
    lines = "\n".join(slow(str(n)) for n in range(150))
    answers = [room.run("screen", "-", *index, "--budget", "2", "--jobs", jobs, stdin=lines).expect(1).out for jobs in "14"]
    same(answers[0], answers[1])


if __name__ == "__main__":
    main(globals())
