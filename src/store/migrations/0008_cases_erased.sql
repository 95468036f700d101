-- Whose personal data were erased when their time had come (src/cases/retention.h): keys of cases and subjects.
CREATE TABLE case_erased (
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    object TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (agency, object)
) STRICT;
