-- Whose answer it was, by account and not by name alone, since a second opinion is another person's; and
-- whether a second opinion was asked for.
ALTER TABLE match_review_answer ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE match_review_answer ADD COLUMN second BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX match_review_record ON match_review (record, kind);
CREATE INDEX match_review_closed ON match_review (closed_at);
