use stour_database::Database;
use stour_database::testing::each_database;
use stour_kernel::Environment;

use super::*;
use crate::person::{MatchOutcome, Matched, PersonName, match_or_create, version_of};
use crate::{Destination, move_record};

const SOURCE: &str = "RBD";

fn ods() -> OdsCode {
    SOURCE.parse().unwrap()
}

fn mary(family: &str) -> Demographics {
    let number: NhsNumber = "9990000018".parse().unwrap();
    Demographics {
        nhs_number: Some(number),
        local: Some("D1".parse().unwrap()),
        born: Some("1940-05-06".parse().unwrap()),
        ..Demographics::named(PersonName::new(family, "Mary").unwrap())
    }
}

fn say(database: &Database, environment: &Environment, who: &Demographics) -> Matched {
    let (environment, who) = (environment.clone(), who.clone());
    database
        .write_blocking(move |tx| match_or_create(tx, &environment, &who, ods()))
        .unwrap()
}

/// Whom the organisation means, if nothing is to be looked at.
fn familiar(database: &Database, who: &Demographics) -> Option<PersonId> {
    let who = who.clone();
    database
        .read_blocking(move |tx| person(tx, &who, ods()))
        .unwrap()
}

fn test(check: impl Fn(&Database, &Environment)) {
    each_database(&[stour_facts::MIGRATIONS, crate::MIGRATIONS], |database| {
        check(&database, &Environment::fixed("2026-11-24T09:00:00Z"));
    });
}

#[test]
fn what_was_said_twice_is_known_from_then_on() {
    test(|database, environment| {
        let first = say(database, environment, &mary("Green"));
        assert_eq!(familiar(database, &mary("Green")), None, "it was new");
        say(database, environment, &mary("Green"));
        assert_eq!(familiar(database, &mary("Green")), Some(first.person));
        let version = database.read_blocking(move |tx| version_of(tx, first.person));
        let again = say(database, environment, &mary("Green"));
        assert_eq!(
            again,
            Matched {
                person: first.person,
                outcome: MatchOutcome::Linked { flag: None }
            }
        );
        assert_eq!(
            database.read_blocking(move |tx| version_of(tx, first.person)),
            version
        );
    });
}

#[test]
fn what_was_said_otherwise_meanwhile_is_looked_at() {
    test(|database, environment| {
        for family in ["Green", "Green", "Brown"] {
            say(database, environment, &mary(family));
        }
        assert_eq!(familiar(database, &mary("Green")), None);
        assert_eq!(familiar(database, &mary("Brown")), None, "it was new");
        let person = say(database, environment, &mary("Green")).person;
        let family = database.read_blocking(move |tx| {
            tx.one(
                sql!("SELECT family FROM person_name WHERE person = $1 AND shown = TRUE"),
                params![person],
                |row| row.get::<String>(0),
            )
        });
        assert_eq!(family, Ok("Green".to_owned()), "the last word stands");
    });
}

#[test]
fn what_a_record_that_was_moved_said_is_looked_at() {
    test(|database, environment| {
        let person = say(database, environment, &mary("Green")).person;
        say(database, environment, &mary("Green"));
        // Another organisation knows her too, so that she keeps a name.
        let (clock, who) = (environment.clone(), mary("Green"));
        let other: OdsCode = "R0D".parse().unwrap();
        database
            .write_blocking(move |tx| match_or_create(tx, &clock, &who, other))
            .unwrap();
        say(database, environment, &mary("Green"));
        assert_eq!(familiar(database, &mary("Green")), Some(person));
        let clock = environment.clone();
        let moved = database
            .write_blocking(move |tx| {
                let record = tx.one(
                    sql!("SELECT record FROM source_record WHERE source = $1"),
                    params![ods()],
                    |row| row.get(0),
                )?;
                move_record(tx, &clock, record, Destination::New, "another", "a test")
            })
            .unwrap();
        assert_eq!(familiar(database, &mary("Green")), None);
        assert_eq!(say(database, environment, &mary("Green")).person, moved);
    });
}

#[test]
fn what_was_not_stored_is_not_remembered() {
    test(|database, environment| {
        say(database, environment, &mary("Green"));
        let (clock, who) = (environment.clone(), mary("Green"));
        let refused = database.write_blocking(move |tx| {
            match_or_create(tx, &clock, &who, ods())?;
            Err::<(), _>(crate::PeopleError::NoPerson)
        });
        assert!(refused.is_err());
        assert_eq!(familiar(database, &mary("Green")), None);
    });
}
