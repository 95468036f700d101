-- What was applied to this store, by whom it is known again: number and name of the file, the digest of its text
-- (BLAKE2b, 64 hexadecimal digits), and when, in seconds since 1970.
CREATE TABLE store_migration (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
    applied INTEGER NOT NULL
) STRICT;
