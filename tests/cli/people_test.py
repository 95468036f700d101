#!/usr/bin/env python3
"""mizan people and mizan keys: who may sign in to the service, and with which keys programs come."""
import re

from harness import main

ONE_TIME = re.compile(r"^([a-z2-7]{4}-){4}[a-z2-7]{4}$")
KEY = re.compile(r"^mzk_[a-z2-7]{58}$")


def database(room):
    return room.path("people.db")


def people(room, *arguments, **more):
    return room.run("people", *arguments, "--database", database(room), **more)


def keys(room, *arguments, **more):
    return room.run("keys", *arguments, "--database", database(room), **more)


def test_the_first_command_makes_an_administrator_and_says_the_password_once(room):
    first = people(room, "list").expect(0, '"name":"admin"', "the first start")
    password = first.err.split()[-1]
    assert ONE_TIME.match(password), first
    second = people(room, "list").expect(0, '"state":"invited"')
    assert password not in second.out + second.err and not second.err, second
    assert database(room).stat().st_mode & 0o077 == 0, "others may read the database"
    assert password.encode() not in database(room).read_bytes(), "the password is in the database"


def test_a_person_is_added_with_roles_and_a_password_for_once(room):
    added = people(room, "add", "Amal@Example.com", "--role", "analyst", "--role", "auditor", "--display-name", "Amal")
    line = added.expect(0).lines()[0]
    assert line["name"] == "amal@example.com" and ONE_TIME.match(line["one_time_password"]), added
    listed = people(room, "list").expect(0).lines()
    assert [(one["name"], one["roles"]) for one in listed] == [
        ("admin", "administrator"), ("amal@example.com", "analyst auditor")], listed
    people(room, "add", "amal@example.com").expect(1, err="called “amal@example.com” already")
    people(room, "add", "a b").expect(1, err="Latin letters")
    people(room, "add", "karim", "--role", "chief").expect(2, err="“chief” is not viewer")
    people(room, "add").expect(2)


def test_a_person_is_locked_and_let_in_again_but_not_the_last_who_may_change_people(room):
    people(room, "add", "amal").expect(0)
    people(room, "lock", "amal").expect(0, err="“amal” is locked")
    people(room, "list", "--format", "table").expect(0, ["NAME", "amal", "locked"])
    people(room, "list", "--format", "csv").expect(0, ["name,display_name,email,roles,state", "amal,amal,,viewer,locked"])
    people(room, "reset", "amal").expect(1, err="locked")
    people(room, "unlock", "amal", "--lang", "fr").expect(0, err="peut de nouveau se connecter")
    people(room, "lock", "admin").expect(1, err="nobody else")
    people(room, "lock", "nobody").expect(1, err="there is no such person")


def test_a_forgotten_password_is_replaced_by_one_for_once(room):
    people(room, "list").expect(0)
    line = people(room, "reset", "admin").expect(0).lines()[0]
    assert ONE_TIME.match(line["one_time_password"]), line
    people(room, "reset", "admin", "--format", "table").expect(0, "“admin” signs in within seven days and chooses another password")


def test_an_agency_that_is_not_there_is_told(room):
    people(room, "list", "--agency", "branch").expect(1, err="there is no such agency")


def test_a_key_is_shown_once_and_revoked_by_its_first_letters(room):
    added = keys(room, "add", "core banking", "--days", "30").expect(0).lines()[0]
    assert KEY.match(added["key"]) and added["title"] == "core banking", added
    listed = keys(room, "list").expect(0)
    assert added["key"] not in listed.out, listed
    line = listed.lines()[0]
    assert line["begins"] == added["key"][:10] and line["rights"] == "screen lists.read", line
    assert line["ends"] == "2026-09-03" and line["last_used"] == "" and line["revoked"] is False, line
    keys(room, "revoke", line["begins"]).expect(0, err="the key for “core banking” is revoked")
    assert keys(room, "list").lines()[0]["revoked"] is True
    keys(room, "revoke", "mzk_nothing").expect(1, err="no key begins with")
    keys(room, "add", "all", "--right", "account.own").expect(2)
    keys(room, "add", "all", "--right", "metrics", "--format", "table").expect(0, "shown this once: mzk_")


def test_an_address_of_postgresql_is_told_without_its_password(room):
    room.run("people", "list", "--store", "postgresql://mizan:hidden@127.0.0.1:1/none").expect(1)
    done = room.run("people", "list", "--store", "postgresql://mizan:hidden@127.0.0.1:1/none")
    assert "hidden" not in done.out + done.err, done


if __name__ == "__main__":
    main(globals())
