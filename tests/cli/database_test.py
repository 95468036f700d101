#!/usr/bin/env python3
"""mizan database copy: what the service keeps goes from one database into another, whole or not at all."""
import sqlite3

from harness import main, same, true

AGENCY = ("01JAGENCY", "house", "الدار", "active", 0, 1, 1785844800)


def filled(room):
    """A database of the service with an agency in it, which a copy into it made."""
    room.run("database", "copy", room.path("empty.db"), room.path("full.db")).expect(0)
    with sqlite3.connect(room.path("full.db")) as database:
        database.execute("INSERT INTO access_agency VALUES (?, ?, ?, ?, ?, ?, ?)", AGENCY)
    database.close()
    return room.path("full.db")


def agencies(path):
    database = sqlite3.connect(path)
    rows = database.execute("SELECT * FROM access_agency").fetchall()
    database.close()
    return rows


def test_a_copy_has_everything(room):
    full = filled(room)
    same([{"rows": 1}], room.run("database", "copy", full, room.path("copy.db")).expect(0).lines())
    same([AGENCY], agencies(room.path("copy.db")))
    room.run("database", "copy", full, room.path("other.db"), "--format", "table").expect(0, out="rows copied: 1")
    room.run("database", "copy", full, room.path("third.db"), "--format", "csv").expect(0, out="rows\n1\n")


def test_nothing_is_copied_over_something(room):
    full = filled(room)
    room.run("database", "copy", full, full).expect(1, err="already")
    same([AGENCY], agencies(full))


def test_what_is_no_database_is_refused(room):
    letter = room.write("letter.txt", "Dear reader, this is not a database, as whoever opens it sees at once. " * 20)
    room.run("database", "copy", letter, room.path("copy.db")).expect(1, err=["letter.txt", "no SQLite database"])
    true(not room.path("copy.db").exists(), "nothing is made for nothing")
    room.run("database", "copy", room.path("nowhere/a.db"), room.path("copy.db")).expect(1, err="nowhere")


def test_the_password_of_an_address_is_not_shown(room):
    address = "postgresql://someone:s3cr3t-word@[broken/database"
    done = room.run("database", "copy", address, room.path("copy.db")).expect(1, err="cannot be understood")
    true("s3cr3t" not in done.err + done.out, done)


if __name__ == "__main__":
    main(globals())
