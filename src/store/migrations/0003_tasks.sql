-- Long work (src/tasks/tasks.h). `beat`: when its worker was last alive; `worker`: which one has it.
CREATE TABLE task (
    task TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES access_agency (agency),
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    argument TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    cancel INTEGER NOT NULL CHECK (cancel IN (0, 1)),
    done INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    error TEXT NOT NULL,
    creator TEXT NOT NULL,
    worker TEXT NOT NULL,
    beat INTEGER NOT NULL,
    created INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL
) STRICT;
CREATE INDEX task_phase ON task (phase, task);
CREATE INDEX task_agency ON task (agency, task);
