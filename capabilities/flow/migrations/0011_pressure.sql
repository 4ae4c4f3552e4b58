CREATE TABLE pressure (
    subject TEXT NOT NULL,
    hour TEXT NOT NULL,
    of_day TEXT NOT NULL,
    standing TEXT NOT NULL,
    level BIGINT,
    because TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (subject, hour)
);

CREATE INDEX pressure_day ON pressure (of_day);
CREATE INDEX pressure_hour ON pressure (hour);

CREATE TABLE pressure_action (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    action TEXT NOT NULL,
    started_at TEXT NOT NULL,
    done_at TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX pressure_action_started ON pressure_action (started_at);

CREATE TABLE pressure_action_step (
    action TEXT NOT NULL REFERENCES pressure_action (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    done_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (action, number)
);
