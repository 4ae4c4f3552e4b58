CREATE TABLE capacity_line (
    service TEXT NOT NULL,
    locality TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (service, locality)
);

CREATE TABLE capacity_day (
    service TEXT NOT NULL,
    locality TEXT NOT NULL,
    of_day TEXT NOT NULL,
    places BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    PRIMARY KEY (service, locality, of_day)
);

CREATE INDEX capacity_day_day ON capacity_day (of_day);

CREATE TABLE capacity_said (
    service TEXT NOT NULL,
    locality TEXT NOT NULL,
    of_day TEXT NOT NULL,
    number BIGINT NOT NULL,
    places BIGINT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (service, locality, of_day, number)
);

CREATE TABLE place (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    spell TEXT NOT NULL REFERENCES spell (id),
    service TEXT NOT NULL,
    locality TEXT NOT NULL,
    of_day TEXT NOT NULL,
    state TEXT NOT NULL,
    held_until TEXT NOT NULL,
    started TEXT,
    reason TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX place_day ON place (of_day, service, locality);
CREATE INDEX place_person ON place (person, of_day);
CREATE INDEX place_spell ON place (spell);
CREATE INDEX place_state ON place (state, held_until);

CREATE TABLE place_step (
    place TEXT NOT NULL REFERENCES place (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    held_until TEXT NOT NULL,
    started TEXT,
    reason TEXT,
    name TEXT NOT NULL,
    done_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (place, number)
);

CREATE TABLE hub_meeting (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    started_at TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_by_user TEXT NOT NULL,
    planned_minutes BIGINT NOT NULL,
    closed_at TEXT,
    closed_by TEXT,
    closed_by_user TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX hub_meeting_started ON hub_meeting (started_at);

CREATE TABLE hub_meeting_turn (
    meeting TEXT NOT NULL REFERENCES hub_meeting (id),
    number BIGINT NOT NULL,
    spell TEXT NOT NULL REFERENCES spell (id),
    person TEXT NOT NULL REFERENCES person (id),
    ready BOOLEAN NOT NULL,
    ready_since TEXT,
    expected_on TEXT,
    minutes TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (meeting, number)
);

CREATE INDEX hub_meeting_turn_spell ON hub_meeting_turn (spell);

CREATE TABLE hub_meeting_note (
    meeting TEXT NOT NULL REFERENCES hub_meeting (id),
    turn BIGINT NOT NULL,
    number BIGINT NOT NULL,
    minutes TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (meeting, turn, number)
);

CREATE TABLE hub_action (
    id TEXT NOT NULL PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES hub_meeting (id),
    turn BIGINT NOT NULL,
    spell TEXT NOT NULL REFERENCES spell (id),
    person TEXT NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    owner TEXT NOT NULL,
    organisation TEXT NOT NULL,
    due TEXT NOT NULL,
    outcome TEXT,
    done_at TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX hub_action_meeting ON hub_action (meeting, turn);
CREATE INDEX hub_action_due ON hub_action (due);
CREATE INDEX hub_action_person ON hub_action (person);

CREATE TABLE hub_action_step (
    action TEXT NOT NULL REFERENCES hub_action (id),
    number BIGINT NOT NULL,
    outcome TEXT,
    name TEXT NOT NULL,
    done_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (action, number)
);
