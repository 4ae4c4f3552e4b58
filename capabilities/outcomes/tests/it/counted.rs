//! The numbers follow what is committed, on each database.

use std::ffi::OsString;

use serde_json::json;
use stour_database::{Error, params, sql};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::PersonId;
use stour_people::{Address, Demographics, PersonName, create, merge, undo_merge, version_of};
use stour_web::testing::Site;

use crate::support::{day, discharges, house};

const API: &str = "/api/indicators/still-at-home";

fn total(site: &Site) -> (i64, i64) {
    let json = site.browser("analyst").get_json(API);
    let count = |half: &str| {
        let found = json.pointer(&format!("/total/{half}"));
        found.and_then(serde_json::Value::as_i64).unwrap()
    };
    (count("numerator"), count("denominator"))
}

/// Emergency stays of twenty people of whom nothing is known, each soon after another's; each time of others.
fn strangers(site: &Site, number: u32) {
    let environment = site.environment().clone();
    let stay = |reference: &str, from: &str, to: &str| NewFact {
        thread: None,
        kind: FactKind::Spell,
        person: None,
        organisation: "R0D".parse().unwrap(),
        commissioner: None,
        locality: None,
        council: "E06000058".parse().ok(),
        started: from.parse().unwrap(),
        ended: to.parse().ok(),
        outcome: None,
        cost: None,
        source: Source {
            system: "test".to_owned(),
            reference: format!("{reference}-{number}"),
        },
        detail: json!({ "admission_method": "21", "destination": "19", "discharge_method": "1" }),
        recorded_by: "a test".to_owned(),
    };
    let stays: Vec<NewFact> = (1..=20)
        .map(|day| {
            let (from, to) = (
                format!("2026-03-{day:02}"),
                format!("2026-03-{:02}", day + 3),
            );
            stay(&from, &from, &to)
        })
        .collect();
    site.database()
        .write_blocking(move |tx| {
            for stay in &stays {
                append(tx, &environment, stay.clone()).unwrap();
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

/// Runs `stour indicators --json`.
pub(crate) fn check(site: &Site) -> Result<(), String> {
    let commands = stour_outcomes::capability().commands;
    let command = commands
        .iter()
        .find(|command| (command.define)().get_name() == "indicators")
        .unwrap();
    let words = ["indicators", "--json"].map(OsString::from);
    let matches = (command.define)().try_get_matches_from(words).unwrap();
    (command.run)(site.house(), &matches).map_err(|error| error.to_string())
}

#[test]
fn numbers_follow_the_facts_and_are_what_a_count_anew_gives() {
    house(|site| {
        discharges(site, "2026-03", "E06000058", 30, 40);
        assert_eq!(total(site), (30, 40));
        discharges(site, "2026-04", "E06000059", 8, 9);
        assert_eq!(total(site), (38, 49));
        assert_eq!(check(site), Ok(()));
    });
}

#[test]
fn a_stay_of_one_stranger_is_no_readmission_of_another() {
    house(|site| {
        let address = "/api/indicators/emergency-readmissions-30-days";
        let counted = || {
            let json = site.browser("analyst").get_json(address);
            ["numerator", "denominator"].map(|half| {
                json.pointer(&format!("/total/{half}"))
                    .and_then(serde_json::Value::as_i64)
            })
        };
        strangers(site, 1);
        assert_eq!(counted(), [Some(0), Some(20)]);
        assert_eq!(check(site), Ok(()));
    });
}

#[test]
fn somebody_with_two_records_counts_as_one_person_and_as_two_again() {
    house(|site| {
        let people = discharges(site, "2026-03", "E06000058", 40, 40);
        assert_eq!(total(site), (40, 40));
        let (one, other) = (people[0], people[20]);
        let environment = site.environment().clone();
        let joined = site
            .database()
            .write_blocking(move |tx| {
                let survivor = (one, version_of(tx, one)?.ok_or(Error::NotFound)?);
                let merged = (other, version_of(tx, other)?.ok_or(Error::NotFound)?);
                Ok::<_, Error>(
                    merge(tx, &environment, survivor, merged, "a test", "a test").unwrap(),
                )
            })
            .unwrap();
        // Both left on the same day of the month and began reablement on the next: one discharge of one person.
        assert_eq!(total(site), (39, 39));
        assert_eq!(check(site), Ok(()));
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| {
                undo_merge(tx, &environment, joined, "a test", "a test").unwrap();
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(total(site), (40, 40));
        assert_eq!(check(site), Ok(()));
    });
}

const RATE: &str = "/api/indicators/emergency-admissions-65";

/// How many people a rate is of: those on record, as so few are.
fn population(site: &Site) -> Option<f64> {
    let json = site.browser("analyst").get_json(RATE);
    json.pointer("/total/denominator")?.as_f64()
}

/// Living people of whom there is no fact.
fn people(site: &Site, born: &str, lsoa: Option<&str>, many: usize) -> Vec<PersonId> {
    let environment = site.environment().clone();
    let (born, lsoa) = (day(born), lsoa.map(|lsoa| lsoa.parse().unwrap()));
    site.database()
        .write_blocking(move |tx| {
            let made = (0..many).map(|number| {
                let name = PersonName::new(&format!("Quiet{number}"), "Ann").unwrap();
                let who = Demographics {
                    born: Some(born),
                    address: Some(Address {
                        lines: vec![format!("{number} High Street")],
                        postcode: None,
                        lsoa,
                    }),
                    ..Demographics::named(name)
                };
                create(tx, &environment, &who, "R0D".parse().unwrap(), "a test").unwrap()
            });
            Ok::<Vec<_>, Error>(made.collect())
        })
        .unwrap()
}

#[test]
fn people_on_record_are_those_who_are_recorded_now_and_as_old_as_today() {
    house(|site| {
        // The first look finds an empty database.
        assert_eq!(population(site), Some(0.0));
        let old = people(site, "1945-05-05", None, 30);
        assert_eq!(population(site), Some(30.0));
        discharges(site, "2026-03", "E06000058", 10, 10);
        assert_eq!(population(site), Some(40.0));
        let (one, other, environment) = (old[0], old[1], site.environment().clone());
        let joined = site
            .database()
            .write_blocking(move |tx| {
                let survivor = (one, version_of(tx, one)?.ok_or(Error::NotFound)?);
                let merged = (other, version_of(tx, other)?.ok_or(Error::NotFound)?);
                let merged = merge(tx, &environment, survivor, merged, "a test", "a test");
                Ok::<_, Error>(merged.unwrap())
            })
            .unwrap();
        assert_eq!(population(site), Some(39.0));
        assert_eq!(check(site), Ok(()));
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| {
                undo_merge(tx, &environment, joined, "a test", "a test").unwrap();
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(population(site), Some(40.0));
        // They are 65 from tomorrow on.
        let tomorrow = site.environment().today().tomorrow().unwrap();
        let born = tomorrow.to_string().replacen("2026", "1961", 1);
        people(site, &born, None, 5);
        assert_eq!(population(site), Some(40.0));
        assert_eq!(check(site), Ok(()));
        site.clock().advance(std::time::Duration::from_hours(24));
        assert_eq!(population(site), Some(45.0));
        assert_eq!(check(site), Ok(()));
    });
}

#[test]
fn a_change_that_nobody_noted_is_found_by_the_check() {
    house(|site| {
        let people = discharges(site, "2026-03", "E06000058", 30, 40);
        assert_eq!(check(site), Ok(()));
        let person = people[0];
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    sql!("UPDATE fact SET council = 'E06000059' WHERE person = $1"),
                    params![person],
                )
            })
            .unwrap();
        let unsound = Err("The indicators are not sound.".to_owned());
        assert_eq!(check(site), unsound);
        // Whatever is noted of the person now brings the change along.
        site.database()
            .write_blocking(move |tx| stour_facts::touch(tx, [Some(person)]))
            .unwrap();
        assert_eq!(check(site), Ok(()));
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    sql!("UPDATE person SET lsoa = 'E01015272' WHERE id = $1"),
                    params![person],
                )
            })
            .unwrap();
        assert_eq!(check(site), unsound);
    });
}

#[test]
fn facts_about_nobody_are_of_no_small_area_however_they_are_read() {
    house(|site| {
        // Somebody's small area is the first that is heard of.
        people(site, "1945-05-05", Some("E01015272"), 1);
        let unknown = || {
            let address = "/api/indicators/emergency-readmissions-30-days";
            let json = site.browser("analyst").get_json(address);
            let pieces = json["pieces"].as_array().unwrap();
            let piece = pieces
                .iter()
                .find(|piece| piece["by"] == "deprivation" && piece["code"].is_null());
            piece.and_then(|piece| piece["denominator"].as_i64())
        };
        strangers(site, 1);
        assert_eq!(unknown(), Some(20));
        strangers(site, 2);
        assert_eq!(unknown(), Some(40));
        assert_eq!(check(site), Ok(()));
    });
}

#[test]
fn facts_of_somebody_without_a_record_are_nobodys_until_there_is_one() {
    house(|site| {
        strangers(site, 1);
        let person: PersonId = site.environment().id();
        let give = |reference: &'static str| {
            site.database()
                .write_blocking(move |tx| {
                    tx.execute(
                        sql!("UPDATE fact SET person = $1 WHERE source_reference LIKE $2"),
                        params![person, reference],
                    )?;
                    stour_facts::touch(tx, [None, Some(person)])
                })
                .unwrap();
        };
        give("2026-03-01-%");
        assert_eq!(check(site), Ok(()));
        give("2026-03-1%");
        assert_eq!(check(site), Ok(()));
    });
}
