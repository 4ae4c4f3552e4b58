CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    born TEXT NOT NULL,
    nhs_number TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX person_nhs_number ON person (nhs_number);

CREATE TABLE audit (
    lane BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    what TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (lane, number)
);
CREATE INDEX audit_person ON audit (person);
