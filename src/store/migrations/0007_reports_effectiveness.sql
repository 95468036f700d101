-- Runs of the supervisor's test that an agency asked for (src/reports/effectiveness.h). `lists` is JSON; `found` and
-- `detection` are shares, `alerts` too: below 0 when no customers were asked for.
CREATE TABLE report_effectiveness (
    report TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    made INTEGER NOT NULL,
    lists TEXT NOT NULL,
    policy TEXT NOT NULL,
    threshold REAL NOT NULL,
    names INTEGER NOT NULL,
    customers INTEGER NOT NULL,
    found REAL NOT NULL,
    detection REAL NOT NULL,
    alerts REAL NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX report_effectiveness_agency ON report_effectiveness (agency, report);
