CREATE TABLE in_reach_item (
    id TEXT NOT NULL PRIMARY KEY,
    spell TEXT NOT NULL REFERENCES spell (id),
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    agreement TEXT NOT NULL,
    ended TEXT,
    ended_at TEXT,
    outcome TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX in_reach_item_spell ON in_reach_item (spell);

CREATE TABLE in_reach_item_step (
    item TEXT NOT NULL REFERENCES in_reach_item (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    agreement TEXT NOT NULL,
    ended TEXT,
    outcome TEXT,
    name TEXT NOT NULL,
    done_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (item, number)
);

CREATE TABLE in_reach_told (
    organisation TEXT NOT NULL,
    spell TEXT NOT NULL REFERENCES spell (id),
    whereabouts TEXT NOT NULL,
    ready_on TEXT,
    expected_on TEXT,
    is_near BOOLEAN NOT NULL,
    alerts BIGINT NOT NULL,
    PRIMARY KEY (organisation, spell)
);

CREATE INDEX in_reach_told_spell ON in_reach_told (spell);

CREATE TABLE in_reach_alert (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT,
    before_day TEXT,
    at TEXT NOT NULL,
    seen_at TEXT,
    seen_name TEXT,
    seen_by_user TEXT,
    UNIQUE (organisation, spell, number)
);

CREATE INDEX in_reach_alert_seen ON in_reach_alert (organisation, seen_at);
CREATE INDEX in_reach_alert_spell ON in_reach_alert (spell);

CREATE TABLE about_me (
    person TEXT NOT NULL REFERENCES person (id),
    number BIGINT NOT NULL,
    words TEXT NOT NULL,
    supported_by TEXT,
    said_on TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (person, number)
);

CREATE TABLE carer_said (
    carer TEXT NOT NULL,
    number BIGINT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    who TEXT NOT NULL,
    relation TEXT NOT NULL,
    cares TEXT NOT NULL,
    contact TEXT NOT NULL,
    willing TEXT NOT NULL,
    words TEXT NOT NULL,
    ended BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (carer, number)
);

CREATE INDEX carer_said_person ON carer_said (person);
