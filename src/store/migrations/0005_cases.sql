-- Alerts, cases, decisions and clearances (src/cases/). `settings` is JSON (src/cases/settings.h).
CREATE TABLE case_settings (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    settings TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- How many cases were opened in a year: the last number of a label.
CREATE TABLE case_year (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    year INTEGER NOT NULL,
    numbered INTEGER NOT NULL,
    PRIMARY KEY (agency, year)
) STRICT;

-- An agency without rows has the reasons of the program (src/cases/reasons.c).
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

-- What screening looked at of subjects and listed entities (screen/facts.h), each text once for an agency. Alerts,
-- decisions and clearances name it by its digest; one that was erased is empty.
CREATE TABLE case_facts (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    digest TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (agency, digest)
) STRICT;

-- One for a subject at a time that is not closed. `version` rises with each change: who changes says which one was seen.
-- `label` is what people call it: "2026-000123". `search` is what it is found by, in small letters; `lists` are those
-- of its alerts, a blank before and behind each. `best` is its heaviest alert, one that is not decided before others.
-- `due` is the end of the year 9999 when there is none. The indexes of filters have all that a filter and an order ask
-- for, so that a database looks through them alone (src/cases/queue.c); `search` is short enough for that.
CREATE TABLE case_file (
    case_key TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    label TEXT NOT NULL,
    subject TEXT NOT NULL REFERENCES subject (subject),
    search TEXT NOT NULL,
    lists TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('open', 'proposed', 'waiting', 'closed')),
    assignee TEXT NOT NULL,
    escalated INTEGER NOT NULL CHECK (escalated IN (0, 1)),
    weight REAL NOT NULL,
    best TEXT NOT NULL,
    alerts INTEGER NOT NULL CHECK (alerts >= 0),
    due INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (agency, label),
    CHECK (phase <> 'closed' OR alerts = 0)
) STRICT;
CREATE INDEX case_file_subject ON case_file (subject);
CREATE UNIQUE INDEX case_file_open ON case_file (agency, subject) WHERE phase <> 'closed';
CREATE INDEX case_file_weight ON case_file (agency, phase, weight DESC, case_key);
CREATE INDEX case_file_due ON case_file (agency, phase, due, case_key);
CREATE INDEX case_file_search ON case_file (agency, phase, case_key, search, weight, due, escalated, assignee);
CREATE INDEX case_file_assignee ON case_file (agency, assignee, phase, case_key, weight, due, escalated);
CREATE INDEX case_file_escalated ON case_file (agency, escalated, phase, case_key, weight, due, assignee)
    WHERE escalated = 1;

-- Each list of a case, with what the queue of that list goes by, as it is in case_file.
CREATE TABLE case_list (
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    list TEXT NOT NULL,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    phase TEXT NOT NULL,
    weight REAL NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (case_key, list)
) STRICT;
CREATE INDEX case_list_queue ON case_list (agency, list, phase, case_key, weight, due);

-- A pair of a subject and a listed entity, which is named by its list and its id: two lists may have the same one. The
-- digests are of the facts of both as they were when it was last looked at, `…_base` of those that it is compared with
-- to say what changed: when it was born, or when the one before it was decided. One that is waiting does so until
-- `until`. `gone`: the case was told that the list has the entity no more.
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
    subject_base TEXT NOT NULL,
    entity_base TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('open', 'proposed', 'waiting', 'decided')),
    disposition TEXT NOT NULL CHECK (disposition IN ('', 'true-match', 'false-positive', 'insufficient-information')),
    decision TEXT NOT NULL,
    until INTEGER NOT NULL,
    receipt INTEGER NOT NULL,
    why TEXT NOT NULL,
    previous TEXT NOT NULL,
    born INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
    CHECK (phase <> 'decided' OR decision <> '')
) STRICT;
CREATE INDEX case_alert_case ON case_alert (case_key, alert);
CREATE INDEX case_alert_pair ON case_alert (subject, list, entity, alert);
CREATE UNIQUE INDEX case_alert_one ON case_alert (agency, subject, list, entity) WHERE phase <> 'decided';
CREATE INDEX case_alert_weight ON case_alert (agency, phase, weight DESC, alert);
CREATE INDEX case_alert_age ON case_alert (agency, phase, alert);
CREATE INDEX case_alert_list ON case_alert (agency, list, phase, alert, weight);
CREATE INDEX case_alert_entity ON case_alert (agency, entity, alert);
CREATE INDEX case_alert_gone ON case_alert (agency, alert) WHERE gone = 1 AND phase <> 'decided';
CREATE INDEX case_alert_receipt ON case_alert (agency, receipt, alert);
CREATE INDEX case_alert_until ON case_alert (agency, until) WHERE phase = 'waiting';

-- A decision on one or more alerts of a case. Four eyes: it is made when a person approves it who did not propose it.
-- `behind` is the person behind who proposed it: of an API key, who made the key. At the machine one person is whoever
-- it says: what was proposed there is approved in the service. What two made another than its proposer takes back, what is
-- only proposed the proposer alone withdraws. Who takes a decision back leaves who answered it, and
-- when, as it was.
CREATE TABLE case_decision (
    decision TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    disposition TEXT NOT NULL CHECK (disposition IN ('true-match', 'false-positive', 'insufficient-information')),
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('proposed', 'made', 'returned', 'undone')),
    four_eyes INTEGER NOT NULL CHECK (four_eyes IN (0, 1)),
    proposer_kind TEXT NOT NULL,
    proposer TEXT NOT NULL,
    behind TEXT NOT NULL,
    proposed INTEGER NOT NULL,
    approver TEXT REFERENCES access_person (person),
    approver_kind TEXT,
    answered INTEGER NOT NULL,
    answer TEXT NOT NULL,
    entry INTEGER NOT NULL,
    undoer_kind TEXT,
    undoer TEXT,
    undone INTEGER,
    undone_why TEXT,
    CHECK (phase <> 'undone' OR (undone IS NOT NULL AND undoer_kind IS NOT NULL)),
    CHECK (four_eyes = 0 OR approver IS NULL OR (approver <> proposer AND approver <> behind)),
    CHECK (four_eyes = 0 OR phase <> 'made' OR approver IS NOT NULL),
    CHECK (four_eyes = 0 OR phase <> 'made' OR proposer_kind <> 'command' OR approver_kind <> 'command'),
    CHECK (four_eyes = 0 OR phase <> 'undone' OR approver IS NULL OR (undoer <> proposer AND undoer <> behind)),
    CHECK (four_eyes = 0 OR phase <> 'undone' OR approver IS NULL OR proposer_kind <> 'command' OR
           undoer_kind <> 'command'),
    CHECK (four_eyes = 0 OR phase <> 'undone' OR approver IS NOT NULL OR undoer = proposer OR undoer = behind),
    CHECK (four_eyes = 1 OR phase <> 'proposed')
) STRICT;
CREATE INDEX case_decision_case ON case_decision (case_key, decision);
CREATE INDEX case_decision_entry ON case_decision (agency, entry, decision);

-- What was decided on, and what was known of it then.
CREATE TABLE case_judged (
    decision TEXT NOT NULL REFERENCES case_decision (decision),
    alert TEXT NOT NULL REFERENCES case_alert (alert),
    subject_digest TEXT NOT NULL,
    entity_digest TEXT NOT NULL,
    PRIMARY KEY (decision, alert)
) STRICT;
CREATE INDEX case_judged_alert ON case_judged (alert);

-- What happened to a case, for people to read: notes, assignments, escalations, decisions. Only ever added; `detail` is
-- the body of the entry of the audit chain, `said` what is personal in it.
CREATE TABLE case_event (
    event TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    said TEXT NOT NULL,
    detail TEXT NOT NULL,
    entry INTEGER NOT NULL
) STRICT;
CREATE INDEX case_event_case ON case_event (case_key, entry, event);
CREATE INDEX case_event_entry ON case_event (agency, entry, event);
CREATE INDEX case_event_note ON case_event (case_key) WHERE kind = 'note';

CREATE TABLE case_mention (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    person TEXT NOT NULL REFERENCES access_person (person),
    event TEXT NOT NULL REFERENCES case_event (event),
    seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
    PRIMARY KEY (person, event)
) STRICT;
CREATE INDEX case_mention_seen ON case_mention (person, seen);

-- Bytes of attachments, each kept once for an agency, by the hash of what they are.
CREATE TABLE case_content (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    digest TEXT NOT NULL,
    bytes BLOB NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (agency, digest)
) STRICT;
CREATE INDEX case_content_size ON case_content (agency, size);

CREATE TABLE case_attachment (
    attachment TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    case_key TEXT NOT NULL REFERENCES case_file (case_key),
    digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    removed INTEGER NOT NULL CHECK (removed IN (0, 1))
) STRICT;
CREATE INDEX case_attachment_case ON case_attachment (case_key, attachment);
CREATE INDEX case_attachment_digest ON case_attachment (agency, digest);

-- A pair that was found not to be the same, and stays quiet while both are as they were. One that is valid has expired
-- when `ends` has come; `search` as in case_file.
CREATE TABLE case_clearance (
    clearance TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    subject TEXT NOT NULL REFERENCES subject (subject),
    alert TEXT NOT NULL REFERENCES case_alert (alert),
    entity TEXT NOT NULL,
    caption TEXT NOT NULL,
    list TEXT NOT NULL,
    search TEXT NOT NULL,
    subject_digest TEXT NOT NULL,
    entity_digest TEXT NOT NULL,
    decision TEXT NOT NULL REFERENCES case_decision (decision),
    state TEXT NOT NULL CHECK (state IN ('valid', 'outdated', 'expired', 'revoked')),
    ends INTEGER NOT NULL,
    created INTEGER NOT NULL,
    quieted INTEGER NOT NULL,
    last_quieted INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    ended_by_kind TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_why TEXT NOT NULL
) STRICT;
CREATE INDEX case_clearance_pair ON case_clearance (subject, list, entity);
CREATE UNIQUE INDEX case_clearance_one ON case_clearance (agency, subject, list, entity) WHERE state = 'valid';
CREATE INDEX case_clearance_state ON case_clearance (agency, state, clearance, ends, search);
CREATE INDEX case_clearance_ends ON case_clearance (agency, ends, clearance) WHERE state = 'valid' AND ends > 0;
CREATE INDEX case_clearance_decision ON case_clearance (decision);

-- How often clearances kept a pair quiet on a day (days since 1970).
CREATE TABLE case_quiet (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    day INTEGER NOT NULL,
    pairs INTEGER NOT NULL,
    PRIMARY KEY (agency, day)
) STRICT;
