-- A series may be of a part of its measure: of a reason, of an organisation. Empty means the whole.
ALTER TABLE series ADD COLUMN breakdown TEXT NOT NULL DEFAULT '';
ALTER TABLE series ADD COLUMN part TEXT NOT NULL DEFAULT '';
DROP INDEX series_measure;
CREATE UNIQUE INDEX series_measure ON series (measure, area, breakdown, part);

-- A share is kept with how many of how many, where both were published.
ALTER TABLE series_point ADD COLUMN numerator DOUBLE PRECISION;
ALTER TABLE series_point ADD COLUMN denominator DOUBLE PRECISION;

-- Something that was done or happened, told beside the figures. It changes no limit.
CREATE TABLE series_annotation (
    series TEXT NOT NULL REFERENCES series (id),
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    told_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (series, day, what)
);
