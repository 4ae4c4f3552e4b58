//! What the tests share: an environment, and people to put in it.

use std::sync::atomic::{AtomicU64, Ordering};

use stour_database::{Database, Transaction};
use stour_kernel::{Date, Environment, OdsCode};
use stour_people::{Address, Demographics, IdentifierStatus, NewPerson, PersonName, Place};

static SEED: AtomicU64 = AtomicU64::new(1);

/// A new one gives other identifiers than those before it.
pub(crate) fn environment() -> Environment {
    let at = "2026-11-24T09:00:00Z".parse().unwrap();
    Environment::seeded(at, SEED.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn ods(text: &str) -> OdsCode {
    text.parse().unwrap()
}

pub(crate) fn demographics(family: &str, given: &str, born: &str) -> Demographics {
    Demographics {
        born: Some(day(born)),
        ..Demographics::named(PersonName::new(family, given).unwrap())
    }
}

pub(crate) fn at_home(lines: &[&str], postcode: &str) -> Option<Address> {
    Some(Address {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        postcode: Some(postcode.parse().unwrap()),
        lsoa: None,
    })
}

pub(crate) fn new_person(environment: &Environment, demographics: Demographics) -> NewPerson {
    NewPerson {
        id: environment.id(),
        demographics,
        number_status: IdentifierStatus::Traced,
        place: Place::default(),
        restricted: false,
        objection: false,
        known_to: Vec::new(),
        source: ods("RBD"),
        recorded_by: "a test".to_owned(),
    }
}

/// A write whose error is shown.
pub(crate) fn write<T: Send + 'static, E>(
    database: &Database,
    work: impl FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
) -> T
where
    E: From<stour_database::Error> + std::fmt::Debug + Send + 'static,
{
    database.write_blocking(work).unwrap()
}

/// A read whose error is shown.
pub(crate) fn read<T: Send + 'static>(
    database: &Database,
    work: impl FnMut(&mut Transaction<'_>) -> stour_database::Result<T> + Send + 'static,
) -> T {
    database.read_blocking(work).unwrap()
}
