CREATE TABLE kept_estimate (
    code TEXT NOT NULL PRIMARY KEY,
    answers TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    expires_on TEXT NOT NULL
);

CREATE INDEX kept_estimate_expiry ON kept_estimate (expires_on);
