//! Many people at once.

use std::collections::{BTreeSet, HashMap};

use stour_database::{Result, Transaction, Value, params};
use stour_kernel::{Environment, OdsCode, PersonId, Timestamp};
use stour_partnership::Reference;

use super::{Address, IdentifierStatus, NewPerson, PersonName, Place};
use crate::search::{dictionary, word};
use crate::source::compose::compose;
use crate::source::matcher::{Link, Step};
use crate::source::project::{self, Projection};
use crate::source::runs::trust;
use crate::source::store::{heard, put, put_links};
use crate::source::{Said, SourceVersion};

/// Stores people who are not there yet, with everything they can be found by. Twenty thousand take
/// about a second; hand over a larger population in several calls of that size, in any number of
/// transactions.
///
/// # Errors
/// A constraint when an identifier, a traced NHS number or an organisation's own number is held
/// already; then none is stored.
pub fn insert_all(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &[NewPerson],
) -> Result<u64> {
    let link = Link::of(Step::New, "The record was loaded as that of a new person.");
    insert_linked(tx, environment, people, &link)
}

/// The same, saying why each is somebody new.
pub(crate) fn insert_linked(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &[NewPerson],
    link: &Link,
) -> Result<u64> {
    let versions = versions(environment, people);
    let projections: Vec<Projection> = versions
        .iter()
        .zip(people)
        .map(|(version, person)| Projection {
            person: person.id,
            restricted: person.restricted,
            merged: Vec::new(),
            composed: compose(vec![version.clone()]),
        })
        .collect();
    let at = environment.now();
    let rows = people.iter().zip(&projections);
    let inserted = tx.bulk(
        "person",
        &PERSON,
        rows.map(|(person, projection)| person_row(person, &projection.composed.place, at)),
    )?;
    put(tx, &versions)?;
    let links = versions
        .iter()
        .map(|version| (environment.id(), version, link));
    put_links(tx, links)?;
    let today = environment.today();
    let known_to = people.iter().flat_map(|person| {
        known_to(person)
            .into_iter()
            .map(move |(organisation, why)| owned(params![person.id, organisation, why, today, at]))
    });
    tx.bulk("person_known_to", &KNOWN_TO, known_to)?;
    project::put(tx, &projections)?;
    let sources: BTreeSet<OdsCode> = people.iter().map(|person| person.source).collect();
    heard(tx, environment, sources)?;
    Ok(inserted)
}

/// What the sources of new people say, as the first version of a record of each.
fn versions(environment: &Environment, people: &[NewPerson]) -> Vec<SourceVersion> {
    let at = environment.now();
    let reference = stour_partnership::reference().ok();
    let mut trusts: HashMap<OdsCode, u8> = HashMap::new();
    people
        .iter()
        .map(|person| SourceVersion {
            record: environment.id(),
            number: 1,
            source: person.source,
            trust: *trusts
                .entry(person.source)
                .or_insert_with(|| trust(&person.source, at)),
            local: person.demographics.local.clone(),
            said: said(environment, person, reference),
            recorded_at: at,
            recorded_by: person.recorded_by.clone(),
            person: person.id,
        })
        .collect()
}

fn said(environment: &Environment, person: &NewPerson, reference: Option<&Reference>) -> Said {
    let who = &person.demographics;
    let address = who.address.clone().map(|address| Address {
        lsoa: address.lsoa.or(person.place.lsoa),
        ..address
    });
    let today = environment.today();
    let found = reference.map_or_else(Place::default, |reference| {
        Place::from_parts(reference, address.as_ref(), who.practice.as_ref(), today)
    });
    Said {
        relied: who.nhs_number.is_some() && person.number_status == IdentifierStatus::Traced,
        place: (found != person.place).then(|| person.place.clone()),
        address,
        ..Said::from(who)
    }
}

/// Stores the words by which people are found, in the order of the index, so that neighbours go
/// to the same page.
pub(crate) fn insert_words(
    tx: &mut Transaction<'_>,
    lines: impl IntoIterator<Item = (PersonId, String)>,
) -> Result<()> {
    let lines: Vec<(PersonId, String)> = lines.into_iter().collect();
    let mut entries: Vec<(&str, PersonId, &str)> = lines
        .iter()
        .flat_map(|(person, line)| {
            word::words(line).map(move |word| (word, *person, line.as_str()))
        })
        .collect();
    entries.sort_unstable();
    let rows = entries.iter().map(|(word, person, line)| {
        params![*word, *person, *line]
            .to_vec()
            .into_iter()
            .map(Value::into_owned)
            .collect()
    });
    tx.bulk("person_word", &["word", "person", "words"], rows)?;
    dictionary::learn(tx, entries.iter().map(|(word, ..)| *word))
}

const PERSON: [&str; 13] = [
    "id",
    "born",
    "died",
    "sex",
    "restricted",
    "objection",
    "practice",
    "locality",
    "council",
    "lsoa",
    "version",
    "created_at",
    "created_by",
];
const KNOWN_TO: [&str; 5] = ["person", "organisation", "why", "since", "recorded_at"];

/// A list of texts in one column.
pub(crate) fn list(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    serde_json::json!(texts).to_string()
}

pub(crate) fn given(name: &PersonName) -> String {
    let given: Vec<&str> = name.given.iter().map(super::NameText::as_str).collect();
    list(&given)
}

pub(crate) fn prefix(name: &PersonName) -> Option<&str> {
    name.prefix.as_ref().map(super::NameText::as_str)
}

pub(crate) fn owned(values: &[Value<'_>]) -> Vec<Value<'static>> {
    values.iter().cloned().map(Value::into_owned).collect()
}

fn person_row(person: &NewPerson, place: &Place, at: Timestamp) -> Vec<Value<'static>> {
    let who = &person.demographics;
    owned(params![
        person.id,
        who.born,
        who.died,
        who.sex,
        person.restricted,
        person.objection,
        who.practice,
        place.locality,
        place.council,
        place.lsoa,
        1_i64,
        at,
        person.recorded_by
    ])
}

fn known_to(person: &NewPerson) -> BTreeSet<(OdsCode, &'static str)> {
    let practice = person
        .demographics
        .practice
        .map(|practice| (practice, "practice"));
    let others = person
        .known_to
        .iter()
        .map(|organisation| (*organisation, "care"));
    [(person.source, "record")]
        .into_iter()
        .chain(practice)
        .chain(others)
        .collect()
}
