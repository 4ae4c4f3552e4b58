//! Charts of bars: what is drawn agrees with what the table says, inside the drawing, for eye and ear.

use scraper::{ElementRef, Html, Selector};
use stour_design::Render;
use stour_design::chart::{Bar, BarChart, BarKind, BarWords, Unit};

use crate::drawn::{is_in_order, places, svg};

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn rates() -> BarChart {
    let bar = |label: &str, value: f64, low: f64, high: f64| Bar {
        interval: Some((low, high)),
        mark: Some(value + 3.0),
        cells: vec![format!("{value:.1}%")],
        ..Bar::amount(label, Some(value), format!("{value:.1}%"))
    };
    BarChart {
        unit: Unit::PERCENT,
        mark_word: "What the model expects",
        columns: vec!["Organisation".to_owned(), "To review".to_owned()],
        description: "Two rates.".to_owned(),
        ..BarChart::new(
            "rates",
            "One organisation sends more to review",
            "Share to review, each organisation",
            vec![
                bar("University Hospitals", 10.0, 8.0, 12.5),
                bar("Council", 40.0, 30.0, 50.0),
                Bar {
                    cells: vec!["1 to 7 of 20".to_owned()],
                    ..Bar::amount("Small", None, "1 to 7 of 20")
                },
            ],
        )
    }
}

fn sum() -> BarChart {
    let step = |label: &str, from: f64, to: f64, kind| Bar {
        from,
        kind,
        cells: vec![Unit::MEASURE.value(to - from)],
        ..Bar::amount(label, Some(to), Unit::MEASURE.value(to - from))
    };
    let bars = vec![
        step("Before looking", 0.0, -19.8, BarKind::Takes),
        step("Family name", -19.8, -9.0, BarKind::Adds),
        step("Date of birth", -9.0, 4.5, BarKind::Adds),
        step("All together", 0.0, 4.5, BarKind::Total),
    ];
    BarChart::new("sum", "The birth date decides", "Bits", bars)
}

/// Where each bar of the wide drawing begins and ends.
fn drawn(page: &Html) -> Vec<(f64, f64)> {
    let paths = select(page, ".stour-chart__wide svg > path[fill]:not([fill=none])");
    let paths = paths.iter().filter_map(|path| {
        let d = path.value().attr("d").unwrap();
        let (start, rest) = d.strip_prefix('M')?.split_once(' ')?;
        let end = rest.split_once('H')?.1.split_once('v')?.0;
        Some((start.parse().unwrap(), end.parse().unwrap()))
    });
    paths.collect()
}

#[test]
fn bars_are_as_long_as_what_they_say() {
    let page = Html::parse_document(&rates().render().into_string());
    let drawn = drawn(&page);
    assert_eq!(drawn.len(), 2, "what is too small to say is not drawn");
    let length = |(from, to): (f64, f64)| to - from;
    let ratio = length(drawn[1]) / length(drawn[0]);
    assert!((ratio - 4.0).abs() < 0.05, "{ratio}");
    let cells: Vec<String> = select(&page, "tbody td").iter().map(text).collect();
    assert_eq!(cells, ["10.0%", "40.0%", "1 to 7 of 20"]);
    let key: Vec<String> = select(&page, ".stour-key li").iter().map(text).collect();
    assert_eq!(key, ["95% interval", "What the model expects"]);
}

#[test]
fn each_step_of_a_sum_begins_where_the_one_before_ended() {
    let page = Html::parse_document(&sum().render().into_string());
    let drawn = drawn(&page);
    assert_eq!(drawn.len(), 4);
    assert!((drawn[0].0 - drawn[1].0).abs() < 0.2, "{drawn:?}");
    assert!((drawn[1].1 - drawn[2].0).abs() < 0.2, "{drawn:?}");
    assert!((drawn[2].1 - drawn[3].1).abs() < 0.2, "{drawn:?}");
    assert_eq!(select(&page, ".stour-key li").len(), 3);
}

#[test]
fn words_stay_inside_and_every_drawing_is_named() {
    for chart in [
        rates(),
        sum(),
        BarChart::new("none", "Nothing", "Nothing", Vec::new()),
        below(-9.5e6),
        below(-9.5e9),
    ] {
        let page = Html::parse_document(&chart.render().into_string());
        assert!(!page.html().contains("NaN") && !page.html().contains("inf"));
        assert!(select(&page, "[style], [onclick], svg > title").is_empty());
        for (place, width, size) in [("wide", 800.0, 16.0), ("narrow", 345.0, 13.0)] {
            let drawing = select(&page, &format!(".stour-chart__{place} svg[role=img]"));
            let named = drawing[0]
                .value()
                .attr("aria-labelledby")
                .unwrap()
                .split(' ');
            for id in named.chain(drawing[0].value().attr("aria-describedby")) {
                assert_eq!(select(&page, &format!("#{id}")).len(), 1, "{id}");
            }
            for label in select(
                &page,
                &format!(".stour-chart__{place} svg > text:not([text-anchor])"),
            ) {
                let letters = f64::from(u32::try_from(text(&label).chars().count()).unwrap());
                let x: f64 = label.value().attr("x").unwrap().parse().unwrap();
                assert!(
                    x >= 0.0 && x + letters * size * 0.56 <= width,
                    "{place} {}",
                    text(&label)
                );
            }
            for tick in select(&page, &format!(".stour-chart__{place} svg > g > text")) {
                let letters = f64::from(u32::try_from(text(&tick).chars().count()).unwrap());
                let x: f64 = tick.value().attr("x").unwrap().parse().unwrap();
                let reach = letters * size * 0.56 / 2.0;
                assert!(
                    x - reach >= 0.0 && x + reach <= width,
                    "{place} {}",
                    text(&tick)
                );
            }
        }
    }
}

/// Measures that take more than there was, with a label too long to stand beside its bar.
fn below(amount: f64) -> BarChart {
    let bar = Bar::amount(
        "What the measures do to each other",
        Some(amount),
        Unit::MONEY.value(amount),
    );
    BarChart {
        unit: Unit::MONEY,
        ..BarChart::new("below", "More is closed", "Money", vec![bar])
    }
}

#[test]
fn labels_in_capitals_have_the_room_that_capitals_take() {
    let mut chart = rates();
    chart.bars[0].label = "DORSET HEALTHCARE NHS".to_owned();
    let page = Html::parse_document(&chart.render().into_string());
    let beside = select(&page, ".stour-chart__wide svg > text[text-anchor=end]");
    let label = beside
        .iter()
        .find(|label| text(label) == "DORSET HEALTHCARE NHS");
    let x: f64 = label.unwrap().value().attr("x").unwrap().parse().unwrap();
    // Arial's widths of these letters, in thousandths of their size, sum to 13,557.
    assert!(x >= 13.557 * 16.0, "{x}");
}

#[test]
fn labels_beside_their_bars_fit_and_long_ones_stand_above() {
    let long = "A community and mental health trust with a long name of several counties";
    let mut named = rates();
    named.bars[0].label = long.to_owned();
    for (chart, above) in [(rates(), false), (named, true)] {
        let page = Html::parse_document(&chart.render().into_string());
        let beside = select(&page, ".stour-chart__wide svg > text[text-anchor=end]");
        assert_eq!(beside.is_empty(), above);
        for label in beside {
            let letters = f64::from(u32::try_from(text(&label).chars().count()).unwrap());
            let x: f64 = label.value().attr("x").unwrap().parse().unwrap();
            assert!(x >= letters * 16.0 * 0.56, "{}", text(&label));
        }
    }
}

/// A gap in money that two steps widen and one closes in part.
fn gap(label: &str) -> BarChart {
    let step = |label: &str, from: f64, to: f64, kind| Bar {
        from,
        kind,
        cells: vec![Unit::MONEY.value(to - from)],
        ..Bar::amount(label, Some(to), Unit::MONEY.value(to - from))
    };
    let bars = vec![
        step("Gap this year", 0.0, 4.82e7, BarKind::Total),
        step("Growth in demand", 4.82e7, 6.06e7, BarKind::Adds),
        step(label, 6.06e7, 4.66e7, BarKind::Takes),
        step("Gap that is left", 0.0, 4.66e7, BarKind::Total),
    ];
    BarChart {
        unit: Unit::MONEY,
        words: BarWords::GAP,
        connected: true,
        columns: vec!["Step".to_owned(), "Amount".to_owned()],
        description: "Steps from one gap to another.".to_owned(),
        ..BarChart::new("gap", "Most of the gap stays", "Costs above funding", bars)
    }
}

#[test]
fn a_gap_is_drawn_as_it_was() {
    insta::assert_snapshot!("gap_wide", svg(&gap("Growth in funding"), "wide"));
}

#[test]
fn steps_of_a_gap_are_connected_and_named_as_money_is() {
    let chart = gap("Growth in funding");
    is_in_order(&chart);
    let page = Html::parse_document(&chart.render().into_string());
    let key: Vec<String> = select(&page, ".stour-key li").iter().map(text).collect();
    assert_eq!(key, ["Adds to the gap", "Closes the gap", "Gap"]);
    let lines = select(&page, ".stour-chart__wide .stour-chart__connectors");
    let lines = places(lines[0].value().attr("d").unwrap());
    let drawn = drawn(&page);
    let ends = [drawn[0].1, drawn[1].1, drawn[2].0];
    for (pair, end) in lines.chunks(2).zip(ends) {
        assert!((pair[0].0 - end).abs() < 0.2 && pair[1].1 > pair[0].1);
    }
    assert_eq!(lines.len(), 6);
    let ticks = select(&page, ".stour-chart__wide svg > g > text");
    let ticks: Vec<String> = ticks.iter().map(text).collect();
    assert_eq!(ticks, ["£0", "£20m", "£40m", "£60m"]);
    let outlined = select(
        &page,
        ".stour-chart__wide svg > path[fill='#ffffff'][stroke]",
    );
    assert_eq!(
        outlined.len(),
        1,
        "what closes the gap is told without its colour"
    );
}

#[test]
fn long_labels_of_bars_are_broken_and_what_cannot_be_drawn_is_left_out() {
    let mut chart = gap(&"Care at home after a stay in hospital, in every district ".repeat(3));
    chart.bars[1].to = Some(f64::NAN);
    chart.bars[3].from = f64::INFINITY;
    chart.bars[3].interval = Some((f64::NAN, 1.0));
    is_in_order(&chart);
}

#[test]
fn the_last_column_is_of_numbers_unless_it_says_words() {
    let words = BarChart {
        words_last: true,
        ..rates()
    };
    for (chart, count) in [(rates(), 0), (words, 1)] {
        let page = Html::parse_document(&chart.render().into_string());
        assert_eq!(select(&page, "table.stour-data").len(), 1);
        assert_eq!(select(&page, "table.stour-data--words").len(), count);
    }
}
