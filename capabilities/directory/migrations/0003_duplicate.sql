-- Two listings that may be the same, the smaller identifier first.
CREATE TABLE duplicate_pair (
    first TEXT NOT NULL REFERENCES listing (id),
    second TEXT NOT NULL REFERENCES listing (id),
    weight DOUBLE PRECISION NOT NULL,
    evidence TEXT NOT NULL,
    state TEXT NOT NULL,
    found_at TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (first, second)
);

CREATE INDEX duplicate_pair_queue ON duplicate_pair (state, weight, first, second);
CREATE INDEX duplicate_pair_second ON duplicate_pair (second);

CREATE TABLE duplicate_decision (
    id TEXT NOT NULL PRIMARY KEY,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    answer TEXT NOT NULL,
    kept TEXT,
    why TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT,
    undone_why TEXT
);

CREATE INDEX duplicate_decision_pair ON duplicate_decision (first, second, id);

-- What a listing has that another of the same thing would have too: a telephone number, a word of its name at its
-- postcode. Only listings that share one are compared.
CREATE TABLE duplicate_key (
    value TEXT NOT NULL,
    listing TEXT NOT NULL REFERENCES listing (id),
    PRIMARY KEY (value, listing)
);

CREATE INDEX duplicate_key_listing ON duplicate_key (listing);

-- How far listings have been compared, by when they were last changed.
CREATE TABLE duplicate_progress (
    name TEXT NOT NULL PRIMARY KEY,
    compared_to TEXT NOT NULL
);
