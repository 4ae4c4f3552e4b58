-- That somebody keeps the listings of an organisation: asked, granted, refused or revoked.
CREATE TABLE listing_claim (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    organisation_name TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    claimed_by_name TEXT NOT NULL,
    email TEXT,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    is_lead BOOLEAN NOT NULL,
    asked_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    decided_why TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX listing_claim_state ON listing_claim (state, id);
CREATE UNIQUE INDEX listing_claim_once ON listing_claim (organisation, claimed_by) WHERE state IN ('asked', 'granted');
CREATE UNIQUE INDEX listing_claim_lead ON listing_claim (organisation) WHERE state = 'granted' AND is_lead;

-- A change to a listing, or a new one, by whoever keeps it: the fields that it changes, and the version it was made to
-- (0 for a new listing).
CREATE TABLE listing_suggestion (
    id TEXT NOT NULL PRIMARY KEY,
    listing TEXT NOT NULL,
    listing_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    seen BIGINT NOT NULL,
    changes TEXT NOT NULL,
    words TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    decided_why TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX listing_suggestion_state ON listing_suggestion (state, id);
CREATE INDEX listing_suggestion_listing ON listing_suggestion (listing, id);
CREATE INDEX listing_suggestion_maker ON listing_suggestion (made_by, id);
CREATE UNIQUE INDEX listing_suggestion_draft ON listing_suggestion (listing, made_by) WHERE state = 'draft';

-- What the public said of a listing.
CREATE TABLE listing_note (
    id TEXT NOT NULL PRIMARY KEY,
    listing TEXT NOT NULL REFERENCES listing (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    reply_to TEXT,
    left_on TEXT NOT NULL,
    left_at TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_by TEXT,
    settled_at TEXT,
    settled_why TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX listing_note_state ON listing_note (state, id);
CREATE INDEX listing_note_day ON listing_note (listing, left_on);
