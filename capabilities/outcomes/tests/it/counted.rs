//! The numbers follow what is committed, on each database.

use std::ffi::OsString;

use serde_json::json;
use stour_database::Error;
use stour_facts::{FactKind, NewFact, Source, append};
use stour_people::{merge, undo_merge, version_of};
use stour_web::testing::Site;

use crate::support::{discharges, house};

const API: &str = "/api/indicators/still-at-home";

fn total(site: &Site) -> (i64, i64) {
    let json = site.browser("analyst").get_json(API);
    let count = |half: &str| {
        let found = json.pointer(&format!("/total/{half}"));
        found.and_then(serde_json::Value::as_i64).unwrap()
    };
    (count("numerator"), count("denominator"))
}

/// Emergency stays of twenty people of whom nothing is known, each soon after another's.
fn strangers(site: &Site) {
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
            reference: reference.to_owned(),
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
        strangers(site);
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
