//! The tables of rates that this partnership ships.

use std::sync::OnceLock;

use stour_charging::{TableError, Tables};

const ENGLAND: &str = include_str!("../../../../reference/charging/england.toml");
const COUNCILS: [(&str, &str); 2] = [
    (
        "bcp.toml",
        include_str!("../../../../reference/charging/bcp.toml"),
    ),
    (
        "dorset.toml",
        include_str!("../../../../reference/charging/dorset.toml"),
    ),
];

/// The tables of England and of the councils here.
///
/// # Errors
/// A table that cannot be right; a test reads them.
pub fn tables() -> Result<&'static Tables, &'static TableError> {
    static TABLES: OnceLock<Result<Tables, TableError>> = OnceLock::new();
    TABLES
        .get_or_init(|| Tables::read(("england.toml", ENGLAND), &COUNCILS))
        .as_ref()
}
