-- The latest state of each entry. Its number is the one people say aloud: R4 is the fourth risk of its register.
CREATE TABLE register_entry (
    id TEXT NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (scope, kind, number)
);

-- Every state of every entry, whole, as a JSON object of texts by field. Nothing here is ever changed.
CREATE TABLE register_version (
    entry TEXT NOT NULL REFERENCES register_entry (id),
    version BIGINT NOT NULL,
    given TEXT NOT NULL,
    removed BOOLEAN NOT NULL,
    why TEXT NOT NULL,
    saved_by TEXT,
    saved_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (entry, version)
);

CREATE INDEX register_version_saved_at ON register_version (saved_at);

-- Rows of a file that were not taken in, with the reason, until somebody mends or drops them.
CREATE TABLE register_aside (
    id TEXT NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    given TEXT NOT NULL,
    reasons TEXT NOT NULL,
    set_aside_by_name TEXT NOT NULL,
    set_aside_at TEXT NOT NULL,
    settled TEXT,
    settled_by_name TEXT,
    settled_at TEXT
);

CREATE INDEX register_aside_scope ON register_aside (scope, kind);
