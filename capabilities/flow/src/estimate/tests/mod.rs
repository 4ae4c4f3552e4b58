//! Estimates on both databases.

mod counted;
mod kept;
mod pages;
mod reported;

use jiff::ToSpan;
use serde_json::json;
use stour_database::{Database, Transaction};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::{Date, Environment};
use stour_people::{Demographics, PersonName};

use super::{learn, store};
use crate::error::FlowError;
use crate::spell::{LoadedSpell, Place, SpellId, insert_spells};

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Emergency admissions to geriatric medicine of people born in February 1941, each another person's, that lasted so many
/// nights, on days of September; and how long they last is counted.
pub(crate) fn history(database: &Database, environment: &Environment, nights: &[i64]) {
    let (environment, nights) = (environment.clone(), nights.to_vec());
    database
        .write_blocking(move |tx| {
            for (number, nights) in nights.iter().enumerate() {
                over(tx, &environment, number, *nights)?;
            }
            let tables = learn::tables_of(tx, environment.today())?;
            store::replace_tables(tx, environment.today(), &tables)?;
            Ok::<_, FlowError>(())
        })
        .unwrap();
}

fn over(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    number: usize,
    nights: i64,
) -> Result<(), FlowError> {
    let who = Demographics {
        born: Some(day("1941-02-03")),
        ..Demographics::named(PersonName::new("Before", &format!("Of-{number}")).unwrap())
    };
    let organisation = "R0D".parse().unwrap();
    let person = stour_people::create(tx, environment, &who, organisation, "a test")?;
    let started = day("2026-09-01");
    let fact = NewFact {
        thread: None,
        kind: FactKind::Spell,
        person: Some(person),
        organisation,
        commissioner: None,
        locality: None,
        council: None,
        started,
        ended: Some(started.checked_add(nights.days()).unwrap()),
        outcome: Some("19".parse().unwrap()),
        cost: None,
        source: Source {
            system: "a test".to_owned(),
            reference: format!("stay {number} {}", environment.id::<SpellId>()),
        },
        detail: json!({"method": "21", "specialty": "430"}),
        recorded_by: "a test".to_owned(),
    };
    append(tx, environment, fact)?;
    Ok(())
}

/// Stays of so many people like those of [`history`], loaded and not sent, that ended or go on.
fn load(
    database: &Database,
    environment: &Environment,
    number: usize,
    (admitted, left): (&str, Option<&str>),
) {
    let environment = environment.clone();
    let moment = |text: &str| format!("{text}T09:00:00Z").parse().unwrap();
    let (admitted, left) = (moment(admitted), left.map(moment));
    database
        .write_blocking(move |tx| {
            let mut loaded = Vec::new();
            for at in 0..number {
                let who =
                    Demographics::named(PersonName::new("Smith", &format!("Of-{at}")).unwrap());
                let source = "R0D".parse().unwrap();
                let person = stour_people::create(tx, &environment, &who, source, "a test")?;
                loaded.push(LoadedSpell {
                    person,
                    born: Some(day("1941-02-03")),
                    organisation: source,
                    visit_number: format!("L{at}"),
                    admitted,
                    place: Place::default(),
                    method: Some("21".to_owned()),
                    specialty: Some("430".to_owned()),
                    left: left.map(|left| (left, "19".to_owned())),
                    expected: None,
                    ready: None,
                    came_from: None,
                    arrived_by: None,
                    diagnosis: None,
                    frailty: None,
                    thread: None,
                    source: "synthetic".to_owned(),
                });
            }
            insert_spells(tx, &environment, &loaded)
        })
        .unwrap();
}

/// What the system has said of a stay, the first first.
fn made(database: &Database, spell: SpellId) -> Vec<store::Made> {
    database
        .read_blocking(move |tx| store::made_of(tx, spell))
        .unwrap()
}
