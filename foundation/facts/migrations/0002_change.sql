-- About whom anything was last said, in the order in which it was committed, so that whoever keeps numbers in
-- memory can follow. Facts about nobody are under the empty name.
CREATE TABLE fact_change (
    person TEXT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL
);
CREATE UNIQUE INDEX fact_change_sequence ON fact_change (sequence, person);

-- The number of the last change: one row, which a transaction that changes facts holds until it ends, so that
-- whoever has read up to a number has missed nothing before it.
CREATE TABLE fact_sequence (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    last BIGINT NOT NULL
);
