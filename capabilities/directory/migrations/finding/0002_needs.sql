-- A list of needs and of the services that address them, as its publisher gives it, in pieces of a text.
CREATE TABLE needs_piece (
    number BIGINT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);
