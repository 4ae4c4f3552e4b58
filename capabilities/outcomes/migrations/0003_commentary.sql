-- What people say of an indicator or a published series, and what is to be done about it. Rows are only added: the
-- latest narrative is the one that holds, and what became of an action is a row of its own.
CREATE TABLE commentary (
    id TEXT NOT NULL PRIMARY KEY,
    -- The page it stands on, after "/board/".
    about TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- When it happened, from when limits start afresh, or by when an action is to be done.
    day TEXT,
    -- Who is to do it.
    owner TEXT,
    text TEXT NOT NULL,
    -- The action that this is the end of.
    ends TEXT REFERENCES commentary (id),
    told_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);
CREATE INDEX commentary_about ON commentary (about);
-- An action ends once.
CREATE UNIQUE INDEX commentary_ends ON commentary (ends);
