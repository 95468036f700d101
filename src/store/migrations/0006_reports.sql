-- What an agency says in each report to its financial intelligence unit (src/reports/goaml_settings.h), as JSON.
CREATE TABLE report_goaml (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    settings TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- Figures for management (src/reports/figures.h) are counted from these alone: the rows themselves are wide.
CREATE INDEX report_alert_born ON case_alert (agency, born, list, phase, disposition);
CREATE INDEX report_alert_decision ON case_alert (agency, decision, born);
CREATE INDEX report_decision ON case_decision (agency, proposed, decision, disposition, phase, four_eyes, answered,
    proposer, approver);
CREATE INDEX report_event ON case_event (agency, kind, at);
CREATE INDEX report_event_looked ON case_event (agency, actor_kind, case_key, at);
CREATE INDEX report_case ON case_file (agency, opened, closed, phase, due, escalated, case_key);
