-- A measure of reference/measures.toml for one area.
CREATE TABLE series (
    id TEXT NOT NULL PRIMARY KEY,
    measure TEXT NOT NULL,
    area TEXT NOT NULL,
    area_kind TEXT NOT NULL,
    source TEXT NOT NULL,
    definition_version TEXT NOT NULL
);
CREATE UNIQUE INDEX series_measure ON series (measure, area);

-- One file read in: what it gave that was new. A file that gave nothing new leaves no row.
CREATE TABLE series_import (
    id TEXT NOT NULL PRIMARY KEY,
    measure TEXT NOT NULL,
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    points_added BIGINT NOT NULL,
    points_changed BIGINT NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT NOT NULL
);

-- Values as they were published. A value published anew is the next version of its day.
CREATE TABLE series_point (
    series TEXT NOT NULL REFERENCES series (id),
    day TEXT NOT NULL,
    version BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    series_import TEXT NOT NULL REFERENCES series_import (id),
    imported_at TEXT NOT NULL,
    PRIMARY KEY (series, day, version)
);

-- A day from which a chart starts afresh: never chosen by the machine.
CREATE TABLE series_rebase (
    series TEXT NOT NULL REFERENCES series (id),
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (series, day)
);
