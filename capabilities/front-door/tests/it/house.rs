//! A house that has people and the front door, and what the tests type into it.

use stour_database::{params, sql};
use stour_kernel::PersonId;
use stour_people::{Demographics, IdentifierStatus, NewPerson, PersonName, Place};
use stour_web::testing::{Site, each_house};

/// Runs a test on a house that has people and the front door.
pub(crate) fn with_front_door(test: impl Fn(Site)) {
    each_house(
        || {
            let people = stour_people::capability(stour_front_door::person_links());
            vec![people, stour_front_door::capability()]
        },
        test,
    );
}

/// A person whom BCP Council's records have.
pub(crate) fn person(site: &Site, family: &str) -> PersonId {
    stored(site, family, false)
}

/// A person whose record must not seem to exist.
pub(crate) fn hidden_person(site: &Site, family: &str) -> PersonId {
    stored(site, family, true)
}

fn stored(site: &Site, family: &str, restricted: bool) -> PersonId {
    let environment = site.environment().clone();
    let person = NewPerson {
        id: environment.id(),
        demographics: Demographics::named(PersonName::new(family, "Mary").unwrap()),
        number_status: IdentifierStatus::Untraced,
        place: Place::default(),
        restricted,
        objection: false,
        known_to: Vec::new(),
        source: "E06000058".parse().unwrap(),
        recorded_by: "A test".to_owned(),
    };
    let id = person.id;
    site.database()
        .write_blocking(move |tx| {
            stour_people::insert_all(tx, &environment, std::slice::from_ref(&person))
        })
        .unwrap();
    id
}

/// What an adviser types.
pub(crate) const TYPED: &[(&str, &str)] = &[
    ("channel", "telephone"),
    ("asked-by", "carer"),
    ("asker", "Her son, 01202 496000"),
    ("words", "She fell in the bath and is afraid to wash"),
    ("route", "community-other-route"),
    ("support-reason", "personal-care-support"),
];

/// The same, with one field otherwise.
pub(crate) fn typed_but<'t>(field: &'t str, value: &'t str) -> Vec<(&'t str, &'t str)> {
    let others = TYPED.iter().copied().filter(|(name, _)| *name != field);
    others.chain([(field, value)]).collect()
}

/// The value of a hidden field of a page.
pub(crate) fn hidden_field(body: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = body
        .split(&mark)
        .nth(1)
        .unwrap_or_else(|| panic!("no field {name} in {body}"));
    rest.split('"').next().unwrap().replace("&quot;", "\"")
}

/// How many entries of the audit are about a person.
pub(crate) fn looks(site: &Site, person: PersonId) -> i64 {
    site.database()
        .read_blocking(move |tx| {
            let count = sql!("SELECT count(*) FROM audit_person WHERE person = $1");
            tx.optional(count, params![person], |row| row.get(0))
        })
        .unwrap()
        .unwrap()
}
