-- Whom an agency screens again and again (src/subjects/subjects.h). `sequence` rises with each change in an agency, so
-- that what came after an image of the register was made is found. `properties` is canonical JSON, `digest` the hash of
-- what screening looks at of it (src/screen/facts.h), `words` what it is searched by: names and reference, folded.
-- `subjects` are those that are not closed.
CREATE TABLE subject_register (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    sequence INTEGER NOT NULL,
    subjects INTEGER NOT NULL
) STRICT;

CREATE TABLE subject_source (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    mapping TEXT NOT NULL,
    subjects INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (agency, source)
) STRICT;

CREATE TABLE subject (
    subject TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    source TEXT NOT NULL,
    reference TEXT NOT NULL,
    schema TEXT NOT NULL,
    caption TEXT NOT NULL,
    properties TEXT NOT NULL,
    digest TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
    sequence INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    screened INTEGER NOT NULL,
    -- the reference first: PostgreSQL, before it has looked at the table, takes every index that begins with the agency
    -- for as good, and would go through all of an agency's subjects to find one
    UNIQUE (reference, source, agency)
) STRICT;
CREATE INDEX subject_sequence ON subject (agency, sequence);
-- All that a page of the list asks for, so that what it does not show is not read.
CREATE INDEX subject_listing ON subject (agency, subject, state, source, schema, words);

-- Files that are brought in (src/subjects/imports.h). `position`: rows that were dealt with; it is written in the
-- transaction that deals with them, so that a run which was killed goes on there. `noted` are rows that were taken with
-- a value which was not understood; they stand in subject_rejection, too, with `taken` 1.
CREATE TABLE subject_import (
    import TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    digest TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    mapping TEXT NOT NULL,
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    task TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    error TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    position INTEGER NOT NULL,
    done INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    noted INTEGER NOT NULL,
    created INTEGER NOT NULL,
    ended INTEGER NOT NULL
) STRICT;
CREATE INDEX subject_import_agency ON subject_import (agency, import);
CREATE INDEX subject_import_phase ON subject_import (phase, import);

CREATE TABLE subject_rejection (
    import TEXT NOT NULL REFERENCES subject_import (import),
    line INTEGER NOT NULL,
    taken INTEGER NOT NULL CHECK (taken IN (0, 1)),
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (import, line)
) STRICT;

-- Which version of each list an agency's subjects were screened against last.
CREATE TABLE subject_watch (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    list TEXT NOT NULL,
    version TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (agency, list)
) STRICT;

-- Subjects that could not be wholly screened when they were screened last: why, as words with a blank between
-- (src/subjects/watch.h, MZ_PARTLY), and how many hits there were when not all are alerts, else 0.
CREATE TABLE subject_partly (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    subject TEXT NOT NULL REFERENCES subject (subject),
    why TEXT NOT NULL,
    hits INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (agency, subject)
) STRICT;

-- By what they were judged then, and up to which number of the register's sequence.
CREATE TABLE subject_watched (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    judged_by TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
