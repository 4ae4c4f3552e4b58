//! Many people at once.

use std::collections::BTreeSet;

use stour_database::{Result, Transaction, Value, params};
use stour_kernel::{Environment, OdsCode, PersonId, Timestamp};

use super::name::NameUse;
use super::{Address, Demographics, IdentifierStatus, NHS_NUMBER, NewPerson, PersonName};
use crate::search::{dictionary, word};

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
    let at = environment.now();
    let inserted = tx.bulk(
        "person",
        &PERSON,
        people.iter().map(|person| person_row(person, at)),
    )?;
    tx.bulk(
        "person_name",
        &NAME,
        people.iter().map(|person| name_row(person, at)),
    )?;
    tx.bulk(
        "person_address",
        &ADDRESS,
        people.iter().filter_map(|person| address_row(person, at)),
    )?;
    tx.bulk(
        "person_contact",
        &CONTACT,
        people.iter().filter_map(|person| contact_row(person, at)),
    )?;
    tx.bulk(
        "person_identifier",
        &IDENTIFIER,
        people.iter().flat_map(|person| identifiers(person, at)),
    )?;
    let today = environment.today();
    let known_to = people.iter().flat_map(|person| {
        known_to(person)
            .into_iter()
            .map(move |(organisation, why)| owned(params![person.id, organisation, why, today, at]))
    });
    tx.bulk("person_known_to", &KNOWN_TO, known_to)?;
    insert_words(
        tx,
        people
            .iter()
            .map(|person| (person.id, line(&person.demographics))),
    )?;
    Ok(inserted)
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

fn line(demographics: &Demographics) -> String {
    let name = &demographics.name;
    let postcode = demographics
        .address
        .as_ref()
        .and_then(|address| address.postcode);
    word::line(&word::Named {
        family: name.family.as_str(),
        given: name.given.iter().map(super::NameText::as_str).collect(),
        others: Vec::new(),
        born: demographics.born,
        postcodes: postcode.into_iter().collect(),
    })
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
const NAME: [&str; 9] = [
    "person",
    "number",
    "use_code",
    "family",
    "given",
    "prefix",
    "shown",
    "source",
    "recorded_at",
];
const ADDRESS: [&str; 8] = [
    "person",
    "number",
    "lines",
    "postcode",
    "lsoa",
    "shown",
    "source",
    "recorded_at",
];
const CONTACT: [&str; 6] = ["person", "number", "kind", "value", "source", "recorded_at"];
const IDENTIFIER: [&str; 6] = [
    "person",
    "system",
    "value",
    "status",
    "source",
    "recorded_at",
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

fn owned(values: &[Value<'_>]) -> Vec<Value<'static>> {
    values.iter().cloned().map(Value::into_owned).collect()
}

fn person_row(person: &NewPerson, at: Timestamp) -> Vec<Value<'_>> {
    let (who, place) = (&person.demographics, &person.place);
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

fn name_row(person: &NewPerson, at: Timestamp) -> Vec<Value<'_>> {
    let name = &person.demographics.name;
    owned(params![
        person.id,
        1_i64,
        NameUse::Official,
        name.family.as_str(),
        given(name),
        prefix(name),
        true,
        person.source,
        at
    ])
}

fn address_row(person: &NewPerson, at: Timestamp) -> Option<Vec<Value<'_>>> {
    let Address {
        lines,
        postcode,
        lsoa,
    } = person.demographics.address.as_ref()?;
    let lsoa = lsoa.or(person.place.lsoa);
    Some(owned(params![
        person.id,
        1_i64,
        list(lines),
        postcode,
        lsoa,
        true,
        person.source,
        at
    ]))
}

fn contact_row(person: &NewPerson, at: Timestamp) -> Option<Vec<Value<'_>>> {
    let telephone = person.demographics.telephone.as_ref()?;
    Some(owned(params![
        person.id,
        1_i64,
        "telephone",
        telephone,
        person.source,
        at
    ]))
}

fn identifiers(person: &NewPerson, at: Timestamp) -> Vec<Vec<Value<'_>>> {
    let number = person.demographics.nhs_number.map(|number| {
        let status = person.number_status;
        owned(params![
            person.id,
            NHS_NUMBER,
            number,
            status,
            person.source,
            at
        ])
    });
    let local = person.demographics.local.as_ref().map(|local| {
        let status = IdentifierStatus::Traced;
        owned(params![
            person.id,
            person.source,
            local,
            status,
            person.source,
            at
        ])
    });
    number.into_iter().chain(local).collect()
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
