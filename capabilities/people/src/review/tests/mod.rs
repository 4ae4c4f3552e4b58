//! Reviews on both databases, as each role, and against what nobody should send.

mod joining;
mod model;
mod pages;
mod quality;
mod queue;
mod store;

use std::fmt::Debug;

use stour_database::{Database, Transaction};
use stour_kernel::{Environment, OdsCode, PersonId, UserId};
use stour_web::Capability;
use stour_web::testing::{Answer, Site};

use super::{
    Answer as Word, NewAnswer, NewReview, PairAnswer, ReviewId, ReviewKind, answer, open_review,
    review, sides,
};
use crate::person::{
    Address, Demographics, IdentifierStatus, NewPerson, PersonName, Place, insert_all,
};

/// A stored explanation, as the engine writes it.
const EXPLANATION: &str = r#"{"model":"test-1","prior":-19.8,"weight":3.1,"probability":0.896,
    "fields":[{"field":"date_of_birth","words":"Date of birth: the same","bits":14.4},
              {"field":"given","words":"Given name: Mary and Marie are alike","bits":8.5,"frequency_bits":-0.7}],
    "runner_up":{"weight":-4.0},"sentence":"It is more likely than not that this is one person."}"#;

fn ods(text: &str) -> OdsCode {
    text.parse().unwrap()
}

fn capabilities() -> Vec<Capability> {
    vec![crate::capability(&[])]
}

fn write<T: Send + 'static, E>(
    database: &Database,
    work: impl FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
) -> T
where
    E: From<stour_database::Error> + Debug + Send + 'static,
{
    database.write_blocking(work).unwrap()
}

/// Somebody as an organisation describes them.
fn who(family: &str, given: &str, local: &str) -> Demographics {
    Demographics {
        born: Some("1941-03-12".parse().unwrap()),
        sex: Some("F".parse().unwrap()),
        local: Some(local.parse().unwrap()),
        address: Some(Address {
            lines: vec!["1 High Street".to_owned(), "Poole".to_owned()],
            postcode: Some("BH15 1AA".parse().unwrap()),
            lsoa: None,
        }),
        ..Demographics::named(PersonName::new(family, given).unwrap())
    }
}

/// Stores somebody on the word of an organisation.
fn put(
    (database, environment): (&Database, &Environment),
    who: &Demographics,
    source: &str,
    restricted: bool,
) -> PersonId {
    let environment = environment.clone();
    let person = NewPerson {
        id: environment.id(),
        demographics: who.clone(),
        number_status: IdentifierStatus::Traced,
        place: Place::default(),
        restricted,
        objection: false,
        known_to: Vec::new(),
        source: ods(source),
        recorded_by: "a test".to_owned(),
    };
    let id = person.id;
    write(database, move |tx| {
        insert_all(tx, &environment, std::slice::from_ref(&person))
    });
    id
}

fn new_review(person: PersonId, candidate: PersonId) -> NewReview {
    NewReview {
        kind: ReviewKind::Link,
        person,
        candidate,
        record: None,
        source: ods("RBD"),
        rule: "unsure".to_owned(),
        weight: Some(3.1),
        probability: Some(0.896),
        model: Some("test-1".to_owned()),
        explanation: Some(EXPLANATION.to_owned()),
    }
}

fn open((database, environment): (&Database, &Environment), new: NewReview) -> Option<ReviewId> {
    let environment = environment.clone();
    write(database, move |tx| open_review(tx, &environment, &new))
}

/// Closes a review by the word of one user.
fn settle(
    (database, environment): (&Database, &Environment),
    id: ReviewId,
    (said, by): (PairAnswer, UserId),
) {
    let new = NewAnswer {
        answer: Word::Pair(said),
        reason: format!("{said}-confirmed"),
        note: String::new(),
        second: false,
        by,
        name: "Test".to_owned(),
    };
    let environment = environment.clone();
    write(database, move |tx| {
        let known = review(tx, id)?.unwrap();
        let seen = sides(tx, &known)?.map(|(_, version)| version);
        answer(tx, &environment, (id, known.version), seen, &new)
    });
}

/// Two records that may be one person's, and the review of them.
struct Pair {
    person: PersonId,
    candidate: PersonId,
    review: ReviewId,
}

impl Pair {
    fn address(&self) -> String {
        format!("/reviews/{}", self.review)
    }
}

/// A pair: Marie of Dorset County Hospital, and Mary of University Hospitals Dorset.
fn pair(site: &Site) -> Pair {
    pair_of(site, "Smith", [false, false])
}

fn pair_of(site: &Site, family: &str, restricted: [bool; 2]) -> Pair {
    let at = (site.database(), site.environment());
    let [person_is, candidate_is] = restricted;
    let person = put(
        at,
        &who(family, "Marie", &format!("D-{family}")),
        "RBD",
        person_is,
    );
    let candidate = put(
        at,
        &who(family, "Mary", &format!("U-{family}")),
        "R0D",
        candidate_is,
    );
    let review = open(at, new_review(person, candidate)).unwrap();
    Pair {
        person,
        candidate,
        review,
    }
}

/// The value of a hidden field on a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split_once(&mark).map(|(_, rest)| rest);
    let rest = rest.unwrap_or_else(|| panic!("no {name} in {}", page.body));
    let value = rest.split_once("\">").map(|(value, _)| value);
    value.unwrap().replace("&quot;", "\"")
}

/// An answer as the open page of a pair would send it.
struct Filled(Vec<(String, String)>);

impl Filled {
    fn on(page: &Answer, answer: &str, reason: &str) -> Self {
        let versions = ["version", "version-person", "version-candidate"];
        let mut fields: Vec<(String, String)> = versions
            .iter()
            .map(|name| ((*name).to_owned(), hidden(page, name)))
            .collect();
        fields.push(("answer".to_owned(), answer.to_owned()));
        fields.push((format!("reason-{answer}"), reason.to_owned()));
        Self(fields)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    fn fields(&self) -> Vec<(&str, &str)> {
        let fields = self.0.iter();
        fields
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}
