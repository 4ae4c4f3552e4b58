CREATE TABLE app_user (
    id TEXT PRIMARY KEY NOT NULL,
    sign_in_name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    locality TEXT,
    person TEXT,
    active BOOLEAN NOT NULL,
    password_hash TEXT,
    oidc_subject TEXT UNIQUE,
    created_at TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE user_role (
    app_user TEXT NOT NULL REFERENCES app_user (id),
    role TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    PRIMARY KEY (app_user, role, starts)
);

CREATE TABLE user_team (
    app_user TEXT NOT NULL REFERENCES app_user (id),
    team TEXT NOT NULL,
    PRIMARY KEY (app_user, team)
);
