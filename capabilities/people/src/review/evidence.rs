//! What organisations say of both sides, field by field, with who said it and when.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::Permit;
use stour_database::{Error, Transaction};
use stour_kernel::{Code, Environment, OdsCode, PersonId, Timestamp};

use crate::merge::group;
use crate::source::store::versions_to_show;
use crate::source::{RecordId, Said};
use crate::words;

/// Everything that one organisation's record said, the earliest first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    pub(crate) record: RecordId,
    pub(crate) source: OdsCode,
    pub(crate) local: Option<Code>,
    pub(crate) versions: Vec<(Timestamp, Said)>,
}

/// What every organisation says of a permitted person, and of those who were joined with them.
pub(crate) fn told(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    permit: &Permit<BTreeSet<PersonId>>,
    person: PersonId,
) -> Result<Vec<Told>, Error> {
    let mut all: Vec<Told> = Vec::new();
    if !permit.on().contains(&person) {
        return Ok(all);
    }
    for member in group(tx, person)? {
        for version in versions_to_show(tx, environment, member)? {
            let what = (version.recorded_at, version.said);
            match all.last_mut().filter(|told| told.record == version.record) {
                Some(told) => told.versions.push(what),
                None => all.push(Told {
                    record: version.record,
                    source: version.source,
                    local: version.local,
                    versions: vec![what],
                }),
            }
        }
    }
    Ok(all)
}

/// A value, and which organisations say it since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// As it is shown.
    pub(crate) text: String,
    /// As it is compared.
    key: String,
    pub(crate) from: Vec<(OdsCode, Timestamp)>,
}

/// How the two sides of a field stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Both say one thing, and nothing else.
    Same,
    /// They share a value, and one of them has others too.
    Partly,
    /// They share no value.
    Different,
    /// Only one of them says anything: no evidence either way.
    OneSide,
}

/// One field of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) sides: [Vec<Value>; 2],
    pub(crate) agreement: Agreement,
}

type Pick = fn(&Said) -> Option<String>;

/// The fields in the order in which people tell one person from another.
const FIELDS: [(&str, Pick); 11] = [
    ("Family name", |said| {
        Some(said.name.as_ref()?.family.to_string())
    }),
    ("Given names", |said| {
        let given = &said.name.as_ref()?.given;
        let given: Vec<&str> = given.iter().map(crate::person::NameText::as_str).collect();
        Some(given.join(" "))
    }),
    ("Date of birth", |said| Some(words::day(said.born?))),
    ("Place in a multiple birth", |said| {
        Some(said.birth_order?.to_string())
    }),
    ("Sex", |said| {
        let code = said.sex.as_ref()?;
        Some(words::capital(&words::code(&["administrative-sex"], code)))
    }),
    ("NHS number", |said| Some(said.nhs_number?.to_string())),
    ("Address", |said| Some(said.address.as_ref()?.on_one_line())),
    ("Telephone", |said| said.telephone.clone()),
    ("E-mail", |said| said.email.clone()),
    ("GP practice", |said| {
        Some(words::organisation_name(&said.practice?))
    }),
    ("Date of death", |said| Some(words::day(said.died?))),
];

/// Both sides compared, field by field; fields of which neither says anything are left out.
pub(crate) fn compare(sides: [&[Told]; 2]) -> Vec<Field> {
    let fields = FIELDS.into_iter().map(|(name, pick)| {
        let sides = sides.map(|told| values(told, pick));
        (name, sides)
    });
    let own = sides.map(own_numbers);
    fields
        .chain([("Organisation’s own number", own)])
        .filter(|(_, [left, right])| !(left.is_empty() && right.is_empty()))
        .map(|(name, sides)| Field {
            name,
            agreement: agreement(&sides),
            sides,
        })
        .collect()
}

/// What each record says now of one thing, alike values together, the most said first.
fn values(told: &[Told], pick: Pick) -> Vec<Value> {
    let mut by_key: BTreeMap<String, Value> = BTreeMap::new();
    for told in told {
        let mut now: Option<(String, Timestamp)> = None;
        for (at, said) in &told.versions {
            if let Some(text) = pick(said)
                && now.as_ref().is_none_or(|(before, _)| *before != text)
            {
                now = Some((text, *at));
            }
        }
        let Some((text, at)) = now.filter(|(text, _)| !text.is_empty()) else {
            continue;
        };
        let key = key(&text);
        let value = by_key.entry(key.clone()).or_insert_with(|| Value {
            text,
            key,
            from: Vec::new(),
        });
        value.from.push((told.source, at));
    }
    let mut values: Vec<Value> = by_key.into_values().collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.from.len()));
    values
}

/// The numbers of organisations; the same only where the organisation is the same.
fn own_numbers(told: &[Told]) -> Vec<Value> {
    let numbers = told.iter().filter_map(|told| {
        let local = told.local.as_ref()?;
        let at = told.versions.first().map(|(at, _)| *at)?;
        Some(Value {
            text: local.to_string(),
            key: format!("{} {local}", told.source),
            from: vec![(told.source, at)],
        })
    });
    numbers.collect()
}

/// A value without what people write in different ways: capitals, spaces and marks.
fn key(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn agreement([left, right]: &[Vec<Value>; 2]) -> Agreement {
    if left.is_empty() || right.is_empty() {
        return Agreement::OneSide;
    }
    let has = |values: &[Value], key: &str| values.iter().any(|value| value.key == key);
    let shared = left.iter().filter(|value| has(right, &value.key)).count();
    match shared {
        0 => Agreement::Different,
        shared if shared == left.len() && shared == right.len() => Agreement::Same,
        _ => Agreement::Partly,
    }
}

/// The words of a value, each with whether the other side has it too.
pub(crate) fn parts<'v>(value: &'v Value, other: &[Value]) -> Vec<(&'v str, bool)> {
    let known: BTreeSet<String> = other
        .iter()
        .flat_map(|value| value.text.split_whitespace().map(key))
        .collect();
    value
        .text
        .split_whitespace()
        .map(|word| (word, other.is_empty() || known.contains(&key(word))))
        .collect()
}

#[cfg(test)]
mod tests;
