CREATE TABLE awaited (
    id TEXT NOT NULL PRIMARY KEY,
    spell TEXT NOT NULL REFERENCES spell (id),
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    ended TEXT,
    ended_at TEXT,
    words TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX awaited_spell ON awaited (spell);
CREATE INDEX awaited_ended ON awaited (ended, ended_at);

CREATE TABLE awaited_step (
    awaited TEXT NOT NULL REFERENCES awaited (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    done_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (awaited, number)
);

CREATE TABLE spell_day (
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    of_day TEXT NOT NULL,
    reason TEXT,
    words TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (spell, number)
);

CREATE INDEX spell_day_of_day ON spell_day (of_day);
