//! How near expected dates came.

use proptest::prelude::*;
use stour_kernel::{Environment, PersonId};

use super::super::error_shown::{chart, whole};
use super::super::errors::{Ended, Line, Whose, report};
use super::day;

const FEWEST: u32 = 10;

/// A stay that ended some days before or after the system expected.
fn stay(specialty: Option<&str>, days: i64) -> Ended {
    let person: PersonId = Environment::fixed("2026-11-24T09:00:00Z").id();
    let expected = day("2026-11-10");
    Ended {
        person,
        organisation: "R0D".parse().unwrap(),
        specialty: specialty.map(str::to_owned),
        left: expected.checked_add(jiff::ToSpan::days(days)).unwrap(),
        system: Some([Some(expected), None, None]),
        first: None,
        last: None,
    }
}

#[test]
fn of_few_stays_nothing_is_shown_and_none_follows_from_the_rest() {
    let mut stays = vec![stay(Some("430"), 2); 20];
    stays.extend(vec![stay(Some("300"), -1); 12]);
    stays.extend(vec![stay(None, 0); 3]);
    let found = report(&stays, FEWEST);
    assert_eq!((found.stays, found.with_system), (35, 35));
    let lines: Vec<bool> = found
        .by_specialty
        .iter()
        .map(|(_, line)| matches!(line, Line::Shown(_)))
        .collect();
    // Not said, 300, 430: the second is hidden since the first would follow from the total.
    assert_eq!(lines, [false, false, true]);
    let Line::Shown(whole) = found.whole[0].1 else {
        panic!("the whole is shown")
    };
    assert_eq!((whole.stays, whole.middle_error), (35, 4));
    assert_eq!(found.whole[1], (Whose::First, Line::Nothing));
    let few = report(&stays[..9], FEWEST);
    assert_eq!(few.whole[0].1, Line::TooFew);
}

#[test]
fn a_chart_shows_no_date_that_the_table_beside_it_withholds() {
    let with = |surer: bool| Ended {
        first: Some([
            Some(day("2026-11-12")),
            surer.then(|| day("2026-11-15")),
            None,
        ]),
        ..stay(Some("430"), 2)
    };
    let mut stays = vec![with(false); 20];
    stays.extend(vec![with(true); 4]);
    let found = report(&stays, FEWEST);
    let table = whole(&found, FEWEST).into_string();
    assert!(table.contains("Too few to show"));
    let chart = chart(&found, 28, FEWEST).into_string();
    assert!(chart.contains("Ward’s first, 50%"));
    assert!(!chart.contains("Ward’s first, 80%"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_hidden_specialty_follows_from_what_is_shown(sizes in prop::collection::vec(0..25_usize, 1..6)) {
        let codes = ["100", "300", "430", "320", "502"];
        let stays: Vec<Ended> = sizes
            .iter()
            .zip(codes)
            .flat_map(|(size, code)| vec![stay(Some(code), 1); *size])
            .collect();
        let found = report(&stays, FEWEST);
        let is_shown = |line: &Line| matches!(line, Line::Shown(_));
        for (_, line) in &found.by_specialty {
            if let Line::Shown(shown) = line {
                prop_assert!(shown.stays >= FEWEST);
            }
        }
        let hidden = found.by_specialty.iter().filter(|(_, line)| !is_shown(line)).count();
        prop_assert!(hidden != 1 || !is_shown(&found.whole[0].1));
    }
}
