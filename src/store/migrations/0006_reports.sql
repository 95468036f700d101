-- What an agency says in each report to its financial intelligence unit (src/reports/goaml_settings.h), as JSON.
CREATE TABLE report_goaml (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    settings TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
