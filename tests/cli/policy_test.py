#!/usr/bin/env python3
"""mizan policy, and the options and settings by which a screening is judged by one."""
import csv, io, json, re

from harness import SOURCE, main, same, true

NAME = "Soufiane el Marbekoui"
HOUSE = {"mizan-policy": 1, "name": "house", "threshold": 0.9,
         "rules": [{"schema": "Vessel", "weights": {"number_differs": 2}}]}


def policy(room, file="house.json", **changes):
    return room.write(file, json.dumps({**HOUSE, **changes}))


def test_the_default_with_every_weight(room):
    shown = room.run("policy", "show", "--format", "table").expect(0, out=[
        "Policy: default", "Algorithm: mizan-1 (default)", "Threshold: 0.7 (default)", "Digest: ", "WEIGHT", "spelled"]).out
    same(64, len(re.search(r"Digest: ([0-9a-f]+)$", shown, re.M).group(1)))
    rows = list(csv.DictReader(io.StringIO(room.run("policy", "show", "--format", "csv").expect(0).out)))
    true(len(rows) > 20 and all(row["value"] == row["default"] for row in rows), rows)
    true(all(float(r["least"]) <= float(r["default"]) <= float(r["most"]) for r in rows), rows)
    [one] = room.run("policy", "show").expect(0).lines()
    same([row["weight"] for row in rows], list(one["weights"]))


def test_three_languages(room):
    path = policy(room)
    cases = {
        "en": ["Policy: house", "(default)", "WHAT IT COSTS", "words in another order", "Rule 1: schema Vessel"],
        "fr": ["Politique : house", "(par défaut)", "CE QU’IL COÛTE", "mots dans un autre ordre", "Règle 1 : schéma Vessel"],
        "ar": ["السياسة: house", "(افتراضي)", "ما يكلفه", "ترتيب الكلمات مختلف", "القاعدة 1: المخطط Vessel"],
    }
    for language, words in cases.items():
        room.run("policy", "show", path, "--format", "table", "--lang", language).expect(0, out=words)


def test_what_a_file_sets_is_told_from_the_default(room):
    shown = room.run("policy", "show", policy(room, weights={"missing": 0.5}), "--format", "table").expect(0).out
    true(re.search(r"^missing +0\.5 +\d", shown, re.M), shown)
    true(re.search(r"^extra +[\d.]+ +default", shown, re.M), shown)
    true("Threshold: 0.9\n" in shown and "number_differs  " in shown, shown)


def test_check_says_what_is_wrong_and_where(room):
    good = policy(room)
    [told] = room.run("policy", "check", good).expect(0).lines()
    same("house", told["name"])
    [shown] = room.run("policy", "show", good).expect(0).lines()
    same(told["digest"], shown["digest"])
    room.run("policy", "check", good, "--format", "table").expect(0, out=["policy “house” can be used", told["digest"]])
    bad = policy(room, "bad.json", treshold=0.7)
    room.run("policy", "check", good, bad).expect(1, out="house", err=["bad.json:1:", 'unknown key "treshold"; did you mean "threshold"?'])
    room.run("policy", "check", room.path("none.json")).expect(1, err="none.json")
    room.run("policy", "check").expect(2)


def test_the_example_is_a_policy(room):
    text = room.run("policy", "init").expect(0).out
    path = room.write("example.json", text)
    room.run("policy", "check", path).expect(0)
    true(all("description" in rule for rule in json.loads(text)["rules"]), text)


def test_a_screening_is_judged_by_the_policy(room):
    room.imported()
    misspelt = "Sofiane el Marbekoui"
    usual = room.run("screen", misspelt).expect(0).lines()[0]
    true(usual["hits"] and "policy" not in usual and "algorithm" not in usual, usual)
    path = policy(room, threshold=1)
    strict = room.run("screen", "--policy", path, misspelt).expect(0).lines()[0]
    digest = room.run("policy", "check", path).lines()[0]["digest"]
    same([], strict["hits"])
    same({"name": "house", "digest": digest[:16]}, strict["policy"])
    room.run("screen", "--policy", path, "--format", "table", misspelt).expect(0, out="No hit for “Sofiane el Marbekoui” at 1.000 or more")
    true(room.run("screen", "--policy", path, "--threshold", "0.6", misspelt).lines()[0]["hits"], "the option wins")


def test_the_policy_of_the_environment_and_of_the_settings(room):
    room.imported()
    path = policy(room, threshold=1)
    named = {"MIZAN_POLICY": str(path)}
    same("house", room.run("screen", NAME, environment=named).expect(0).lines()[0]["policy"]["name"])
    same("house", room.run("policy", "show", environment=named).expect(0).lines()[0]["name"])
    room.write("home/.config/mizan/mizan.conf", f"policy = {path}\n")
    same("house", room.run("screen", NAME).expect(0).lines()[0]["policy"]["name"])
    other = policy(room, "other.json", name="other")
    same("other", room.run("screen", NAME, "--policy", other).expect(0).lines()[0]["policy"]["name"])
    room.path("home/.config/mizan/mizan.conf").write_text("algorithm = exact\n")
    same("exact", room.run("screen", NAME).expect(0).lines()[0]["algorithm"])


def test_algorithms(room):
    room.imported()
    ask = lambda *arguments: room.run("screen", *arguments).expect(0).lines()[0]
    same([], ask("--algorithm", "exact", "Soufian el Marbekoui")["hits"])
    found = ask("--algorithm", "exact", "Sofyane EL Márbekoui")
    same((1.0, "exact"), (found["hits"][0]["score"], found["algorithm"]))
    found = ask("--algorithm", "ofac", "MARBEKOUI, Sofyane")
    same((1.0, "ofac"), (found["hits"][0]["score"], found["algorithm"]))
    room.run("screen", "--algorithm", "ofca", NAME).expect(2, err="“ofca” is not mizan-1, exact or ofac")
    turned = room.run("compare", "--algorithm", "exact", "--format", "table", "A B", "B A")
    turned.expect(0, out=["0.99", "same word", "words in another order"])
    room.run("explain", "--algorithm", "exact", "--format", "table", "A B", "B A").expect(0, out="0.99")


def test_weights_by_option(room):
    compare = lambda *arguments: room.run("compare", *arguments, "Ali Ben Salem Tazi", "Ali Ben Salem").expect(0).lines()[0]["score"]
    true(compare("--weight", "missing=1") < compare() < compare("--weight", "missing=0"), "what is missing costs")
    for wrong, told in {"missing": "is not NAME=VALUE", "missing=": "is not NAME=VALUE", "missing=x": "is not NAME=VALUE",
                        "mising=1": 'unknown weight "mising"; did you mean "missing"?',
                        "missing=-1": "must be from 0 to 5, not -1", "missing=3": "at least 1.1 times"}.items():
        room.run("compare", "--weight", wrong, "a", "b").expect(2, err=told)


def test_a_query_sets_its_own(room):
    lines = [{"id": "1", "properties": {"name": [NAME]}},
             {"id": "2", "properties": {"name": [NAME]}, "threshold": 1, "weights": {"order": 0.5}},
             {"id": "3", "properties": {"name": [NAME]}, "algorithm": "exact"},
             {"id": "4", "properties": {"name": [NAME]}, "treshold": 1}]
    done = room.run("screen", "--index", room.index(), "-", stdin="".join(json.dumps(line) + "\n" for line in lines))
    one, two, three, four = done.expect(1, err="1 of 4 queries").lines()
    true(one["hits"] and set(one) == {"id", "hits"}, one)
    same((1.0, {"order": 0.5}), (two["threshold"], two["weights"]))
    same(([], "exact"), (three["hits"], three["algorithm"]))
    true("did you mean" in four["error"]["message"], four)


def test_the_page_names_every_culture_and_key(room):
    page = (SOURCE / "docs" / "policies.md").read_text(encoding="utf-8")
    header = (SOURCE / "include" / "mizan" / "culture.h").read_text(encoding="utf-8")
    cultures = re.findall(r'^ +X\([A-Z_]+, "([a-z-]+)"\)', header, re.M)
    true(len(cultures) > 10, cultures)
    same([], [culture for culture in cultures if f"`{culture}`" not in page])
    weights = room.run("policy", "show").lines()[0]["weights"]
    same([], [weight for weight in weights if not re.search(rf"^{weight} ", page, re.M)])
    same([], [key for key in ("mizan-policy", "name", "description", "algorithm", "threshold", "weights", "rules", "schema", "culture")
              if f"`{key}`" not in page])


if __name__ == "__main__":
    main(globals())
