-- How long stays of one group last, night by night: worked out anew each day.
CREATE TABLE stay_table (
    cell TEXT NOT NULL PRIMARY KEY,
    as_of TEXT NOT NULL,
    steps TEXT NOT NULL
);

-- When the system estimated that a stay would end: rows are only ever added. Without a date it was not known.
CREATE TABLE spell_estimate (
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL,
    stayed BIGINT NOT NULL,
    inputs TEXT NOT NULL,
    cell TEXT,
    ended BIGINT NOT NULL,
    open BIGINT NOT NULL,
    as_of TEXT,
    on_50 TEXT,
    on_80 TEXT,
    on_95 TEXT,
    PRIMARY KEY (spell, number)
);

CREATE TABLE spell_frailty (
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    score BIGINT NOT NULL,
    of_day TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    said_by_user TEXT,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (spell, number)
);

ALTER TABLE spell_expected ADD COLUMN role TEXT;
ALTER TABLE spell_expected ADD COLUMN on_80 TEXT;
ALTER TABLE spell_expected ADD COLUMN on_95 TEXT;
