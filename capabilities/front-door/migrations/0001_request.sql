CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    thread TEXT NOT NULL,
    organisation TEXT NOT NULL,
    channel TEXT NOT NULL,
    route TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asker TEXT NOT NULL,
    words TEXT NOT NULL,
    support_reason TEXT,
    received_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    concluded_at TEXT,
    concluded_by TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX request_person ON request (person, id);
CREATE INDEX request_queue ON request (organisation, state, id);

CREATE TABLE referral (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL REFERENCES request (id),
    person TEXT NOT NULL REFERENCES person (id),
    service TEXT NOT NULL,
    provider TEXT NOT NULL,
    urgency TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    organisation TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT,
    decided_why TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX referral_request ON referral (request, id);
CREATE INDEX referral_queue ON referral (service, state, id);

-- Nobody waits twice for one service on one request.
CREATE UNIQUE INDEX referral_waiting ON referral (request, service) WHERE state = 'waiting';
