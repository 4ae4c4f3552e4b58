use super::*;
use crate::benefit::testing::{around, entry, id};

const SOUND: [(&str, &str); 7] = [
    ("title", "Shorter wait"),
    ("category", "people"),
    ("class", "quantitative"),
    ("measure", "indicators/wait-with-care-package"),
    ("direction", "decrease"),
    ("baseline", "9.7"),
    ("baseline-to", "2024-11-30"),
];

fn wrong(with: &[(&str, &str)]) -> Vec<(String, String)> {
    wrong_among(with, &around([]))
}

fn wrong_among(with: &[(&str, &str)], around: &Around) -> Vec<(String, String)> {
    let values: Values = SOUND.iter().chain(with).copied().collect();
    let errors = check(&values, around);
    errors
        .into_iter()
        .map(|error| (error.field, error.message))
        .collect()
}

fn fields(with: &[(&str, &str)]) -> Vec<String> {
    wrong(with).into_iter().map(|(field, _)| field).collect()
}

#[test]
fn a_sound_profile_has_nothing_wrong() {
    assert_eq!(wrong(&[]), []);
}

#[test]
fn a_baseline_is_taken_before_the_programme_starts() {
    assert_eq!(fields(&[("baseline-to", "2024-12-01")]), ["baseline-to"]);
    assert_eq!(fields(&[("baseline-from", "2024-12-01")]), ["baseline-to"]);
    assert!(
        wrong(&[("baseline-to", "2025-03-31")])[0]
            .1
            .contains("2024-12-01")
    );
}

#[test]
fn a_baseline_changes_after_the_start_only_for_a_reason() {
    let mut around = around([entry("benefit", 1, &SOUND)]);
    around.of = Some(id("benefit", 1));
    let changed = [("baseline", "9.9")];
    assert_eq!(wrong_among(&changed, &around)[0].0, "rebaseline");
    let explained = [("baseline", "9.9"), ("rebaseline", "Returns came late")];
    assert_eq!(wrong_among(&explained, &around), []);
    // Before the start it may change without one.
    around.today = Some("2024-11-01".parse().unwrap());
    assert_eq!(wrong_among(&changed, &around), []);
}

#[test]
fn what_figures_are_held_against_is_never_changed_without_a_word() {
    // Without a baseline, target or direction so far, each that is given after the start needs a reason as well.
    let bare: Vec<(&str, &str)> = SOUND
        .iter()
        .copied()
        .filter(|(field, _)| !["baseline", "baseline-to", "direction"].contains(field))
        .collect();
    for field in [
        ("baseline", "9.7"),
        ("direction", "decrease"),
        ("target", "8"),
        ("target-by", "2026-12-31"),
    ] {
        let mut around = around([entry("benefit", 1, &bare)]);
        around.of = Some(id("benefit", 1));
        let with = |reason: &'static str| -> Vec<String> {
            let values: Values = bare
                .iter()
                .copied()
                .chain([field, ("rebaseline", reason)])
                .collect();
            let errors = check(&values, &around);
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(with(""), ["rebaseline"], "{field:?}");
        assert_eq!(with("Agreed only now"), [""; 0], "{field:?}");
    }
}

#[test]
fn taking_a_reason_out_is_none() {
    let before: Vec<(&str, &str)> = SOUND
        .iter()
        .copied()
        .chain([("rebaseline", "Returns came late")])
        .collect();
    let mut around = around([entry("benefit", 1, &before)]);
    around.of = Some(id("benefit", 1));
    assert_eq!(
        wrong_among(&[("baseline", "10")], &around)[0].0,
        "rebaseline"
    );
}

#[test]
fn a_second_change_of_the_baseline_needs_a_reason_of_its_own() {
    let before: Vec<(&str, &str)> = SOUND
        .iter()
        .copied()
        .chain([("rebaseline", "Returns came late")])
        .collect();
    let mut around = around([entry("benefit", 1, &before)]);
    around.of = Some(id("benefit", 1));
    let again = [("baseline", "10"), ("rebaseline", "Returns came late")];
    assert_eq!(wrong_among(&again, &around)[0].0, "rebaseline");
}

#[test]
fn a_measure_is_one_that_the_board_knows_and_points_the_same_way() {
    assert_eq!(fields(&[("measure", "indicators/nothing")]), ["measure"]);
    assert_eq!(fields(&[("measure", "9.64")]), ["measure"]);
    assert_eq!(fields(&[("direction", "increase")]), ["direction"]);
    let own = [("own-records", "series/future-care-wait/QVV")];
    assert_eq!(fields(&own), ["own-records"]);
}

#[test]
fn demand_is_given_with_how_much_there_was() {
    assert_eq!(fields(&[("demand-then", "100")]), ["demand-then"]);
    let both = [
        ("demand", "indicators/wait-with-care-package"),
        ("demand-then", "100"),
    ];
    assert_eq!(wrong(&both), []);
}

#[test]
fn a_target_is_not_due_before_the_programme() {
    assert_eq!(fields(&[("target-by", "2024-11-30")]), ["target-by"]);
    assert_eq!(wrong(&[("target-by", "2024-12-01")]), []);
}
