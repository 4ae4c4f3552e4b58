//! The composed record in the tables that everything else reads: names, addresses, contacts, numbers,
//! the words to search by and the line to match by. They hold nothing of their own: they are made
//! anew from the sources whenever a source says something new, and whenever people are merged or
//! parted.

use stour_database::{Result, Transaction, Value, params, sql};
use stour_kernel::{Environment, PersonId};

use super::compose::{Composed, compose};
use super::{entry, store};
use crate::merge::group;
use crate::person::NameText;
use crate::person::load::{given, insert_words, list, owned, prefix};
use crate::search::word;

/// A person's record on its way into the tables.
pub(crate) struct Projection {
    pub(crate) person: PersonId,
    pub(crate) restricted: bool,
    /// Those who were merged into the person.
    pub(crate) merged: Vec<PersonId>,
    pub(crate) composed: Composed,
}

/// Makes the record of a person who stands anew. Of those merged into the person nothing is left in
/// these tables but a bare row of `person`.
pub(crate) fn project(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
) -> Result<()> {
    let members = group(tx, person)?;
    let mut restricted = false;
    for member in &members {
        store::ensure(tx, environment, *member)?;
        restricted |= tx.one(
            sql!("SELECT restricted FROM person WHERE id = $1"),
            params![member],
            |row| row.get::<bool>(0),
        )?;
    }
    let mut versions = Vec::new();
    for member in &members {
        versions.extend(store::versions(tx, *member)?);
    }
    for member in &members {
        clear(tx, *member)?;
    }
    let composed = compose(versions);
    update_person(tx, person, &composed)?;
    let merged = members.into_iter().filter(|member| *member != person);
    let projection = Projection {
        person,
        restricted,
        merged: merged.collect(),
        composed,
    };
    put(tx, &[projection])
}

fn clear(tx: &mut Transaction<'_>, person: PersonId) -> Result<()> {
    for sql in [
        sql!("DELETE FROM person_name WHERE person = $1"),
        sql!("DELETE FROM person_address WHERE person = $1"),
        sql!("DELETE FROM person_contact WHERE person = $1"),
        sql!("DELETE FROM person_identifier WHERE person = $1"),
        sql!("DELETE FROM person_word WHERE person = $1"),
        sql!("DELETE FROM match_entry WHERE person = $1"),
        sql!(
            "UPDATE person SET born = NULL, died = NULL, sex = NULL, practice = NULL, locality = NULL,
                 council = NULL, lsoa = NULL WHERE id = $1"
        ),
    ] {
        tx.execute(sql, params![person])?;
    }
    Ok(())
}

fn update_person(tx: &mut Transaction<'_>, person: PersonId, composed: &Composed) -> Result<()> {
    let place = &composed.place;
    tx.execute(
        sql!(
            "UPDATE person SET born = $2, died = $3, sex = $4, practice = $5, locality = $6, council = $7,
                 lsoa = $8 WHERE id = $1"
        ),
        params![
            person,
            composed.born.value(),
            composed.died.value(),
            composed.sex.value(),
            composed.practice.value(),
            place.locality,
            place.council,
            place.lsoa
        ],
    )?;
    Ok(())
}

/// Stores the rows of people who have none yet, and notes that something about them has changed: numbers depend on dates
/// of birth and death, on addresses, on who is on record, and on whose facts are one history.
pub(crate) fn put(tx: &mut Transaction<'_>, all: &[Projection]) -> Result<()> {
    // First, as words and lines to match by hold what others wait for too: in every transaction facts come before them.
    let members = all
        .iter()
        .flat_map(|one| [one.person].into_iter().chain(one.merged.iter().copied()));
    stour_facts::touch(tx, members.map(Some))?;
    tx.bulk("person_name", &NAME, all.iter().flat_map(names))?;
    tx.bulk("person_address", &ADDRESS, all.iter().flat_map(addresses))?;
    tx.bulk("person_contact", &CONTACT, all.iter().flat_map(contacts))?;
    tx.bulk("person_identifier", &NUMBER, all.iter().flat_map(numbers))?;
    insert_words(tx, all.iter().map(|one| (one.person, words(&one.composed))))?;
    put_entries(tx, all)
}

/// Stores the lines of people who have none, numbered after every other.
pub(crate) fn put_entries(tx: &mut Transaction<'_>, all: &[Projection]) -> Result<()> {
    let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let last = tx.one(
        sql!(
            "INSERT INTO match_sequence (one, last) VALUES (1, $1)
             ON CONFLICT (one) DO UPDATE SET last = match_sequence.last + $1 RETURNING last"
        ),
        params![count],
        |row| row.get::<i64>(0),
    )?;
    let rows = (last - count + 1..).zip(all).map(|(sequence, one)| {
        let line = entry::line(&one.composed, one.restricted, &one.merged);
        owned(params![one.person, sequence, line])
    });
    tx.bulk("match_entry", &["person", "sequence", "line"], rows)?;
    Ok(())
}

const NAME: [&str; 11] = [
    "person",
    "number",
    "use_code",
    "family",
    "given",
    "prefix",
    "shown",
    "ends",
    "source",
    "recorded_at",
    "ended_at",
];
const ADDRESS: [&str; 11] = [
    "person",
    "number",
    "lines",
    "postcode",
    "lsoa",
    "shown",
    "starts",
    "ends",
    "source",
    "recorded_at",
    "ended_at",
];
const CONTACT: [&str; 9] = [
    "person",
    "number",
    "kind",
    "value",
    "starts",
    "ends",
    "source",
    "recorded_at",
    "ended_at",
];
const NUMBER: [&str; 6] = [
    "person",
    "system",
    "value",
    "status",
    "source",
    "recorded_at",
];

fn names(one: &Projection) -> impl Iterator<Item = Vec<Value<'static>>> + '_ {
    (1_i64..).zip(&one.composed.names).map(|(number, row)| {
        let (name_use, name) = &row.what;
        owned(params![
            one.person,
            number,
            name_use,
            name.family.as_str(),
            given(name),
            prefix(name),
            row.shown,
            row.ended.map(|(day, _)| day),
            row.source,
            row.recorded_at,
            row.ended.map(|(_, at)| at)
        ])
    })
}

fn addresses(one: &Projection) -> impl Iterator<Item = Vec<Value<'static>>> + '_ {
    (1_i64..).zip(&one.composed.addresses).map(|(number, row)| {
        owned(params![
            one.person,
            number,
            list(&row.what.lines),
            row.what.postcode,
            row.what.lsoa,
            row.shown,
            row.starts,
            row.ended.map(|(day, _)| day),
            row.source,
            row.recorded_at,
            row.ended.map(|(_, at)| at)
        ])
    })
}

fn contacts(one: &Projection) -> impl Iterator<Item = Vec<Value<'static>>> + '_ {
    let telephones = one.composed.telephones.iter().map(|row| ("telephone", row));
    let emails = one.composed.emails.iter().map(|row| ("email", row));
    (1_i64..)
        .zip(telephones.chain(emails))
        .map(|(number, (kind, row))| {
            owned(params![
                one.person,
                number,
                kind,
                row.what,
                row.starts,
                row.ended.map(|(day, _)| day),
                row.source,
                row.recorded_at,
                row.ended.map(|(_, at)| at)
            ])
        })
}

fn numbers(one: &Projection) -> impl Iterator<Item = Vec<Value<'static>>> + '_ {
    one.composed.numbers.iter().map(|number| {
        owned(params![
            one.person,
            number.system,
            number.value,
            number.status,
            number.source,
            number.recorded_at
        ])
    })
}

/// The words by which somebody is found: every name, the date of birth and the postcodes of
/// addresses that have not ended.
fn words(composed: &Composed) -> String {
    let mut names: Vec<_> = composed.names.iter().collect();
    names.sort_by_key(|row| !row.shown);
    let mut names = names.into_iter().map(|row| &row.what.1);
    let shown = names.next();
    let mut postcodes: Vec<_> = composed
        .addresses
        .iter()
        .filter(|row| row.ended.is_none())
        .filter_map(|row| row.what.postcode)
        .collect();
    postcodes.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
    postcodes.dedup();
    word::line(&word::Named {
        family: shown.map_or("", |name| name.family.as_str()),
        given: shown
            .iter()
            .flat_map(|name| name.given.iter().map(NameText::as_str))
            .collect(),
        others: names
            .flat_map(|name| {
                [name.family.as_str()]
                    .into_iter()
                    .chain(name.given.iter().map(NameText::as_str))
            })
            .collect(),
        born: composed.born.value().copied(),
        postcodes,
    })
}
