-- Answers on their way through a flow, under a code that only whoever gave them has. No name stands here unless somebody
-- signed in began the flow, and everything goes when its day has come.
CREATE TABLE advice_draft (
    code TEXT NOT NULL PRIMARY KEY,
    flow TEXT NOT NULL,
    flow_version BIGINT NOT NULL,
    answers TEXT NOT NULL,
    resident TEXT,
    begun_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    kept_until TEXT NOT NULL,
    counted TEXT,
    eased BIGINT NOT NULL,
    contact TEXT
);

CREATE INDEX advice_draft_kept ON advice_draft (kept_until, code);
CREATE INDEX advice_draft_resident ON advice_draft (resident, changed_at);

-- A text of advice. Version 1 of what the program brings is in the program, so rows begin with what people here saved.
CREATE TABLE content_version (
    content TEXT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    what TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (content, number)
);

-- What was decided on versions, in order: proposed, declined or published.
CREATE TABLE content_step (
    content TEXT NOT NULL,
    place BIGINT NOT NULL,
    number BIGINT NOT NULL,
    step TEXT NOT NULL,
    words TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    taken_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (content, place)
);
