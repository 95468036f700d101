#!/usr/bin/env python3
"""mizan audit: whether what was done is still told as it was, and whether a screening comes out the same again."""
import json
import sqlite3

from harness import main


def database(room):
    return room.path("audit.db")


def audit(room, *arguments, **more):
    return room.run("audit", *arguments, "--database", database(room), **more)


def people(room, *arguments):
    return room.run("people", *arguments, "--database", database(room)).expect(0)


def tamper(room, statement):
    with sqlite3.connect(database(room)) as store:
        store.execute(statement)
    store.close()


def test_what_was_done_is_listed_and_shown(room):
    people(room, "add", "amal", "--role", "analyst")
    lines = audit(room, "list").expect(0).lines()
    assert [line["number"] for line in lines] == list(range(len(lines), 0, -1)), lines
    assert lines[0]["kind"] == "person.added" and lines[0]["body"]["roles"] == "analyst", lines[0]
    assert lines[0]["personal"]["object_name"] == "amal" and lines[0]["actor_kind"] == "command", lines[0]
    assert len(audit(room, "list", "--kind", "agency.").lines()) == 1
    assert len(audit(room, "list", "--entries", "1").lines()) == 1
    assert audit(room, "list", "--before", "2").lines()[0]["number"] == 1
    assert not audit(room, "list", "--since", "2026-08-05").lines()
    audit(room, "list", "--format", "table").expect(0, ["NO.", "person.added", "agency.added"])
    audit(room, "list", "--format", "csv").expect(0, ["number,at,kind", "person.added"])
    shown = audit(room, "show", "1").expect(0).lines()[0]
    assert json.loads(shown["line"])["number"] == 1 and shown["kind"] == "agency.added", shown
    audit(room, "show", "99").expect(1, err="no entry 99")
    audit(room, "show", "first").expect(2)
    audit(room, "list", "--since", "yesterday").expect(2)


def test_a_chain_that_was_altered_ends_the_command_with_status_1_and_names_the_entry(room):
    people(room, "add", "amal")
    whole = audit(room, "verify").expect(0).lines()[0]
    assert whole["whole"] and whole["first_bad"] is None, whole
    assert whole["signed"] == 0, whole
    audit(room, "verify", "--format", "table").expect(0, ["the chain is whole, but unsigned", "entries: ", whole["hash"]])
    audit(room, "verify", "--format", "table", "--lang", "ar").expect(0, "السلسلة سليمة")
    tamper(room, "UPDATE audit_entry SET line = REPLACE(line, 'viewer', 'analyst') WHERE number = 2")
    tamper(room, "UPDATE audit_entry SET line = line || ' ' WHERE number = 2")
    bad = audit(room, "verify").expect(1).lines()[0]
    assert bad["first_bad"] == 2 and bad["fault"] == "altered", bad
    audit(room, "verify", "--format", "table", "--lang", "fr").expect(1, ["première entrée qui a changé est 2", "modifiée"])
    audit(room, "verify", "--format", "csv").expect(1, "\nfalse,")


def test_a_checkpoint_kept_elsewhere_tells_what_was_cut_off(room):
    people(room, "add", "amal")
    signed = audit(room, "checkpoint", "--format", "table").expect(0, ["mizan-checkpoint 1", "chain ", "signature "])
    room.path("kept.txt").write_text(signed.out)
    key = [line.split()[1] for line in signed.out.splitlines() if line.startswith("key ")][0]
    assert room.run("audit", "checkpoint", "--database", database(room)).expect(
        0, err="nothing was added").lines()[0]["public_key"] == key
    files = [path for path in room.path(".").rglob("audit.key")]
    assert len(files) == 1 and files[0].stat().st_mode & 0o077 == 0, files
    audit(room, "verify", "--key", key, "--checkpoint", room.path("kept.txt")).expect(0)
    audit(room, "verify", "--format", "table").expect(0, "the chain is whole; signed up to entry ")
    copy = room.path("copy.key")
    audit(room, "verify", "--audit-key", copy).expect(1, err="there is no key")
    assert not copy.exists()
    audit(room, "verify", "--key", "0" * 64).expect(1, "checkpoint-key")
    audit(room, "verify", "--key", "abc").expect(1, err="64 hexadecimal digits")
    last = int(signed.out.split("number ")[1].split()[0])
    tamper(room, "DELETE FROM audit_checkpoint")
    for table in ("audit_personal", "audit_entry"):
        tamper(room, f"DELETE FROM {table} WHERE number = {last}")
    tamper(room, f"UPDATE audit_chain SET number = {last - 1}, hash = (SELECT hash FROM audit_entry WHERE number = {last - 1})")
    found = audit(room, "verify").expect(1).lines()[0]  # the key remembers what it signed
    assert (found["fault"], found["first_bad"], found["signed"]) == ("missing", last, 0), found
    audit(room, "checkpoint").expect(1, err="does not lead on")
    files[0].with_name("audit.key.signed").unlink()
    assert audit(room, "verify").expect(0).lines()[0]["signed"] == 0
    found = audit(room, "verify", "--checkpoint", room.path("kept.txt")).expect(1).lines()[0]
    assert found["fault"] == "missing" and found["first_bad"] == last, found
    room.path("kept.txt").write_text("hello")
    audit(room, "verify", "--checkpoint", room.path("kept.txt")).expect(1, err="checkpoint has")


def test_everything_is_exported_so_that_others_can_verify_it(room):
    import hashlib
    people(room, "add", "amal")
    audit(room, "checkpoint").expect(0)
    lines = audit(room, "export").expect(0).lines()
    assert "checkpoint" in lines[-1], lines[-1]
    previous = None
    for line in lines[:-1]:
        text = json.dumps(line["entry"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.blake2b(text.encode(), digest_size=32).hexdigest() == line["hash"], line
        assert previous in (None, line["entry"]["previous"]), line
        if "personal" in line:
            beside = json.dumps(line["personal"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            salted = bytes.fromhex(line["salt"]) + beside.encode()
            assert hashlib.blake2b(salted, digest_size=32).hexdigest() == line["entry"]["personal"], line
        previous = line["hash"]


def test_what_is_no_receipt_is_refused(room):
    people(room, "list")
    audit(room, "receipt", "1").expect(1, err="no receipt of a screening")
    audit(room, "receipt", "one").expect(2)
    audit(room, "replay", "1").expect(1, err="no receipt of a screening")
    audit(room, "replay", room.path("nowhere.json")).expect(1, err="nowhere.json")
    room.path("none.json").write_text('{"entry":{},"hash":"x"}')
    audit(room, "replay", room.path("none.json")).expect(1, err="not as it was handed out")


def with_a_receipt(room):
    """The number of the receipt of a screening, with entries before and behind it."""
    room.imported()
    room.run("subjects", "add", "Idriss ben Hammou Tanzaliti", "--source", "desk", "--reference", "1", "--schema", "Person",
             "--database", database(room)).expect(0)
    room.run("subjects", "watch", "--database", database(room)).expect(0)
    people(room, "add", "amal")
    return next(line["number"] for line in audit(room, "list").lines() if line["kind"] == "screening")


def invented(receipt):
    """Another receipt, whose hashes fit all the same."""
    import hashlib
    made = json.loads(receipt)
    made["entry"]["at"] -= 86400
    text = json.dumps(made["entry"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    made["hash"] = hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
    return json.dumps(made, ensure_ascii=False)


def test_a_receipt_is_proved_by_the_store_or_by_the_key_and_an_invented_one_by_neither(room):
    number = with_a_receipt(room)
    bare = room.write("bare.json", audit(room, "receipt", number).expect(0).out)
    key = audit(room, "checkpoint").expect(0).lines()[0]["public_key"]
    receipt = audit(room, "receipt", number).expect(0).out
    kept, false = room.write("receipt.json", receipt), room.write("false.json", invented(receipt))
    found = audit(room, "replay", kept).expect(0).lines()[0]
    assert (found["outcome"], found["proved"], found["proof"]) == ("identical", True, "entry"), found
    audit(room, "replay", number, "--format", "table").expect(0, ["identical", "proved: it is an entry"])
    found = audit(room, "replay", false).expect(1).lines()[0]
    assert (found["outcome"], found["proved"], found["proof"]) == ("identical", False, "no-entry"), found
    for language, words in [("en", "not an entry of this store’s chain"), ("fr", "n’est pas une entrée de la chaîne"),
                            ("ar", "ليس قيدا في سلسلة")]:
        audit(room, "replay", false, "--format", "table", "--lang", language).expect(1, words)
    # elsewhere: no database, the file of the key not at hand
    lists, away = room.path("store"), room.path("away")
    away.mkdir()
    for path in [database(room), *lists.glob("audit.key*")]:
        path.rename(away / path.name)
    found = room.run("audit", "replay", kept, "--key", key).expect(0).lines()[0]
    assert (found["proved"], found["proof"]) == (True, "checkpoint"), found
    for path, options, proof in [(kept, [], "no-store"), (bare, ["--key", key], "no-checkpoint"),
                                 (kept, ["--key", "0" * 64], "other-key"), (false, ["--key", key], "other-checkpoint")]:
        found = room.run("audit", "replay", path, *options).expect(1).lines()[0]
        assert (found["outcome"], found["proved"], found["proof"]) == ("identical", False, proof), found
    room.run("audit", "replay", kept, "--format", "table").expect(1, "neither a store nor a key")
    audit(room, "replay", kept).expect(1, err="there is no database")
    assert not database(room).exists() and not (lists / "service.db").exists()
    found = room.run("audit", "replay", kept, "--audit-key", away / "audit.key").expect(0).lines()[0]
    assert found["proof"] == "checkpoint", found
    # the store of somebody else
    room.run("people", "list").expect(0)
    assert room.run("audit", "replay", kept).expect(1).lines()[0]["proof"] == "no-entry"
    assert room.run("audit", "replay", kept, "--key", key).expect(0).lines()[0]["proof"] == "checkpoint"


if __name__ == "__main__":
    main(globals())
