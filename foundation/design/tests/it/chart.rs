//! Charts: what is drawn, what the table says, and that the two agree.

use std::collections::BTreeSet;
use std::path::Path;

use scraper::{ElementRef, Html, Selector};
use stour_design::chart::{
    Aim, Change, CivilDay, Limits, Palette, PointKind, Sparkline, Unit, XmrChart, XmrPoint,
};
use stour_design::{Markup, Render};

/// A whole number as a height: a deterministic series without a source of randomness.
fn wave(position: i32) -> f64 {
    f64::from((position * 7919 + position * position * 31).rem_euclid(41))
}

fn point(day: CivilDay, label: &str, value: Option<f64>, limits: Option<Limits>) -> XmrPoint {
    let kind = match (value, limits) {
        (Some(value), Some(limits)) if value > limits.upper => PointKind::Concern,
        (Some(value), Some(limits)) if value < limits.lower => PointKind::Improvement,
        _ => PointKind::Common,
    };
    let note = if kind.is_special() {
        "beyond a limit".to_owned()
    } else {
        String::new()
    };
    XmrPoint {
        day,
        label: label.to_owned(),
        value,
        kind,
        note,
        limits,
        href: None,
    }
}

/// Two years of months, two of them missing, the limits begun again after the first.
fn monthly() -> XmrChart {
    let points = (0_i16..24).map(|month| {
        let day = CivilDay::new(2024 + month / 12, i8::try_from(month % 12 + 1).unwrap(), 1);
        let value = (!(5..=6).contains(&month)).then(|| 80.0 + wave(month.into()) / 2.0);
        let limits = if month < 12 {
            Limits {
                mean: 90.5,
                lower: 82.0,
                upper: 99.0,
            }
        } else {
            Limits {
                mean: 88.25,
                lower: 81.5,
                upper: 96.0,
            }
        };
        point(day, &format!("month {month}"), value, Some(limits))
    });
    XmrChart {
        unit: Unit::PERCENT,
        targets: vec![Aim::always(95.0)],
        changes: vec![Change {
            day: CivilDay::new(2025, 1, 1),
            label: "Limits recalculated".to_owned(),
        }],
        description: "22 months with values, January 2024 to December 2025.".to_owned(),
        csv_href: Some("/indicators/1.csv".to_owned()),
        ..XmrChart::new(
            "seen",
            "More people are seen in time",
            "Seen within four hours, each month",
            points.collect(),
        )
    }
}

/// Days in a row, 28 to a month so that every one of them exists.
fn daily(count: i32) -> XmrChart {
    let points = (0..count).map(|position| {
        let day = CivilDay::new(
            i16::try_from(2022 + position / 336).unwrap(),
            i8::try_from(position / 28 % 12 + 1).unwrap(),
            i8::try_from(position % 28 + 1).unwrap(),
        );
        let limits = Limits {
            mean: 320.0,
            lower: 303.0,
            upper: 337.0,
        };
        point(
            day,
            &format!("day {position}"),
            Some(300.0 + wave(position)),
            Some(limits),
        )
    });
    XmrChart {
        description: "Days.".to_owned(),
        ..XmrChart::new("days", "Days", "Each day", points.collect())
    }
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn number(element: &ElementRef<'_>, name: &str) -> f64 {
    element.value().attr(name).unwrap().parse().unwrap()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

/// A number as the chart writes it.
fn written(text: &str) -> f64 {
    text.replace('−', "-")
        .trim_end_matches('%')
        .replace(',', "")
        .parse()
        .unwrap()
}

fn page(chart: &XmrChart) -> Html {
    Html::parse_fragment(&chart.render().0)
}

fn svg(markup: &Markup, part: &str) -> String {
    let page = Html::parse_fragment(&markup.0);
    let drawing = select(&page, part);
    drawing.first().unwrap().html().replace("><", ">\n<")
}

#[test]
fn a_chart_of_months_is_drawn_as_it_was() {
    let markup = monthly().render();
    insta::assert_snapshot!("months_wide", svg(&markup, ".stour-chart__wide svg"));
    insta::assert_snapshot!("months_narrow", svg(&markup, ".stour-chart__narrow svg"));
    insta::assert_snapshot!("months_key", svg(&markup, ".stour-key"));
}

#[test]
fn a_chart_of_sixty_days_is_drawn_as_it_was() {
    let chart = XmrChart {
        palette: Palette::MakingDataCount,
        ..daily(60)
    };
    insta::assert_snapshot!("days_wide", svg(&chart.render(), ".stour-chart__wide svg"));
}

#[test]
fn a_sparkline_is_drawn_as_it_was() {
    let sparkline = Sparkline {
        values: vec![Some(3.0), Some(5.0), None, Some(4.0), Some(9.0)],
        kind: PointKind::NeutralHigh,
        mean: Some(5.0),
        target: Some(8.0),
        label: "9 people, unusually high".to_owned(),
        ..Sparkline::default()
    };
    insta::assert_snapshot!("sparkline", svg(&sparkline.render(), "svg"));
}

#[test]
fn every_snapshot_is_of_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots");
    let found = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let used = [
        "bars__gap_wide",
        "chart__days_wide",
        "chart__months_key",
        "chart__months_narrow",
        "chart__months_wide",
        "chart__sparkline",
        "choropleth__districts_narrow",
        "choropleth__districts_wide",
        "lines__fan_narrow",
        "lines__fan_wide",
        "lines__partners_wide",
        "tornado__tornado_narrow",
        "tornado__tornado_wide",
    ];
    let used = used.map(|name| format!("it__{name}.snap"));
    assert_eq!(found.collect::<BTreeSet<_>>(), BTreeSet::from(used));
}

/// Reads the drawing back: the ticks give the scale, the scale gives the value of every corner of the line.
#[test]
fn the_drawing_and_the_table_say_the_same_numbers() {
    for (chart, tolerance) in [(monthly(), 0.1), (daily(1249), 1.0), (daily(30), 0.5)] {
        let page = page(&chart);
        let table = select(&page, "tbody tr td:nth-child(2)")
            .iter()
            .map(text)
            .collect::<Vec<_>>();
        assert_eq!(table.len(), chart.points.len());
        let table = table
            .iter()
            .filter(|value| *value != "Missing")
            .map(|value| written(value))
            .collect::<Vec<_>>();
        for place in ["wide", "narrow"] {
            let ticks = select(
                &page,
                &format!(".stour-chart__{place} g[text-anchor=end] text"),
            );
            let [first, .., last] = ticks.as_slice() else {
                panic!("two ticks at least")
            };
            let (low, high) = (written(&text(first)), written(&text(last)));
            let (bottom, top) = (number(first, "y"), number(last, "y"));
            let value = |y: f64| low + (bottom - y) / (bottom - top) * (high - low);
            let offset = if place == "wide" { 16.0 } else { 13.0 } * 0.35;
            let line = select(&page, &format!(".stour-chart__{place} .stour-chart__line"));
            let corners = line[0].value().attr("d").unwrap().split(['M', 'L']).skip(1);
            let drawn = corners.map(|corner| {
                value(corner.split(' ').nth(1).unwrap().parse::<f64>().unwrap() + offset)
            });
            let drawn = drawn.collect::<Vec<_>>();
            assert_eq!(drawn.len(), table.len());
            for (drawn, said) in drawn.iter().zip(&table) {
                assert!(
                    (drawn - said).abs() <= tolerance,
                    "{place}: drawn {drawn}, said {said}"
                );
            }
        }
    }
}

#[test]
fn the_labels_at_the_end_say_what_the_last_row_says() {
    let chart = monthly();
    let page = page(&chart);
    let row = select(&page, "tbody tr:last-child td")
        .iter()
        .map(text)
        .collect::<Vec<_>>();
    let labels = select(&page, ".stour-chart__wide svg > text")
        .iter()
        .map(text)
        .collect::<Vec<_>>();
    for (name, cell) in [
        ("Latest", &row[0]),
        ("Mean", &row[1]),
        ("Lower limit", &row[2]),
        ("Upper limit", &row[3]),
    ] {
        assert!(
            labels.contains(&format!("{name} {cell}")),
            "{name} {cell} in {labels:?}"
        );
    }
    assert!(labels.contains(&"Target 95.0%".to_owned()));
}

#[test]
fn labels_stand_apart_and_inside_the_drawing() {
    let close = |target: f64| {
        let limits = Limits {
            mean: 50.0,
            lower: 49.8,
            upper: 50.2,
        };
        let points = (1_i8..=28).map(|day| {
            let value = if day == 3 { 90.0 } else { 50.1 };
            point(
                CivilDay::new(2025, 2, day),
                "day",
                Some(value),
                Some(limits),
            )
        });
        XmrChart {
            targets: vec![Aim::always(target)],
            ..XmrChart::new("close", "Close", "Close", points.collect())
        }
    };
    for chart in [close(50.0), close(20.0), close(90.0), monthly(), daily(400)] {
        let page = page(&chart);
        for (place, width, height, apart) in
            [("wide", 800.0, 380.0, 16.0), ("narrow", 345.0, 300.0, 15.0)]
        {
            let labels = select(
                &page,
                &format!(".stour-chart__{place} svg > text:not([text-anchor])"),
            );
            let mut heights = labels
                .iter()
                .map(|label| number(label, "y"))
                .collect::<Vec<_>>();
            heights.sort_by(f64::total_cmp);
            assert!(
                heights.windows(2).all(|pair| pair[1] - pair[0] >= apart),
                "{place} {heights:?}"
            );
            assert!(
                heights.iter().all(|y| (8.0..height).contains(y)),
                "{place} {heights:?}"
            );
            for label in labels {
                let letters = f64::from(u32::try_from(text(&label).chars().count()).unwrap());
                let size = if place == "wide" { 16.0 } else { 13.0 };
                assert!(
                    number(&label, "x") + letters * size * 0.52 <= width,
                    "{place} {}",
                    text(&label)
                );
            }
        }
    }
}

#[test]
fn ticks_of_time_stand_apart() {
    for count in [2, 20, 60, 99, 150, 336, 700, 1249] {
        let page = page(&daily(count));
        for (place, letter) in [("wide", 8.4), ("narrow", 6.8)] {
            let ticks = select(
                &page,
                &format!(".stour-chart__{place} g[text-anchor=middle] text"),
            );
            assert!(
                ticks.len() > 1,
                "{place}: {count} days have {} ticks",
                ticks.len()
            );
            let room = |tick: &ElementRef<'_>| {
                f64::from(u32::try_from(text(tick).len()).unwrap()) * letter / 2.0
            };
            for pair in ticks.windows(2) {
                let gap = number(&pair[1], "x") - number(&pair[0], "x");
                assert!(
                    gap > room(&pair[0]) + room(&pair[1]),
                    "{place}: {count} days, gap {gap}"
                );
            }
        }
    }
}

#[test]
fn a_chart_of_many_days_stays_light() {
    let page = page(&daily(1249));
    let weight = select(&page, "svg")
        .iter()
        .map(|svg| svg.html().len())
        .sum::<usize>();
    assert!(weight < 150_000, "{weight} bytes");
}

#[test]
fn a_missing_value_breaks_the_line_and_is_marked() {
    let page = page(&monthly());
    let line = select(&page, ".stour-chart__wide .stour-chart__line");
    assert_eq!(line[0].value().attr("d").unwrap().matches('M').count(), 2);
    assert_eq!(
        select(&page, "tbody td")
            .iter()
            .filter(|cell| text(cell) == "Missing")
            .count(),
        2
    );
    assert!(
        select(&page, ".stour-key li")
            .iter()
            .any(|item| text(item).contains("Missing"))
    );
}

#[test]
fn a_drawing_is_named_described_and_without_a_tooltip() {
    let page = page(&monthly());
    let ids = select(&page, "[id]")
        .iter()
        .map(|element| element.value().attr("id").unwrap())
        .collect::<Vec<_>>();
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "ids twice: {ids:?}"
    );
    for drawing in select(&page, "svg[role=img]") {
        let named = drawing.value().attr("aria-labelledby").unwrap().split(' ');
        for id in named.chain(drawing.value().attr("aria-describedby")) {
            assert!(ids.contains(&id), "{id}");
        }
    }
    assert!(select(&page, "svg > title, [style], [onclick]").is_empty());
    let special = monthly()
        .points
        .iter()
        .filter(|point| point.kind.is_special())
        .count();
    assert_eq!(
        select(&page, ".stour-chart__wide path title").len(),
        special
    );
    assert!(special > 0);
}

#[test]
fn the_table_scrolls_by_keyboard_under_a_name() {
    let page = page(&monthly());
    let region = select(&page, "details [role=region][tabindex='0']");
    let ids = region[0]
        .value()
        .attr("aria-labelledby")
        .unwrap()
        .split(' ');
    let names = ids
        .map(|id| text(&select(&page, &format!("#{id}"))[0]))
        .collect::<Vec<_>>();
    assert_eq!(
        names,
        [
            "More people are seen in time",
            "Seen within four hours, each month"
        ]
    );
    assert_eq!(
        select(&page, "a[download][href='/indicators/1.csv']").len(),
        1
    );
}

#[test]
fn a_chart_of_nothing_is_still_a_chart() {
    let page = page(&XmrChart::new("none", "No data", "Each month", Vec::new()));
    assert!(
        !page.html().contains("NaN") && !page.html().contains("inf"),
        "{}",
        page.html()
    );
}
