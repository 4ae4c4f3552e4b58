CREATE TABLE notice (
    id TEXT NOT NULL PRIMARY KEY,
    spell TEXT NOT NULL REFERENCES spell (id),
    person TEXT NOT NULL REFERENCES person (id),
    hospital TEXT NOT NULL,
    council TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    received_at TEXT,
    answered_at TEXT,
    reason TEXT,
    words TEXT,
    withdrawn_at TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX notice_spell ON notice (spell, sent_at);
CREATE INDEX notice_state ON notice (state);

CREATE TABLE notice_version (
    notice TEXT NOT NULL REFERENCES notice (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    words TEXT,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (notice, number)
);

CREATE TABLE pathway_decision (
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    decided_on TEXT NOT NULL,
    pathway TEXT NOT NULL,
    team TEXT NOT NULL,
    needs TEXT NOT NULL,
    next_step TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (spell, number)
);
