use std::collections::BTreeMap;

use stour_kernel::Environment;
use stour_partnership::reference;
use stour_spreadsheet::Value;
use stour_statistics::xmr::Profile;

use super::*;
use crate::indicator::download::Form;
use crate::indicator::download::comma_separated;
use crate::measure::measure;
use crate::series::{PartKey, judge};

fn whole(profile: Profile) -> Whole {
    let measure = measure("no-criteria-to-reside").unwrap();
    let mut points = BTreeMap::new();
    let mut at: Date = "2024-01-01".parse().unwrap();
    for number in 0_u32..800 {
        let value = f64::from(100 + number * 37 % 23 + number / 40);
        match number {
            300 => points.insert(at, 0.0),
            500 => None,
            _ => points.insert(at, value),
        };
        at = at.tomorrow().unwrap();
    }
    let judgement = judge(measure, &points.into(), &[], profile.into()).unwrap();
    Whole {
        series: Series {
            id: Environment::fixed("2026-01-01T00:00:00Z").id(),
            measure: measure.id.clone(),
            area: "R0D".to_owned(),
            area_kind: "acute-trust".to_owned(),
            part: PartKey::default(),
            source: measure.source.clone(),
            definition_version: measure.definition_version.clone(),
        },
        measure,
        area: Area::named(reference().unwrap(), "R0D").unwrap(),
        judgement,
        is_counted: false,
        rebases: Vec::new(),
        annotations: Vec::new(),
        revisions: Vec::new(),
        joins: Vec::new(),
        divided: Vec::new(),
        compared: Vec::new(),
    }
}

fn nothing_said() -> Said {
    Said {
        commentary: Commentary::default(),
        today: "2026-11-01".parse().unwrap(),
        may: false,
    }
}

#[test]
fn the_chart_the_file_and_the_judgement_say_the_same_numbers() {
    for profile in [Profile::MakingDataCount, Profile::PlotTheDots022] {
        let whole = whole(profile);
        let chart = whole.chart(Window::All, profile.into());
        let csv = String::from_utf8(comma_separated(&whole.figures()).unwrap()).unwrap();
        let mut lines = csv.lines();
        assert_eq!(
            lines.next(),
            Some("date,published,value,missing,mean,lower_limit,upper_limit,variation,rule,target")
        );
        assert_eq!(chart.points.len(), 800);
        for ((point, day), line) in chart.points.iter().zip(&whole.judgement.days).zip(lines) {
            assert_eq!(point.value, day.judged.value);
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells[0], day.judged.at.to_string());
            assert_eq!(cells[2].parse().ok(), point.value);
            if point.value.is_some() {
                let limits = point.limits.unwrap();
                assert_eq!(cells[4].parse(), Ok(limits.mean));
                assert_eq!(cells[5].parse(), Ok(limits.lower));
                assert_eq!(cells[6].parse(), Ok(limits.upper));
                assert_eq!(cells[8], point.note);
            }
        }
    }
}

#[test]
fn the_window_changes_what_is_drawn_and_no_verdict() {
    let whole = whole(Profile::default());
    let chart = |window| whole.chart(window, Method::default());
    let (year, all) = (chart(Window::Year), chart(Window::All));
    assert_eq!(year.points.len(), 365);
    assert_eq!(year.points, all.points[435..]);
    assert_eq!(Window::named(Some("all"), Every::Day), Window::All);
    assert_eq!(Window::named(Some("nonsense"), Every::Day), Window::Year);
}

#[test]
fn the_page_lists_what_is_missing_and_says_what_the_measure_is_not() {
    let page = whole(Profile::default())
        .page(Window::Year, Method::default(), &nothing_said())
        .into_string();
    assert!(page.contains("27 October 2024"), "the zero");
    assert!(page.contains("taken as a missing return"));
    assert!(page.contains("Nothing was published for this day."));
    assert!(page.contains("A count of beds to close"));
    assert!(page.contains("Unverified: the Making Data Count rules"));
    assert!(page.contains(".csv?profile=making-data-count"));
}

fn workbook(whole: &Whole, base: &str) -> stour_spreadsheet::Workbook {
    let answer = whole.answer(Form::Xlsx, Method::default(), base).unwrap();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX);
    let bytes = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(body)
        .unwrap();
    stour_spreadsheet::read(&bytes).unwrap()
}

#[test]
fn the_workbook_has_a_cover_then_a_table_a_sheet_with_the_numbers_of_the_chart() {
    let whole = whole(Profile::default());
    let workbook = workbook(&whole, "https://stour.example");
    let names: Vec<&str> = workbook
        .sheets
        .iter()
        .map(|sheet| sheet.name.as_str())
        .collect();
    assert_eq!(names, ["Cover", "Figures"], "empty tables are left out");
    let cover: Vec<String> = workbook.sheets[0]
        .rows
        .iter()
        .map(|row| match row.as_slice() {
            [Value::Text(line)] => line.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(cover[0], whole.headline());
    for told in [
        "It is not: ",
        "Source: ",
        "Definition: ",
        "Unverified: the Making Data Count rules",
        "Sheet “Figures” (800 rows): ",
        "Page: https://stour.example/board/series/no-criteria-to-reside/R0D",
    ] {
        assert!(
            cover.iter().any(|line| line.starts_with(told)),
            "{told}: {cover:?}"
        );
    }
    let rows = &workbook.sheets[1].rows;
    assert_eq!(rows.len(), 801);
    assert_eq!(rows[0].len(), 10);
    let days = &whole.judgement.days;
    for (row, day) in rows[1..].iter().zip(days) {
        let date = Value::Text(day.judged.at.to_string());
        assert_eq!(row[0], date);
        assert_eq!(row.get(2).and_then(Value::number), day.judged.value);
        assert_eq!(row.get(4).and_then(Value::number), day.judged.mean);
    }
}

#[test]
fn what_somebody_typed_is_text_in_a_workbook_whatever_it_begins_with() {
    let mut whole = whole(Profile::default());
    whole.annotations.push(Annotation {
        day: "2025-01-01".parse().unwrap(),
        what: "=HYPERLINK(\"https://elsewhere.example\")".to_owned(),
        told_by: "@someone".to_owned(),
        recorded_at: "2025-01-02T00:00:00Z".parse().unwrap(),
    });
    let workbook = workbook(&whole, "");
    let notes = workbook.sheet("Fresh starts and notes").unwrap();
    let row = &notes.rows[1];
    assert_eq!(
        row[2],
        Value::from("=HYPERLINK(\"https://elsewhere.example\")")
    );
    assert_eq!(row[3], Value::from("@someone"));
}

#[test]
fn a_target_that_is_passed_consistently_but_not_now_is_said_so() {
    let measure = measure("ae-within-four-hours").unwrap();
    let mut points = BTreeMap::new();
    let mut at: Date = "2024-04-01".parse().unwrap();
    for number in 0_u32..40 {
        let value = if number == 39 {
            70.0
        } else {
            90.0 + f64::from(number % 2)
        };
        points.insert(at, value);
        at = measure.every.after(at).unwrap();
    }
    let mut whole = whole(Profile::default());
    whole.judgement = judge(measure, &points.into(), &[], Method::default()).unwrap();
    whole.measure = measure;
    let page = whole
        .page(Window::All, Method::default(), &nothing_said())
        .into_string();
    assert!(
        page.contains("The latest figure, for July 2027, is 70.0%."),
        "{page}"
    );
    assert!(page.contains("Special cause: concern (low)"), "{page}");
    assert!(page.contains("Consistently passing the target"), "{page}");
    assert!(
        page.contains("The latest figure does not meet it."),
        "{page}"
    );
}
