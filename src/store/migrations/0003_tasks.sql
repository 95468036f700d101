-- Long work (src/tasks/tasks.h). `worker` has it while it runs, and was last alive at `beat`; one that waits is not taken
-- before `beat`. `tries`: how often it was taken up since it last got on.
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
    tries INTEGER NOT NULL,
    created INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL
) STRICT;
CREATE INDEX task_phase ON task (phase, agency, kind, object, task);
CREATE INDEX task_agency ON task (agency, task);

-- Whose turn it is: `turn` rises with each task that is taken, so that the agency with the lowest has waited longest.
CREATE TABLE task_turn (
    agency TEXT NOT NULL PRIMARY KEY REFERENCES access_agency (agency),
    turn INTEGER NOT NULL
) STRICT;
