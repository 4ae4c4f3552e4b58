-- What happened. Rows are only ever added: a correction, or a later state of the same thing, is the
-- next version of its thread.
CREATE TABLE fact (
    id TEXT PRIMARY KEY NOT NULL,
    thread TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT,
    organisation TEXT NOT NULL,
    commissioner TEXT,
    locality TEXT,
    council TEXT,
    started TEXT NOT NULL,
    ended TEXT,
    outcome TEXT,
    cost BIGINT,
    source_system TEXT NOT NULL,
    source_reference TEXT NOT NULL,
    detail TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
);
CREATE UNIQUE INDEX fact_thread ON fact (thread, version);
CREATE UNIQUE INDEX fact_source ON fact (source_system, source_reference, version);
CREATE INDEX fact_person ON fact (person, started);
CREATE INDEX fact_kind ON fact (kind, started);
