#!/usr/bin/env python3
"""mizan effectiveness: the figures of a report counted once more from its details, the page, and what can go wrong."""
import collections, csv, html.parser, json, math, os, re, signal, time

from harness import main, same, true

CUSTOMERS = """id,schema,name,birthDate,nationality
k1,Person,Sofyane el Marbekoui,1990-01-01,de
k2,Person,Wilhelmina Oderbrecht,1970-05-01,de
k3,Person,"<script>alert('x')</script> & ""Söhne"" KG",,
k4,Company,Ferme des Quatre Oliviers,,fr
k5,Person,زبيدة العروي التازلاقتي,1980,ma
k6,Person,Teuta Krasniqolli,,
"""


def report_of(room, *more, name="report", status=0):
    room.write("customers.csv", CUSTOMERS)
    done = room.run("effectiveness", "--index", room.index(), "--customers", room.path("customers.csv"), "--report",
                    room.path(name), *more).expect(status)
    folder = room.path(name)
    with open(folder / "details.csv", newline="", encoding="utf-8") as file:
        return done, json.loads((folder / "report.json").read_text("utf-8")), list(csv.DictReader(file))


def without_times(report):
    return {k: v for k, v in report.items() if k not in ("made", "seconds")}


def wilson(count, of):
    z = 1.959963984540054
    share = count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return share, 0 if count == 0 else middle - half, 1 if count == of else middle + half


def check_tally(rows, tally, counted, what):
    """The object says of these rows what they say themselves."""
    scores = [round(float(r["score"]) * 1e6) if r["score"] else 0 for r in rows]
    found = sum(int(r["found"]) for r in rows)
    same(len(rows), tally["asked"], f"asked of {what}")
    same(found, tally[counted], f"{counted} of {what}")
    same(sum(int(r["hits"]) for r in rows), tally["hits"], f"hits of {what}")
    same([sum(s >= 500000 + 10000 * step for s in scores) for step in range(51)], tally[f"{counted}_at"], f"curve of {what}")
    same(found, sum(s >= 700000 for s in scores), f"threshold of {what}")
    for expected, key in zip(wilson(found, len(rows)), ("share", "low", "high")):
        true(abs(expected - tally[key]) < 1.5e-6, f"{key} of {what}: {expected} and {tally[key]}")
    if "first" in tally:
        same(sum(r["found"] == "1" and r["rank"] == "1" for r in rows), tally["first"], f"first of {what}")


def test_every_figure_can_be_counted_again(room):
    _, report, rows = report_of(room)
    listed = [r for r in rows if r["set"] == "listed"]
    customers = [r for r in rows if r["set"] == "customer"]
    same(len(rows), len(listed) + len(customers))
    true(len(listed) > 4000, len(listed))
    check_tally(listed, report["detection"], "found", "all")
    for key, member in (("by_list", "list"), ("by_script", "script"), ("by_schema", "schema")):
        same({r[member] for r in listed}, {g[member] for g in report[key]})
        for group in report[key]:
            check_tally([r for r in listed if r[member] == group[member]], group, "found", group[member])
    same({r["class"] for r in listed}, {c["class"] for c in report["classes"] if c["asked"]})
    means = []
    for c in report["classes"]:
        of_class = [r for r in listed if r["class"] == c["class"]]
        if of_class:
            check_tally(of_class, c, "found", c["class"])
            means.append(c["found"] / c["asked"])
        changed = [r for r in customers if r["class"] == c["class"]]
        if changed:
            check_tally(changed, c["customers"], "alerted", f"customers, {c['class']}")
        else:
            same(None, c["customers"])
    true(abs(sum(means) / len(means) - report["detection"]["mean_over_classes"]) < 1e-6, "mean over classes")
    for way, key in (("by-name", "by_name"), ("with-facts", "with_facts")):
        check_tally([r for r in customers if r["class"] == way], report["alerts"][key], "alerted", way)
    cells = collections.Counter((r["class"], r["list"], r["script"], r["schema"]) for r in listed)
    hits = collections.Counter((r["class"], r["list"], r["script"], r["schema"]) for r in listed if r["found"] == "1")
    same(dict(cells), {(c["class"], c["list"], c["script"], c["schema"]): c["asked"] for c in report["cells"]})
    for c in report["cells"]:
        same(hits[c["class"], c["list"], c["script"], c["schema"]], c["found"])
    ranks = collections.Counter(
        "not found" if r["found"] == "0" else "1" if r["rank"] == "1" else "2-5" if int(r["rank"]) <= 5 else
        "6-20" if int(r["rank"]) <= 20 else "21-100" for r in listed)
    same({k: v for k, v in report["ranks"].items() if v}, dict(ranks))
    for missed in report["missed"]:
        [row] = [r for r in listed if (r["class"], r["entity"], r["name"]) ==
                 (missed["class"], missed["entity"], missed["listed"])]
        same(("0", missed["asked"]), (row["found"], row["asked"]))


def test_the_details_are_what_screening_says(room):
    _, _, rows = report_of(room, "--class", "letter-lost", "--class", "romanised", "--class", "birth-year-near", "--sample", "40")
    queries = []
    for number, r in enumerate(rows):
        properties = {"name": [r["asked"]]}
        if r["class"] != "with-facts":  # these have more than the columns show
            properties.update({k: [r[c]] for k, c in (("birthDate", "birth_date"), ("nationality", "nationality")) if r[c]})
            queries.append(json.dumps({"id": str(number), "schema": r["schema"], "properties": properties}))
    room.write("again.jsonl", "\n".join(queries))
    done = room.run("screen", "--index", room.index(), "--threshold", "0.5", "--limit", "100", room.path("again.jsonl"))
    answers = done.expect(0).lines()
    same(len(queries), len(answers))
    for answer in answers:
        r = rows[int(answer["id"])]
        own = [h for h in answer["hits"] if h["entity"] == r["entity"]] if r["set"] == "listed" else answer["hits"][:1]
        same(f"{own[0]['score']:.6f}" if own else "", r["score"], r)
        same(f"{answer['hits'][0]['score']:.6f}" if answer["hits"] else "", r["best_score"], r)


def test_the_same_run_gives_the_same_figures(room):
    _, one, rows = report_of(room)
    _, two, again = report_of(room, "--jobs", "1", name="again")
    _, other, _ = report_of(room, "--seed", "2", name="other")
    same(without_times(one), without_times(two))
    same(rows, again)
    true(without_times(one) != without_times(other), "another seed, other figures")


class Page(html.parser.HTMLParser):
    VOID = {"meta", "br", "line", "polyline", "circle", "rect"}

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.words, self.attributes = [], collections.Counter(), [], []
        self.feed(text)
        self.close()
        same([], self.open, "tags that are not closed")

    def handle_starttag(self, tag, attributes):
        self.seen[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_endtag(self, tag):
        same(tag, self.open.pop() if self.open else None, "a tag that closes another")

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_stands_alone_in_three_languages(room):
    texts = {"en": ("ltr", "What this does not prove"), "fr": ("ltr", "Ce que ceci ne prouve pas"),
             "ar": ("rtl", "ما لا يثبته هذا")}
    for language, (direction, limits) in texts.items():
        report_of(room, "--lang", language, name=language)
        text = room.path(f"{language}/report.html").read_text("utf-8")
        page = Page(text)
        true(limits in "".join(page.words), limits)
        true(("html", "lang", language) in page.attributes and ("html", "dir", direction) in page.attributes, language)
        for tag in ("script", "link", "img", "iframe", "object", "form", "a", "base"):
            same(0, page.seen[tag], tag)
        for tag, name, value in page.attributes:
            true(not name.startswith("on") and name not in ("src", "href", "srcset", "action"), (tag, name))
            true("url(" not in value and "://" not in value, (tag, name, value))
        true(("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes, "policy of the page")
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
        true("url(" not in style and "@import" not in style and "<" not in style, "style")
        true(not re.search(r"\{\d\}", "".join(page.words)), "a place that was not filled in")
        same(4, page.seen["svg"])


def test_hostile_names_are_harmless(room):
    hostile = '<img src=x onerror="alert(1)">&amp;\'"\u202eevil'
    quoted = '"' + hostile.replace('"', '""') + '"'
    room.write("list.csv", f'id,schema,name\n1,Person,{quoted}\n2,Person,"</style></script><b>Bad ""One"""\n')
    room.write("customers.csv", f"id,schema,name\nx,Person,{quoted}\n")
    room.run("index", "build", "-o", room.path("h.mzi"), "--list", "house", f"csv:{room.path('list.csv')}").expect(0)
    room.run("effectiveness", "--index", room.path("h.mzi"), "--customers", room.path("customers.csv"), "--report",
             room.path("r")).expect(0)
    text = room.path("r/report.html").read_text("utf-8")
    page = Page(text)
    true("<img" not in text and "</script>" not in text and page.seen["b"] == text.count("<b>") + text.count("<b "), "markup")
    true("\u202e" not in text, "a mark that turns the direction of the page")
    same(0, page.seen["img"] + page.seen["script"])
    true(hostile.replace("\u202e", "202E") in "".join(page.words), "the name can be read")
    json.loads(room.path("r/report.json").read_text("utf-8"))


def test_without_customers_alerts_are_not_measured(room):
    done = room.run("effectiveness", "--index", room.index(), "--format", "table").expect(0, out="was not measured")
    true("ALERTS" not in done.out, done.out)
    report = json.loads(room.run("effectiveness", "--index", room.index(), "--format", "json").expect(0).out)
    same({"by_name": None, "with_facts": None}, report["alerts"])
    same(None, report["customers"])
    room.run("effectiveness", "--index", room.index(), "--report", room.path("r")).expect(0)
    true("not measured" in room.path("r/report.html").read_text("utf-8"), "the page says so")


def test_customers_are_tables_and_lines_of_json(room):
    room.write("customers.csv", CUSTOMERS)
    lines = [{"id": r["id"], "schema": r["schema"], "properties": {k: [r[k]] for k in ("name", "birthDate", "nationality") if r[k]}}
             for r in csv.DictReader(CUSTOMERS.splitlines())]
    room.write("customers.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n")
    seen = []
    for name in ("customers.csv", "customers.jsonl"):
        out = room.run("effectiveness", "--index", room.index(), "--customers", f"{name.split('.')[1].rstrip('l')}:{room.path(name)}",
                       "--format", "json", "--sample", "20").expect(0).out
        seen.append(json.loads(out)["alerts"])
    same(seen[0], seen[1])
    same((6, 1), (seen[0]["by_name"]["asked"], seen[0]["by_name"]["alerted"]))
    same(0, seen[0]["with_facts"]["alerted"])


def test_rows_that_cannot_be_read_are_told(room):
    room.write("customers.csv", CUSTOMERS + "k1,Person,Twice The Id,,\n,Nonsense,Nobody,,\n")
    done = room.run("effectiveness", "--index", room.index(), "--customers", room.path("customers.csv"), "--format", "json",
                    "--sample", "5").expect(0, err=["customers", "k1"])
    same({"rows": 8, "rejected": 2, "drawn": 6}, json.loads(done.out)["customers"])


def test_two_reports_are_compared(room):
    _, before, _ = report_of(room, name="before")
    _, after, _ = report_of(room, "--threshold", "0.9", "--compare", room.path("before/report.json"), name="after")
    same(before["detection"]["found"], after["against"]["detection"]["found"])
    same(0.7, after["against"]["threshold"])
    true(after["detection"]["found"] < before["detection"]["found"], "a higher threshold finds less")
    same({c["class"]: c["found"] for c in before["classes"]}, {c["class"]: c["found"] for c in after["against"]["classes"]})
    page = room.path("after/report.html").read_text("utf-8")
    true("Compared run" in page and 'class="n worse"' in page and "another sample" not in page, "the page compares")
    report_of(room, "--seed", "5", "--compare", room.path("before/report.json"), name="other")
    true("another sample, seed or list version" in room.path("other/report.html").read_text("utf-8"), "not the same names")


def test_two_policies_are_asked_the_same(room):
    room.write("strict.json", '{"mizan-policy":1,"name":"strict <b>","threshold":0.95}')
    _, report, rows = report_of(room, "--against", room.path("strict.json"), "--sample", "30")
    this, against = ([r for r in rows if r["run"] == run] for run in ("this", "against"))
    key = lambda r: (r["set"], r["class"], r["entity"], r["name"])
    same([key(r) + (r["asked"],) for r in this], [key(r) + (r["asked"],) for r in against])
    found = {key(r): r["found"] for r in against}
    for c in report["classes"]:
        pairs = [(r["found"], found[key(r)]) for r in this if r["set"] == "listed" and r["class"] == c["class"]]
        same((pairs.count(("1", "0")), pairs.count(("0", "1"))), (c["gained"], c["lost"]), c["class"])
    same(sum(int(r["found"]) for r in against if r["set"] == "listed"), report["against"]["detection"]["found"])
    for r in against:
        same(r["found"], str(int(bool(r["score"]) and float(r["score"]) >= 0.95)), r)
    same(["strict <b>", 0.95], [report["against"][k] for k in ("policy", "threshold")])
    page = Page(room.path("report/report.html").read_text("utf-8"))
    true("Gained / lost" in page.words and "strict <b>" in page.words, "the page compares")


def test_an_algorithm_is_a_policy_to_compare_with(room):
    _, report, _ = report_of(room, "--against", "exact", "--sample", "30")
    same(["mizan-1", "exact"], [report["algorithm"], report["against"]["algorithm"]])
    true(report["against"]["detection"]["found"] < report["detection"]["found"], "exact finds less")
    words = " ".join(Page(room.path("report/report.html").read_text("utf-8")).words).replace("\u00a0", " ")
    shares = [f"{100 * r['alerts']['by_name']['share']:.1f} %" for r in (report, report["against"])]
    true(f"Alerts by name alone: {shares[0]} instead of {shares[1]}." in words, "who finds more may stop more: both are told")
    true("alerts by name alone, compared run" in words, "and drawn")
    against = room.run("effectiveness", "--index", room.index(), "--against", "nowhere.json")
    against.expect(1, err=["nowhere.json", "mizan-1, exact or ofac"])
    room.run("effectiveness", "--index", room.index(), "--against", "exact", "--compare", "x").expect(2, err="not both")


def test_status_three_when_a_share_is_not_reached(room):
    room.write("customers.csv", CUSTOMERS)
    run = lambda *more: room.run("effectiveness", "--index", room.index(), "--customers", room.path("customers.csv"), *more)
    run("--least-detection", "0.5", "--most-alerts", "0.5").expect(0)
    run("--least-detection", "1").expect(3, err=["detection is", "100.0"])
    run("--most-alerts", "0.1").expect(3, err=["alerts are 16.7", "at most 10.0"])


def test_what_cannot_be_is_refused(room):
    room.write("customers.csv", CUSTOMERS)
    room.write("file", "")
    run = lambda *more: room.run("effectiveness", "--index", room.index(), *more)
    run("--class", "letter-losst").expect(2, err=["no class of changes “letter-losst”", "did you mean letter-lost?"])
    run("--class", "zzz").expect(2, err=["no class of changes “zzz”", "there are: as-listed", "words-joined"])
    run("--threshold", "0.3").expect(2, err="from 0.5 to 1")
    run("--most-alerts", "0.1").expect(2, err="--most-alerts needs --customers")
    run("--sample", "0").expect(2, err="--sample")
    run("--customers", room.path("nowhere.csv")).expect(1, err="nowhere.csv")
    run("--customers", f"csv:{room.path('file')}").expect(1, err="file")
    run("--report", room.path("file/below"), "--sample", "3").expect(1, err="Not a directory")
    run("--compare", room.path("nowhere.json"), "--sample", "3").expect(1, err="nowhere.json")
    room.write("broken.json", '{"report":')
    run("--compare", room.path("broken.json"), "--sample", "3").expect(1, err="broken.json:1:11")
    room.write("stranger.json", '{"report":"else"}')
    done = run("--compare", room.path("stranger.json"), "--sample", "3", "--report", room.path("r"))
    done.expect(1, err="no report.json of mizan effectiveness")
    true(not room.path("r").exists(), "nothing is written of a run that failed")
    room.run("effectiveness").expect(1, err=["no lists", "mizan effectiveness --index FILE"])


def test_a_list_without_names_is_told(room):
    room.write("empty.csv", "id,schema,name,imoNumber\n1,Address,Somewhere 1,\n")
    room.run("index", "build", "-o", room.path("e.mzi"), "--list", "house", f"csv:{room.path('empty.csv')}")
    room.run("effectiveness", "--index", room.path("e.mzi")).expect(1, err="no name of a person, a firm or a ship")


def test_ctrl_c_leaves_nothing_behind(room):
    room.write("many.csv", "id,schema,name\n" + "".join(f"{i},Person,Abderrahmane Benali Oulghazi {i}\n" for i in range(60000)))
    process = room.start("effectiveness", "--index", room.index(), "--customers", room.path("many.csv"), "--customer-sample",
                         "60000", "--report", room.path("r"), stdout=-3, stderr=-1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    same(130, process.returncode, err)
    true(b"stopped" in err, err)
    true(not os.path.exists(room.path("r")), "no folder")


def test_three_languages_on_the_terminal(room):
    room.write("customers.csv", CUSTOMERS)
    for language, words in {"en": ["Changed names of those", "95 %", "Customers: 6", "CHANGE", "FOUND", "ALERTS"],
                            "fr": ["Noms listés, modifiés", "95 %", "Clients : 6", "MODIFICATION", "RETROUVÉS", "ALERTES"],
                            "ar": ["الأسماء المدرجة بعد تغييرها", "95 %", "العملاء: 6", "التغيير", "المعثور عليه", "التنبيهات"]}.items():
        room.run("effectiveness", "--index", room.index(), "--customers", room.path("customers.csv"), "--format", "table",
                 "--lang", language).expect(0, out=words)


def test_csv_has_a_row_for_each_class(room):
    done = room.run("effectiveness", "--index", room.index(), "--format", "csv", "--class", "title", "--class", "as-listed")
    rows = list(csv.DictReader(done.expect(0).out.splitlines()))
    same({"title", "as-listed"}, {r["class"] for r in rows})
    for r in rows:
        same(f"{int(r['found']) / int(r['asked']):.6f}", r["share"])
        same("", r["alert_share"])


if __name__ == "__main__":
    main(globals())
