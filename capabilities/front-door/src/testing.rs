//! What the tests of this crate share.

use stour_access::PersonFacts;
use stour_database::{Database, Migrations};
use stour_kernel::{Environment, PersonId};
use stour_people::{Demographics, PersonName};

use crate::lists::Lists;
use crate::referral::{NewReferral, ReferralDraft};
use crate::request::{Draft, NewRequest, Taker};

pub(crate) const NOW: &str = "2026-11-24T09:00:00Z";

/// The tables that a test of the store needs.
pub(crate) fn migrations() -> Vec<Migrations> {
    vec![
        stour_facts::MIGRATIONS,
        stour_people::MIGRATIONS,
        crate::MIGRATIONS,
    ]
}

/// A person, as the policies see them.
pub(crate) fn person(database: &Database, environment: &Environment, family: &str) -> PersonFacts {
    let environment = environment.clone();
    let who = Demographics::named(PersonName::new(family, "Ada").unwrap());
    let source = "E06000058".parse().unwrap();
    let id = database
        .write_blocking(move |tx| stour_people::create(tx, &environment, &who, source, "A test"))
        .unwrap();
    facts(database, id)
}

/// What the policies know of a person now.
pub(crate) fn facts(database: &Database, person: PersonId) -> PersonFacts {
    let found = database.read_blocking(move |tx| stour_people::facts_for_access(tx, person));
    found.unwrap().unwrap()
}

/// A request that can be recorded.
pub(crate) fn asked() -> NewRequest {
    let draft = Draft {
        channel: "telephone".to_owned(),
        route: "community-other-route".to_owned(),
        asked_by: "person".to_owned(),
        words: "I cannot manage the stairs".to_owned(),
        ..Draft::default()
    };
    draft
        .check(&Lists::embedded().unwrap(), "2026-11-24".parse().unwrap())
        .unwrap()
}

/// An adviser of BCP Council.
pub(crate) fn adviser() -> Taker {
    Taker {
        name: "An Adviser".to_owned(),
        organisation: "E06000058".parse().unwrap(),
    }
}

/// A referral to reablement that can be made.
pub(crate) fn to_reablement() -> NewReferral {
    let draft = ReferralDraft {
        service: "reablement".to_owned(),
        urgency: "within-2-days".to_owned(),
        reason: "To wash and dress without help".to_owned(),
    };
    draft.check("2026-11-24".parse().unwrap()).unwrap().unwrap()
}
