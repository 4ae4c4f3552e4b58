-- Whom a person stands under whose record turned out to be another's. They are few among all people: whoever lists stays or
-- requests finds here that there is none without reading anybody's record. A merge that stands is looked at first, hence the
-- CROSS JOIN, which SQLite takes in the order in which it is written.
CREATE VIEW merged_person AS
SELECT m.merged AS person, p.survivor AS survivor
FROM person_merge m CROSS JOIN person p
WHERE p.id = m.merged AND m.undone_at IS NULL;
