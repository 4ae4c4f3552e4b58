-- Somebody asked for help by the public pages. Nobody has yet said whose record it belongs to.
CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,
    received_at TEXT NOT NULL,
    urgent BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- What was sent, whole, as JSON.
    asked TEXT NOT NULL,
    -- How it was dealt with, as JSON; none while it waits.
    dealt_with TEXT
);

CREATE INDEX contact_queue ON contact (waiting, urgent, id);
