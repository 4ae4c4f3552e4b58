CREATE TABLE feed (
    name TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL,
    standard TEXT,
    role TEXT NOT NULL,
    honours_modified_after BOOLEAN,
    whole_since TEXT,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    removed_at TEXT
);

-- One attempt to read a feed. One that was stopped is taken up at next_page; since is when it was first begun.
CREATE TABLE feed_run (
    id TEXT NOT NULL PRIMARY KEY,
    feed TEXT NOT NULL,
    since TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    next_page BIGINT NOT NULL,
    whole BOOLEAN NOT NULL,
    was_read BIGINT NOT NULL,
    was_new BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL,
    repaired BIGINT NOT NULL,
    set_aside BIGINT NOT NULL
);

CREATE INDEX feed_run_feed ON feed_run (feed, id);

-- What was put right in a record, or why a record could not be used.
CREATE TABLE feed_note (
    run TEXT NOT NULL REFERENCES feed_run (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    place TEXT NOT NULL,
    was TEXT NOT NULL,
    became TEXT,
    why TEXT NOT NULL,
    PRIMARY KEY (run, number)
);
