-- What a write answered, kept so that the same write sent again gets the same answer.
CREATE TABLE once (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX once_at ON once (at);

-- A number for each subject that pages watch; a write that changes the subject raises it.
CREATE TABLE live_topic (
    topic TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
