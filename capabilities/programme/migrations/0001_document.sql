CREATE TABLE appraisal_document (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    latest BIGINT NOT NULL,
    agreed BIGINT,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE TABLE appraisal_document_version (
    document TEXT NOT NULL REFERENCES appraisal_document (id),
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    what TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (document, number)
);

-- One signature of one user under one version; the hash is that of the text that was signed, and the
-- figures are those that the signatory saw.
CREATE TABLE appraisal_document_signature (
    document TEXT NOT NULL,
    number BIGINT NOT NULL,
    signed_by TEXT NOT NULL,
    signed_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    words TEXT NOT NULL,
    hash TEXT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (document, number, signed_by),
    FOREIGN KEY (document, number) REFERENCES appraisal_document_version (document, number)
);

CREATE TABLE appraisal_document_comment (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL REFERENCES appraisal_document (id),
    number BIGINT NOT NULL,
    line TEXT,
    words TEXT NOT NULL,
    said_by_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    said_at TEXT NOT NULL,
    settled_by_name TEXT,
    settled_at TEXT,
    answer TEXT
);

CREATE INDEX appraisal_document_comment_document ON appraisal_document_comment (document, id);
