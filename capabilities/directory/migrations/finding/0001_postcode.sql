-- The table of postcodes that was imported, in pieces, in place of the one that the program brings. Its format is told in
-- reference/postcodes/README.md.
CREATE TABLE postcode_piece (
    number BIGINT NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);
