//! The page of a measure: every area that it is published for, the partnership's own first.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_kernel::Date;
use stour_spreadsheet::Value;
use stour_statistics::xmr::Assurance;
use stour_web::{Caller, Page, Problem};

use super::file::{number, text};
use super::view::Whole;
use super::{api, read};
use crate::comparator::comparator;
use crate::indicator::download::{self, FileTable, Form};
use crate::measure::{Measure, Together, measure};
use crate::shown::{assurance, hidden_caption, variation};
use crate::words;

/// `GET /board/series/{measure}`, and the same with `.csv`, `.xlsx` or `.json` after it.
pub(crate) async fn show(caller: Caller, Path(name): Path<String>) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let (id, form) = Form::split(&name);
    let measure = measure(id).ok_or_else(Problem::not_found)?;
    let all = read::of_measure(caller.house(), measure).await?;
    let base = download::base(caller.house());
    match form {
        Some(Form::Csv) => download::csv(id, &table(&all, base)),
        Some(Form::Json) => {
            let all: Vec<_> = all.iter().map(api::summary).collect();
            Ok(Json(all).into_response())
        }
        Some(Form::Xlsx) => download::xlsx(id, cover(measure, base), vec![table(&all, base)]),
        None => {
            let page = Page::new(measure.title.clone(), shown(measure, &all));
            Ok(page.under([("Board", "/board")]).into_response())
        }
    }
}

impl Whole {
    /// Where it stands in a list: the whole partnership, its own areas, those that it is compared with.
    pub(super) fn place(&self) -> u8 {
        if self.series.area == Together::CODE {
            0
        } else if comparator(&self.series.area).is_none() {
            1
        } else {
            2
        }
    }

    fn what(&self) -> &'static str {
        match self.place() {
            0 => "The partnership, joined",
            1 => "Part of the partnership",
            _ => "Compared with",
        }
    }

    /// The periods for which something was published.
    fn published(&self) -> impl DoubleEndedIterator<Item = Date> {
        let days = self.judgement.days.iter();
        days.filter(|day| day.published.is_some())
            .map(|day| day.judged.at)
    }
}

fn row(measure: &Measure, whole: &Whole) -> Vec<Cell> {
    let unit = whole.unit();
    let chart = &whole.judgement.chart;
    let period = |at: Option<Date>| at.map_or_else(|| "–".to_owned(), |at| measure.every.name(at));
    let latest = whole.judgement.latest();
    let mut cells = vec![
        Cell::link(whole.area.name.as_str(), whole.address()),
        whole.what().into(),
        latest
            .map_or_else(|| "–".to_owned(), |(_, value)| unit.value(value))
            .into(),
        period(latest.map(|(day, _)| day.judged.at)).into(),
        html! { (variation(chart.variation)) }.into(),
    ];
    if !measure.targets.is_empty() {
        let target = latest.and_then(|(day, value)| Some((day.judged.target?, value)));
        let met = html! {
            @if let Some((target, value)) = target {
                (unit.value(target)) " "
                @if let Some(found) = chart.assurance {
                    (assurance(found))
                    @if let Some(but) = whole.against(value, target, found) { " " (but) }
                }
            } @else { "None" }
        };
        cells.push(met.into());
    }
    cells.push(period(whole.published().next()).into());
    cells.push(words::count(words::number(whole.published().count())).into());
    cells
}

fn shown(measure: &Measure, all: &[Whole]) -> Markup {
    let target = (!measure.targets.is_empty()).then(|| Column::from("Target"));
    let columns = ["Area", "What it is"]
        .map(Column::from)
        .into_iter()
        .chain([Column::numeric("Latest")])
        .chain(["Date", "Variation"].map(Column::from))
        .chain(target)
        .chain([Column::from("First"), Column::numeric("Figures")]);
    let rows = all.iter().map(|whole| row(measure, whole));
    let address = format!("/board/series/{}", measure.id);
    html! {
        (Heading::page(measure.title.as_str()))
        p { (measure.is) }
        @if all.is_empty() {
            (InsetText::new("Nothing of this measure has been imported yet."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(hidden_caption("Every area that this measure is published for"), columns, rows) })
            (download::links(&address))
        }
    }
}

fn table(all: &[Whole], base: &str) -> FileTable {
    let headings = [
        "area",
        "name",
        "what",
        "first",
        "last",
        "figures",
        "latest_date",
        "latest",
        "mean",
        "lower_limit",
        "upper_limit",
        "variation",
        "target",
        "assurance",
        "link",
    ];
    FileTable {
        name: "Areas",
        headings: headings.map(str::to_owned).to_vec(),
        rows: all.iter().map(|whole| line(whole, base)).collect(),
    }
}

fn line(whole: &Whole, base: &str) -> Vec<Value> {
    let date = |at: Option<Date>| at.map_or(Value::Empty, |at| Value::Date(at.to_string()));
    let latest = whole.judgement.latest();
    let judged = latest.map(|(day, _)| &day.judged);
    let limits = judged.and_then(|judged| judged.limits);
    let chart = &whole.judgement.chart;
    let figures = u32::try_from(whole.published().count()).ok().map(f64::from);
    vec![
        whole.series.area.as_str().into(),
        whole.area.name.as_str().into(),
        whole.what().into(),
        date(whole.published().next()),
        date(whole.published().next_back()),
        number(figures),
        date(judged.map(|judged| judged.at)),
        number(latest.map(|(_, value)| value)),
        number(judged.and_then(|judged| judged.mean)),
        number(limits.map(|limits| limits.lower)),
        number(limits.map(|limits| limits.upper)),
        chart
            .variation
            .map_or("Not judged: too few figures", |found| found.words())
            .into(),
        number(judged.and_then(|judged| judged.target)),
        text(chart.assurance.map(Assurance::words)),
        format!("{base}{}", whole.address()).into(),
    ]
}

fn cover(measure: &Measure, base: &str) -> Vec<String> {
    let mut lines = vec![
        measure.title.clone(),
        format!("Each row of the sheet “Areas” is an area that this is published for, with its latest figure and what its chart says of it. Unit: {}.", measure.unit),
        "The mean and the limits are those of the latest figure. The link leads to the whole series, its definition and its notes.".to_owned(),
        format!("It is: {}", measure.is),
    ];
    lines.extend(measure.is_not.iter().map(|not| format!("It is not: {not}")));
    lines.push(format!("Source: {}", measure.source));
    lines.push(format!("Definition: {}", measure.definition_version));
    lines.push(format!("Page: {base}/board/series/{}", measure.id));
    lines
}
