//! What the fact log is told of nights in hospital after somebody was ready.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_database::testing::each_database;
use stour_database::{Database, params, sql};
use stour_facts::{Fact, FactKind, of_people_as_known};
use stour_kernel::{Date, Environment, Timestamp};

use super::{adt, environment, in_hospital, migrations, take};
use crate::spell::{Review, add_review, bring_up, lost_since, reviewed, reviews, waiting};

fn day(number: i8) -> Date {
    Date::new(2026, 11, number).unwrap()
}

fn review(on: i8, found: Option<&str>) -> Review {
    Review {
        on: day(on),
        meets: found.is_none(),
        because: found.unwrap_or("2").to_owned(),
        pathway: found.map(|_| "1".to_owned()),
        next_step: "Book the ambulance, ward clerk".to_owned(),
    }
}

/// The only person in hospital is reviewed.
fn say(database: &Database, environment: &Environment, review: Review) {
    let spell = in_hospital(database)[0].clone();
    let environment = environment.clone();
    database
        .write_blocking(move |tx| {
            let (seen, by) = (
                (spell.id, spell.version),
                ("Sister Green", environment.id(), spell.organisation),
            );
            add_review(tx, &environment, seen, &review, by)
        })
        .unwrap();
}

/// Each night that the log has as lost, with the code of its reason.
fn told(database: &Database) -> BTreeMap<Date, Option<String>> {
    let facts = database
        .read_blocking(|tx| {
            let person = tx.one(sql!("SELECT person FROM spell"), params![], |row| {
                row.get(0)
            })?;
            of_people_as_known(tx, &[person], Timestamp::MAX)
        })
        .unwrap();
    let is_night = |fact: &Fact| {
        fact.what.kind == FactKind::DayWithoutCriteriaToReside && fact.what.outcome.is_none()
    };
    let mut nights = BTreeMap::new();
    for fact in facts.into_iter().filter(is_night) {
        assert_eq!(fact.what.ended, Some(fact.what.started));
        let reason = fact.what.detail["reason_code"].as_str().map(str::to_owned);
        let before = nights.insert(fact.what.started, reason);
        assert_eq!(before, None, "a night is one thing");
    }
    nights
}

fn lost(nights: &[(i8, &str)]) -> BTreeMap<Date, Option<String>> {
    let one = |(number, reason): &(i8, &str)| (day(*number), Some((*reason).to_owned()));
    nights.iter().map(one).collect()
}

#[test]
fn nights_are_told_put_right_and_taken_back() {
    each_database(&migrations(), |database| {
        let now = environment();
        take(&database, &now, &[adt("A01", "1", "202611200900", "BAMU")]);
        say(&database, &now, review(21, Some("HP4")));
        assert_eq!(
            told(&database),
            lost(&[(21, "HP4"), (22, "HP4"), (23, "HP4")])
        );
        say(&database, &now, review(23, Some("IP1")));
        assert_eq!(
            told(&database),
            lost(&[(21, "HP4"), (22, "HP4"), (23, "IP1")])
        );
        // A criterion that is met again takes the earlier days back.
        say(&database, &now, review(22, None));
        assert_eq!(told(&database), lost(&[(23, "IP1")]));
        // The next morning nobody has said anything yet, and one more night has gone.
        let tomorrow = Environment::fixed("2026-11-25T00:10:00Z");
        for _ in 0..2 {
            let environment = tomorrow.clone();
            database
                .write_blocking(move |tx| {
                    for spell in waiting(tx)? {
                        bring_up(tx, &environment, spell)?;
                    }
                    Ok::<_, crate::FlowError>(())
                })
                .unwrap();
            assert_eq!(told(&database), lost(&[(23, "IP1"), (24, "IP1")]));
        }
        // A discharge that comes late: the person had left on the 24th.
        take(
            &database,
            &tomorrow,
            &[adt("A03", "2", "202611241000", "BAMU")],
        );
        assert_eq!(told(&database), lost(&[(23, "IP1")]));
        let nights = database.read_blocking(|tx| lost_since(tx, day(1))).unwrap();
        assert_eq!(nights.len(), 1);
        assert_eq!(nights[0].of, day(23));
    });
}

#[test]
fn a_stay_that_never_was_lost_no_night() {
    each_database(&migrations(), |database| {
        let now = environment();
        take(&database, &now, &[adt("A01", "1", "202611200900", "BAMU")]);
        say(&database, &now, review(21, Some("HP4")));
        assert_eq!(told(&database).len(), 3);
        take(&database, &now, &[adt("A11", "2", "202611200900", "BAMU")]);
        assert_eq!(told(&database), BTreeMap::new());
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever was said in whatever order, the log has the nights that the reviews as they stand give, and they add up to
    /// the days between being ready and today.
    #[test]
    fn the_log_has_the_nights_that_the_reviews_give(
        said in prop::collection::vec((20..=24_i8, prop::option::of(prop::sample::select(vec!["HP4", "IP1", "CA1"]))), 1..8)
    ) {
        each_database(&migrations(), |database| {
            let now = environment();
            take(&database, &now, &[adt("A01", "1", "202611200900", "BAMU")]);
            for (on, found) in &said {
                say(&database, &now, review(*on, *found));
            }
            let spell = in_hospital(&database)[0].clone();
            let kept = {
                let id = spell.id;
                database.read_blocking(move |tx| reviews(tx, id)).unwrap()
            };
            let stay = reviewed(&spell, &kept).unwrap();
            let nights = stour_discharge::nights_lost(&stay, now.today());
            let wanted: BTreeMap<_, _> = nights.into_iter().map(|night| (night.of, night.reason)).collect();
            let told = told(&database);
            assert_eq!(told, wanted);
            let between = spell.discharge_ready.map_or(0, |ready| (now.today() - ready).get_days());
            assert_eq!(i32::try_from(told.len()).unwrap(), between);
        });
    }
}
