//! The numbers follow what is committed, on each database.

use std::ffi::OsString;

use stour_database::Error;
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

/// Runs `stour indicators --json`.
fn check(site: &Site) -> Result<(), String> {
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
