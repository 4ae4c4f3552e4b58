CREATE TABLE spell_review (
    spell TEXT NOT NULL REFERENCES spell (id),
    number BIGINT NOT NULL,
    of_day TEXT NOT NULL,
    meets BOOLEAN NOT NULL,
    because TEXT NOT NULL,
    pathway TEXT,
    next_step TEXT NOT NULL,
    name TEXT NOT NULL,
    said_by_user TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (spell, number)
);

ALTER TABLE spell ADD COLUMN reviewed_on TEXT;
ALTER TABLE spell ADD COLUMN meets BOOLEAN;
ALTER TABLE spell ADD COLUMN because TEXT;
ALTER TABLE spell ADD COLUMN pathway TEXT;
ALTER TABLE spell ADD COLUMN next_step TEXT;
ALTER TABLE spell ADD COLUMN discharge_ready TEXT;
