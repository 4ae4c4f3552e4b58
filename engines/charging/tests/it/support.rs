//! The tables of the partnership, and what tests fill in.

use stour_charging::{Amount, Rates, Supplied, Tables};
use stour_kernel::{Date, Pence};

pub(crate) const ENGLAND: &str = include_str!("../../../../reference/charging/england.toml");
pub(crate) const DORSET: &str = include_str!("../../../../reference/charging/dorset.toml");
pub(crate) const BCP: &str = include_str!("../../../../reference/charging/bcp.toml");

/// Dorset Council.
pub(crate) const COUNCIL: &str = "E06000059";

pub(crate) fn tables() -> Tables {
    Tables::read(
        ("england.toml", ENGLAND),
        &[("dorset.toml", DORSET), ("bcp.toml", BCP)],
    )
    .unwrap()
}

/// A day on which every rate of 2025/26 is in force.
pub(crate) fn day() -> Date {
    "2025-06-02".parse().unwrap()
}

pub(crate) fn pounds(pounds: i64) -> Pence {
    Pence::from_pounds(pounds).unwrap()
}

/// The rates of Dorset Council with some supplied.
pub(crate) fn rates<'t>(tables: &'t Tables, supplied: &[(&str, i64)]) -> Rates<'t> {
    let mut rates = tables.on(COUNCIL, day()).unwrap();
    for (kind, pence) in supplied {
        rates
            .supply(Supplied {
                kind: (*kind).to_owned(),
                amount: Amount::Money(Pence::new(*pence)),
                source: "a letter from the council".to_owned(),
            })
            .unwrap();
    }
    rates
}
