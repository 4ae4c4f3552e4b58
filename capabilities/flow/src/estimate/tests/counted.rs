//! Which stays are alike, and how long they last.

use jiff::ToSpan;
use proptest::prelude::*;
use stour_discharge::{Lasted, LifeTable};
use stour_kernel::{Environment, PersonId};

use super::super::cell::{Case, words};
use super::super::learn::{KnownStay, tables};
use super::super::setting::{Of, read, settings};
use super::super::store::{table_from, table_text};
use super::day;

const FILE: &str = include_str!("../../../../../reference/stay-estimates.toml");

fn case() -> Case {
    Case {
        admitted: day("2026-11-20"),
        age: Some(85),
        method: Some("emergency".to_owned()),
        specialty: Some("430".to_owned()),
        frailty: Some(6),
        earlier: 2,
    }
}

#[test]
fn groups_are_asked_in_the_order_that_is_said() {
    let settings = settings().unwrap();
    let all = "method=emergency;age=85-and-over;specialty=430;frailty=5-6;history=1-2";
    let cells = case().cells(settings, case().admitted);
    let without_frailty = all.replace("frailty=5-6;", "");
    assert_eq!(
        cells,
        [
            all,
            &without_frailty,
            "method=emergency;age=85-and-over;specialty=430",
            "method=emergency;age=85-and-over",
            "method=emergency",
        ]
    );
    assert_eq!(
        words(all, settings),
        "emergency admission, aged 85 or over, Older people's medicine, Clinical Frailty Scale 5 or 6, 1 or 2 admissions in the 12 months before"
    );
}

#[test]
fn a_group_of_which_something_is_not_known_is_left_out() {
    let settings = settings().unwrap();
    let cells = |case: Case| case.cells(settings, case.admitted).len();
    let frailty = None;
    assert_eq!(cells(Case { frailty, ..case() }), 4);
    let age = Some(64);
    assert_eq!(cells(Case { age, ..case() }), 4, "too young for the scale");
    let age = None;
    assert_eq!(cells(Case { age, ..case() }), 1);
    let specialty = None;
    assert_eq!(
        cells(Case {
            specialty,
            ..case()
        }),
        2
    );
    let method = None;
    assert_eq!(cells(Case { method, ..case() }), 0);
}

#[test]
fn every_age_and_level_and_history_has_one_band() {
    let settings = settings().unwrap();
    let today = day("2026-11-24");
    for number in 0..200 {
        assert!(settings.band(Of::Age, number, today).is_some());
        assert!(settings.band(Of::History, number, today).is_some());
        let is_level = (1..=9).contains(&number);
        assert_eq!(
            settings.band(Of::Frailty, number, today).is_some(),
            is_level
        );
    }
    assert_eq!(settings.at(day("2010-01-01")), None);
    assert!(case().cells(settings, day("2010-01-01")).is_empty());
}

#[test]
fn a_file_that_contradicts_itself_is_refused() {
    assert!(read(FILE).is_ok());
    for (from, to, why) in [
        ("from = 18", "from = 17", "has a number of another"),
        ("fewest = 30", "fewest = 0", "must be 1 or more"),
        ("id = \"0-17\"", "id = \"a=b\"", "without ; and ="),
        ("status = \"unverified\"", "status = \"guessed\"", "guessed"),
    ] {
        let told = read(&FILE.replacen(from, to, 1)).unwrap_err();
        assert!(
            told.contains("stay-estimates.toml") && told.contains(why),
            "{told}"
        );
    }
    let twice = format!("{FILE}{}", FILE.split("[[band]]").next().unwrap());
    assert!(read(&twice).unwrap_err().contains("two settings"));
}

fn any_stay() -> impl Strategy<Value = KnownStay> {
    let ids = Environment::fixed("2026-11-24T09:00:00Z");
    let person: PersonId = ids.id();
    let born = prop::sample::select(vec![None, Some("1941-02-03"), Some("1990-02-03")]);
    let method = prop::sample::select(vec![None, Some("21"), Some("11")]);
    let specialty = prop::sample::select(vec![None, Some("430"), Some("300")]);
    let frailty = prop::option::of((0..6_i64, 1..9_u8));
    let stayed = prop::option::of(0..20_i64);
    (
        born,
        0..60_i64,
        stayed,
        method,
        specialty,
        frailty,
        0..5_u32,
    )
        .prop_map(
            move |(born, on, stayed, method, specialty, frailty, earlier)| {
                let after = |days: i64| day("2026-09-01").checked_add(days.days()).unwrap();
                // Nobody finds out how frail somebody is who has left.
                let frailty =
                    frailty.filter(|(seen, _)| stayed.is_none_or(|stayed| *seen <= stayed));
                KnownStay {
                    person,
                    born: born.map(day),
                    admitted: after(on),
                    left: stayed.map(|stayed| after(on + stayed)),
                    method: method.map(str::to_owned),
                    specialty: specialty.map(str::to_owned),
                    frailty: frailty.map(|(seen, level)| (after(on + seen), level)),
                    earlier,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_order_of_stays_and_what_comes_later_change_nothing(
        (stays, shuffled) in prop::collection::vec(any_stay(), 0..200)
            .prop_flat_map(|stays| (Just(stays.clone()), Just(stays).prop_shuffle())),
        on in 0..90_i64,
    ) {
        let settings = settings().unwrap();
        let as_of = day("2026-09-01").checked_add(on.days()).unwrap();
        let found = tables(&stays, as_of, settings).unwrap();
        // As the log was on that morning: who left later was still there, and who came later was not.
        let then = shuffled.into_iter().filter(|stay| stay.admitted < as_of);
        let then: Vec<KnownStay> = then
            .map(|stay| KnownStay {
                left: stay.left.filter(|left| *left < as_of),
                frailty: stay.frailty.filter(|(seen, _)| *seen < as_of),
                ..stay
            })
            .collect();
        prop_assert_eq!(&tables(&then, as_of, settings).unwrap(), &found);
        for table in found.values() {
            let kept = table_from(&table_text(table));
            prop_assert_eq!(kept.as_ref(), Some(table));
            prop_assert!(table.ended_from(0) >= 30);
        }
    }

    #[test]
    fn a_group_holds_the_stays_that_are_alike(stays in prop::collection::vec(any_stay(), 0..200)) {
        let settings = settings().unwrap();
        let as_of = day("2026-11-24");
        let found = tables(&stays, as_of, settings).unwrap();
        let mut emergencies = LifeTable::default();
        let mut frail = LifeTable::default();
        for stay in stays.iter().filter(|stay| stay.method.as_deref() == Some("21")) {
            let until = stay.left.unwrap_or(as_of);
            let nights = |from| u16::try_from(until.since(from).unwrap().get_days()).unwrap();
            let whole = Lasted { seen_from: 0, nights: nights(stay.admitted), is_over: stay.left.is_some() };
            emergencies.add(whole);
            let is_of_group = stay.born == Some(day("1941-02-03"))
                && stay.specialty.as_deref() == Some("430")
                && stay.earlier == 0;
            if let Some((seen, 5 | 6)) = stay.frailty.filter(|_| is_of_group) {
                frail.add(Lasted { seen_from: whole.nights - nights(seen), ..whole });
            }
        }
        let enough = |table: LifeTable| Some(table).filter(|table| table.ended_from(0) >= 30);
        let emergencies = enough(emergencies);
        prop_assert_eq!(found.get("method=emergency"), emergencies.as_ref());
        let cell = "method=emergency;age=85-and-over;specialty=430;frailty=5-6;history=none";
        let frail = enough(frail);
        prop_assert_eq!(found.get(cell), frail.as_ref());
    }
}
