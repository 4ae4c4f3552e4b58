-- Highlight reports as they were issued. The report is a JSON object of texts; its SHA-256 is kept beside it. Nothing here
-- is ever changed.
CREATE TABLE programme_report (
    scope TEXT NOT NULL,
    number BIGINT NOT NULL,
    report TEXT NOT NULL,
    hash TEXT NOT NULL,
    until TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    PRIMARY KEY (scope, number)
);
