-- What programs that follow people must hear of: that two people are one, that they are not after all,
-- that what an organisation said belongs to another person. Never changed; the sequence has no gaps.
CREATE TABLE person_event (
    sequence BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    survivor TEXT NOT NULL,
    merged TEXT NOT NULL,
    record TEXT,
    at TEXT NOT NULL
);

-- Who is told of them. `told` is the sequence of the last event that was delivered or passed over;
-- `lease` and `leased_until` keep two processes from telling the same subscriber at once.
CREATE TABLE event_subscriber (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    organisation TEXT,
    told BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    failure TEXT,
    due TEXT NOT NULL,
    lease TEXT,
    leased_until TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT
);

CREATE TABLE event_delivery (
    subscriber TEXT NOT NULL REFERENCES event_subscriber (id),
    sequence BIGINT NOT NULL REFERENCES person_event (sequence),
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (subscriber, sequence)
);
