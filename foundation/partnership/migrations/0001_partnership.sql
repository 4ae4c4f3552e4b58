CREATE TABLE reference_load (
    part TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL
);

CREATE TABLE organisation (
    code TEXT NOT NULL PRIMARY KEY,
    scheme TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    status TEXT NOT NULL,
    source TEXT NOT NULL
);

CREATE TABLE organisation_succession (
    predecessor TEXT NOT NULL,
    successor TEXT NOT NULL,
    takes_over TEXT NOT NULL,
    PRIMARY KEY (predecessor, successor)
);

CREATE TABLE organisation_identifier (
    scheme TEXT NOT NULL,
    identifier TEXT NOT NULL,
    organisation TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    source TEXT NOT NULL,
    PRIMARY KEY (scheme, identifier, starts)
);

CREATE TABLE site (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    starts TEXT NOT NULL,
    ends TEXT,
    status TEXT NOT NULL,
    source TEXT NOT NULL
);

CREATE TABLE site_operator (
    site TEXT NOT NULL,
    organisation TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (site, starts)
);

CREATE INDEX site_operator_organisation ON site_operator (organisation);

CREATE TABLE ward (
    site TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    specialty TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (site, code, starts)
);

CREATE INDEX ward_code ON ward (code);

CREATE TABLE practice (
    organisation TEXT NOT NULL PRIMARY KEY,
    postcode TEXT NOT NULL,
    council TEXT NOT NULL,
    council_2013 TEXT NOT NULL,
    locality TEXT NOT NULL,
    locality_status TEXT NOT NULL
);

CREATE INDEX practice_locality ON practice (locality);

CREATE TABLE locality (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    council_2013 TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    status TEXT NOT NULL,
    source TEXT NOT NULL
);

CREATE TABLE area (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT
);

CREATE TABLE area_within (
    area TEXT NOT NULL,
    within TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    PRIMARY KEY (area, within, starts)
);

CREATE TABLE lsoa (
    code TEXT NOT NULL PRIMARY KEY,
    msoa TEXT NOT NULL,
    imd_decile BIGINT NOT NULL,
    population BIGINT NOT NULL,
    population_65_plus BIGINT NOT NULL,
    postcode_sector TEXT NOT NULL,
    locality TEXT NOT NULL,
    locality_status TEXT NOT NULL
);

CREATE TABLE code_list (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT
);

CREATE TABLE code_entry (
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    place BIGINT NOT NULL,
    label TEXT NOT NULL,
    code_group TEXT,
    note TEXT,
    PRIMARY KEY (list, code, starts)
);

CREATE TABLE code_map (
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    target_list TEXT NOT NULL,
    target_code TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    place BIGINT NOT NULL,
    source TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (list, target_list, code, target_code, starts)
);
