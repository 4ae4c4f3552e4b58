ALTER TABLE spell ADD COLUMN arrived_by TEXT;
