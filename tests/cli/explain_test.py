#!/usr/bin/env python3
"""mizan explain: two names, and a name against a listed entity, for a person in three languages and for programs."""
import csv, io, json, re, unicodedata

from harness import main, same, true
from screen_test import evidence_rows

PAIRS = {
    "person": ("Person", "Dr Karim bin Shaghouri Tazrouti", "كريم شاغوري البلكوري"),
    "firm": ("Company", "Granit Zubaran 7 SARL", "ZUBARAN GRANITE 9 LTD"),
    "strangers": ("Person", "Karim Tazrouti", "Samir Belkora"),
}
LANGUAGES = ("en", "fr", "ar")


def test_two_names_in_three_languages(room):
    for name, (schema, a, b) in PAIRS.items():
        for language in LANGUAGES:
            shown = room.run("explain", "--schema", schema, "--format", "table", "--lang", language, a, b).expect(0)
            same("", shown.err)
            room.golden(f"explain-{name}-{language}.txt", shown.out)


def test_an_entity_in_three_languages(room):
    room.imported()
    for language in LANGUAGES:
        shown = room.run("explain", "Sufian Marbacoui Nadri", "--entity", "un-9900001", "--birth-date", "1975",
                         "--nationality", "Maroc", "--format", "table", "--lang", language).expect(0).out
        room.golden(f"explain-entity-{language}.txt", shown)


def test_what_is_printed_adds_up(room):
    for schema, a, b in list(PAIRS.values())[:2]:
        found = room.run("explain", "--schema", schema, a, b).expect(0).lines()[0]
        for language in LANGUAGES:
            shown = room.run("explain", "--schema", schema, "--format", "table", "--lang", language, a, b).out
            plain = re.sub("[\u200f\u2066\u2067\u2068\u2069]", "", shown)
            (whole, none, _), *parts, (score, bits, _) = evidence_rows(plain)
            same((1000000, 0), (whole, none))
            same(score, whole + sum(p for p, _, _ in parts))
            same(bits, sum(b for _, b, _ in parts))
            same((score, bits), (round(found["score"] * 1e6), round(found["weight"] * 100)))


def test_as_json(room):
    schema, a, b = PAIRS["person"]
    [found] = room.run("explain", "--schema", schema, a, b).expect(0).lines()
    same([a, b], [name["name"] for name in found["names"]])
    same(["person", "person"], [name["as"] for name in found["names"]])
    same(["Dr", "Karim", "bin", "Shaghouri", "Tazrouti"], [word["written"] for word in found["names"][0]["words"]])
    same("title", found["names"][0]["words"][0]["role"])
    same(1000000 - round(found["score"] * 1e6), sum(round(e["taken"] * 1e6) for e in found["evidence"]))
    same(round(found["score"] * 1e6), sum(round(e["points"] * 1e6) for e in found["evidence"]))
    true(all(e["text"] for e in found["evidence"]), "every piece has words")
    true(found["says"][0].startswith("This would raise no alert at 0.700: the score is 0."), found["says"])
    same(False, found["alert"])
    compared = room.run("compare", "--schema", schema, a, b).expect(0).lines()[0]
    same((compared["score"], compared["weight"]), (found["score"], found["weight"]), "as mizan compare says")
    french = room.run("explain", "--lang", "fr", "--schema", schema, a, b).expect(0).lines()[0]
    same(found["evidence"][0]["bits"], french["evidence"][0]["bits"])
    true(french["says"][0].startswith("Cela ne déclencherait pas d’alerte"), french["says"])


def test_as_csv(room):
    rows = list(csv.DictReader(io.StringIO(room.run("explain", "--format", "csv", *PAIRS["person"][1:]).expect(0).out)))
    found = room.run("explain", *PAIRS["person"][1:]).expect(0).lines()[0]
    same([(e["rule"], f'{e["taken"]:.6f}') for e in found["evidence"]], [(r["rule"], r["taken"]) for r in rows])


def test_the_threshold_decides_what_an_alert_is(room):
    score = room.run("explain", "Karim Tazrouti", "Kareem Tazruty").lines()[0]["score"]
    true(0.7 < score < 1, score)
    same(True, room.run("explain", "Karim Tazrouti", "Kareem Tazruty").lines()[0]["alert"])
    same(False, room.run("explain", "--threshold", "1", "Karim Tazrouti", "Kareem Tazruty").lines()[0]["alert"])


def test_a_policy_judges(room):
    score = lambda *more: room.run("explain", "--schema", "Person", *more, "Karim Tazrouti Nadri", "Karim Tazrouti").expect(0).lines()[0]
    usual, dearer = score(), score("--weight", "missing=0.9")
    true(dearer["score"] < usual["score"], (usual["score"], dearer["score"]))
    same(1000000 - round(dearer["score"] * 1e6), sum(round(e["taken"] * 1e6) for e in dearer["evidence"]))
    same(0, score("--algorithm", "exact")["score"])
    room.write("strict.json", json.dumps({"mizan-policy": 1, "name": "strict", "threshold": 0.95}))
    same((0.95, False), (lambda found: (found["threshold"], found["alert"]))(score("--policy", "strict.json")))
    done = room.run("explain", "--index", room.index(), "--algorithm", "ofac", "Soufiane el Marbekoui", "--entity", "un-9900001")
    [found] = done.expect(0).lines()
    true(found["score"] > 0.9, found)


def test_why_names_do_not_meet_depends_on_the_algorithm(room):
    for algorithm, why in (("mizan-1", "no word of weight"), ("exact", "must have the same words"), ("ofac", "below 0.5")):
        [said] = room.run("explain", "--algorithm", algorithm, "Karim Tazrouti", "Oderbrecht Vila").expect(0).lines()
        true(why in said["says"][1], said["says"])
    [said] = room.run("explain", "--algorithm", "exact", "Karim Zaid", "Karim Said").expect(0).lines()
    true("no word of weight" not in said["says"][1], said["says"])


def test_a_hit_and_what_is_none(room):
    room.imported()
    screened = room.run("screen", "Soufiane el Marbekoui").expect(0).lines()[0]["hits"][0]
    [found] = room.run("explain", "Soufiane el Marbekoui", "--entity", screened["entity"]).expect(0).lines()
    same((True, 1, 1), (found["alert"], found["rank"], found["hits"]))
    same((screened["score"], screened["weight"]), (found["score"], found["weight"]))
    same([(e["rule"], e["points"]) for e in screened["evidence"]], [(e["rule"], e["points"]) for e in found["evidence"]])
    [below] = room.run("explain", "Soufiane Ouzellaqi", "--entity", screened["entity"]).expect(0).lines()
    true(not below["alert"] and 0 < below["score"] < 0.7 and "rank" not in below, below)
    [nothing] = room.run("explain", "Pietro Vandenhoeck", "--entity", screened["entity"]).expect(0).lines()
    same((0, []), (nothing["score"], nothing["evidence"]))
    true("None of its names meets the query" in nothing["says"][1], nothing["says"])
    [ship] = room.run("explain", "Soufiane el Marbekoui", "--schema", "Vessel", "--entity", screened["entity"]).expect(0).lines()
    true("the query is for vessel, the entity is listed as person" in ship["says"][1], ship["says"])


def test_with_an_index(room):
    [found] = room.run("explain", "--index", room.index(), "Soufiane el Marbekoui", "--entity", "un-9900001").expect(0).lines()
    same("un-9900001", found["entity"]["id"])
    room.run("explain", "--index", room.index(), "Soufiane", "--entity", "un-1").expect(1, err=["un-1", "mizan index entities"])
    room.run("explain", "Soufiane", "--entity", "un-1").expect(1, err="no lists to screen against")


def test_a_number_alone_is_explained(room):
    [found] = room.run("explain", "--index", room.index(), "--schema", "Vessel", "Unknown Ship", "--id", "IMO3100394",
                       "--entity", "un-9910032").expect(0).lines()
    same((True, 0.9), (found["alert"], found["score"]))
    shown = room.run("explain", "--index", room.index(), "--schema", "Vessel", "Unknown Ship", "--id", "IMO3100394",
                     "--entity", "un-9910032", "--format", "table").expect(0).out
    same([900000, 900000], [points for points, _, _ in evidence_rows(shown)], "it begins with nothing")


def test_wrong_usage(room):
    room.run("explain", "Karim").expect(2, err="two names, or one and --entity")
    room.run("explain", "Karim", "Samir", "--entity", "un-1").expect(2, err="with --entity there is one name")
    room.run("explain", "Karim", "Samir", "--birth-date", "1970").expect(2, err="--birth-date is for one name")
    room.run("explain", "Karim", "Samir", "--schema", "Persn").expect(2, err="Person")
    room.run("explain", b"Kar\xffim".decode("utf-8", "surrogateescape"), "Karim").expect(1, err="not UTF-8")


def width(line):
    """Columns of a terminal."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) == "Cf" else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_a_terminal_of_eighty_columns(room):
    for schema, a, b in PAIRS.values():
        for language in LANGUAGES:
            shown = room.terminal("explain", "--schema", schema, "--lang", language, a, b,
                                  environment={"NO_COLOR": "1"}).expect(0).out
            same([], [line for line in shown.splitlines() if width(line) > 80], f"{language}, {a}")
            true("\033" not in shown, "no colours")
    schema, a, b = PAIRS["person"]
    true("█" in room.terminal("explain", "--schema", schema, a, b).out, "bars on a terminal")
    true("█" not in room.run("explain", "--schema", schema, "--format", "table", a, b).out, "and nowhere else")


def test_arabic_is_from_right_to_left(room):
    schema, a, b = PAIRS["person"]
    shown = room.run("explain", "--schema", schema, "--lang", "ar", "--format", "table", a, b).expect(0).out
    for line in shown.splitlines():
        true(not line or line.startswith("\u200f"), f"every line says its direction: {line!r}")
        same(line.count("\u2066") + line.count("\u2068"), line.count("\u2069"), f"what is opened is closed: {line!r}")
        true(not re.search("(?<!\u2066)[+-][0-9]", line), f"a sign stays before its number: {line!r}")


def test_names_cannot_turn_the_terminal(room):
    shown = room.terminal("explain", "Karim \u202eTazrouti\x1b[2J", "كريم\u2067 التازروتي").expect(0).out
    true("\u202e" not in shown and "\u2067" not in shown and "\x1b[2J" not in shown, shown)


def test_wide_letters_stand_in_line(room):
    shown = room.run("explain", "--schema", "Person", "王小明 Karim", "Wang Xiaoming", "--format", "table").expect(0).out
    rows = [line for line in shown.splitlines() if re.match("  [^ ]", line)]
    true(len(rows) >= 6, shown)  # two headings, two words on each side
    columns = [[width(line[:at.start()]) for at in re.finditer(r"(?<=  )[^ ]", line)] for line in rows]
    same(1, len({tuple(starts) for starts in columns}), shown)


if __name__ == "__main__":
    main(globals())
