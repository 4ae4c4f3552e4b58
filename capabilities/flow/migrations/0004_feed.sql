CREATE TABLE hospital_feed (
    organisation TEXT NOT NULL PRIMARY KEY,
    heard_at TEXT NOT NULL,
    silent BOOLEAN NOT NULL
);
