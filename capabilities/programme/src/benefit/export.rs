//! Benefits, signatures and claims as files: what pages show of them, row by row.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_benefits::Quantity;
use stour_benefits::ladder::{Cashable, Signature};
use stour_kernel::{Date, Pence};
use stour_partnership::organisation_name;
use stour_spreadsheet::{Created, Look, Sheet, Value, Workbook, write};
use stour_web::words::{csv_field, segment};
use stour_web::{Caller, Problem};

use super::kind::KIND;
use super::ladder::{Climb, signature_of, words};
use super::ledger::{Claim, claims_of};
use super::measured::Measured;
use super::shown::standing_words;
use super::signature::{Ladder, Signed};
use super::view::View;

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    Words(String),
    Number(Quantity),
    Money(Pence),
}

impl From<&str> for Held {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Held {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<Option<Quantity>> for Held {
    fn from(number: Option<Quantity>) -> Self {
        number.map_or_else(|| Self::Words(String::new()), Self::Number)
    }
}

impl Held {
    /// As CSV has it: numbers as exact as they are kept, and no formula.
    fn csv(&self) -> String {
        match self {
            Self::Words(words) => csv_field(words),
            Self::Number(number) => number.to_string(),
            Self::Money(amount) => plain(*amount),
        }
    }

    /// As a workbook has it: a number where a cell holds it exactly.
    fn value(&self) -> Value {
        let exact = |text: String, number: fn(f64) -> Value| match text.parse::<f64>() {
            Ok(value) if value.to_string() == text => number(value),
            _ => text.into(),
        };
        match self {
            Self::Words(words) if words.is_empty() => Value::Empty,
            Self::Words(words) => words.as_str().into(),
            Self::Number(number) => exact(number.to_string(), Value::Number),
            Self::Money(amount) => {
                let text = plain(*amount);
                let text = text.trim_end_matches('0').trim_end_matches('.');
                exact(text.to_owned(), Value::Pounds)
            }
        }
    }
}

/// Pounds with two decimals and nothing else.
fn plain(amount: Pence) -> String {
    let (sign, pence) = (amount.as_i64() < 0, amount.as_i64().unsigned_abs());
    let sign = if sign { "-" } else { "" };
    format!("{sign}{}.{:02}", pence / 100, pence % 100)
}

/// A table that can be taken away.
struct Taken {
    /// The name of its file and sheet.
    name: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Held>>,
}

impl Taken {
    fn csv(&self) -> String {
        let columns = self.columns.iter().map(|column| csv_field(column));
        let rows = self.rows.iter();
        let rows = rows.map(|row| row.iter().map(Held::csv).collect::<Vec<_>>());
        let lines = std::iter::once(columns.collect()).chain(rows);
        lines.fold(String::new(), |mut text, line: Vec<String>| {
            text.push_str(&line.join(","));
            text.push_str("\r\n");
            text
        })
    }

    fn sheet(&self) -> Sheet {
        let columns = self.columns.iter().map(|column| Value::from(*column));
        let rows = self.rows.iter();
        let rows = rows.map(|row| row.iter().map(Held::value).collect());
        Sheet {
            name: self.name.to_owned(),
            rows: std::iter::once(columns.collect()).chain(rows).collect(),
        }
    }
}

/// `GET /programmes/{programme}/benefits/export/{file}`: a table as CSV, or all of them as a workbook.
pub(crate) async fn show(
    caller: Caller,
    Path((programme, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let view = View::of(&caller, &programme).await?;
    let scope = view.opened.scope.clone();
    let database = caller.house().database();
    let claimed = database.read(move |tx| claims_of(tx, &scope)).await?;
    let all = [overview(&view), claims(&view, &claimed), signatures(&view)];
    let name = format!("{}-{file}", segment(&view.opened.scope));
    if file == "benefits.xlsx" {
        return Ok(sent(XLSX, &name, workbook(&all, caller.today())?));
    }
    let mut asked = all.iter();
    let asked = asked.find(|one| file.strip_suffix(".csv") == Some(one.name));
    let asked = asked.ok_or_else(Problem::not_found)?;
    Ok(sent(CSV, &name, asked.csv().into_bytes()))
}

fn workbook(all: &[Taken], today: Date) -> Result<Vec<u8>, Problem> {
    let created = Created {
        year: u16::try_from(today.year()).unwrap_or(1900),
        month: u8::try_from(today.month()).unwrap_or(1),
        day: u8::try_from(today.day()).unwrap_or(1),
    };
    let sheets = all.iter().map(Taken::sheet).collect();
    let look = |sheet: &Sheet| Look {
        header: true,
        table: true,
        widths: vec![20; sheet.rows.first().map_or(0, Vec::len)],
    };
    write(&Workbook { sheets }, created, look).map_err(|error| {
        Problem::conflict(format!(
            "This cannot be a workbook: {error}. Take it as CSV."
        ))
    })
}

fn sent(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, bytes).into_response()
}

fn reference(number: i64) -> String {
    format!("{}{number}", KIND.prefix)
}

/// Every benefit, where it stands and how far it has come.
fn overview(view: &View) -> Taken {
    let rows = view.all.iter().map(|one| benefit(one, &view.climb(one)));
    Taken {
        name: "overview",
        rows: rows.collect(),
        columns: vec![
            "Benefit",
            "Title",
            "Measure",
            "Unit",
            "Baseline",
            "Latest figure",
            "Of",
            "Expected",
            "Better by",
            "Stands",
            "Operational",
            "Financial",
            "Cashable",
            "Worth a year",
        ],
    }
}

fn benefit(one: &Measured, climb: &Climb) -> Vec<Held> {
    let found = one.found.as_ref();
    let worth = found.and_then(|found| found.worth.as_ref());
    let expected = found.and_then(|found| found.expected);
    let mut row = vec![
        reference(one.benefit.number).into(),
        one.benefit.title.as_str().into(),
        one.benefit.measure.as_str().into(),
        one.unit_words().into(),
        one.benefit.baseline.map(|baseline| baseline.value).into(),
        found.map(|found| found.value).into(),
        found.map_or("", |found| found.period.as_str()).into(),
        expected.map(|expected| expected.value).into(),
        found.and_then(|found| found.better_by).into(),
        standing_words(one).into(),
    ];
    row.extend(Ladder::ALL.map(|ladder| words(climb, ladder).into()));
    row.push(worth.map_or_else(|| "".into(), |worth| Held::Money(worth.rate.yearly)));
    row
}

/// Every claim of the programme, also those that were taken back.
fn claims(view: &View, all: &[Claim]) -> Taken {
    let rows = all.iter().map(|claim| {
        let (why, by, at) = claim.ended.as_ref().map_or_else(
            || (String::new(), String::new(), String::new()),
            |(why, by, at)| (why.clone(), by.clone(), at.to_string()),
        );
        let state = if claim.ended.is_none() {
            "Holds"
        } else {
            "Taken back"
        };
        let (title, unit) = view.one(claim.number).map_or(("", ""), |(one, _)| {
            (one.benefit.title.as_str(), one.unit_words())
        });
        vec![
            reference(claim.number).into(),
            title.into(),
            claim.change.measure.as_str().into(),
            claim.change.day.to_string().into(),
            Held::Number(claim.quantity),
            unit.into(),
            Held::Number(claim.observed),
            claim.counterfactual.as_str().into(),
            claim.by.name.as_str().into(),
            organisation_name(&claim.by.organisation).into(),
            claim.at.to_string().into(),
            state.into(),
            why.into(),
            by.into(),
            at.into(),
        ]
    });
    Taken {
        name: "claims",
        rows: rows.collect(),
        columns: vec![
            "Benefit",
            "Title",
            "Measure",
            "Figure of",
            "Claims",
            "Unit",
            "Better by when it was claimed",
            "Held against",
            "Entered by",
            "Organisation",
            "Entered at",
            "State",
            "Why taken back",
            "Taken back by",
            "Taken back at",
        ],
    }
}

/// Every signature under the programme's benefits, and whether a ladder rests on it now.
fn signatures(view: &View) -> Taken {
    let in_use: Vec<Signature> = view
        .all
        .iter()
        .flat_map(|one| rests_on(&view.climb(one)))
        .collect();
    let rows = view.evidence.signed.iter().map(|signed| {
        let entries = view.opened.entries.all().iter();
        let mut entries = entries.filter(|entry| entry.id == signed.benefit);
        let benefit = entries.next();
        vec![
            benefit
                .map_or_else(String::new, |one| reference(one.number))
                .into(),
            benefit.map_or("", |one| one.get(KIND.title)).into(),
            signed.ladder.words().into(),
            signed.figures.as_str().into(),
            signed.words.as_str().into(),
            signed.by.name.as_str().into(),
            organisation_name(&signed.by.organisation).into(),
            signed.at.to_string().into(),
            if in_use.iter().any(|one| is_of(one, signed)) {
                "yes"
            } else {
                "no"
            }
            .into(),
        ]
    });
    Taken {
        name: "signatures",
        rows: rows.collect(),
        columns: vec![
            "Benefit",
            "Title",
            "Ladder",
            "What was signed",
            "In their words",
            "Signed by",
            "Organisation",
            "Signed at",
            "Holds now",
        ],
    }
}

/// Every signature that a ladder of a benefit rests on.
fn rests_on(climb: &Climb) -> Vec<Signature> {
    let first = [Ladder::Operational, Ladder::Financial];
    let first = first
        .into_iter()
        .filter_map(|ladder| signature_of(climb, ladder));
    let lines = climb.cashable.iter().filter_map(|(_, state)| match state {
        Ok(Cashable::Agreed(agreed)) => Some(agreed.signature()),
        _ => None,
    });
    first.chain(lines).cloned().collect()
}

fn is_of(one: &Signature, signed: &Signed) -> bool {
    let by = signed.by.user.map(|user| user.to_string());
    one.at == signed.at && by.as_deref() == Some(one.by.as_str())
}

#[cfg(test)]
mod tests;
