//! The published measures of the scorecard, each beside the figure of the country where areas can be compared.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use stour_database::{Error, Transaction, params, sql};
use stour_design::chart::Sparkline;
use stour_design::{Cell, Column, InsetText, Markup, Table, html};
use stour_kernel::Date;
use stour_spreadsheet::Value;
use stour_web::{House, Problem};

use crate::comparator::comparators;
use crate::indicator::definition::owner;
use crate::indicator::download::FileTable;
use crate::measure::Compare;
use crate::series::view::Whole;
use crate::series::{points, read as published, series};
use crate::shown::{assurance, hidden_caption, point_kind, profile, variation};
use crate::words;

/// How many of the latest periods a sparkline has.
const PERIODS: usize = 90;

/// A published series, and the figure of the country for its latest period.
pub(super) type Beside = (Whole, Option<f64>);

/// The series as they were judged last, and how much had been recorded then.
#[derive(Default)]
struct Judged(Mutex<Option<(Recorded, Arc<Vec<Beside>>)>>);

/// How many imports, fresh starts and notes there are: each is only ever added to.
type Recorded = [i64; 3];

/// Every published series of the partnership. Judging them takes longer than the rest of a page, so they are kept beside
/// the database until something is recorded.
pub(super) async fn read(house: &House) -> Result<Arc<Vec<Beside>>, Problem> {
    let judged = house.database().companion::<Judged>();
    let recorded = house.database().read(recorded).await?;
    let kept = || judged.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((then, all)) = kept().as_ref()
        && *then == recorded
    {
        return Ok(Arc::clone(all));
    }
    let all = Arc::new(judge(house).await?);
    *kept() = Some((recorded, Arc::clone(&all)));
    Ok(all)
}

fn recorded(tx: &mut Transaction<'_>) -> Result<Recorded, Error> {
    tx.one(
        sql!(
            "SELECT (SELECT count(*) FROM series_import), (SELECT count(*) FROM series_rebase),
                    (SELECT count(*) FROM series_annotation)"
        ),
        params![],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]),
    )
}

async fn judge(house: &House) -> Result<Vec<Beside>, Problem> {
    let all = published::all(house, profile(None)).await?;
    let countries = house.database().read(of_countries).await?;
    let beside = |whole: &Whole| {
        let (day, _) = whole.judgement.latest()?;
        let is_like = whole.measure.compare == Compare::Value;
        let country = countries.get(&whole.series.measure).filter(|_| is_like)?;
        country.get(&day.judged.at).copied()
    };
    let beside = |whole: Whole| {
        let country = beside(&whole);
        (whole, country)
    };
    Ok(all.into_iter().map(beside).collect())
}

/// The figures of countries, by measure and day.
fn of_countries(tx: &mut Transaction<'_>) -> Result<BTreeMap<String, BTreeMap<Date, f64>>, Error> {
    let mut found: BTreeMap<String, BTreeMap<Date, f64>> = BTreeMap::new();
    let known = comparators().unwrap_or_default();
    let is_country = |code: &str| {
        let mut own = known.iter().filter(|one| one.area.kind == "country");
        own.any(|one| one.area.code == code)
    };
    for series in series(tx)? {
        if is_country(&series.area) {
            let points = points(tx, series.id)?;
            let figures = points
                .into_iter()
                .map(|point| (point.day, point.value.value));
            found.insert(series.measure, figures.collect());
        }
    }
    Ok(found)
}

pub(super) fn section(all: &[&Beside], is_everything: bool) -> Markup {
    let columns = ["Measure", "For"]
        .map(Column::from)
        .into_iter()
        .chain([Column::numeric("Latest")])
        .chain(["Date", "Trend", "Variation", "Target"].map(Column::from))
        .chain([Column::numeric("England"), "Answers for it".into()]);
    html! {
        @if !all.is_empty() {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(hidden_caption("Published measures, the latest figures"), columns, all.iter().copied().map(row)) })
        } @else if is_everything {
            (InsetText::new(
                "No series has been imported yet. Whoever runs this system adds one with “stour import series”; \
                 “stour import series --help” says how."
            ))
        } @else {
            p { "No published measure fits what you chose." }
        }
    }
}

fn row((whole, country): &Beside) -> Vec<Cell> {
    let latest = whole.judgement.latest();
    let kind = latest.and_then(|(day, _)| day.judged.kind);
    let days = &whole.judgement.days;
    let recent = days
        .get(days.len().saturating_sub(PERIODS)..)
        .unwrap_or_default();
    let value = latest.map_or_else(|| "None".to_owned(), |(_, value)| whole.unit().value(value));
    let date = latest.map_or_else(String::new, |(day, _)| {
        whole.measure.every.name(day.judged.at)
    });
    let sparkline = Sparkline {
        values: recent.iter().map(|day| day.judged.value).collect(),
        kind: point_kind(kind),
        mean: latest.and_then(|(day, _)| day.judged.mean),
        label: format!(
            "{value} on {date}; the last {}",
            words::counted(words::number(recent.len()), whole.measure.every.noun())
        ),
        ..Sparkline::default()
    };
    let target = latest.and_then(|(day, _)| day.judged.target);
    let target = html! {
        @if let Some(target) = target {
            (whole.unit().value(target))
            @if let Some(found) = whole.judgement.chart.assurance { " " (assurance(found)) }
        } @else { "None" }
    };
    let country = country.map_or_else(|| "–".to_owned(), |country| whole.unit().value(country));
    vec![
        Cell::link(whole.measure.title.as_str(), whole.address()),
        whole.area.short_name().into(),
        value.into(),
        date.into(),
        html! { (sparkline) }.into(),
        html! { (variation(whole.judgement.chart.variation)) }.into(),
        target.into(),
        country.into(),
        owner(&whole.measure.owner).into(),
    ]
}

/// The same as a file has it.
pub(super) fn table(all: &[&Beside], host: &str) -> FileTable {
    let headings = [
        "measure",
        "id",
        "area",
        "area_code",
        "theme",
        "period_from",
        "value",
        "unit",
        "variation",
        "target",
        "assurance",
        "england",
        "owner",
        "link",
    ];
    let rows = all.iter().map(|(whole, country)| {
        let number = |number: Option<f64>| number.map_or(Value::Empty, Value::Number);
        let latest = whole.judgement.latest();
        let judged = latest.map(|(day, _)| &day.judged);
        vec![
            whole.measure.title.as_str().into(),
            whole.series.measure.as_str().into(),
            whole.area.name.as_str().into(),
            whole.area.code.as_str().into(),
            whole.measure.theme.as_str().into(),
            judged.map_or(Value::Empty, |judged| Value::Date(judged.at.to_string())),
            number(latest.map(|(_, value)| value)),
            whole.measure.unit.as_str().into(),
            whole
                .judgement
                .chart
                .variation
                .map_or("Not judged", |found| found.words())
                .into(),
            number(judged.and_then(|judged| judged.target)),
            whole
                .judgement
                .chart
                .assurance
                .map_or("", |found| found.words())
                .into(),
            number(*country),
            owner(&whole.measure.owner).into(),
            format!("{host}{}", whole.address()).into(),
        ]
    });
    FileTable {
        name: "Published measures",
        headings: headings.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
