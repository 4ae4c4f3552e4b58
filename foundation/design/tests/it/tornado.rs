//! Tornadoes: bars begin at what was agreed, both ends say what they are, and nothing covers anything.

use proptest::prelude::*;
use scraper::Html;
use stour_design::chart::{TornadoChart, TornadoRow, Unit};

use crate::drawn::{amounts, is_in_order, page, places, select, svg, texts};

fn row(label: &str, low: Option<f64>, high: Option<f64>) -> TornadoRow {
    TornadoRow {
        label: label.to_owned(),
        low_at: "1%".to_owned(),
        high_at: "4%".to_owned(),
        low,
        high,
    }
}

fn tornado() -> TornadoChart {
    let rows = vec![
        row("Growth in demand", Some(-2e6), Some(4e6)),
        row("Wages", Some(3e6), Some(0.0)),
        row("Opening date", Some(1.5e6), Some(2e6)),
        row("Discount rate", None, Some(0.5e6)),
        row("Rent", None, None),
    ];
    TornadoChart {
        description: "Five inputs.".to_owned(),
        ..TornadoChart::new("tornado", "Demand decides", "Value", Some(1e6), rows)
    }
}

/// From and to of each bar of the wide drawing, and whether it is filled.
fn bars(page: &Html) -> Vec<(f64, f64, bool)> {
    let bars = select(page, ".stour-chart__wide .stour-chart__bar");
    let bars = bars.iter().map(|bar| {
        let places = places(bar.value().attr("d").unwrap());
        let filled = bar.value().attr("fill") != Some("#ffffff");
        (places[0].0, places[1].0, filled)
    });
    bars.collect()
}

fn agreed(page: &Html) -> f64 {
    let line = &select(page, ".stour-chart__wide .stour-chart__agreed")[0];
    places(line.value().attr("d").unwrap())[0].0
}

#[test]
fn a_tornado_is_drawn_as_it_was() {
    insta::assert_snapshot!("tornado_wide", svg(&tornado(), "wide"));
    insta::assert_snapshot!("tornado_narrow", svg(&tornado(), "narrow"));
}

#[test]
fn bars_reach_from_what_was_agreed_to_both_ends() {
    let page = page(&tornado());
    let (bars, agreed) = (bars(&page), agreed(&page));
    assert_eq!(bars.len(), 7);
    let near = |x: f64, other: f64| (x - other).abs() < 0.2;
    let million = (bars[1].1 - agreed) / 3.0;
    let at = |amount: f64| agreed + (amount - 1.0) * million;
    let expected = [
        (at(-2.0), agreed, true),
        (agreed, at(4.0), false),
        (agreed, at(3.0), true),
        (at(0.0), agreed, false),
        (agreed, at(1.5), true),
        (agreed, at(2.0), false),
        (at(0.5), agreed, false),
    ];
    for (bar, expected) in bars.iter().zip(expected) {
        assert!(
            near(bar.0, expected.0) && near(bar.1, expected.1) && bar.2 == expected.2,
            "{bar:?} {expected:?}"
        );
    }
}

#[test]
fn both_ends_of_every_row_say_what_they_are() {
    let page = page(&tornado());
    assert_eq!(
        texts(&page, ".stour-chart__wide .stour-chart__end"),
        [
            "1%: −£2.0m",
            "4%: £4.0m",
            "4%: £0",
            "1%: £3.0m",
            "1%: £1.5m",
            "4%: £2.0m",
            "4%: £500k",
            "Low: missing",
            "Low: missing",
            "High: missing"
        ]
    );
    let words = texts(&page, ".stour-chart__wide svg text");
    assert!(words.contains(&"As agreed £1.0m".to_owned()), "{words:?}");
    assert_eq!(
        texts(&page, ".stour-key li"),
        [
            "At the low value of the input",
            "At the high value of the input"
        ]
    );
    assert_eq!(
        texts(&page, "tbody tr:nth-child(4) > *"),
        ["Discount rate", "1%", "4%", "Missing", "£500k", "Missing"]
    );
}

#[test]
fn ends_without_short_values_are_called_low_and_high() {
    let mut chart = tornado();
    chart.rows[1].low_at =
        "The wage that was agreed between the unions and the partners".to_owned();
    let page = page(&chart);
    let ends = texts(&page, ".stour-chart__wide .stour-chart__end");
    assert_eq!(
        ends[..4],
        ["Low: −£2.0m", "High: £4.0m", "High: £0", "Low: £3.0m"]
    );
    for row in &mut chart.rows {
        (row.low_at, row.high_at) = (String::new(), String::new());
    }
    let page = self::page(&chart);
    assert_eq!(texts(&page, "thead th").len(), 4);
    assert_eq!(texts(&page, ".stour-chart__end")[0], "Low: −£2.0m");
}

#[test]
fn ends_on_one_side_share_the_height() {
    let page = page(&tornado());
    let bars = select(&page, ".stour-chart__wide .stour-chart__bar");
    let heights = |at: usize| {
        let places = places(bars[at].value().attr("d").unwrap());
        (places[1].1, places[2].1)
    };
    let (low, high) = (heights(4), heights(5));
    assert!(low.1 < high.0, "{low:?} {high:?}");
}

#[test]
fn a_zero_line_is_there_when_nought_is_in_range() {
    let zero = |chart: &TornadoChart| select(&page(chart), ".stour-chart__zero").len();
    assert_eq!(zero(&tornado()), 2);
    let rows = vec![row("Wages", Some(8.1e6), Some(9.2e6))];
    assert_eq!(
        zero(&TornadoChart::new("far", "Far", "Far", Some(9e6), rows)),
        0
    );
}

#[test]
fn long_labels_stand_above_in_as_many_lines_as_they_need() {
    let mut chart = tornado();
    chart.rows[0].label =
        "Growth in the number of people over 85 who need care at home after a stay in \
        hospital, each year, in all districts of the partnership together"
            .to_owned();
    chart.rows[1].label = "W".repeat(90);
    is_in_order(&chart);
    let page = page(&chart);
    let inputs = select(&page, ".stour-chart__narrow .stour-chart__input");
    assert!(inputs.len() > 8, "{}", inputs.len());
    assert!(select(&page, ".stour-chart__wide .stour-chart__input").len() > 5);
}

#[test]
fn without_an_agreed_result_bars_meet_halfway() {
    let chart = TornadoChart {
        agreed: Some(f64::NAN),
        ..tornado()
    };
    is_in_order(&chart);
    let page = page(&chart);
    assert!(select(&page, ".stour-chart__agreed").is_empty());
    let bars = bars(&page);
    assert!((bars[0].1 - bars[0].0 - (bars[1].1 - bars[1].0)).abs() < 0.3);
}

#[test]
fn sixty_rows_and_none_are_drawn() {
    let rows = (0..60).map(|place| {
        let swing = 1e5 * f64::from(60 - place);
        row(
            &format!("Input {place}"),
            Some(1e6 - swing),
            Some(1e6 + swing),
        )
    });
    let all = TornadoChart::new("all", "All", "All", Some(1e6), rows.collect());
    is_in_order(&all);
    assert_eq!(bars(&page(&all)).len(), 120);
    is_in_order(&TornadoChart::new("none", "None", "None", None, Vec::new()));
}

prop_compose! {
    fn any_row()(label in "[A-Mo-z ]{0,90}", low in amounts(), high in amounts(), at in "[0-9]{0,3}%?") -> TornadoRow {
        TornadoRow { low_at: at.clone(), high_at: at, ..row(&label, low, high) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_tornado_stays_inside(
        agreed in amounts(),
        rows in prop::collection::vec(any_row(), 0..61),
        is_money in any::<bool>(),
    ) {
        let count = rows.len();
        let chart = TornadoChart {
            unit: if is_money { Unit::MONEY } else { Unit::COUNT },
            ..TornadoChart::new("any", "Any", "Any", agreed, rows)
        };
        is_in_order(&chart);
        prop_assert_eq!(select(&page(&chart), ".stour-chart__wide .stour-chart__end").len(), count * 2);
    }
}
