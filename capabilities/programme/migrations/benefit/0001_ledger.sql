-- Signatures under the steps of the three ladders of a benefit. Rows are only added: a signature holds while what stands
-- there is what was signed.
CREATE TABLE benefit_signature (
    id TEXT NOT NULL PRIMARY KEY,
    benefit TEXT NOT NULL REFERENCES register_entry (id),
    -- operational, financial or cashable.
    ladder TEXT NOT NULL,
    -- What was signed, in words that are the same as long as it is the same.
    figures TEXT NOT NULL,
    words TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    signed_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    signed_at TEXT NOT NULL
);
CREATE UNIQUE INDEX benefit_signature_once ON benefit_signature (benefit, ladder, figures, signed_by);

-- Claims on a change: on what one figure of a measure differs by from its counterfactual. Rows are only added.
CREATE TABLE benefit_claim (
    id TEXT NOT NULL PRIMARY KEY,
    measure TEXT NOT NULL,
    day TEXT NOT NULL,
    benefit TEXT NOT NULL REFERENCES register_entry (id),
    -- In millionths of the unit of the measure.
    quantity BIGINT NOT NULL,
    -- By how much the figure was better than its counterfactual when this was claimed, in millionths.
    observed BIGINT NOT NULL,
    counterfactual TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    claimed_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    claimed_at TEXT NOT NULL
);
CREATE INDEX benefit_claim_change ON benefit_claim (measure, day);

-- A claim that was taken back, and why.
CREATE TABLE benefit_claim_end (
    claim TEXT NOT NULL PRIMARY KEY REFERENCES benefit_claim (id),
    why TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_by_name TEXT NOT NULL,
    ended_at TEXT NOT NULL
);
