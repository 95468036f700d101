#!/usr/bin/env python3
"""mizan screen and mizan compare: one name for a person, files for programs, and what can go wrong on the way."""
import csv, io, json, os, re, select, signal, subprocess, time

from harness import INVENTED, Failure, Skip, main, same, true

NAME = "Soufiane el Marbekoui"


def query(ident, name, schema="Person", **properties):
    return json.dumps({"id": ident, "schema": schema, "properties": {"name": [name], **properties}}, ensure_ascii=False)


def test_a_name_for_a_person(room):
    room.imported()
    shown = room.run("screen", NAME, "--format", "table").expect(0, out=[
        f"Hits for “{NAME}” at 0.700 or more: 1", "SOFYANE EL MARBEKOUI  سفيان المربكوي", "Matched", NAME, "Why", "Weight",
        "bits", "Known", "person, born 1974-03-09, Morocco", "Listed", "un INi.001", "Since", "2019-02-06", "Programme",
        "Screened against 101 entities:", "un, date 2026-08-01, version "])
    same("", shown.err)
    true("\033" not in shown.out and "\u2068" not in shown.out, "neither colour nor isolates outside a terminal")


def test_a_damaged_index_is_made_anew_from_the_lists(room):
    room.imported()
    image = room.path("store/index.mzi")
    good = image.read_bytes()
    for spoilt in (good[:40] + bytes([good[40] ^ 1]) + good[41:], good[:-100], b"spoilt", b""):
        image.write_bytes(spoilt)
        room.run("screen", NAME, "--format", "table").expect(0, out="INi.001", err="making it anew")
        same("", room.run("screen", NAME, "--format", "table").expect(0, out="INi.001").err)
        same(good, image.read_bytes(), "the same lists give the same image")


def test_a_damaged_index_of_damaged_lists_is_no_reason_to_go_on(room):
    room.imported()
    room.path("store/index.mzi").write_bytes(b"spoilt")
    [manifest] = room.path("store/lists/un").glob("*/manifest.json")
    manifest.write_text("{")
    room.run("screen", NAME).expect(1, out="", err=["making it anew", "un: the version held is damaged", "mizan lists update"])


def test_what_may_not_be_looked_at_is_not_taken_for_empty(room):
    room.write("file", "")
    below = {"MIZAN_HOME": str(room.path("file/store"))}
    done = room.run("screen", NAME, environment=below).expect(1, err="Not a directory")
    true("no lists" not in done.err, done.err)
    room.imported()
    image = room.path("store/index.mzi")
    image.unlink()
    image.symlink_to("index.mzi")  # a circle, which the superuser cannot pass either
    done = room.run("screen", NAME).expect(1, err="symbolic links")
    true("no lists" not in done.err and "anew" not in done.err, done.err)
    if os.geteuid() != 0:
        store = room.path("store")
        store.chmod(0)
        try:
            for arguments in (["screen", NAME], ["lists", "status"], ["lists", "history", "un"]):
                done = room.run(*arguments).expect(1, err="Permission denied")
                true("no lists" not in done.err, done.err)
        finally:
            store.chmod(0o700)


def test_three_languages(room):
    room.imported()
    cases = {
        "en": ["Hits for", "Matched", "Why", "Weight", "Known", "person, born", "Morocco", "Listed", "Programme", "Screened against"],
        "fr": ["Correspondances pour", "Nom trouvé", "Pourquoi", "Poids", "Connu", "personne, né(e)", "Maroc", "Liste",
               "Criblé au regard de"],
        "ar": ["التطابقات مع", "الاسم المطابق", "السبب", "الوزن", "شخص، الميلاد", "المغرب", "القائمة", "البرنامج", "فرز مقابل"],
    }
    for language, words in cases.items():
        room.run("screen", NAME, "--format", "table", "--lang", language).expect(0, out=words)
        room.run("screen", NAME, "--format", "table", environment={"MIZAN_LANG": language}).expect(0, out=words)
        locale = {"en": "C", "fr": "fr_MA.UTF-8", "ar": "ar_MA.UTF-8"}[language]
        room.run("screen", NAME, "--format", "table", environment={"LC_ALL": "", "LANG": locale}).expect(0, out=words)
    for language, words in {"en": "No hit for", "fr": "Aucune correspondance", "ar": "لا تطابق مع"}.items():
        room.run("screen", "Nobody Whosoever", "--format", "table", "--lang", language).expect(0, out=[words, "101", "2026-08-01"])


def test_a_table_on_a_terminal(room):
    room.imported()
    shown = room.terminal("screen", NAME).expect(0).out
    true("\u2068سفيان المربكوي\u2069" in shown, "names from right to left are isolated")
    true("\033[1;31m0." in shown, "a high score is red")
    plain = room.terminal("screen", NAME, environment={"NO_COLOR": "1"}).out
    true("\033" not in plain and "\u2068" in plain, "isolates are no colour")
    wide = [line for line in re.sub("[\u2068\u2069]", "", plain).splitlines() if len(line) > 80]
    same([], wide, "80 columns are enough")


def test_why_is_laid_out_within_the_width(room):
    room.imported()
    shown = room.terminal("screen", "Soufiane Marbekouy", columns=60, environment={"NO_COLOR": "1"}).expect(0).out
    why = re.search(r"Why.*?(?=\n +Weight)", shown, re.S).group(0).splitlines()
    true(all(len(line.rstrip()) <= 60 for line in why), why)


def evidence_rows(shown):
    """The lines of a table of evidence: millionths of the score, hundredths of bits, words."""
    rows = re.findall(r"^ *([+-]\d+\.\d{6}) +([+-]\d+\.\d\d)  (.*)$", shown, re.M)
    return [(round(float(points) * 1e6), round(float(bits) * 100), what) for points, bits, what in rows]


def test_explain_adds_up(room):
    room.imported()
    arguments = ["screen", "--explain", "--birth-date", "1974", "--nationality", "Maroc", NAME]
    shown = room.run(*arguments, "--format", "table").expect(0, out=["Score", "bits", "evidence", "in all"]).out
    first, *parts, (score, bits, last) = evidence_rows(shown)
    same((1000000, 0, "before anything speaks against it"), first)
    same("in all", last)
    hit = room.run(*arguments, "--format", "json").expect(0).lines()[0]["hits"][0]
    same(score, 1000000 + sum(p for p, _, _ in parts), "the column adds up")
    same(score, round(hit["score"] * 1e6))
    same(bits, sum(b for _, b, _ in parts), "as printed")
    same(bits, round(hit["weight"] * 100))
    same(len(hit["evidence"]), len(parts))


def test_every_piece_of_evidence_is_said_whole(room):
    """Pieces about the name as a whole have no words of their own: nothing is left open behind a colon."""
    pairs = [("Company", "Alpha Widgets Ltd", "Alpha Widgets LLC"), ("Company", "Alpha Widgets", "Alpha Widgets LLC"),
             ("Company", "Factory 7 Widgets", "Factory 9 Widgets"), ("Company", "Factory Widgets", "Factory 9 Widgets"),
             ("Company", "General Trading Company", "General Trading Corporation Zubaran"), ("Person", "Sofyane", "Sofyane Marbekoui"),
             ("Person", "Sofyane Marbekoui", "Sofyane"), ("Person", "Sofyane Marbekoui Xandor", "Sofyane Ouzellaqi"),
             ("Person", "Ali S Marbekoui", "Marbekoui Ali Salem"), ("Person", "Abd al Rahman Tazi", "Abdulrahman Tazi")]
    for schema, a, b in pairs:
        for language in ("en", "fr", "ar"):
            shown = room.run("compare", "--schema", schema, "--format", "table", "--lang", language, a, b).expect(0).out
            open_ends = [line for line in shown.splitlines()[4:] if re.search(r"[:~≠]\s*$|: *[~≠]|[~≠] *,", line)]
            same([], open_ends, f"{a} and {b}, {language}")


def test_json_and_csv_of_one_name(room):
    room.imported()
    [answer] = room.run("screen", NAME).expect(0).lines()
    same(NAME, answer["id"])
    same(("un-9900001", "un", "INi.001", "SOFYANE EL MARBEKOUI", "Person"),
         tuple(answer["hits"][0][k] for k in ("entity", "list", "reference", "caption", "schema")))
    rows = list(csv.DictReader(io.StringIO(room.run("screen", NAME, "--format", "csv").expect(0).out)))
    same([("1", "un-9900001")], [(r["rank"], r["entity"]) for r in rows])
    rows = list(csv.DictReader(io.StringIO(room.run("screen", "Nobody Whosoever", "--format", "csv").expect(0).out)))
    same([("Nobody Whosoever", "0", "", "")], [(r["id"], r["rank"], r["entity"], r["error"]) for r in rows])


def test_what_is_known_reaches_the_engine(room):
    room.imported()
    weight = lambda *arguments: room.run("screen", *arguments, NAME).expect(0).lines()[0]["hits"][0]["weight"]
    bare = weight()
    true(weight("--birth-date", "9 March 1974") > bare, "the date of birth")
    true(weight("--nationality", "Maroc") > bare, "the nationality")
    same(weight("--nationality", "ma"), weight("--nationality", "المغرب"), "a country by any name")
    same(weight("--birth-date", "1974-03-09"), weight("--property", "birthDate=1974-03-09"))
    true(weight("--id", "passportNumber:INV0017401") > bare, "a number of a known kind")
    [answer] = room.run("screen", "Some Other", "--alias", NAME).expect(0).lines()
    same("INi.001", answer["hits"][0]["reference"])
    same([], room.run("screen", "--schema", "Vessel", NAME).expect(0).lines()[0]["hits"], "a ship is nobody")


def test_exit_code_3_when_there_was_a_hit(room):
    room.imported()
    for more in ([], ["--format", "table"], ["--format", "csv"]):
        room.run("screen", "--exit-code", NAME, *more).expect(3)
        room.run("screen", "--exit-code", "Nobody Whosoever", *more).expect(0)
        room.run("screen", NAME, *more).expect(0)
    room.run("screen", "--exit-code", "-", stdin=query("a", "Nobody Whosoever") + "\n" + query("b", NAME)).expect(3)
    room.run("screen", "--exit-code", "-", stdin=query("a", "Nobody Whosoever")).expect(0)
    room.run("screen", "--exit-code", "-", stdin="{\n" + query("b", NAME)).expect(1)


def test_name_or_file(room):
    index = room.index()
    room.write("people", query("q1", NAME) + "\n")
    room.write("people.jsonl", query("q1", NAME) + "\n")
    same("q1", room.run("screen", "--index", index, "people").expect(0).lines()[0]["id"])
    same(NAME, room.run("screen", "--index", index, NAME).expect(0).lines()[0]["id"])
    room.run("screen", "--index", index, "folder/people").expect(2, err="no file folder/people")
    room.imported()
    same("people", room.run("screen", "people").expect(0).lines()[0]["id"], "without --index a name is a name")
    same("q1", room.run("screen", "people.jsonl").expect(0).lines()[0]["id"])
    same("q1", room.run("screen", "-", stdin=query("q1", NAME)).expect(0).lines()[0]["id"])
    same(NAME, room.run("screen", NAME, environment={"MIZAN_INDEX": str(index)}).expect(0).lines()[0]["id"])


def test_a_batch_with_bad_lines(room):
    lines = [
        query("q1", NAME),                                                        # 1
        "",                                                                       # 2: passed over
        '{"id":"q3","schema":"Person","properties":{"name":["x"]}',               # 3: not closed
        '{"id":"q4","schema":"Persn","properties":{"name":["x"]}}',               # 4
        '{"id":"q5","schema":"Person","properties":{"nam":["x"]}}',               # 5
        "   ",                                                                    # 6: passed over
        '["no", "object"]',                                                       # 7
        "\x00\x01",                                                               # 8
        query("q9", "Nobody Whosoever") + "\r",                                   # 9: a line of another system
        '{"id":10,"schema":"Person","properties":{"name":"x"},"extra":[]}',       # 10
        query("q11", "سفيان المربكوي"),                                            # 11: the last, without an end
    ]
    done = room.run("screen", "--index", room.index(), "-", stdin="\n".join(lines)).expect(1, err="5 of 9 queries")
    answers = done.lines()
    same([("q1", None), (None, 3), ("q4", 4), ("q5", 5), (None, 7), (None, 8), ("q9", None), ("10", None), ("q11", None)],
         [(str(a["id"]) if a["id"] is not None else None, a.get("line")) for a in answers])
    errors = {a["line"]: a["error"] for a in answers if "error" in a}
    true("Person" in errors[4]["message"] and errors[4]["column"] == 21, errors[4])
    true("name" in errors[5]["message"] and errors[5]["column"], errors[5])
    true(all(isinstance(e["message"], str) and e["message"] for e in errors.values()), errors)
    same("INi.001", answers[0]["hits"][0]["reference"])
    same("INi.001", answers[-1]["hits"][0]["reference"])
    some = room.run("screen", "--index", room.index(), "--format", "csv", "-", stdin="\n".join(lines[3:7]) + "\n").expect(1)
    rows = list(csv.DictReader(io.StringIO(some.out)))
    same([("q4", "line 1: "), ("q5", "line 2: "), ("", "line 4: ")], [(r["id"], r["error"][:8]) for r in rows])
    table = room.run("screen", "--index", room.index(), "--format", "table", "-", stdin=lines[0] + "\n{\n").expect(1).out
    true(table.startswith("q1: 1\n  0.") and "\nline 2: " in table, table)


NOTHING = "the query has no name with a letter or digit, and no identifier"


def test_a_query_without_anything_to_screen_is_no_query_without_a_hit(room):
    lines = query("q1", "Nobody Whosoever") + "\n" + query("q2", "!!! — !!!") + "\n" + query("q3", NAME) + "\n"
    batch = lambda kind: room.run("screen", "--index", room.index(), "--format", kind, "-", stdin=lines).expect(1, err="1 of 3 queries")
    same([None, NOTHING, None], [answer.get("not_done") for answer in batch("json").lines()])
    rows = list(csv.DictReader(io.StringIO(batch("csv").out)))
    same([("q1", "0", ""), ("q2", "0", NOTHING), ("q3", "1", "")], [(r["id"], r["rank"], r["error"]) for r in rows])
    shown = batch("table").out.splitlines()
    same(["q1: 0", f"q2: 0, not screened: {NOTHING}", "q3: 1"], shown[:3])
    room.imported()
    for kind in ("json", "csv", "table"):
        room.run("screen", "--format", kind, "!!!").expect(1, out="letter or digit")


def test_surplus_that_was_cut_is_told_of_and_no_error(room):
    many = query("long", NAME, alias=[f"Xandor {chr(97 + n % 26)}{chr(97 + n // 26)} Ouzellaqi" for n in range(600)]) + "\n"
    batch = lambda kind: room.run("screen", "--index", room.index(), "--format", kind, "-", stdin=many).expect(0)
    [answer] = batch("json").lines()
    true(answer["hits"] and "more names" in answer["not_done"], answer)
    rows = list(csv.DictReader(io.StringIO(batch("csv").out)))
    true(rows and all(row["error"] == answer["not_done"] and row["entity"] for row in rows), rows)
    true(batch("table").out.startswith(f"long: {len(rows)}, not screened: {answer['not_done']}\n  "), "behind the count")


def test_a_line_too_long_is_refused_alone(room):
    long = '{"id":"long","properties":{"name":["' + "x" * (17 << 20) + '"]}}'
    done = room.run("screen", "--index", room.index(), "-", stdin=f"{query('a', NAME)}\n{long}\n{query('b', NAME)}\n").expect(1)
    same([("a", None), (None, 2), ("b", None)], [(a["id"], a.get("line")) for a in done.lines()])


def test_nothing_in_nothing_out(room):
    for text in ("", "\n", "\n \n\t\n"):
        same("", room.run("screen", "--index", room.index(), "-", stdin=text).expect(0).out)
    room.run("screen", "--index", room.index(), room.write("empty.jsonl", "")).expect(0, out="")
    true(room.run("screen", "--index", room.index(), "--format", "csv", "-").expect(0).out.startswith("id,rank,"), "a heading all the same")


def test_as_many_threads_as_one(room):
    names = [NAME, "Idriss Ben Hammou", "Tazarine Nord", "Nobody Whosoever", "Lakhdar Bounejmar", "فاطمة الزهراء", "White Ibex"]
    lines = [query(str(n), names[n % len(names)] + (" x" * (n % 3))) if n % 50 != 17 else "{" for n in range(1500)]
    room.write("many.jsonl", "\n".join(lines) + "\n\n\n")
    one = room.run("screen", "--index", room.index(), "--jobs", "1", "many.jsonl").expect(1)
    same(1500, len(one.lines()))
    for jobs in (2, 3, 8):
        many = room.run("screen", "--index", room.index(), "--jobs", jobs, "many.jsonl").expect(1)
        true(one.out == many.out, f"{jobs} jobs, the same output")
        same(one.err, many.err)


def read_line(stream, seconds=20):
    """A line, or a failure when none comes in time."""
    line = b""
    end = time.monotonic() + seconds
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([stream], [], [], max(0, end - time.monotonic()))
        if not ready:
            raise Failure(f"no answer after {seconds} s, only {line!r}")
        piece = os.read(stream.fileno(), 65536)
        if not piece:
            raise Failure(f"the output ended after {line!r}")
        line += piece
    return json.loads(line)


def test_one_question_at_a_time(room):
    for jobs in (1, 2):
        process = room.start("screen", "--index", room.index(), "--jobs", jobs, "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for n in range(5):
            process.stdin.write((query(f"q{n}", NAME) + "\n").encode())
            process.stdin.flush()
            same(f"q{n}", read_line(process.stdout)["id"])
        process.stdin.close()
        same(0, process.wait(20))


def test_ctrl_c_ends_with_whole_answers(room):
    for jobs in (1, 2):
        process = room.start("screen", "--index", room.index(), "--jobs", jobs, "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        process.stdin.write((query("q1", NAME) + "\n").encode())
        process.stdin.flush()
        same("q1", read_line(process.stdout)["id"])
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        same((130, b""), (process.returncode, out))
        true(b"stopped" in err, err)


def test_a_full_disk_is_noticed(room):
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    many = "".join(query(str(n), NAME) + "\n" for n in range(2000))
    cases = [(["help"], ""), (["lists", "formats"], ""), (["index", "entities", "--index", room.index()], ""),
             (["screen", "--index", room.index(), NAME], ""), (["screen", "--index", room.index(), "-"], many),
             (["screen", "--index", room.index(), "--jobs", "1", "-"], many)]
    for arguments, stdin in cases:
        with open("/dev/full", "w") as full:
            room.run(*arguments, stdin=stdin, stdout=full).expect(1, err="cannot write the results")


def test_a_reader_that_goes_away_is_no_error(room):
    many = room.write("many.jsonl", "".join(query(str(n), NAME) + "\n" for n in range(3000)))
    for arguments in (["screen", "--index", room.index(), many], ["screen", "--index", room.index(), "-j1", many],
                      ["index", "entities", "--index", room.index()]):
        ours, theirs = os.pipe()
        process = room.start(*arguments, stdout=theirs, stderr=subprocess.PIPE)
        os.close(theirs)
        os.close(ours)
        _, err = process.communicate(timeout=60)
        same((-signal.SIGPIPE, b""), (process.returncode, err))


def test_a_closed_output_is_noticed(room):
    done = subprocess.run(["sh", "-c", f'exec "$0" screen --index "$1" "$2" >&-', room.program, room.index(), NAME],
                          env=room.environment, capture_output=True, text=True)
    same(1, done.returncode)


def test_files_that_cannot_be_read(room):
    room.run("screen", "--index", "absent.mzi", NAME).expect(1, err="absent.mzi")
    room.run("screen", "--index", room.write("bad.mzi", "no image"), NAME).expect(1, err="bad.mzi")
    damaged = room.write("damaged.mzi", room.index().read_bytes()[:-100])
    room.run("screen", "--index", damaged, NAME).expect(1, err="damaged.mzi")
    room.run("screen", "--index", room.index(), "absent.jsonl").expect(2, err="absent.jsonl")
    if os.geteuid() != 0:
        secret = room.write("secret.jsonl", query("a", NAME))
        secret.chmod(0)
        room.run("screen", "--index", room.index(), secret).expect(1, err="secret.jsonl")
    room.imported()
    image = room.path("store/index.mzi")
    image.write_bytes(b"spoilt")
    room.run("screen", "--index", image, NAME).expect(1, err="index.mzi")
    same(b"spoilt", image.read_bytes(), "an image that was named is left as it is")
    room.run("lists", "import", INVENTED).expect(0, out="unchanged")
    room.run("screen", "--index", image, NAME).expect(0)


def test_old_lists_are_told_of(room):
    room.imported()
    later = {"MIZAN_NOW": str(int(room.environment["MIZAN_NOW"]) + 9 * 86400)}
    room.run("screen", NAME, environment=later).expect(0, err="9 days ago")
    same("", room.run("screen", NAME, "--quiet", environment=later).expect(0).err)


def test_verbose_sums_up(room):
    done = room.run("screen", "-v", "--index", room.index(), "-", stdin=query("a", NAME) + "\n{")
    done.expect(1, err="2 queries, 1 with a hit, 1 not screened")


def test_compare_two_names(room):
    shown = room.run("compare", "Mohamed Benali", "محمد بن علي", "--format", "table", "--schema", "Person")
    shown.expect(0, out=["“Mohamed Benali” and “محمد بن علي”", "Score 0.", "Weight", "Score", "bits", "evidence", "in all"])
    [answer] = room.run("compare", "Mohamed Benali", "Muhammad Ben Ali").expect(0).lines()
    same(["id", "score", "weight", "evidence"], list(answer))
    true(abs(sum(e["points"] for e in answer["evidence"]) - answer["score"]) < 2e-6, answer)
    room.run("compare", "A", "B", "C").expect(2)


def test_compare_a_file(room):
    text = "note,candidate,query,id,schema\nx,Soufian Marbakoui,Sofyane el Marbekoui,1,Person\nx,Otto Ohneland,Sofyane el Marbekoui,2,\n"
    file = room.write("pairs.csv", text)
    answers = room.run("compare", file).expect(0).lines()
    same(["1", "2"], [a["id"] for a in answers])
    true(answers[0]["score"] > 0.8 > answers[1]["score"], answers)
    same(answers, room.run("compare", "-", stdin=text).expect(0).lines())
    same(answers, room.run("compare", "-", stdin="\ufeff" + text.replace(",", ";").replace("\n", "\r\n")).expect(0).lines(),
         "as a spreadsheet of another country saves it")
    rows = list(csv.DictReader(io.StringIO(room.run("compare", file, "--format", "csv").expect(0).out)))
    same(["1", "2"], [r["id"] for r in rows])
    room.run("compare", file, "--format", "table").expect(0, out=["0.", "Sofyane el Marbekoui ~ Soufian Marbakoui"])


def test_what_is_shown_of_a_long_word_is_whole_letters(room):
    """Cut to a length in bytes, but never within a letter, whose half would be shown as U+FFFD."""
    room.imported()
    for shift in range(3):
        word = "x" * shift + "字" * 60
        for arguments in (["--birth-date", word], ["--nationality", word], ["--property", word + "=1"]):
            shown = room.run("screen", *arguments, NAME).expect(2).err
            true("字字字" in shown and "\ufffd" not in shown, shown)
        room.write("pairs.csv", f"id,schema,query,candidate\n1,{word},a,b\n")
        shown = room.run("compare", "pairs.csv", "--format", "json").expect(1).out
        true("字字字" in shown and "\ufffd" not in shown, shown)


def test_compare_refuses_what_it_cannot_read(room):
    bad = room.write("bad.csv", "id,schema,query,candidate\n1,Person,a b,a c\n2,Persn,a b,a c\n3,Person,a b,a c\n")
    answers = room.run("compare", bad).expect(1, err="1 rows could not be compared").lines()
    same([("1", False), ("2", True), ("3", False)], [(a["id"], "error" in a) for a in answers])
    true(answers[1]["line"] == 3 and "Person" in answers[1]["error"]["message"], answers[1])
    room.run("compare", room.write("other.csv", "a,b\n1,2\n")).expect(1, err=["other.csv", "query"])
    room.run("compare", room.write("empty.csv", "")).expect(1, err="empty")
    room.run("compare", "absent.csv").expect(1, err="absent.csv")


if __name__ == "__main__":
    main(globals())
