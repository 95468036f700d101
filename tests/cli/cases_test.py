#!/usr/bin/env python3
"""mizan cases and mizan clearances: casework from the command line, done as somebody."""
import json, sqlite3, time

from harness import main

NOW = 1785542400


def database(room):
    return room.path("people.db")


def run(room, *arguments, **more):
    return room.run(*arguments, "--database", database(room), **more)


def key(number):
    return f"01CLI{number:021d}"


def office(room):
    """An agency with two who work on cases and a case with an alert, as the service would have made it."""
    for name, role in [("amal", "analyst"), ("chadia", "approver"), ("eve", "viewer")]:
        run(room, "people", "add", name, "--role", role).expect(0)
    with sqlite3.connect(database(room)) as store:
        agency, = store.execute("SELECT agency FROM access_agency").fetchone()
        store.execute("UPDATE access_person SET state = 'active'")
        store.execute("INSERT INTO subject (subject, agency, source, reference, schema, caption, properties, digest, "
                      "words, state, sequence, created, changed, screened) VALUES (?, ?, 'core', 'K-1', 'Person', "
                      "'Tamrin Wardafi', '{}', '', '', 'active', 1, ?, ?, ?)", (key(1), agency, NOW, NOW, NOW))
        store.execute("INSERT INTO case_file VALUES (?, ?, '2026-000001', ?, '2026-000001 tamrin wardafi k-1', ' inv ', "
                      "'open', '', 0, 31.5, ?, 1, ?, ?, ?, 0, 1)",
                      (key(2), agency, key(1), key(3), NOW + 3600, NOW, NOW))
        store.execute("INSERT INTO case_alert VALUES (?, ?, ?, ?, 'inv-1', 'inv', 'v1', 'Tamrin Wardafy', 'Person', "
                      "0.97, 31.5, '{}', 'a', 'b', 'a', 'b', 'open', '', '', 0, 1, 'asked', '', ?, ?, 0)",
                      (key(3), agency, key(2), key(1), NOW, NOW))
    return agency


def test_the_queue_and_a_case_are_shown(room):
    office(room)
    line = run(room, "cases", "list").expect(0).lines()[0]
    assert line["label"] == "2026-000001" and line["best"]["caption"] == "Tamrin Wardafy", line
    run(room, "cases", "list", "--format", "csv").expect(0, ["label,phase,source,", "2026-000001,open,core,K-1,"])
    run(room, "cases", "list", "--format", "table").expect(0, ["CASE", "2026-000001", "Tamrin Wardafi"])
    run(room, "cases", "list", "--format", "table", "--lang", "fr").expect(0, ["DOSSIER", "ouvert"])
    run(room, "cases", "list", "--format", "table", "--lang", "ar").expect(0, ["الملف", "مفتوح"])
    assert run(room, "cases", "list", "--phase", "closed").expect(0).out == ""
    assert run(room, "cases", "list", "--as", "amal").expect(0).out == ""
    run(room, "cases", "show", "2026-000001", "--format", "table").expect(0, ["2026-000001  Tamrin Wardafi", "inv-1"])
    assert run(room, "cases", "show", "2026-000001").expect(0).lines()[0]["alert_list"][0]["entity"] == "inv-1"
    run(room, "cases", "show", "2026-000009").expect(1, err="there is no such case")


def test_what_is_done_is_done_as_somebody_with_that_right(room):
    office(room)
    decide = ["cases", "decide", "2026-000001", "--disposition", "true-match", "--reason", "same-person"]
    run(room, *decide).expect(2, err="--as")
    run(room, *decide, "--as", "eve").expect(1, err="has not the right “cases.work”")
    run(room, *decide, "--as", "nobody").expect(1, err="there is no such person")
    run(room, "cases", "decide", "2026-000001", "--as", "amal").expect(2, err="--disposition and --reason")
    run(room, "cases", "decide", "2026-000001", "--disposition", "true-match", "--reason", "nonsense", "--as",
        "amal").expect(1, err="there are: same-person, ")
    run(room, *decide, "--as", "amal", "--note", "the same passport").expect(0, err="2026-000001: proposed")
    run(room, "cases", "approve", "2026-000001", "--as", "amal").expect(1, err="cases.approve")
    run(room, "cases", "approve", "2026-000001", "--as", "chadia", "--return").expect(0, err="2026-000001: returned")
    run(room, *decide, "--as", "chadia").expect(0)
    run(room, "cases", "approve", "2026-000001", "--as", "chadia").expect(1, err="another person")
    run(room, "people", "add", "farid", "--role", "approver").expect(0)
    with sqlite3.connect(database(room)) as store:
        store.execute("UPDATE access_person SET state = 'active'")
    run(room, "cases", "approve", "2026-000001", "--as", "farid").expect(1, err="approved in the service")
    shown = run(room, "cases", "show", "2026-000001").expect(0).lines()[0]
    assert [one["phase"] for one in shown["decisions"]] == ["returned", "proposed"], shown
    assert {one["actor_kind"] for one in shown["events"]} == {"command"}, shown


def test_a_case_is_assigned_and_noted(room):
    office(room)
    run(room, "cases", "assign", "2026-000001", "chadia", "--as", "amal").expect(0, err="2026-000001: assigned")
    assert run(room, "cases", "list", "--as", "chadia").expect(0).lines()[0]["assignee"]["name"] == "chadia"
    run(room, "cases", "assign", "2026-000001", "eve", "--as", "amal").expect(1, err="does not work on cases")
    run(room, "cases", "assign", "2026-000001", "--as", "amal").expect(0)
    run(room, "cases", "note", "2026-000001", "@chadia \x1b[31mlook", "--as", "amal").expect(1, err="control character")
    run(room, "cases", "note", "2026-000001", "@chadia look", "--as", "amal").expect(0, err="2026-000001: noted")
    run(room, "cases", "show", "2026-000001", "--format", "table").expect(
        0, ["amal (by command)", "@chadia look"])
    run(room, "cases", "show", "2026-000001", "--format", "table", "--lang", "fr").expect(0, "amal (par commande)")
    run(room, "cases", "show", "2026-000001", "--format", "table", "--lang", "ar").expect(0, "(بالأمر)")
    run(room, "audit", "list", "--kind", "note", "--format", "table").expect(0, "amal (by command)")


def test_a_clearance_is_shown_and_revoked(room):
    office(room)
    run(room, "cases", "decide", "2026-000001", "--disposition", "false-positive", "--reason", "name-only", "--as",
        "amal").expect(0, err="2026-000001: decided")
    line = run(room, "clearances", "list").expect(0).lines()[0]
    assert line["state"] == "valid" and line["decision"]["reason"]["id"] == "name-only", line
    run(room, "clearances", "list", "--format", "table").expect(0, ["CLEARANCE", "Tamrin Wardafy", "valid"])
    run(room, "clearances", "list", "--format", "csv").expect(0, "id,subject,entity,")
    assert run(room, "clearances", "show", line["id"]).expect(0).lines()[0]["id"] == line["id"]
    run(room, "clearances", "revoke", line["id"]).expect(2, err="--as")
    run(room, "clearances", "revoke", line["id"], "--as", "amal", "--note", "not so").expect(0, err="is revoked")
    run(room, "clearances", "revoke", line["id"], "--as", "amal").expect(1, err="revoked already")
    assert run(room, "clearances", "list").expect(0).out == ""
    assert run(room, "clearances", "list", "--state", "all").expect(0).lines()[0]["ended_why"] == "not so"
    run(room, "clearances", "show", "nothing").expect(1, err="there is no such clearance")


main(globals())
