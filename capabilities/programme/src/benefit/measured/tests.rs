use super::*;
use crate::benefit::testing::{around, course, day, entry, limited, measured as beside};
use stour_benefits::Movement;

fn q(text: &str) -> Quantity {
    text.parse().unwrap()
}

const WAIT: [(&str, &str); 5] = [
    ("title", "Wait"),
    ("direction", "decrease"),
    ("baseline", "9.7"),
    ("target", "8.07"),
    ("volume", "100"),
];

#[test]
fn a_figure_is_held_against_its_baseline_and_its_target() {
    let around = around([entry("benefit", 1, &WAIT)]);
    let one = beside(&around, 1, Some(course(&[("2025-10-06", 9.64)])));
    let found = one.found.as_ref().unwrap();
    assert_eq!(found.better_by, Some(q("0.06")));
    assert_eq!(found.movement, Some(Movement::Better));
    assert_eq!(one.standing(), Some(Standing::Behind));
    assert!(!found.expected.unwrap().is_of_day);
    assert!(found.worth.is_none());
    assert_eq!(one.written(found.value), "9.64");
}

#[test]
fn a_trajectory_comes_before_the_target() {
    let point = |number, on, value| {
        entry(
            "trajectory",
            number,
            &[("benefit", "1"), ("on", on), ("value", value)],
        )
    };
    let mut fields = WAIT.to_vec();
    fields.extend([("between", "straight"), ("target-by", "2026-10-01")]);
    let around = around([
        entry("benefit", 1, &fields),
        point(1, "2025-10-01", "9.7"),
        // A point of another benefit.
        entry(
            "trajectory",
            2,
            &[("benefit", "2"), ("on", "2025-10-01"), ("value", "1")],
        ),
    ]);
    let one = beside(&around, 1, Some(course(&[("2026-04-01", 8.8)])));
    let expected = one.found.as_ref().unwrap().expected.unwrap();
    assert!(expected.is_of_day);
    // Half way, 182 of 365 days: 9.7 − 1.63 × 182 / 365.
    assert_eq!(expected.value, q("8.887233"));
    assert_eq!(one.standing(), Some(Standing::Ahead));
    let early = beside(&around, 1, Some(course(&[("2025-09-01", 8.8)])));
    // The target is due on a day still to come, and nothing was said of this one.
    assert_eq!(early.found.unwrap().expected, None);
}

#[test]
fn a_year_is_worth_what_the_conversion_of_the_day_says_within_limits() {
    let conversion = |number, from, value| {
        entry(
            "conversion",
            number,
            &[("benefit", "1"), ("from", from), ("unit-value", value)],
        )
    };
    let around = around([
        entry("benefit", 1, &WAIT),
        conversion(1, "2025-01-01", "100"),
        conversion(2, "2025-10-01", "200.50"),
        conversion(3, "2027-01-01", "900"),
    ]);
    let one = beside(&around, 1, Some(limited(&[("2025-10-06", 8.7)], 8.2, 9.8)));
    let found = one.found.unwrap();
    let worth = found.worth.unwrap();
    assert_eq!(worth.conversion.number, 2);
    // One day better for 100 people a week, at £200.50, in 52 weeks.
    assert_eq!(worth.rate.yearly, Pence::new(104_260_000));
    // Between 1.5 days better and 0.1 days worse.
    assert_eq!(
        worth.between,
        Some((Pence::new(-10_426_000), Pence::new(156_390_000)))
    );
}

#[test]
fn a_baseline_that_moves_with_demand_needs_it() {
    let mut fields = WAIT.to_vec();
    fields.push(("demand-then", "1000"));
    let around = around([entry("benefit", 1, &fields)]);
    let benefit = || Benefit::read(around.entry("benefit", 1).unwrap(), &around).unwrap();
    let figures = || Some(course(&[("2025-10-06", 9.64)]));
    let at = |demand: Option<&Course>| {
        let beside = Beside {
            demand,
            claimed: None,
        };
        Measured::of(benefit(), figures(), beside, &around)
            .found
            .unwrap()
    };
    let unknown = at(None);
    assert_eq!(unknown.otherwise, Some(Err(NoComparison::DemandUnknown)));
    assert_eq!(unknown.better_by, None);
    // What there was in another period says nothing of this one.
    let later = course(&[("2025-09-29", 900.0), ("2025-10-13", 1200.0)]);
    assert_eq!(
        at(Some(&later)).otherwise,
        Some(Err(NoComparison::DemandUnknown))
    );
    let known = course(&[("2025-10-06", 1100.0), ("2025-10-13", 1200.0)]);
    assert_eq!(at(Some(&known)).otherwise, Some(Ok(q("10.67"))));
}

#[test]
fn a_straight_line_begins_at_the_baseline() {
    let mut fields = WAIT.to_vec();
    fields.extend([
        ("between", "straight"),
        ("baseline-to", "2024-10-01"),
        ("target-by", "2026-10-01"),
    ]);
    let around_of = |fields: &[(&str, &str)]| around([entry("benefit", 1, fields)]);
    let around = around_of(&fields);
    let one = beside(&around, 1, Some(course(&[("2025-10-01", 8.8)])));
    let expected = one.found.unwrap().expected.unwrap();
    // Half way: 9.7 − 1.63 × 365 / 730.
    assert!(expected.is_of_day);
    assert_eq!(expected.value, q("8.885"));
    // Where steps lie between two points, nothing is expected before the first.
    fields[5].1 = "steps";
    let around = around_of(&fields);
    let one = beside(&around, 1, Some(course(&[("2025-10-01", 8.8)])));
    assert_eq!(one.standing(), None);
    let one = beside(&around, 1, Some(course(&[("2026-10-01", 8.0)])));
    assert_eq!(one.standing(), Some(Standing::Ahead));
}

#[test]
fn money_is_worked_out_of_no_more_than_is_claimed_where_others_claim_too() {
    let conversion = [
        ("benefit", "1"),
        ("from", "2025-01-01"),
        ("unit-value", "100"),
    ];
    let around = around([
        entry("benefit", 1, &WAIT),
        entry("conversion", 1, &conversion),
    ]);
    let at = |claimed: Option<&str>| {
        let benefit = Benefit::read(around.entry("benefit", 1).unwrap(), &around).unwrap();
        let beside = Beside {
            demand: None,
            claimed: claimed.map(q),
        };
        let figures = limited(&[("2025-10-06", 8.7)], 8.2, 9.8);
        let one = Measured::of(benefit, Some(figures), beside, &around);
        one.found.unwrap().worth
    };
    // One day better for 100 people a week, at £100, in 52 weeks.
    assert_eq!(at(None).unwrap().rate.yearly, Pence::new(52_000_000));
    let part = at(Some("0.4")).unwrap();
    assert_eq!(part.of, q("0.4"));
    assert_eq!(part.rate.yearly, Pence::new(20_800_000));
    assert_eq!(part.between.unwrap().1, Pence::new(20_800_000));
    // A claim from before the figure was published anew gives no more than there is.
    assert_eq!(at(Some("7")).unwrap().of, q("1"));
    assert_eq!(at(Some("0")), None);
}

#[test]
fn an_entry_with_no_number_in_a_field_of_numbers_is_not_read() {
    let around = around([entry(
        "benefit",
        1,
        &[("title", "Wait"), ("target", "soon")],
    )]);
    let errors = Benefit::read(around.entry("benefit", 1).unwrap(), &around).unwrap_err();
    assert_eq!(errors[0].field, "target");
    assert_eq!(Benefit::all(&around).len(), 0);
}

#[test]
fn the_day_of_a_figure_is_that_of_its_period() {
    let around = around([entry("benefit", 1, &WAIT)]);
    let figures = course(&[("2025-09-01", 9.9), ("2025-10-06", 9.64)]);
    let one = beside(&around, 1, Some(figures));
    assert_eq!(one.found.unwrap().day, day("2025-10-06"));
}
