-- What an organisation says of somebody. A version is never changed; what the organisation says next
-- is the next version of the same record.
CREATE TABLE source_record (
    record TEXT NOT NULL,
    number BIGINT NOT NULL,
    source TEXT NOT NULL,
    local TEXT,
    content TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (record, number)
);

CREATE INDEX source_record_local ON source_record (source, local);
CREATE INDEX source_record_recorded ON source_record (source, recorded_at);

-- Whom a source record is about, from when to when, how that was decided and by which model. A link
-- is only ever ended.
CREATE TABLE record_link (
    id TEXT NOT NULL PRIMARY KEY,
    record TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    step TEXT NOT NULL,
    weight DOUBLE PRECISION,
    probability DOUBLE PRECISION,
    model TEXT,
    reason TEXT NOT NULL,
    explanation TEXT,
    linked_at TEXT NOT NULL,
    linked_by TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT,
    ended_why TEXT
);

CREATE UNIQUE INDEX record_link_open ON record_link (record) WHERE ended_at IS NULL;
CREATE INDEX record_link_person ON record_link (person);
CREATE INDEX record_link_at ON record_link (linked_at);

-- One person whose record turned out to be another's. Undoing ends the row and nothing else: whom a
-- person is now follows from the rows that stand.
CREATE TABLE person_merge (
    id TEXT NOT NULL PRIMARY KEY,
    survivor TEXT NOT NULL REFERENCES person (id),
    merged TEXT NOT NULL REFERENCES person (id) CHECK (merged <> survivor),
    reason TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    merged_by TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT,
    undone_why TEXT
);

CREATE UNIQUE INDEX person_merge_standing ON person_merge (merged) WHERE undone_at IS NULL;
CREATE INDEX person_merge_survivor ON person_merge (survivor);

-- The person that this one is now: itself (null) or the survivor at the end of its merges.
ALTER TABLE person ADD COLUMN survivor TEXT;
CREATE INDEX person_survivor ON person (survivor);

-- A human's word on whether two people are one. The latest of a pair holds, and no re-run of matching
-- overrides it.
CREATE TABLE pair_decision (
    one TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL REFERENCES person (id) CHECK (one < other),
    number BIGINT NOT NULL,
    answer TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    review TEXT,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (one, other, number)
);

CREATE INDEX pair_decision_other ON pair_decision (other);

-- Two people who may be one, waiting for somebody to look.
CREATE TABLE match_review (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    candidate TEXT NOT NULL REFERENCES person (id),
    record TEXT,
    source TEXT NOT NULL,
    rule TEXT NOT NULL,
    weight DOUBLE PRECISION,
    probability DOUBLE PRECISION,
    model TEXT,
    explanation TEXT,
    state TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    due TEXT NOT NULL,
    closed_at TEXT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX match_review_open ON match_review (person, candidate, kind) WHERE closed_at IS NULL;
CREATE INDEX match_review_due ON match_review (state, due);
CREATE INDEX match_review_candidate ON match_review (candidate);

CREATE TABLE match_review_answer (
    review TEXT NOT NULL REFERENCES match_review (id),
    number BIGINT NOT NULL,
    answer TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    PRIMARY KEY (review, number)
);

-- What is compared of each person, one line each, in the order in which it changed, so that every
-- process can keep the whole of it in memory.
CREATE TABLE match_entry (
    person TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    sequence BIGINT NOT NULL,
    line TEXT NOT NULL
);

CREATE UNIQUE INDEX match_entry_sequence ON match_entry (sequence);

-- The number of the last change of an entry: one row, which a transaction that changes entries holds
-- until it ends, so that whoever has read up to a number has missed nothing before it.
CREATE TABLE match_sequence (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    last BIGINT NOT NULL
);

-- When an organisation last sent anything about anybody, new or not, to the minute.
CREATE TABLE source_heard (
    source TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL
);
