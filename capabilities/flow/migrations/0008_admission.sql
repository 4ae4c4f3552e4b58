ALTER TABLE spell ADD COLUMN came_from TEXT;
ALTER TABLE spell ADD COLUMN diagnosis TEXT;
ALTER TABLE spell ADD COLUMN diagnosis_coding TEXT;
ALTER TABLE spell ADD COLUMN diagnosed_on TEXT;

CREATE TABLE admission_review (
    admission TEXT NOT NULL,
    number BIGINT NOT NULL,
    brought_in TEXT NOT NULL,
    known TEXT NOT NULL,
    alternative TEXT NOT NULL,
    avoidable TEXT NOT NULL,
    reason TEXT NOT NULL,
    reviewed_by TEXT NOT NULL,
    reviewed_on TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    thread TEXT NOT NULL,
    PRIMARY KEY (admission, number)
);

CREATE TABLE admission_action (
    id TEXT NOT NULL PRIMARY KEY,
    about TEXT NOT NULL,
    finding TEXT NOT NULL,
    what TEXT NOT NULL,
    owner TEXT NOT NULL,
    organisation TEXT NOT NULL,
    due TEXT NOT NULL,
    outcome TEXT,
    done_at TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX admission_action_about ON admission_action (about, due);

CREATE TABLE admission_action_step (
    action TEXT NOT NULL REFERENCES admission_action (id),
    number BIGINT NOT NULL,
    outcome TEXT,
    name TEXT NOT NULL,
    done_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (action, number)
);
