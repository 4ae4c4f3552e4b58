-- What agreement is worth, as it was estimated from our own records and decisions. The one that was chosen
-- last matches; while none is chosen, the built-in model does.
CREATE TABLE match_model (
    id TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    json TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    note TEXT NOT NULL,
    chosen_at TEXT,
    chosen_by TEXT
);

CREATE INDEX match_model_chosen ON match_model (chosen_at);
