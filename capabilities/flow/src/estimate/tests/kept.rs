//! The estimates of a stay, as they are made and kept.

use proptest::prelude::*;
use stour_database::testing::each_database;
use stour_database::{Database, params, sql};
use stour_kernel::Environment;

use super::super::frailty::{Found, record};
use super::super::store::Why;
use super::super::{PastEstimates, errors, estimate_past, learn};
use super::{day, history, load, made};
use crate::message::tests::{adt, in_hospital, migrations, rebuild_all, take};
use crate::spell::{SaidBy, Spell, renew, set_expected};

fn on(date: &str) -> Environment {
    Environment::fixed(&format!("{date}T09:00:00Z"))
}

/// Forty stays: a quarter of two nights, half of eight, a quarter of sixteen.
const LIKE: [i64; 4] = [2, 8, 8, 16];

fn forty() -> Vec<i64> {
    LIKE.iter().copied().cycle().take(40).collect()
}

fn morning(database: &Database, environment: &Environment, spell: &Spell) {
    let (environment, id) = (environment.clone(), spell.id);
    database
        .write_blocking(move |tx| renew(tx, &environment, id))
        .unwrap();
}

#[test]
fn an_estimate_is_made_at_admission_and_once() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &forty());
        let admitted = adt("A01", "1", "202611200800", "BAMU");
        take(&database, &today, &[admitted.clone(), admitted]);
        take(
            &database,
            &today,
            &[adt("A02", "2", "202611200830", "BELD")],
        );
        let spell = in_hospital(&database).remove(0);
        let told = made(&database, spell.id);
        assert_eq!(told.len(), 1);
        let dates = ["2026-11-28", "2026-12-06", "2026-12-06"];
        assert_eq!(told[0].dates, dates.map(|date| Some(day(date))));
        assert_eq!(
            (told[0].why, told[0].ended, told[0].open),
            (Why::Admitted, 40, 0)
        );
        let cell = "method=emergency;age=85-and-over;specialty=430;history=none";
        assert_eq!(told[0].cell.as_deref(), Some(cell));
        let expected = spell.expected.clone().unwrap();
        assert_eq!(
            (expected.by, expected.on),
            (SaidBy::System, day("2026-11-28"))
        );
        assert!(
            expected.basis.contains("half of 40 stays"),
            "{}",
            expected.basis
        );
        // A day begins, and nothing that it rests on has changed.
        morning(&database, &on("2026-11-21"), &spell);
        assert_eq!(made(&database, spell.id).len(), 1);
        assert_eq!(in_hospital(&database), [spell]);
    });
}

#[test]
fn where_too_few_stays_have_ended_nothing_is_made_up() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &forty()[..29]);
        take(
            &database,
            &today,
            &[adt("A01", "1", "202611200800", "BAMU")],
        );
        let spell = in_hospital(&database).remove(0);
        assert_eq!(spell.expected, None);
        let told = made(&database, spell.id);
        assert_eq!((told.len(), told[0].cell.as_deref()), (1, None));
        assert_eq!(told[0].dates, [None; 3]);
        // It looks again each morning, and says nothing until it knows.
        morning(&database, &on("2026-11-21"), &spell);
        assert_eq!(made(&database, spell.id).len(), 1);
        history(&database, &on("2026-11-22"), &[8]);
        morning(&database, &on("2026-11-22"), &spell);
        let told = made(&database, spell.id);
        // Of stays of two nights or longer, all thirty: half have ended by the eighth.
        assert_eq!(
            (told.len(), told[1].why, told[1].ended),
            (2, Why::NowKnown, 30)
        );
        assert_eq!(
            in_hospital(&database)[0].expected.as_ref().unwrap().on,
            day("2026-11-28")
        );
    });
}

#[test]
fn a_date_that_has_passed_is_made_anew_from_stays_that_lasted_as_long() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &[2, 2, 2, 16].repeat(30));
        take(
            &database,
            &today,
            &[adt("A01", "1", "202611200800", "BAMU")],
        );
        let spell = in_hospital(&database).remove(0);
        assert_eq!(spell.expected.as_ref().unwrap().on, day("2026-11-22"));
        morning(&database, &on("2026-11-22"), &spell);
        assert_eq!(
            made(&database, spell.id).len(),
            1,
            "the day itself is not past"
        );
        let later = on("2026-11-23");
        morning(&database, &later, &spell);
        morning(&database, &later, &spell);
        let told = made(&database, spell.id);
        assert_eq!(
            (told.len(), told[1].why, told[1].stayed),
            (2, Why::Passed, 3)
        );
        assert_eq!(
            (told[1].ended, told[1].dates[0]),
            (30, Some(day("2026-12-06")))
        );
        // The history is as it was, and nothing is known of stays that lasted longer than any.
        let longest = on("2026-12-08");
        morning(&database, &longest, &spell);
        let told = made(&database, spell.id);
        assert_eq!((told.len(), told[2].cell.as_deref()), (3, None));
        assert_eq!(in_hospital(&database)[0].expected, None);
    });
}

#[test]
fn a_named_person_stands_over_the_system_and_both_are_kept() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &forty());
        take(
            &database,
            &today,
            &[adt("A01", "1", "202611200800", "BAMU")],
        );
        let spell = in_hospital(&database).remove(0);
        let (environment, id, seen) = (today.clone(), spell.id, spell.version);
        let likely = crate::estimate::Likely {
            on: day("2026-11-25"),
            surer: [Some(day("2026-11-27")), None],
            name: "Sister Green".to_owned(),
            role: "ward sister".to_owned(),
        };
        database
            .write_blocking(move |tx| {
                let by = (environment.id(), "R0D".parse().unwrap());
                set_expected(tx, &environment, (id, seen), &likely, by)
            })
            .unwrap();
        let now = in_hospital(&database).remove(0);
        let expected = now.expected.clone().unwrap();
        assert_eq!(
            (expected.by, expected.on),
            (SaidBy::Staff, day("2026-11-25"))
        );
        assert_eq!(expected.basis, "Sister Green, ward sister");
        assert_eq!(made(&database, id).len(), 1);
        // The system's date passes: it says another, and hers stands.
        morning(&database, &on("2026-11-30"), &spell);
        assert_eq!(made(&database, id).len(), 2);
        assert_eq!(in_hospital(&database), [now]);
    });
}

#[test]
fn what_is_found_of_frailty_changes_the_estimate_and_not_the_stay() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &forty());
        take(
            &database,
            &today,
            &[adt("A01", "1", "202611200800", "BAMU")],
        );
        let spell = in_hospital(&database).remove(0);
        let (environment, id, seen) = (today.clone(), spell.id, spell.version);
        let found = Found {
            level: 6,
            on: day("2026-11-20"),
            name: "Dr White".to_owned(),
            role: "consultant".to_owned(),
            at: today.now(),
        };
        database
            .write_blocking(move |tx| {
                let by = (environment.id(), "R0D".parse().unwrap());
                record(tx, &environment, (id, seen), &found, by)
            })
            .unwrap();
        let told = made(&database, id);
        assert_eq!((told.len(), told[1].why), (2, Why::Changed));
        // Nobody like her was found to be as frail: the group without it is asked.
        assert_eq!(told[1].cell, told[0].cell);
        assert_eq!(
            in_hospital(&database)[0].expected.as_ref().unwrap().on,
            day("2026-11-28")
        );
    });
}

#[test]
fn stays_added_up_anew_keep_their_estimates() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &forty());
        take(
            &database,
            &today,
            &[adt("A01", "1", "202611200800", "BAMU")],
        );
        let before = in_hospital(&database);
        let told = made(&database, before[0].id);
        // Days later, with other tables and a date that has passed: adding up makes no estimate.
        let later = on("2026-12-20");
        history(&database, &later, &[1; 100]);
        let rebuilt = rebuild_all(&database, &later);
        assert_eq!(rebuilt, 0);
        assert_eq!(in_hospital(&database), before);
        assert_eq!(made(&database, before[0].id), told);
    });
}

#[test]
fn a_loaded_history_has_what_would_have_been_said_then() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-24");
        history(&database, &today, &forty());
        load(&database, &today, 1, ("2026-11-16", Some("2026-11-18")));
        let done = estimate_past(&database, &today).unwrap();
        assert_eq!(done.made, 1);
        assert_eq!(
            estimate_past(&database, &today).unwrap(),
            PastEstimates::default()
        );
        let ended = database
            .read_blocking(|tx| errors::ended(tx, (day("2026-11-18"), day("2026-11-19"))))
            .unwrap();
        assert_eq!(ended.len(), 1);
        assert_eq!(ended[0].system.unwrap()[0], Some(day("2026-11-24")));
        let none = database
            .read_blocking(|tx| errors::ended(tx, (day("2026-11-19"), day("2026-11-20"))))
            .unwrap();
        assert_eq!(none, []);
        // Who is still there is looked at as of today, and shown with the date.
        load(&database, &today, 1, ("2026-11-23", None));
        let done = estimate_past(&database, &today).unwrap();
        assert_eq!((done.made, done.renewed), (1, 1));
        let here = in_hospital(&database).remove(0);
        assert_eq!(here.expected.unwrap().on, day("2026-12-01"));
    });
}

#[test]
fn admissions_of_the_year_before_are_counted_alike_for_one_and_for_all() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-24");
        let stay = |from: &str, until: &str, number: &str| {
            let visit = |text: String| text.replace("V77", number);
            [
                visit(adt("A01", &format!("{number}-1"), from, "BAMU")),
                visit(adt("A03", &format!("{number}-2"), until, "BAMU")),
            ]
        };
        let messages = [
            stay("202511200800", "202511210800", "V1"),
            stay("202511240800", "202511250800", "V2"),
            stay("202610200800", "202610210800", "V3"),
            stay("202611240700", "202611240730", "V4"),
        ];
        take(&database, &today, &messages.concat());
        let (stays, one) = database
            .read_blocking(|tx| {
                let person =
                    tx.one(sql!("SELECT person FROM spell LIMIT 1"), params![], |row| {
                        row.get(0)
                    })?;
                let stays = learn::known_stays(tx, day("2026-01-01"), day("2026-11-25"))?;
                Ok::<_, crate::FlowError>((
                    stays,
                    learn::earlier(tx, person, (day("2026-11-24"), day("2026-11-24")))?,
                ))
            })
            .unwrap();
        let counted: Vec<_> = stays
            .iter()
            .map(|stay| (stay.admitted, stay.earlier))
            .collect();
        assert_eq!(counted, [(day("2026-10-20"), 2), (day("2026-11-24"), 2)]);
        assert_eq!(one, 2);
    });
}

fn story() -> Vec<String> {
    vec![
        adt("A01", "1", "202611200600", "BAMU"),
        adt("A02", "2", "202611200700", "BELD"),
        adt("A08", "3", "202611200730", "BELD").replace("|430|", "|300|"),
        adt("A21", "4", "202611200800", "BELD").replace("|430|", "|300|"),
    ]
}

#[test]
fn messages_in_any_order_lead_to_the_same_date() {
    each_database(&migrations(), |database| {
        let today = on("2026-11-20");
        history(&database, &today, &forty());
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(12));
        let visit = std::cell::Cell::new(0);
        let first = std::cell::RefCell::new(None);
        runner
            .run(&Just(story()).prop_shuffle(), |messages| {
                visit.set(visit.get() + 1);
                let number = format!("W{}", visit.get());
                let of_visit = |text: &String| text.replace("V77", &number);
                let messages: Vec<String> = messages.iter().map(of_visit).collect();
                take(&database, &today, &messages);
                let spells = in_hospital(&database);
                let spell = spells.iter().find(|spell| spell.visit_number == number);
                let spell = spell.unwrap();
                let told = made(&database, spell.id).pop().unwrap();
                let now = (spell.expected.clone(), told.dates, told.cell, told.inputs);
                let first = first
                    .borrow_mut()
                    .get_or_insert_with(|| now.clone())
                    .clone();
                prop_assert_eq!(now, first);
                Ok(())
            })
            .unwrap();
    });
}
