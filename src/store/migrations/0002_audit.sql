-- The audit chain (src/audit/audit.h): rows are only ever added; `number` counts in a chain from 1 on without a gap.
-- The head of a chain is a row of its own, so that who adds waits for who is adding.
CREATE TABLE audit_chain (
    chain TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- `line` is the entry as it is hashed; the other columns are taken from it, to be searched.
CREATE TABLE audit_entry (
    chain TEXT NOT NULL REFERENCES audit_chain (chain),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    object TEXT NOT NULL,
    line TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, number)
) STRICT;
CREATE INDEX audit_entry_object ON audit_entry (chain, object, number);
CREATE INDEX audit_entry_kind ON audit_entry (chain, kind, number);
CREATE INDEX audit_entry_at ON audit_entry (chain, at, number);
CREATE INDEX audit_entry_actor ON audit_entry (chain, actor, number);

-- What an entry says of persons: erased when its time has come.
CREATE TABLE audit_personal (
    chain TEXT NOT NULL,
    number INTEGER NOT NULL,
    salt TEXT NOT NULL,
    personal TEXT NOT NULL,
    PRIMARY KEY (chain, number)
) STRICT;

CREATE TABLE audit_checkpoint (
    chain TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    hash TEXT NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (chain, number, public_key)
) STRICT;

CREATE TABLE audit_kept (
    digest TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    kept TEXT NOT NULL
) STRICT;
