//! Definitions held against people who were made for them, worked out by hand.

use stour_indicators::{Columns, Day, Description, Dimension, Event, Month, Person, Vocabulary};
use stour_kernel::Date;

use super::figure::{Figure, Figures, Which};
use super::read::Everybody;
use super::state::State;
use crate::catalogue::catalogue;
use crate::indicator::publish::Audience;
use crate::indicator::report::Maker;

const POOLE: (&str, &str) = ("E06000058", "poole-bay");
const DORCHESTER: (&str, &str) = ("E06000059", "mid-dorset");

fn day(text: &str) -> Day {
    Day::from(text.parse::<Date>().unwrap())
}

/// People, as they are made.
#[derive(Default)]
struct Made {
    vocabulary: Vocabulary,
    columns: Columns,
}

impl Made {
    fn fact(
        &mut self,
        (kind, fields): (&str, &[(&str, &str)]),
        (started, ended): (&str, &str),
    ) -> Event {
        let fields = fields.iter();
        let what = Description {
            kind: kind.to_owned(),
            organisation: "R0D".to_owned(),
            fields: fields
                .map(|(name, code)| ((*name).to_owned(), (*code).to_owned()))
                .collect(),
        };
        Event {
            description: self.vocabulary.description(what),
            place: 0,
            started: day(started),
            ended: if ended.is_empty() {
                Day::NEVER
            } else {
                day(ended)
            },
            quantity: Event::UNKNOWN,
            cost: 0,
        }
    }

    fn stay(&mut self, days: (&str, &str)) -> Event {
        self.fact(("spell", &[("admission_method", "21")]), days)
    }

    fn service(&mut self, service_type: &str, days: (&str, &str)) -> Event {
        self.fact(("service", &[("service_type", service_type)]), days)
    }

    fn somebody(&mut self, born: &str, (council, locality): (&str, &str), facts: &[Event]) {
        let place = self.vocabulary.place(council, locality);
        let person = Person {
            id: u128::try_from(self.columns.people()).unwrap() + 1,
            born: born.parse().ok(),
            died: Day::NEVER,
            female: None,
            area: self.vocabulary.area(""),
            place,
        };
        let facts = facts.iter().map(|fact| Event { place, ..*fact });
        self.columns.push(&person, &mut facts.collect::<Vec<_>>());
    }

    fn counted(self, as_of: &str) -> State {
        let everybody = Everybody {
            columns: self.columns,
            ..Everybody::default()
        };
        let reference = stour_partnership::reference().unwrap();
        let read = (0, self.vocabulary, everybody);
        State::new(catalogue().unwrap(), reference, read, day(as_of)).unwrap()
    }
}

/// The number of the year 2025.
fn figure(state: &State, indicator: &str, dimension: Dimension, code: &str) -> Figure {
    let reference = stour_partnership::reference().unwrap();
    let catalogue = catalogue().unwrap();
    let month = |day: &str| Month::of(day.parse().unwrap());
    let which = Which {
        months: (month("2025-01-01"), month("2025-12-31")),
        dimension,
        code,
    };
    let figures = Figures::new(state, catalogue, reference);
    figures.figure(catalogue.named(indicator).unwrap(), which)
}

fn counts(state: &State, indicator: &str) -> (i64, i64) {
    let cell = figure(state, indicator, Dimension::Whole, "").cell;
    (cell.numerator, cell.denominator)
}

fn value(state: &State, indicator: &str, dimension: Dimension, code: &str) -> f64 {
    let figure = figure(state, indicator, dimension, code);
    figure.estimate.unwrap().value
}

fn is_near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
}

/// People who left hospital, the first so many of whom are in hospital again.
fn discharged(made: &mut Made, born: &str, place: (&str, &str), (again, all): (usize, usize)) {
    let first = made.stay(("2025-03-01", "2025-03-05"));
    let second = made.stay(("2025-03-20", ""));
    for number in 0..all {
        let facts = [first, second];
        made.somebody(born, place, &facts[..=usize::from(number < again)]);
    }
}

#[test]
fn readmissions_are_held_against_those_expected_at_the_ages_of_a_place() {
    let mut made = Made::default();
    discharged(&mut made, "1944-06-01", POOLE, (8, 20));
    discharged(&mut made, "1994-06-01", POOLE, (1, 20));
    discharged(&mut made, "1944-06-01", DORCHESTER, (2, 10));
    discharged(&mut made, "1994-06-01", DORCHESTER, (3, 30));
    let state = made.counted("2026-06-01");
    let indicator = "emergency-readmissions-30-days-standardised";
    let whole = value(&state, indicator, Dimension::Whole, "");
    is_near(whole, 100.0 * 14.0 / 80.0);
    let crude = "emergency-readmissions-30-days";
    is_near(value(&state, crude, Dimension::Whole, ""), whole);
    // Of 20 and 20 by 10 in 30 and 4 in 50; of 10 and 30.
    let poole = 20.0 * 10.0 / 30.0 + 20.0 * 4.0 / 50.0;
    let dorchester = 10.0 * 10.0 / 30.0 + 30.0 * 4.0 / 50.0;
    for ((council, locality), expected) in [
        (POOLE, whole * 9.0 / poole),
        (DORCHESTER, whole * 5.0 / dorchester),
    ] {
        let both = format!("{council}/{locality}");
        for (dimension, code) in [
            (Dimension::Council, council),
            (Dimension::Locality, locality),
            (Dimension::LocalityInCouncil, &both),
        ] {
            is_near(value(&state, indicator, dimension, code), expected);
        }
    }
    let nobody = figure(&state, indicator, Dimension::Council, "E10000009");
    assert_eq!(nobody.estimate, Err("Nobody yet".to_owned()));
}

#[test]
fn discharged_people_of_unknown_age_are_on_neither_side_of_what_is_expected() {
    let mut made = Made::default();
    discharged(&mut made, "1944-06-01", POOLE, (2, 4));
    discharged(&mut made, "", DORCHESTER, (4, 4));
    let state = made.counted("2026-06-01");
    let indicator = "emergency-readmissions-30-days-standardised";
    // Of 4 by 2 in 4, and 6 in 8 of everybody.
    is_near(value(&state, indicator, Dimension::Council, POOLE.0), 75.0);
    let whole = value(&state, indicator, Dimension::Whole, "");
    is_near(whole, 75.0);
    let crude = "emergency-readmissions-30-days";
    is_near(value(&state, crude, Dimension::Whole, ""), whole);
    let nobody = figure(&state, indicator, Dimension::Council, DORCHESTER.0);
    assert_eq!(nobody.estimate, Err("Nobody yet".to_owned()));
}

#[test]
fn long_term_support_that_goes_on_after_short_term_support_is_its_sequel() {
    // A hundred and fifty-one days of short-term support, and what followed it in time.
    for (long_term, is_sequel) in [
        (("2025-01-01", ""), true),
        (("2025-01-20", ""), true),
        (("2025-01-20", "2025-06-02"), true),
        (("2025-01-20", "2025-06-01"), false),
        (("2025-05-20", "2025-05-28"), false),
        (("2025-06-01", "2025-06-01"), false),
        (("2025-06-01", "2025-06-05"), true),
        (("2025-06-08", "2025-06-08"), true),
        (("2025-06-09", ""), false),
    ] {
        let mut made = Made::default();
        let facts = [
            made.service("short-term-st-max", ("2025-01-01", "2025-06-01")),
            made.service("long-term-community", long_term),
        ];
        made.somebody("1950-01-01", POOLE, &facts);
        let state = made.counted("2026-06-01");
        assert_eq!(
            counts(&state, "short-term-support-sequel"),
            (i64::from(!is_sequel), 1),
            "{long_term:?}"
        );
    }
}

#[test]
fn a_discharge_on_the_ready_date_and_one_after_it_are_told_apart() {
    let mut made = Made::default();
    for ready in ["2025-03-05", "2025-03-04", "2025-02-27", "2025-03-06", ""] {
        let stay = Event {
            quantity: if ready.is_empty() {
                Event::UNKNOWN
            } else {
                day(ready).number()
            },
            ..made.stay(("2025-02-20", "2025-03-05"))
        };
        made.somebody("1950-01-01", POOLE, &[stay]);
    }
    let state = made.counted("2026-06-01");
    assert_eq!(counts(&state, "discharged-on-ready-day"), (1, 4));
    assert_eq!(counts(&state, "discharge-delay-when-later"), (2, 2));
    let mean = |indicator| value(&state, indicator, Dimension::Whole, "");
    is_near(mean("discharge-delay-when-later"), 7.0 / 2.0);
    is_near(mean("discharge-delay"), 7.0 / 4.0);
}

#[test]
fn a_rate_that_begins_at_18_is_of_people_on_record_who_are_18() {
    let mut made = Made::default();
    // Born so many years before the day of counting, or one day later.
    for born in ["2008-06-02", "2008-06-01", "2006-06-02", "2006-06-01"] {
        made.somebody(born, POOLE, &[]);
    }
    made.somebody("1961-06-02", POOLE, &[]);
    made.somebody("1961-06-01", POOLE, &[]);
    let state = made.counted("2026-06-01");
    let people = |indicator, dimension, code| figure(&state, indicator, dimension, code).population;
    let younger = "care-home-admissions-18-to-64";
    assert_eq!(people(younger, Dimension::Whole, ""), Some(4.0));
    assert_eq!(people(younger, Dimension::Council, POOLE.0), Some(4.0));
    let all = "days-without-criteria-to-reside";
    assert_eq!(people(all, Dimension::Whole, ""), Some(5.0));
    // The band of 15 to 19: those of 18 and 19.
    assert_eq!(people(all, Dimension::Age, "3"), Some(2.0));
}

#[test]
fn a_rate_of_residents_says_of_which_day_they_are() {
    let reference = stour_partnership::reference().unwrap();
    let residents: u32 = reference.lsoas.iter().map(|area| area.population).sum();
    let mut made = Made::default();
    for _ in 0..residents {
        made.somebody("1970-01-01", POOLE, &[]);
    }
    let catalogue = catalogue().unwrap();
    let counted_on = |state: &State, indicator| {
        let maker = Maker::new(state, catalogue, reference);
        let definition = catalogue.named(indicator).unwrap();
        let quality = maker.summary(definition, None, Audience::MayOpen).quality;
        let day = quality.residents.map(|table| table.counted_on.to_string());
        (day, quality.coverage.is_some())
    };
    let (everybody, nobody) = (
        made.counted("2026-06-01"),
        Made::default().counted("2026-06-01"),
    );
    let mid_2020 = Some("2020-06-30".to_owned());
    for rate in ["care-home-admissions-65", "life-expectancy"] {
        assert_eq!(counted_on(&everybody, rate), (mid_2020.clone(), false));
        assert_eq!(counted_on(&nobody, rate), (None, true));
    }
    for state in [&everybody, &nobody] {
        assert_eq!(counted_on(state, "still-at-home"), (None, false));
    }
}
