//! An indicator as files: CSV for programs, a workbook for people, by the rules of "Releasing statistics in
//! spreadsheets" (Analysis Function): a cover, one table a sheet marked as a table, notes in words, nothing said by
//! colour, nothing merged.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_design::{Markup, html};
use stour_spreadsheet::{Created, Look, Sheet, Value, Workbook};
use stour_web::{House, Problem};

use super::page::{headline, people};
use super::period::Period;
use super::piece::{self, Piece};
use super::publish::{Audience, Published};
use super::report::Report;
use super::shown::{Behind, halves, things};
use crate::words;

/// A form in which a page can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Comma-separated values.
    Csv,
    /// The same as the API.
    Json,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// A name and the form that it ends with: `still-at-home.csv`.
    pub(crate) fn split(name: &str) -> (&str, Option<Self>) {
        let forms = [
            (".csv", Self::Csv),
            (".json", Self::Json),
            (".xlsx", Self::Xlsx),
        ];
        let found = forms
            .into_iter()
            .find_map(|(ending, form)| Some((name.strip_suffix(ending)?, form)));
        found.map_or((name, None), |(name, form)| (name, Some(form)))
    }
}

/// A table on its way into a file.
#[derive(Debug, Clone)]
pub(crate) struct FileTable {
    /// The name of its sheet, at most 31 letters.
    pub(crate) name: &'static str,
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// A file of CSV.
///
/// # Errors
/// 500 when it cannot be written.
pub(crate) fn csv(name: &str, table: &FileTable) -> Result<Response, Problem> {
    let bytes = comma_separated(table).map_err(|error| {
        tracing::error!(%error, "a file of CSV cannot be written");
        Problem::fault()
    })?;
    Ok(file(
        &format!("{name}.csv"),
        "text/csv; charset=utf-8",
        bytes,
    ))
}

/// A table as CSV has it.
///
/// # Errors
/// When a row is not as long as the headings.
pub(crate) fn comma_separated(table: &FileTable) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(&table.headings)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// A workbook: what it is, then each table on a sheet of its own.
///
/// # Errors
/// 500 when it cannot be written.
pub(crate) fn xlsx(
    name: &str,
    cover: Vec<String>,
    tables: Vec<FileTable>,
) -> Result<Response, Problem> {
    let widths = tables
        .iter()
        .map(|table| (table.name, table.headings.len()))
        .collect::<Vec<_>>();
    let cover = Sheet {
        name: "Cover".to_owned(),
        rows: cover
            .into_iter()
            .map(|line| vec![Value::from(line)])
            .collect(),
    };
    let sheets = tables.into_iter().map(|table| Sheet {
        name: table.name.to_owned(),
        rows: [table.headings.into_iter().map(Value::from).collect()]
            .into_iter()
            .chain(table.rows)
            .collect(),
    });
    let workbook = Workbook {
        sheets: [cover].into_iter().chain(sheets).collect(),
    };
    let look = |sheet: &Sheet| match widths.iter().find(|(name, _)| *name == sheet.name) {
        Some((_, columns)) => Look {
            header: true,
            table: true,
            widths: vec![20; *columns],
        },
        None => Look {
            widths: vec![100],
            ..Look::default()
        },
    };
    let made = Created {
        year: 2013,
        month: 4,
        day: 1,
    };
    let bytes = stour_spreadsheet::write(&workbook, made, look).map_err(|error| {
        tracing::error!(%error, "a workbook cannot be written");
        Problem::fault()
    })?;
    Ok(file(
        &format!("{name}.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    ))
}

/// Tables as JSON: of each a list of rows, by its name and by the headings.
pub(crate) fn json(tables: &[FileTable]) -> Response {
    let cell = |value: &Value| match value {
        Value::Empty => serde_json::Value::Null,
        Value::Text(text) | Value::Date(text) => text.as_str().into(),
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => (*number).into(),
        Value::Boolean(holds) => (*holds).into(),
    };
    let rows = |table: &FileTable| -> serde_json::Value {
        let row = |row: &Vec<Value>| -> serde_json::Map<String, serde_json::Value> {
            let named = table.headings.iter().cloned();
            named.zip(row.iter().map(cell)).collect()
        };
        table
            .rows
            .iter()
            .map(|cells| serde_json::Value::Object(row(cells)))
            .collect()
    };
    let named = |table: &FileTable| (table.name.to_lowercase().replace(' ', "_"), rows(table));
    let all: serde_json::Map<String, serde_json::Value> = tables.iter().map(named).collect();
    axum::Json(all).into_response()
}

fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes).into_response()
}

/// A cell as CSV has it.
fn text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => guarded(text),
        Value::Date(date) => date.clone(),
        Value::Number(number) | Value::Percent(number) | Value::Pounds(number) => {
            number.to_string()
        }
        Value::Boolean(holds) => holds.to_string(),
    }
}

/// Office programs compute text that begins with one of these, and could be made to send what they
/// hold elsewhere; after an apostrophe it stays text. Numbers are not text, so −5 stays −5.
fn guarded(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("{mark}{text}")
}

/// What links in files begin with: the address that people use; nothing where none is set.
pub(crate) fn base(house: &House) -> &str {
    house.settings().address.trim_end_matches('/')
}

const FIGURES: [&str; 9] = [
    "counted",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "withheld",
    "why",
    "link",
];

/// An indicator as a file.
///
/// # Errors
/// 500 when it cannot be written.
pub(crate) fn answer(report: &Report, form: Form, host: &str) -> Result<Response, Problem> {
    let name = &report.definition.id;
    match form {
        Form::Json => Ok(axum::Json(super::api::IndicatorReport::from(report)).into_response()),
        Form::Csv => csv(name, &flat(report, host)),
        Form::Xlsx => {
            let periods = FileTable {
                name: "By period",
                headings: headings(&["from", "before"]),
                rows: report
                    .periods
                    .iter()
                    .map(|(period, shown)| period_row(report, *period, shown, host))
                    .collect(),
            };
            let pieces = FileTable {
                name: "By piece",
                headings: headings(&["by", "code", "name"]),
                rows: piece_rows(report, host),
            };
            let tables = [periods, pieces]
                .into_iter()
                .filter(|table| !table.rows.is_empty());
            xlsx(name, cover(report), tables.collect())
        }
    }
}

fn headings(first: &[&str]) -> Vec<String> {
    first
        .iter()
        .chain(&FIGURES)
        .map(|heading| (*heading).to_owned())
        .collect()
}

/// Everything in one table: the main value, then periods, then pieces.
fn flat(report: &Report, host: &str) -> FileTable {
    let empty = || Value::Empty;
    let main = [
        vec!["total".into(), empty(), empty()],
        vec![
            Value::Date(report.period.from().to_string()),
            Value::Date(report.period.before().to_string()),
        ],
        figures(
            report,
            &report.total,
            &link(report, report.place.as_ref(), report.period, host),
        ),
    ];
    let periods = report.periods.iter().map(|(period, shown)| {
        let mut row = vec!["period".into(), empty(), empty()];
        row.extend(period_row(report, *period, shown, host));
        row
    });
    let pieces = piece_rows(report, host).into_iter().map(|mut row| {
        let figures = row.split_off(3);
        row.push(Value::Date(report.period.from().to_string()));
        row.push(Value::Date(report.period.before().to_string()));
        row.extend(figures);
        row
    });
    FileTable {
        name: "All",
        headings: headings(&["by", "code", "name", "from", "before"]),
        rows: [main.concat()]
            .into_iter()
            .chain(periods)
            .chain(pieces)
            .collect(),
    }
}

fn period_row(report: &Report, period: Period, shown: &Published, host: &str) -> Vec<Value> {
    let mut row = vec![
        Value::Date(period.from().to_string()),
        Value::Date(period.before().to_string()),
    ];
    row.extend(figures(
        report,
        shown,
        &link(report, report.place.as_ref(), period, host),
    ));
    row
}

fn piece_rows(report: &Report, host: &str) -> Vec<Vec<Value>> {
    let all = report.apart.iter().flat_map(|(_, pieces)| pieces);
    all.map(|(one, shown)| {
        let by = piece::ALL
            .iter()
            .find(|(apart, _)| apart.dimension() == one.dimension);
        let mut row: Vec<Value> = vec![
            by.map_or(piece::WITHIN, |(_, name)| name).into(),
            one.code.as_str().into(),
            one.name.as_str().into(),
        ];
        let opens = link(report, Some(one), report.period, host);
        row.extend(figures(report, shown, &opens));
        row
    })
    .collect()
}

/// Where a number opens to what it is made of: the people for those who may see them, its page for others.
fn link(report: &Report, piece: Option<&Piece>, period: Period, host: &str) -> String {
    if report.audience == Audience::MayOpen && !Behind::of(report.definition).is_empty() {
        return format!("{host}{}", people(report, period, "denominator", piece));
    }
    format!("{host}{}", report.link(piece, period))
}

fn figures(report: &Report, shown: &Published, link: &str) -> Vec<Value> {
    let figure = shown.figure();
    let [above, below] = figure.map_or([None; 2], |figure| halves(report.definition, figure));
    let count =
        |count: Option<i64>| count.map_or(Value::Empty, |count| Value::Number(piece::real(count)));
    let number = |number: Option<f64>| number.map_or(Value::Empty, Value::Number);
    let estimate = figure.and_then(|figure| figure.estimate.as_ref().ok());
    let interval = estimate.and_then(|estimate| estimate.interval);
    let why = match figure {
        None => Some(report.definition.small_numbers.rule.clone()),
        Some(figure) => figure.estimate.as_ref().err().cloned(),
    };
    vec![
        count(figure.and_then(|figure| things(report.definition, figure))),
        number(above),
        number(below),
        number(estimate.map(|estimate| estimate.value)),
        number(interval.map(|(lower, _)| lower)),
        number(interval.map(|(_, upper)| upper)),
        Value::Boolean(figure.is_none()),
        why.map_or(Value::Empty, Value::from),
        link.into(),
    ]
}

fn cover(report: &Report) -> Vec<String> {
    let definition = report.definition;
    let mut lines = vec![
        headline(report),
        format!("Unit: {}. {}.", definition.unit, report.period.words()),
        format!("Counted as of {} by Stour.", words::day(report.as_of)),
        format!("Source: {}", definition.source),
        format!("Version: {}", definition.definition_version),
        format!("About: {}", definition.population),
        format!("Above the line: {}", definition.numerator),
        format!("Below the line: {}", definition.denominator),
        format!("Period: {}", definition.period),
        format!("Small numbers: {}", definition.small_numbers.rule),
        "Localities are an unverified local lookup from the practice.".to_owned(),
    ];
    lines.extend(
        definition
            .correction
            .iter()
            .map(|correction| format!("Put right: {correction}")),
    );
    lines.extend(
        definition
            .exclusions
            .iter()
            .map(|exclusion| format!("Not counted: {exclusion}")),
    );
    lines.extend(definition.notes.iter().map(|note| format!("Note: {note}")));
    lines
}

/// The files that a page can be taken away as, by its own address with all that it asks.
pub(crate) fn links(page: &str) -> Markup {
    let (address, asked) = page.split_once('?').unwrap_or((page, ""));
    let mark = if asked.is_empty() { "" } else { "?" };
    let href = |ending: &str| format!("{address}.{ending}{mark}{asked}");
    html! {
        p.stour-downloads {
            "Take these numbers away: "
            a href=(href("csv")) { "CSV" } ", "
            a href=(href("xlsx")) { "spreadsheet" } ", "
            a href=(href("json")) { "JSON" } "."
        }
    }
}

#[cfg(test)]
mod tests;
