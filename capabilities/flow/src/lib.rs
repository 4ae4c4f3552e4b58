//! Hospital flow: spells, wards, in-reach and reablement, fed by hospital messages.
