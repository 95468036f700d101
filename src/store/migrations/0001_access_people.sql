-- Agencies, their people and keys, who is signed in, and who did what. Every row that belongs to an agency names it, also
-- where the person it hangs on would tell: no query of one agency can then meet another's.
CREATE TABLE access_agency (
    agency TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'locked')),
    operates INTEGER NOT NULL CHECK (operates IN (0, 1)),
    second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
    created INTEGER NOT NULL
) STRICT;

-- roles and rights are words with a blank between; totp_pending is a secret that was shown and not yet confirmed;
-- totp_step the last one used, so that a code serves once.
CREATE TABLE access_person (
    person TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    roles TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'locked', 'left')),
    password TEXT NOT NULL,
    password_once INTEGER NOT NULL CHECK (password_once IN (0, 1)),
    password_until INTEGER NOT NULL,
    totp_secret TEXT NOT NULL,
    totp_pending TEXT NOT NULL,
    totp_step INTEGER NOT NULL,
    created INTEGER NOT NULL,
    signed_in INTEGER NOT NULL,
    UNIQUE (agency, name)
) STRICT;

CREATE TABLE access_recovery (
    hash TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    person TEXT NOT NULL REFERENCES access_person (person)
) STRICT;
CREATE INDEX access_recovery_person ON access_recovery (person);

CREATE TABLE access_session (
    session TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    person TEXT NOT NULL REFERENCES access_person (person),
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    client TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT;
CREATE INDEX access_session_person ON access_session (person);
CREATE INDEX access_session_ends ON access_session (ends);

-- Browsers from which somebody signed in: they are spared the delays that strangers earn for a name.
CREATE TABLE access_device (
    hash TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    person TEXT NOT NULL REFERENCES access_person (person),
    seen INTEGER NOT NULL
) STRICT;
CREATE INDEX access_device_person ON access_device (person);
CREATE INDEX access_device_seen ON access_device (seen);

-- ends, revoked and used are 0 when there is no such time.
CREATE TABLE access_key (
    access_key TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    shown TEXT NOT NULL,
    title TEXT NOT NULL,
    rights TEXT NOT NULL,
    creator TEXT NOT NULL,
    created INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    revoked INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT;
CREATE INDEX access_key_agency ON access_key (agency);

-- Rows are only ever added. `detail` is an object of JSON.
CREATE TABLE access_history (
    entry TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    object TEXT NOT NULL,
    object_name TEXT NOT NULL,
    client TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX access_history_agency ON access_history (agency, entry);
