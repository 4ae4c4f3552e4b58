CREATE TABLE hl7_message (
    id TEXT NOT NULL PRIMARY KEY,
    received_at TEXT NOT NULL,
    sender TEXT NOT NULL,
    control_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    body BYTEA,
    charset TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    segment TEXT,
    field BIGINT,
    advice TEXT,
    left_out TEXT,
    repeats BIGINT NOT NULL,
    person TEXT,
    spell TEXT,
    processed_at TEXT
);

CREATE UNIQUE INDEX hl7_message_content ON hl7_message (sender, control_id, content_hash);
CREATE INDEX hl7_message_state ON hl7_message (state, id);
CREATE INDEX hl7_message_spell ON hl7_message (spell);

CREATE TABLE spell (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT NOT NULL,
    visit_number TEXT NOT NULL,
    identity TEXT NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    admitted_at TEXT,
    ward TEXT,
    bed TEXT,
    site TEXT,
    since TEXT,
    discharged_at TEXT,
    left_from TEXT,
    method TEXT,
    specialty TEXT,
    consultant TEXT,
    destination TEXT,
    expected_on TEXT,
    expected_by TEXT,
    expected_basis TEXT,
    expected_at TEXT,
    medically_fit BOOLEAN,
    ready_on TEXT,
    last_message_at TEXT,
    thread TEXT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX spell_visit ON spell (organisation, visit_number, person);
CREATE INDEX spell_ward ON spell (state, organisation, ward);
CREATE INDEX spell_person ON spell (person, state);
CREATE INDEX spell_left ON spell (state, discharged_at);

CREATE TABLE spell_event (
    spell TEXT NOT NULL REFERENCES spell (id),
    digest TEXT NOT NULL,
    control_id TEXT NOT NULL,
    message TEXT REFERENCES hl7_message (id),
    kind TEXT NOT NULL,
    occurred TEXT NOT NULL,
    what TEXT NOT NULL,
    unused TEXT,
    PRIMARY KEY (spell, digest, control_id)
);

CREATE TABLE spell_expected (
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    expected_on TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (spell, number)
);

CREATE TABLE reablement (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    referral TEXT NOT NULL,
    organisation TEXT NOT NULL,
    commissioner TEXT,
    state TEXT NOT NULL,
    started TEXT NOT NULL,
    planned_end TEXT NOT NULL,
    ended TEXT,
    outcome TEXT,
    spell TEXT REFERENCES spell (id),
    thread TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX reablement_referral ON reablement (referral);
CREATE INDEX reablement_state ON reablement (state, started);
CREATE INDEX reablement_person ON reablement (person);
