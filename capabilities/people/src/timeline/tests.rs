use stour_facts::{Fact, FactKind, NewFact, Source};
use stour_kernel::Environment;
use stour_web::TypedDate;

use super::page::entries;
use super::{end_of, past_day};

#[test]
fn a_past_day_is_before_today_and_what_is_to_come_is_refused() {
    let today = "2026-11-24".parse().unwrap();
    let asked = |typed: [&str; 3]| past_day(&TypedDate::typed(typed), today);
    assert_eq!(asked(["", "", ""]), Ok(None));
    assert_eq!(asked(["24", "11", "2026"]), Ok(None), "today is now");
    let yesterday = "2026-11-23".parse().unwrap();
    assert_eq!(asked(["23", "11", "2026"]), Ok(Some(yesterday)));
    assert_eq!(asked(["25", "11", "2026"]), Err("Enter a day in the past"));
    assert!(asked(["31", "2", "2026"]).is_err_and(|why| why.contains("real date")));
}

#[test]
fn a_day_ends_at_midnight_in_london_in_summer_and_in_winter() {
    for (day, end) in [
        ("2026-07-01", "2026-07-01T22:59:59.999999Z"),
        ("2026-11-24", "2026-11-24T23:59:59.999999Z"),
        ("2026-10-25", "2026-10-25T23:59:59.999999Z"),
    ] {
        assert_eq!(end_of(day.parse().unwrap()), end.parse().unwrap(), "{day}");
    }
}

fn day_in_hospital(on: &str, at: &str) -> Fact {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    Fact {
        id: environment.id(),
        thread: environment.id(),
        version: 1,
        what: NewFact {
            thread: None,
            kind: FactKind::DayWithoutCriteriaToReside,
            person: None,
            organisation: at.parse().unwrap(),
            commissioner: None,
            locality: None,
            council: None,
            started: on.parse().unwrap(),
            ended: None,
            outcome: None,
            cost: None,
            source: Source {
                system: "stour".to_owned(),
                reference: on.to_owned(),
            },
            detail: serde_json::json!({}),
            recorded_by: "Asha Patel".to_owned(),
        },
        recorded_at: environment.now(),
    }
}

#[test]
fn days_one_after_another_at_one_hospital_are_one_row() {
    let facts = [
        day_in_hospital("2026-11-12", "R0D"),
        day_in_hospital("2026-11-11", "R0D"),
        day_in_hospital("2026-11-11", "RBD"),
        day_in_hospital("2026-11-10", "R0D"),
        day_in_hospital("2026-11-08", "R0D"),
    ];
    let days: Vec<usize> = entries(&facts).iter().map(Vec::len).collect();
    assert_eq!(days, [3, 1, 1]);
}
