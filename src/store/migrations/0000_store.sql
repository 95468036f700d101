-- What was applied to this store, by whom it is known again: number and name of the file, the digest of its text
-- (BLAKE2b, 64 hexadecimal digits), and when, in seconds since 1970.
CREATE TABLE store_migration (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
    applied INTEGER NOT NULL
) STRICT;

-- In PostgreSQL, changes of the last minutes by the key that each was given, so that one whose answer was lost is neither
-- lost nor made twice (src/store/postgresql.c). SQLite answers every commit, and leaves this empty.
CREATE TABLE store_commit (
    key TEXT NOT NULL PRIMARY KEY
) STRICT;
