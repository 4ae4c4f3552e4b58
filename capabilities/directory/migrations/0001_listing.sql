-- One row for each service that any feed has, or that is kept here (feed 'own'). The document is the service
-- with all that belongs to it, as HSDS-UK 3.0 writes it; the columns beside it are what lists need.
CREATE TABLE listing (
    id TEXT NOT NULL PRIMARY KEY,
    feed TEXT NOT NULL,
    source_id TEXT NOT NULL,
    source_url TEXT,
    role TEXT NOT NULL,
    organisation_id TEXT,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL,
    visibility TEXT NOT NULL,
    held_why TEXT,
    cleared TEXT NOT NULL,
    same_as TEXT REFERENCES listing (id),
    assured_date TEXT,
    review_due TEXT,
    read_at TEXT,
    withdrawn_at TEXT,
    version BIGINT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE UNIQUE INDEX listing_source ON listing (feed, source_id);
CREATE INDEX listing_changed ON listing (updated_at, id);
CREATE INDEX listing_published ON listing (visibility, status, id);
CREATE INDEX listing_read ON listing (feed, read_at);
CREATE INDEX listing_organisation ON listing (organisation_id, id);
CREATE INDEX listing_name ON listing (name, id);
CREATE INDEX listing_same_as ON listing (same_as, id);

CREATE TABLE listing_version (
    listing TEXT NOT NULL REFERENCES listing (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL,
    visibility TEXT NOT NULL,
    held_why TEXT,
    same_as TEXT,
    withdrawn_at TEXT,
    saved_by TEXT NOT NULL,
    why TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (listing, number)
);

-- Organisations that stand alone, without a service that names them.
CREATE TABLE organisation_listing (
    id TEXT NOT NULL PRIMARY KEY,
    feed TEXT NOT NULL,
    source_id TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    visibility TEXT NOT NULL,
    held_why TEXT,
    version BIGINT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE UNIQUE INDEX organisation_listing_source ON organisation_listing (feed, source_id);

CREATE TABLE organisation_listing_version (
    organisation TEXT NOT NULL REFERENCES organisation_listing (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    visibility TEXT NOT NULL,
    held_why TEXT,
    saved_by TEXT NOT NULL,
    why TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (organisation, number)
);
