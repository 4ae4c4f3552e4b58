//! Fans and lines: what is drawn agrees with the numbers, stays inside, and is told apart without its colour.

use std::collections::BTreeSet;

use proptest::prelude::*;
use scraper::Html;
use stour_design::Render;
use stour_design::chart::{Band, FanChart, FanPoint, Line, LinesChart, Unit};

use crate::drawn::{amounts, is_in_order, page, places, select, svg, texts};

fn years(count: usize) -> Vec<String> {
    (0..count)
        .map(|year| format!("{}/{:02}", 2026 + year, (27 + year) % 100))
        .collect()
}

fn fan(count: usize) -> FanChart {
    let points = years(count).into_iter().zip(0_i32..).map(|(label, year)| {
        let middle = -2.4e6 + 0.8e6 * f64::from(year);
        let spread = 0.3e6 * f64::from(year + 1);
        FanPoint {
            label,
            outer: Some((middle - spread * 1.6, middle + spread * 1.6)),
            inner: Some((middle - spread, middle + spread)),
            middle: Some(middle),
            second: Some(middle * 1.1),
        }
    });
    FanChart {
        description: "Bands and two lines.".to_owned(),
        ..FanChart::new(
            "fan",
            "It pays",
            "Benefits less costs so far",
            points.collect(),
        )
    }
}

fn partners(names: &[&str]) -> LinesChart {
    let lines = names.iter().zip(0_i32..).map(|(name, partner)| Line {
        name: (*name).to_owned(),
        values: (0..6_i32)
            .map(|year| Some(1e5 * f64::from(year * (4 - partner)) - 2e5))
            .collect(),
    });
    LinesChart {
        description: "A line for each partner.".to_owned(),
        ..LinesChart::new("partners", "Some pay", "So far", years(6), lines.collect())
    }
}

const EIGHT: [&str; 8] = [
    "Hospitals",
    "Community",
    "Council",
    "Primary care",
    "Ambulance",
    "Hospices",
    "Charities",
    "Housing",
];

fn of(page: &Html, selector: &str) -> Vec<(f64, f64)> {
    let path = &select(page, selector)[0];
    places(path.value().attr("d").unwrap())
}

#[test]
fn a_fan_and_lines_are_drawn_as_they_were() {
    insta::assert_snapshot!("fan_wide", svg(&fan(6), "wide"));
    insta::assert_snapshot!("fan_narrow", svg(&fan(6), "narrow"));
    insta::assert_snapshot!("partners_wide", svg(&partners(&EIGHT[..3]), "wide"));
}

#[test]
fn a_fan_says_its_numbers_at_its_end_and_in_its_table() {
    let page = page(&fan(4));
    let words = texts(&page, ".stour-chart__wide svg text");
    for word in [
        "Middle £0",
        "As agreed £0",
        "1 in 10 above £1.9m",
        "2 in 10 below −£1.2m",
        "Breaks even",
        "£0",
        "2026/27",
        "2029/30",
    ] {
        assert!(words.contains(&word.to_owned()), "{word} in {words:?}");
    }
    let heads = texts(&page, "thead th");
    assert_eq!(
        heads,
        [
            "Year",
            "1 in 10 below",
            "1 in 10 above",
            "2 in 10 below",
            "2 in 10 above",
            "Middle",
            "As agreed"
        ]
    );
    let row = texts(&page, "tbody tr:first-child > *");
    assert_eq!(
        row,
        [
            "2026/27",
            "−£2.9m",
            "−£1.9m",
            "−£2.7m",
            "−£2.1m",
            "−£2.4m",
            "−£2.6m"
        ]
    );
}

#[test]
fn a_fan_without_an_inner_band_or_a_second_line_does_not_speak_of_them() {
    let mut chart = fan(5);
    for point in &mut chart.points {
        point.inner = None;
        point.second = None;
    }
    let page = page(&chart);
    assert_eq!(
        select(&page, ".stour-chart__wide .stour-chart__band").len(),
        1
    );
    assert_eq!(
        select(&page, ".stour-chart__wide .stour-chart__line").len(),
        1
    );
    assert_eq!(texts(&page, "thead th").len(), 4);
    assert!(!page.html().contains("6 in 10") && !page.html().contains("As agreed"));
}

#[test]
fn a_missing_year_breaks_the_bands_and_the_line() {
    let mut chart = fan(7);
    chart.points[3] = FanPoint {
        label: "2029/30".to_owned(),
        middle: Some(f64::NAN),
        ..FanPoint::default()
    };
    is_in_order(&chart);
    let page = page(&chart);
    for part in ["band", "line"] {
        for path in select(&page, &format!(".stour-chart__wide .stour-chart__{part}")) {
            let pieces = path.value().attr("d").unwrap().matches('M').count();
            assert_eq!(pieces, 2, "{part}");
        }
    }
    let row = texts(&page, "tbody tr:nth-child(4) td");
    assert_eq!(row, ["Missing"; 6]);
}

#[test]
fn one_year_alone_is_an_upright_bar() {
    let chart = fan(1);
    is_in_order(&chart);
    let page = page(&chart);
    let bar = of(&page, ".stour-chart__wide .stour-chart__band");
    assert_eq!(bar.len(), 4);
    let width = bar[1].0 - bar[0].0;
    let height = bar[2].1 - bar[1].1;
    assert!(width > 10.0 && height > width, "{bar:?}");
}

#[test]
fn heights_keep_the_proportions_of_amounts() {
    let page = page(&partners(&["One", "Two"]));
    let zero = of(&page, ".stour-chart__wide .stour-chart__zero")[0].1;
    // Lines are drawn last first, so that the first lies on top.
    let line = of(
        &page,
        ".stour-chart__wide .stour-chart__line:not([stroke-dasharray])",
    );
    let ratio = (zero - line[5].1) / (zero - line[0].1);
    assert!((ratio + 9.0).abs() < 0.1, "{ratio}");
}

#[test]
fn lines_are_told_apart_by_dash_and_mark_and_all_are_seen() {
    let page = page(&partners(&EIGHT));
    let lines = select(&page, ".stour-chart__wide .stour-chart__line");
    let seen = |name: &str| {
        let values = lines.iter().map(|line| line.value().attr(name));
        values.collect::<BTreeSet<_>>().len()
    };
    assert_eq!((seen("stroke-dasharray"), seen("stroke")), (8, 8));
    for line in &lines {
        let colour = line.value().attr("stroke").unwrap();
        assert!(contrast(colour) >= 4.5, "{colour}");
    }
    let shapes = select(&page, ".stour-key svg path[fill]:not([fill=none])");
    let shapes = shapes.iter().map(|shape| shape.value().attr("d"));
    assert_eq!(shapes.collect::<BTreeSet<_>>().len(), 8);
}

/// Against white, as the guidelines for accessible content reckon it.
fn contrast(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = u8::from_str_radix(colour.get(at..at + 2).unwrap(), 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    1.05 / (0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) + 0.05)
}

#[test]
fn names_without_room_at_the_end_stand_in_the_key() {
    let short = page(&partners(&["A", "B"]));
    assert!(select(&short, ".stour-key").is_empty());
    let middling = page(&partners(&["Community hospitals", "Council"]));
    assert_eq!(texts(&middling, ".stour-key--narrow li").len(), 2);
    let long = page(&partners(&[
        "A community and mental health trust with a long name",
        "Council",
    ]));
    assert!(select(&long, ".stour-key--narrow, .stour-key__narrow").is_empty());
    assert_eq!(texts(&long, ".stour-key li").len(), 2);
    assert!(texts(&long, ".stour-chart__wide svg text").contains(&"£1.8m".to_owned()));
}

#[test]
fn any_number_of_years_has_labels_that_stand_apart() {
    for count in [0, 1, 2, 3, 9, 10, 11, 30, 60, 99, 100] {
        let chart = fan(count);
        is_in_order(&chart);
        let page = page(&chart);
        for place in ["wide", "narrow"] {
            let shown = texts(
                &page,
                &format!(".stour-chart__{place} g[text-anchor=middle] text"),
            );
            assert!(shown.len() >= count.min(2), "{place} {count}: {shown:?}");
        }
    }
}

prop_compose! {
    fn ranges()(from in amounts(), to in amounts()) -> Option<(f64, f64)> {
        from.zip(to)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_lines_and_bands_stay_inside(
        count in 1..101_usize,
        lines in prop::collection::vec(prop::collection::vec(amounts(), 1..101), 0..9),
        bands in prop::collection::vec(prop::collection::vec(ranges(), 1..101), 0..3),
        is_money in any::<bool>(),
    ) {
        let lines = lines.into_iter().zip(EIGHT).map(|(values, name)| Line { name: name.to_owned(), values });
        let bands = bands.into_iter().zip(1..).map(|(values, band)| Band {
            name: format!("{band} in 10"),
            low_name: format!("{band} in 10 below"),
            high_name: format!("{band} in 10 above"),
            values,
        });
        let chart = LinesChart {
            unit: if is_money { Unit::MONEY } else { Unit::PERCENT },
            bands: bands.collect(),
            ..LinesChart::new("any", "Any", "Any", years(count), lines.collect())
        };
        is_in_order(&chart);
        prop_assert_eq!(select(&page(&chart), "tbody tr").len(), count);
        prop_assert!(chart.render().0.len() < 200_000);
    }
}

#[test]
fn lines_far_from_nought_may_show_how_they_move_instead() {
    let line = Line {
        name: "Share".to_owned(),
        values: vec![Some(94.0), Some(95.0), Some(96.0)],
    };
    let drawn = |from_zero| {
        let chart = LinesChart {
            from_zero,
            unit: Unit::PERCENT,
            ..LinesChart::new("share", "It rises", "Share", years(3), vec![line.clone()])
        };
        chart.render().into_string()
    };
    assert!(drawn(true).contains("stour-chart__zero") && drawn(true).contains(">0%<"));
    assert!(!drawn(false).contains("stour-chart__zero") && !drawn(false).contains(">0%<"));
}
