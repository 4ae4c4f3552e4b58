//! A profile as files: one table of everything for programs, a sheet for each part for people.

use axum::response::Response;
use stour_spreadsheet::Value;
use stour_web::Problem;

use super::indicators::compared;
use super::living::{PEOPLE_SOURCE, TENTHS_SOURCE, band};
use super::page::{UNVERIFIED, tenth_name};
use super::profile::Profile;
use crate::indicator::download::{self, FileTable, Form};
use crate::indicator::publish::Published;
use crate::indicator::report::Report;
use crate::indicator::shown::{halves, value};
use crate::words;

/// The columns of the one table.
const COLUMNS: [&str; 17] = [
    "part",
    "id",
    "name",
    "from",
    "before",
    "value",
    "lower",
    "upper",
    "unit",
    "numerator",
    "denominator",
    "whole",
    "compared",
    "reading",
    "why",
    "source",
    "link",
];

/// A profile as a file.
///
/// # Errors
/// 500 when it cannot be written.
pub(super) fn answer(profile: &Profile, form: Form, host: &str) -> Result<Response, Problem> {
    let name = profile.known.piece.address().replace(':', "-");
    let (people, indicators) = (people(profile), indicators(profile, host));
    if form == Form::Csv {
        let all = people.into_iter().chain(indicators).collect();
        return download::csv(&name, &table("Profile", all));
    }
    let tables = [("People", people), ("Indicators", indicators)];
    let tables = tables.into_iter().filter(|(_, rows)| !rows.is_empty());
    let tables: Vec<FileTable> = tables.map(|(name, rows)| table(name, rows)).collect();
    if form == Form::Json {
        return Ok(download::json(&tables));
    }
    download::xlsx(&name, cover(profile), tables)
}

fn table(name: &'static str, rows: Vec<Vec<Value>>) -> FileTable {
    FileTable {
        name,
        headings: COLUMNS.map(str::to_owned).to_vec(),
        rows,
    }
}

fn cover(profile: &Profile) -> Vec<String> {
    let mut lines = vec![
        profile.title(),
        format!("Counted as of {} by Stour.", words::day(profile.as_of)),
        format!("People: {PEOPLE_SOURCE}."),
        format!("Deprivation: {TENTHS_SOURCE}."),
        "Compared: higher or lower where the whole partnership’s value lies outside the place’s interval, similar where it lies inside. Places are not ranked.".to_owned(),
        "Counts that are too small to publish are withheld: the row says so.".to_owned(),
        UNVERIFIED.to_owned(),
    ];
    if let Some(last) = profile
        .known
        .valid
        .end()
        .and_then(|end| end.yesterday().ok())
    {
        lines.push(format!("Until {}.", words::day(last)));
    }
    lines
}

/// Who lives there: a number of people or areas, beside the whole's.
fn people(profile: &Profile) -> Vec<Vec<Value>> {
    let (living, whole) = (&profile.known.living, &profile.whole);
    let row = |part: &str, id: String, name: String, (own, of_whole): (u32, u32), unit: &str| {
        let source = if part == "people" {
            PEOPLE_SOURCE
        } else {
            TENTHS_SOURCE
        };
        let mut row = vec![Value::Empty; COLUMNS.len()];
        let cells = [
            (0, part.into()),
            (1, id.into()),
            (2, name.into()),
            (5, Value::Number(f64::from(own))),
            (8, unit.into()),
            (11, Value::Number(f64::from(of_whole))),
            (15, source.into()),
        ];
        for (place, value) in cells {
            if let Some(cell) = row.get_mut(place) {
                *cell = value;
            }
        }
        row
    };
    let mut rows = vec![row(
        "people",
        "all".to_owned(),
        "All ages".to_owned(),
        (living.total(), whole.total()),
        "people",
    )];
    let ages = living.people.bands().zip(whole.people.bands());
    rows.extend(ages.map(|((from, own), (_, of_whole))| {
        let name = format!("Aged {}", band(from));
        row("people", from.to_string(), name, (own, of_whole), "people")
    }));
    for (tenth, (own, of_whole)) in (1_u8..).zip(living.tenths.iter().zip(&whole.tenths)) {
        let name = format!("Deprivation tenth {}", tenth_name(tenth));
        let pair = (own.people, of_whole.people);
        rows.push(row(
            "deprivation",
            tenth.to_string(),
            name.clone(),
            pair,
            "people",
        ));
        let pair = (own.areas, of_whole.areas);
        rows.push(row(
            "deprivation",
            tenth.to_string(),
            name,
            pair,
            "small areas",
        ));
    }
    rows
}

fn indicators(profile: &Profile, host: &str) -> Vec<Vec<Value>> {
    let reports = profile.reports.iter();
    reports.map(|report| line(profile, report, host)).collect()
}

fn line(profile: &Profile, report: &Report, host: &str) -> Vec<Value> {
    let definition = report.definition;
    let figure = report.total.figure();
    let estimate = figure.and_then(|figure| figure.estimate.as_ref().ok());
    let interval = estimate.and_then(|estimate| estimate.interval);
    let number = |number: Option<f64>| number.map_or(Value::Empty, Value::Number);
    let [above, below] = figure.map_or([None; 2], |figure| halves(definition, figure));
    let place = if profile.is_counted {
        format!("?place={}", profile.known.piece.address())
    } else {
        String::new()
    };
    let (side, reading, why) = match compared(report) {
        Ok(found) => (found.side.word(), found.reading(), String::new()),
        Err(why) => ("", "", why.words().to_owned()),
    };
    let why = if estimate.is_some() {
        why
    } else {
        value(report, &report.total)
    };
    vec![
        "indicator".into(),
        definition.id.as_str().into(),
        definition.title.as_str().into(),
        Value::Date(report.latest.from().to_string()),
        Value::Date(report.latest.before().to_string()),
        number(estimate.map(|estimate| estimate.value)),
        number(interval.map(|(lower, _)| lower)),
        number(interval.map(|(_, upper)| upper)),
        definition.unit.as_str().into(),
        number(above),
        number(below),
        number(report.comparator.as_ref().and_then(Published::value)),
        side.into(),
        reading.into(),
        why.into(),
        definition.source.as_str().into(),
        format!("{host}{}{place}", report.address()).into(),
    ]
}
