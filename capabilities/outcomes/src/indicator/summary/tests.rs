use stour_kernel::Environment;

use super::*;
use crate::indicator::{Verdict, still_at_home};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn case(discharged: &str, council: &str, locality: &str, verdict: Verdict) -> Case {
    Case {
        person: Environment::fixed("2026-01-01T00:00:00Z").id(),
        discharged: day(discharged),
        reablement_started: day(discharged),
        day: day(discharged),
        council: council.parse().ok(),
        locality: locality.parse().ok(),
        verdict,
    }
}

#[test]
fn a_month_is_complete_when_every_discharge_of_it_has_had_its_day() {
    let months = |today| Months::last_complete(still_at_home().unwrap(), day(today));
    // 91 days after 31 August is 30 November, which is over on 1 December.
    assert_eq!(months("2026-11-30").before, day("2026-08-01"));
    assert_eq!(months("2026-12-01").before, day("2026-09-01"));
    assert_eq!(months("2026-12-01").from, day("2025-09-01"));
    assert_eq!(months("2026-12-01").last(), day("2026-08-01"));
    assert_eq!(months("2026-12-30").before, day("2026-09-01"));
    assert_eq!(months("2026-12-31").before, day("2026-10-01"));
}

#[test]
fn the_parts_add_up_to_the_whole() {
    let died = Verdict::Died(day("2026-02-01"));
    let cases = [
        case("2024-01-10", "E06000058", "poole-bay", Verdict::AtHome),
        case("2026-01-10", "E06000058", "poole-bay", Verdict::AtHome),
        case("2026-01-11", "E06000058", "poole-bay", died.clone()),
        case("2026-02-10", "E06000058", "christchurch", Verdict::AtHome),
        case("2026-03-10", "E06000059", "purbeck", Verdict::AtHome),
        case("2026-03-11", "", "", died),
        case("2026-10-10", "E06000059", "purbeck", Verdict::AtHome),
        case("2026-03-12", "E06000059", "purbeck", Verdict::NotYet),
    ];
    let found = summarise(still_at_home().unwrap(), &cases, day("2026-11-30"));
    assert_eq!(
        found.total,
        Count {
            numerator: 3,
            denominator: 5
        }
    );
    let councils: Vec<_> = found
        .councils
        .iter()
        .map(|council| {
            (
                council.whole.key.is_some(),
                council.whole.count.denominator,
                council.localities.len(),
            )
        })
        .collect();
    assert_eq!(councils, [(false, 1, 1), (true, 3, 2), (true, 1, 1)]);
    assert_eq!(found.by_month.len(), 31);
    assert_eq!(
        found
            .by_month
            .iter()
            .map(|piece| piece.count.denominator)
            .sum::<u64>(),
        6
    );
    let verdicts: Vec<_> = found.verdicts.into_iter().collect();
    assert_eq!(
        verdicts,
        [
            ("At home", 3),
            ("Died", 2),
            ("The day to look at is not over", 1)
        ]
    );
}

#[test]
fn nobody_is_no_proportion() {
    let definition = still_at_home().unwrap();
    let found = summarise(definition, &[], day("2026-11-30"));
    assert_eq!(
        (found.total.proportion(definition), found.by_month.len()),
        (None, 0)
    );
}
