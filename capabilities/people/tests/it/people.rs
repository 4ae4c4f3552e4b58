//! What the tests share: an environment, and people to put in it.

use std::sync::atomic::{AtomicU64, Ordering};

use stour_database::{Database, Transaction};
use stour_facts::{FactKind, NewFact, Source};
use stour_kernel::{Date, Environment, OdsCode, PersonId};
use stour_people::{
    Address, Demographics, IdentifierStatus, NewPerson, PersonLink, PersonName, Place, capability,
    insert_all,
};
use stour_web::Capability;
use stour_web::testing::Site;

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
    let postcode = postcode.parse().ok()?;
    Some(Address {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        postcode: Some(postcode),
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

/// Everything that a house needs for pages about people.
pub(crate) fn capabilities() -> Vec<Capability> {
    vec![capability(&[PersonLink {
        label: "Record a request",
        href: "/people/{id}/requests/new",
        action: "request.create",
    }])]
}

/// Stores somebody in a house, known to University Hospitals Dorset.
pub(crate) fn put(site: &Site, who: &Demographics, restricted: bool) -> PersonId {
    let environment = site.environment().clone();
    let person = NewPerson {
        restricted,
        source: ods("R0D"),
        place: Place::of(who, environment.today()),
        ..new_person(&environment, who.clone())
    };
    let id = person.id;
    write(site.database(), move |tx| {
        insert_all(tx, &environment, std::slice::from_ref(&person))
    });
    id
}

/// Mary Smith of Poole.
pub(crate) fn mary() -> Demographics {
    Demographics {
        nhs_number: Some("999 000 0018".parse().unwrap()),
        address: at_home(&["1 High Street", "Poole"], "BH15 1AA"),
        ..demographics("Smith", "Mary", "1941-03-12")
    }
}

/// A service that somebody has.
pub(crate) fn service(person: PersonId, reference: &str) -> NewFact {
    NewFact {
        thread: None,
        kind: FactKind::Service,
        person: Some(person),
        organisation: ods("RDY"),
        commissioner: None,
        locality: None,
        council: None,
        started: day("2026-09-01"),
        ended: None,
        outcome: None,
        cost: None,
        source: Source {
            system: "stour".to_owned(),
            reference: reference.to_owned(),
        },
        detail: serde_json::json!({}),
        recorded_by: "A Worker".to_owned(),
    }
}

/// The fields by which somebody is made on the page.
pub(crate) const JOHN: [(&str, &str); 6] = [
    ("family-name", "Jones"),
    ("given-names", "John Paul"),
    ("born-day", "2"),
    ("born-month", "5"),
    ("born-year", "1950"),
    ("postcode", "bh8 9rn"),
];

/// A body without what differs between any two answers: the number of the request, and the key and
/// token of its forms.
pub(crate) fn steady(body: &str) -> String {
    let is_mark = |character: char| !(character.is_ascii_alphanumeric() || character == '-');
    let words = body.split_inclusive(is_mark);
    words
        .filter(|word| {
            word.parse::<stour_kernel::Id>().is_err()
                && word
                    .trim_end_matches(is_mark)
                    .parse::<stour_kernel::Id>()
                    .is_err()
        })
        .collect()
}
