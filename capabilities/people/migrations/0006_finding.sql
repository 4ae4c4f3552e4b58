-- Every word that is in somebody's name, once, by its length: what a misspelt word is compared with.
CREATE TABLE name_word (
    letters BIGINT NOT NULL,
    word TEXT NOT NULL,
-- only: sqlite
    PRIMARY KEY (letters, word)
) WITHOUT ROWID;
-- end
-- only: postgres
    PRIMARY KEY (letters, word)
);
-- end

INSERT INTO name_word (letters, word)
SELECT DISTINCT length(word), word FROM person_word WHERE substr(word, 1, 1) NOT IN ('#', '@');

-- Who lives at a postcode, so that a household can be put together.
CREATE INDEX person_address_postcode ON person_address (postcode) WHERE shown = TRUE;
