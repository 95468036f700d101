-- Alerts, cases, decisions and clearances (src/cases/). `settings` is JSON (src/cases/settings.h).
CREATE TABLE case_settings (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    settings TEXT NOT NULL,
    numbered INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE case_reason (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    reason TEXT NOT NULL,
    disposition TEXT NOT NULL CHECK (disposition IN ('true-match', 'false-positive', 'insufficient-information')),
    title_ar TEXT NOT NULL,
    title_fr TEXT NOT NULL,
    title_en TEXT NOT NULL,
    place INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    PRIMARY KEY (agency, reason)
) STRICT;

-- One for a subject at a time that is not closed. `version` rises with each change: who changes says which one was seen.
-- `label` is what people call it: "2026-000123".
CREATE TABLE case_file (
    case_key TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    label TEXT NOT NULL,
    subject TEXT NOT NULL REFERENCES subject (subject),
    phase TEXT NOT NULL CHECK (phase IN ('open', 'proposed', 'waiting', 'closed')),
    assignee TEXT NOT NULL,
    escalated INTEGER NOT NULL CHECK (escalated IN (0, 1)),
    weight REAL NOT NULL,
    alerts INTEGER NOT NULL,
    due INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (agency, label)
) STRICT;
CREATE INDEX case_file_subject ON case_file (agency, subject);
CREATE INDEX case_file_queue ON case_file (agency, phase, weight, case_key);
CREATE INDEX case_file_due ON case_file (agency, phase, due, case_key);
CREATE INDEX case_file_assignee ON case_file (agency, assignee, phase, case_key);

-- A pair of a subject and a listed entity. `subject_facts` and `entity_facts` are what screening looked at of both, as
-- canonical JSON, with their digests: the same pair alerts again only when one of them has changed.
CREATE TABLE case_alert (
    alert TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    subject TEXT NOT NULL REFERENCES subject (subject),
    entity TEXT NOT NULL,
    list TEXT NOT NULL,
    list_version TEXT NOT NULL,
    caption TEXT NOT NULL,
    schema TEXT NOT NULL,
    score REAL NOT NULL,
    weight REAL NOT NULL,
    hit TEXT NOT NULL,
    subject_digest TEXT NOT NULL,
    entity_digest TEXT NOT NULL,
    subject_facts TEXT NOT NULL,
    entity_facts TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('open', 'proposed', 'waiting', 'decided')),
    disposition TEXT NOT NULL,
    decision TEXT NOT NULL,
    receipt INTEGER NOT NULL,
    why TEXT NOT NULL,
    previous TEXT NOT NULL,
    born INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX case_alert_case ON case_alert (case_key);
CREATE INDEX case_alert_pair ON case_alert (agency, subject, entity);
CREATE INDEX case_alert_queue ON case_alert (agency, phase, weight, alert);
CREATE INDEX case_alert_entity ON case_alert (agency, entity);

-- A decision on one or more alerts of a case. Four eyes: who approves is not who proposed.
CREATE TABLE case_decision (
    decision TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    disposition TEXT NOT NULL CHECK (disposition IN ('true-match', 'false-positive', 'insufficient-information')),
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('proposed', 'made', 'returned', 'undone')),
    four_eyes INTEGER NOT NULL CHECK (four_eyes IN (0, 1)),
    proposer TEXT NOT NULL,
    proposed INTEGER NOT NULL,
    approver TEXT NOT NULL,
    approved INTEGER NOT NULL,
    answer TEXT NOT NULL,
    entry INTEGER NOT NULL,
    CHECK (approver <> proposer OR four_eyes = 0),
    CHECK (phase <> 'made' OR four_eyes = 0 OR approver <> '')
) STRICT;
CREATE INDEX case_decision_case ON case_decision (case_key);

-- What happened to a case, for people to read: notes, assignments, escalations, decisions. Only ever added.
CREATE TABLE case_event (
    event TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL,
    entry INTEGER NOT NULL
) STRICT;
CREATE INDEX case_event_case ON case_event (case_key, event);

CREATE TABLE case_mention (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    person TEXT NOT NULL REFERENCES access_person (person),
    event TEXT NOT NULL REFERENCES case_event (event),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
    PRIMARY KEY (person, event)
) STRICT;

-- Bytes of attachments, each kept once for an agency, by the hash of what they are.
CREATE TABLE case_content (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    digest TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (agency, digest)
) STRICT;

CREATE TABLE case_attachment (
    attachment TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    removed INTEGER NOT NULL CHECK (removed IN (0, 1))
) STRICT;
CREATE INDEX case_attachment_case ON case_attachment (case_key);

-- A pair that was found not to be the same, and stays quiet while both are as they were.
CREATE TABLE case_clearance (
    clearance TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    subject TEXT NOT NULL REFERENCES subject (subject),
    entity TEXT NOT NULL,
    caption TEXT NOT NULL,
    list TEXT NOT NULL,
    subject_digest TEXT NOT NULL,
    entity_digest TEXT NOT NULL,
    subject_facts TEXT NOT NULL,
    entity_facts TEXT NOT NULL,
    decision TEXT NOT NULL REFERENCES case_decision (decision),
    state TEXT NOT NULL CHECK (state IN ('valid', 'outdated', 'expired', 'revoked')),
    ends INTEGER NOT NULL,
    created INTEGER NOT NULL,
    quieted INTEGER NOT NULL,
    last_quieted INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    ended_why TEXT NOT NULL
) STRICT;
CREATE INDEX case_clearance_pair ON case_clearance (agency, subject, entity);
CREATE INDEX case_clearance_agency ON case_clearance (agency, state, clearance);
