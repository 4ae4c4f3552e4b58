CREATE TABLE audit_head (
    lane BIGINT PRIMARY KEY NOT NULL,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE audit_entry (
    lane BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    id TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT,
    actor_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    action TEXT NOT NULL,
    resource_kind TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    decision TEXT NOT NULL,
    detail TEXT NOT NULL,
    request_id TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (lane, sequence)
);

CREATE TABLE audit_person (
    person TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    lane BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (lane, sequence, person)
);

CREATE INDEX audit_person_person ON audit_person (person, recorded_at);
