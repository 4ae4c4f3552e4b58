CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    born TEXT,
    died TEXT,
    sex TEXT,
    restricted BOOLEAN NOT NULL,
    objection BOOLEAN NOT NULL,
    practice TEXT,
    locality TEXT,
    council TEXT,
    lsoa TEXT,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL
);

CREATE TABLE person_name (
    person TEXT NOT NULL REFERENCES person (id),
    number BIGINT NOT NULL,
    use_code TEXT NOT NULL,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    prefix TEXT,
    shown BOOLEAN NOT NULL,
    starts TEXT,
    ends TEXT,
    source TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (person, number)
);

CREATE UNIQUE INDEX person_name_shown ON person_name (person) WHERE shown = TRUE;

CREATE TABLE person_address (
    person TEXT NOT NULL REFERENCES person (id),
    number BIGINT NOT NULL,
    lines TEXT NOT NULL,
    postcode TEXT,
    lsoa TEXT,
    shown BOOLEAN NOT NULL,
    starts TEXT,
    ends TEXT,
    source TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (person, number)
);

CREATE UNIQUE INDEX person_address_shown ON person_address (person) WHERE shown = TRUE;

CREATE TABLE person_contact (
    person TEXT NOT NULL REFERENCES person (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    starts TEXT,
    ends TEXT,
    source TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (person, number)
);

CREATE TABLE person_identifier (
    person TEXT NOT NULL REFERENCES person (id),
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    status TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (person, system, value)
);

CREATE UNIQUE INDEX person_identifier_traced ON person_identifier (system, value) WHERE status = 'traced';
CREATE INDEX person_identifier_value ON person_identifier (value, system);

CREATE TABLE person_known_to (
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT NOT NULL,
    why TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (person, organisation, why)
);

CREATE INDEX person_known_to_organisation ON person_known_to (organisation, person);

CREATE TABLE person_relationship (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    other TEXT NOT NULL REFERENCES person (id) CHECK (other <> person),
    starts TEXT NOT NULL,
    ends TEXT,
    source TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);

CREATE INDEX person_relationship_person ON person_relationship (person, kind);
CREATE INDEX person_relationship_other ON person_relationship (other, kind);

CREATE TABLE matching_flag (
    person TEXT NOT NULL REFERENCES person (id),
    number BIGINT NOT NULL,
    why TEXT NOT NULL,
    other TEXT,
    source TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (person, number)
);

-- Each word that a person can be found by, with all the words of the same person beside it, so that
-- one range of one index answers a search of several words. The whole row is in the index.
CREATE TABLE person_word (
    word TEXT NOT NULL,
    person TEXT NOT NULL,
    words TEXT NOT NULL,
-- only: sqlite
    PRIMARY KEY (word, person)
) WITHOUT ROWID;
-- end
-- only: postgres
    PRIMARY KEY (word, person) INCLUDE (words)
);
-- end

CREATE INDEX person_word_person ON person_word (person);
