CREATE TABLE spell_night (
    spell TEXT NOT NULL REFERENCES spell (id),
    of_day TEXT NOT NULL,
    reason TEXT,
    lost BOOLEAN NOT NULL,
    thread TEXT NOT NULL,
    PRIMARY KEY (spell, of_day)
);

CREATE INDEX spell_night_day ON spell_night (lost, of_day);
