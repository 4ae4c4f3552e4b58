-- What a feed last said of a listing, word for word, so that what people here have changed since can be told from what
-- the feed changes.
CREATE TABLE listing_said (
    listing TEXT NOT NULL PRIMARY KEY REFERENCES listing (id),
    document TEXT NOT NULL
);
