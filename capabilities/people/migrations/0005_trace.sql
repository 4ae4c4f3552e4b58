-- What a register of NHS numbers answered about somebody, until it is decided on.
CREATE TABLE person_trace (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    outcome TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT
);

CREATE INDEX person_trace_person ON person_trace (person);
