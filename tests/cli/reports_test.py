#!/usr/bin/env python3
"""mizan cases file, certificate, goaml, figures and export: what leaves the casework of an agency."""
import hashlib, json, sqlite3

from harness import main

PERSON = {"name": ["Sofyane El Marbekoui"], "birthDate": ["1974-03-09"]}
HIT = {"entity": "un-9900001", "reference": "INi.001", "evidence": [
    {"rule": "same", "property": "name", "query": "<b>a", "entity": "a", "points": 0.9, "bits": 20.5}]}


def cases(room, *arguments, **more):
    return room.run("cases", *arguments, "--database", room.path("service.db"), **more)


def put(store, table, **given):
    """A row of a table, nothing in what is not given."""
    row = {name: given.get(name, 0 if kind in ("INTEGER", "REAL") else "")
           for _, name, kind, *_ in store.execute(f"PRAGMA table_info({table})")}
    assert not given.keys() - row.keys(), f"{table} has no {given.keys() - row.keys()}"
    store.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def with_a_case(room):
    """A database with a case of which one alert was decided to be a true match. All in it is invented."""
    room.run("people", "list", "--database", room.path("service.db")).expect(0)
    store = sqlite3.connect(room.path("service.db"))
    agency = store.execute("SELECT agency FROM access_agency").fetchone()[0]
    put(store, "subject", subject="S1", agency=agency, source="bank", reference="17", schema="Person", state="active",
        caption=PERSON["name"][0], properties=json.dumps(PERSON))
    put(store, "case_file", case_key="C1", agency=agency, label="2026-000001", subject="S1", phase="closed", opened=1800000000,
        closed=1800003600, best="A1", version=1)
    put(store, "case_alert", alert="A1", agency=agency, case_key="C1", subject="S1", entity="un-9900001", list="un",
        list_version="9f8e", caption="SOFYANE EL MARBEKOUI", schema="Person", score=0.9, weight=20.5, hit=json.dumps(HIT),
        phase="decided", disposition="true-match", decision="D1", why="asked", born=1800000000)
    put(store, "case_decision", decision="D1", agency=agency, case_key="C1", disposition="true-match", reason="same",
        phase="made", proposer_kind="command", proposed=1800000900, approver=None)
    put(store, "case_judged", decision="D1", alert="A1")
    store.commit()
    store.close()


def test_a_case_is_written_as_a_page_in_the_language_asked_for(room):
    with_a_case(room)
    page = cases(room, "file", "2026-000001", "--lang", "ar").expect(0).out
    assert '<html lang="ar" dir="rtl">' in page and "2026-000001" in page and "<script" not in page and "<b>" not in page, page
    cases(room, "file", "2026-000001", "-o", room.path("case.html"), "--lang", "en").expect(0)
    kept = room.path("case.html").read_text(encoding="utf-8")
    assert "true match" in kept and "Content-Security-Policy" in kept, kept
    cases(room, "file", "2026-000009").expect(1, err="no such case")
    cases(room, "certificate", "1x").expect(1, err="no number of a receipt")
    cases(room, "certificate", "999").expect(1)


def test_a_report_is_suggested_filled_in_and_written(room):
    with_a_case(room)
    told = json.loads(cases(room, "goaml", "2026-000001", "-o", room.path("report.json")).expect(0).out
                      or room.path("report.json").read_text(encoding="utf-8"))
    assert {gap["path"] for gap in told["missing"]} == {"/rentity_id", "/currency_code_local", "/report_indicators"}, told
    lacking = cases(room, "goaml", "2026-000001", room.path("report.json")).expect(1, err="/rentity_id")
    assert not lacking.out, "something was written"
    told["report"] |= {"rentity_id": 17, "currency_code_local": "MAD", "report_indicators": ["TFS01"]}
    room.path("report.json").write_text(json.dumps(told["report"]), encoding="utf-8")
    xml = cases(room, "goaml", "2026-000001", room.path("report.json")).expect(0).out
    assert "<last_name>El Marbekoui</last_name>" in xml and "<rentity_id>17</rentity_id>" in xml, xml
    assert "report.written" in sqlite3.connect(room.path("service.db")).execute(
        "SELECT kind FROM case_event WHERE case_key = 'C1'").fetchone()[0], "the case does not know of it"
    room.path("report.json").write_text("{", encoding="utf-8")
    cases(room, "goaml", "2026-000001", room.path("report.json")).expect(1)


def test_what_is_in_each_report_is_shown_and_set(room):
    with_a_case(room)
    assert json.loads(cases(room, "goaml-settings").expect(0).out) == {"version": 0, "settings": {}}
    given = {"supports": "5.0", "language": "fr", "report": {"rentity_id": 17, "currency_code_local": "MAD"}}
    room.path("goaml.json").write_text(json.dumps(given), encoding="utf-8")
    cases(room, "goaml-settings", room.path("goaml.json")).expect(0)
    cases(room, "goaml-settings", "-o", room.path("goaml.json")).expect(0)
    assert json.loads(room.path("goaml.json").read_text(encoding="utf-8")) == {"version": 1, "settings": given}
    cases(room, "goaml-settings", room.path("goaml.json")).expect(0, '"version":2')  # as it was printed
    told = json.loads(cases(room, "goaml", "2026-000001").expect(0).out)
    assert [gap["path"] for gap in told["missing"]] == ["/report_indicators"], told
    room.path("goaml.json").write_text('{"supports":"4.0"}', encoding="utf-8")
    cases(room, "goaml-settings", room.path("goaml.json")).expect(1, err="supports")
    chain = sqlite3.connect(room.path("service.db")).execute("SELECT kind FROM audit_entry WHERE object = 'goaml'").fetchall()
    assert chain == [("setting.changed",)] * 2, chain


def test_figures_are_counted_over_a_period(room):
    with_a_case(room)
    figures = json.loads(cases(room, "figures", "2027-01-01", "2027-02-01").expect(0).out)
    assert figures["alerts"]["raised"] == 1 and figures["times"]["decision_s"]["median"] == 900, figures
    cases(room, "figures", "2027-01-01", "2027-02-01", "--format", "csv").expect(0, "by_list,un,true-match,1")
    cases(room, "figures", "yesterday").expect(1, err="YYYY-MM-DD")
    cases(room, "figures", "2027-02-01", "2027-01-01").expect(1, err="a period ends after it begins")


def test_everything_is_exported_with_a_digest_of_each_file(room):
    with_a_case(room)
    folder = room.path("export")
    said = json.loads(cases(room, "export", folder).expect(0).out)
    manifest = folder.joinpath("manifest.json").read_bytes()
    assert said["digest"] == hashlib.blake2b(manifest, digest_size=32).hexdigest(), said
    files = json.loads(manifest)["files"]
    assert len(files) == said["files"] and sum(file["rows"] for file in files) == said["rows"], said
    for file in files:
        text = folder.joinpath(file["name"]).read_bytes()
        assert file["digest"] == hashlib.blake2b(text, digest_size=32).hexdigest(), file
        assert len([json.loads(line) for line in text.splitlines()]) == file["rows"], file
    alerts = [json.loads(line) for line in folder.joinpath("alerts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert alerts[0]["hit"] == HIT and alerts[0]["case"] == "C1", alerts
    cases(room, "export", folder).expect(1, err="is not empty")
    cases(room, "export", room.path("another"), "--format", "table", "--lang", "fr").expect(0, "Fichiers : ")


if __name__ == "__main__":
    main(globals())
