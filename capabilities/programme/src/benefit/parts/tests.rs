use super::*;
use crate::benefit::testing::{around, entry, id};

fn wrong(kind: &Kind, fields: &[(&str, &str)], others: &[Entry]) -> Vec<String> {
    let values: Values = fields.iter().copied().collect();
    let errors = (kind.check)(&values, &around(others.to_vec()));
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn a_trajectory_begins_with_the_programme_and_has_one_value_a_day() {
    let point = [("benefit", "1"), ("on", "2025-06-01"), ("value", "9")];
    assert_eq!(wrong(TRAJECTORY, &point, &[]), [""; 0]);
    let same = entry("trajectory", 1, &point);
    assert_eq!(wrong(TRAJECTORY, &point, &[same]), ["on"]);
    let early = [("benefit", "1"), ("on", "2024-11-30"), ("value", "9")];
    assert_eq!(wrong(TRAJECTORY, &early, &[]), ["on"]);
}

#[test]
fn an_entry_is_not_taken_for_its_own_double() {
    let point = [("benefit", "1"), ("on", "2025-06-01"), ("value", "9")];
    let mut around = around([entry("trajectory", 1, &point)]);
    around.of = Some(id("trajectory", 1));
    let values: Values = point.iter().copied().collect();
    assert_eq!((TRAJECTORY.check)(&values, &around), []);
}

#[test]
fn a_link_has_one_end_beside_its_outcome() {
    assert_eq!(wrong(LINK, &[("outcome", "1")], &[]), ["output"]);
    let both = [("outcome", "1"), ("output", "1"), ("benefit", "1")];
    assert_eq!(wrong(LINK, &both, &[]), ["output"]);
    let one = [("outcome", "1"), ("output", "1")];
    assert_eq!(
        wrong(LINK, &one, &[entry("benefit-link", 1, &one)]),
        ["outcome"]
    );
}

#[test]
fn a_conversion_gives_a_value_and_has_a_day_of_its_own() {
    let sound = [
        ("benefit", "1"),
        ("unit-value", "12.50"),
        ("from", "2025-04-01"),
    ];
    assert_eq!(wrong(CONVERSION, &sound, &[]), [""; 0]);
    let nothing = [
        ("benefit", "1"),
        ("unit-value", "0.00"),
        ("from", "2025-04-01"),
    ];
    assert_eq!(wrong(CONVERSION, &nothing, &[]), ["unit-value"]);
    assert_eq!(
        wrong(CONVERSION, &sound, &[entry("conversion", 1, &sound)]),
        ["from"]
    );
}

#[test]
fn parts_of_a_benefit_are_at_most_the_whole() {
    let part = |part: &'static str| [("partner", "A"), ("benefit", "1"), ("part", part)];
    let sixty = entry("benefit-share", 1, &part("60"));
    assert_eq!(
        wrong(SHARE, &part("40"), std::slice::from_ref(&sixty)),
        [""; 0]
    );
    assert_eq!(
        wrong(SHARE, &part("40.1"), std::slice::from_ref(&sixty)),
        ["part"]
    );
    assert_eq!(wrong(SHARE, &part("-1"), &[]), ["part"]);
    assert_eq!(wrong(SHARE, &[("partner", "A")], &[]), ["amount"]);
    let of_nothing = [("partner", "A"), ("part", "10")];
    assert_eq!(wrong(SHARE, &of_nothing, &[]), ["benefit"]);
}

#[test]
fn a_financial_year_is_written_as_one() {
    let line = |year: &'static str| [("benefit", "1"), ("year", year)];
    assert_eq!(wrong(BUDGET_LINE, &line("2027/28"), &[]), [""; 0]);
    assert_eq!(wrong(BUDGET_LINE, &line("1999/00"), &[]), [""; 0]);
    for year in [
        "2027",
        "2027/29",
        "27/28",
        "2027/2028",
        "2027-28",
        "/",
        "２０２７/28",
    ] {
        assert_eq!(wrong(BUDGET_LINE, &line(year), &[]), ["year"], "{year}");
    }
}

#[test]
fn programmes_are_estimated_once_in_whatever_order() {
    let one = [("benefit", "1"), ("programmes", "A; B"), ("effect", "4")];
    let other = [("benefit", "1"), ("programmes", "B;A"), ("effect", "5")];
    assert_eq!(
        wrong(EFFECT, &other, &[entry("effect", 1, &one)]),
        ["programmes"]
    );
    let many = (0..13).map(|number| number.to_string()).collect::<Vec<_>>();
    let many = many.join(";");
    assert_eq!(
        wrong(EFFECT, &[("benefit", "1"), ("programmes", &many)], &[]),
        ["programmes"]
    );
}

#[test]
fn a_budget_is_smaller_only_once() {
    let line = |benefit: &'static str, name: &'static str, year: &'static str| {
        [
            ("benefit", benefit),
            ("line", name),
            ("organisation", "QVV"),
            ("year", year),
            ("reduced-by", "100"),
        ]
    };
    let there = || [entry("budget-line", 1, &line("1", "Beds", "2027/28"))];
    let same = line("2", " beds ", "2027/28");
    assert_eq!(wrong(BUDGET_LINE, &same, &there()), ["line"]);
    let next = line("2", "Beds", "2028/29");
    assert_eq!(wrong(BUDGET_LINE, &next, &there()), [""; 0]);
    let other = line("2", "Transport", "2027/28");
    assert_eq!(wrong(BUDGET_LINE, &other, &there()), [""; 0]);
}
