use super::*;
use crate::catalogue::catalogue;
use crate::counted::{Estimate, Figure};
use Direction::{Decrease, Increase, Neutral};
use stour_indicators::Cell;

fn shown(value: f64, interval: Option<(f64, f64)>) -> Published {
    Published::Shown(Figure {
        cell: Cell::default(),
        population: None,
        estimate: Ok(Estimate { value, interval }),
    })
}

fn definition(id: &str) -> Definition {
    catalogue().unwrap().named(id).unwrap().clone()
}

#[test]
fn a_place_differs_only_where_its_interval_leaves_out_the_whole() {
    for (against, side) in [
        (9.9, Side::Higher),
        (10.0, Side::Similar),
        (15.0, Side::Similar),
        (20.0, Side::Similar),
        (20.1, Side::Lower),
    ] {
        assert_eq!(Side::of((10.0, 20.0), against), side, "{against}");
    }
}

#[test]
fn better_and_worse_follow_from_the_direction() {
    let place = shown(15.0, Some((10.0, 20.0)));
    let words = |direction, whole| {
        let definition = Definition {
            direction,
            ..definition("still-at-home")
        };
        let found = compare(&definition, &place, &shown(whole, None)).unwrap();
        (found.words(), found.kind())
    };
    let said = |text: &str, kind| (text.to_owned(), kind);
    for (direction, whole, expected) in [
        (
            Increase,
            5.0,
            said("Higher: better", PointKind::Improvement),
        ),
        (Increase, 25.0, said("Lower: worse", PointKind::Concern)),
        (Increase, 12.0, said("Similar", PointKind::Common)),
        (Decrease, 5.0, said("Higher: worse", PointKind::Concern)),
        (
            Decrease,
            25.0,
            said("Lower: better", PointKind::Improvement),
        ),
        (Neutral, 5.0, said("Higher", PointKind::NeutralHigh)),
        (Neutral, 25.0, said("Lower", PointKind::NeutralLow)),
        (Neutral, 12.0, said("Similar", PointKind::Common)),
    ] {
        assert_eq!(words(direction, whole), expected);
    }
}

#[test]
fn an_indirectly_standardised_rate_is_held_against_100() {
    let mut definition = definition("emergency-admissions-65");
    definition.shown.standardised = Some(Standardised::Indirect);
    let place = shown(300.0, Some((280.0, 320.0)));
    let found = compare(&definition, &place, &shown(200.0, None)).unwrap();
    assert_eq!(
        (found.value, found.interval, found.against),
        (150.0, (140.0, 160.0), 100.0)
    );
    assert_eq!(found.words(), "Higher than expected at its ages: worse");
    let nobody = compare(&definition, &place, &shown(0.0, None));
    assert_eq!(nobody, Err(Uncompared::NoValue));
}

#[test]
fn what_cannot_be_compared_is_not() {
    let still = definition("still-at-home");
    let (place, whole) = (shown(15.0, Some((10.0, 20.0))), shown(12.0, None));
    let withheld = Published::Withheld;
    assert_eq!(compare(&still, &withheld, &whole), Err(Uncompared::NoValue));
    assert_eq!(compare(&still, &place, &withheld), Err(Uncompared::NoValue));
    let unsure = shown(15.0, None);
    assert_eq!(
        compare(&still, &unsure, &whole),
        Err(Uncompared::NoInterval)
    );
    let mut parts = still;
    for statistic in [Statistic::Count, Statistic::Sum] {
        parts.shown.statistic = statistic;
        assert_eq!(compare(&parts, &place, &whole), Err(Uncompared::Part));
    }
}
