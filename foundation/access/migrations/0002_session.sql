CREATE TABLE session (
    token_hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    app_user TEXT NOT NULL REFERENCES app_user (id),
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    csrf_secret BYTEA NOT NULL,
    agent TEXT NOT NULL
);

CREATE INDEX session_app_user ON session (app_user);

CREATE TABLE sign_in_failure (
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    failures BIGINT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (account, address)
);
