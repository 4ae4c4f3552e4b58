//! The chief officer's scorecard: a row for each measure, by what it is about, for the whole partnership or a place.

mod published;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Query;
use axum::response::Response;
use stour_access::Resource;
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Markup, Select, SelectItem, Table, html,
};
use stour_spreadsheet::Value;
use stour_web::{Caller, Page, Problem};

use self::published::Beside;
use crate::catalogue::{Apart, Catalogue, Definition};
use crate::commentary::of_all;
use crate::indicator::chart::{Course, sparkline, unit};
use crate::indicator::definition::owner;
use crate::indicator::download::{self, FileTable, Form};
use crate::indicator::piece::{self, Piece};
use crate::indicator::read as indicator;
use crate::indicator::report::Report;
use crate::indicator::shown::{halves, things, value, with_interval};
use crate::measure::{Altitude, Measure};
use crate::series::page::Asked;
use crate::series::view::Whole;
use crate::shown::{assurance, hidden_caption, variation};

/// Which rows are asked for.
#[derive(Debug, Clone, Default)]
struct Choice {
    theme: Option<String>,
    altitude: Option<Altitude>,
    place: Option<String>,
}

impl Choice {
    fn of(asked: &BTreeMap<String, String>) -> Self {
        let asked = |name: &str| asked.get(name).filter(|text| !text.is_empty());
        let altitude = asked("altitude").and_then(|name| Altitude::named(name));
        Self {
            theme: asked("theme").cloned(),
            altitude,
            place: asked("place").cloned(),
        }
    }

    fn has(&self, definition: &Definition) -> bool {
        self.fits(&definition.theme, &definition.altitude)
    }

    fn has_measure(&self, measure: &Measure) -> bool {
        self.fits(&measure.theme, &[measure.altitude])
    }

    fn fits(&self, theme: &str, altitudes: &[Altitude]) -> bool {
        self.theme.as_ref().is_none_or(|own| own == theme)
            && self.altitude.is_none_or(|own| altitudes.contains(&own))
    }

    fn is_everything(&self) -> bool {
        self.theme.is_none() && self.altitude.is_none() && self.place.is_none()
    }

    fn address(&self) -> String {
        let parts = [
            ("theme", self.theme.as_deref()),
            ("altitude", self.altitude.map(Altitude::name)),
            ("place", self.place.as_deref()),
        ];
        let parts = parts
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        let parts: Vec<String> = parts.collect();
        let mark = if parts.is_empty() { "" } else { "?" };
        format!("/board{mark}{}", parts.join("&"))
    }
}

/// Everything that the scorecard shows.
struct Board {
    catalogue: &'static Catalogue,
    choice: Choice,
    place: Option<Piece>,
    /// Councils and localities to choose from.
    places: Vec<Piece>,
    reports: Vec<Report>,
    /// Published series, each with the figure of the country for the same period.
    series: Arc<Vec<Beside>>,
}

/// `GET /board`.
pub(crate) async fn show(caller: Caller, Query(asked): Asked) -> Result<Page, Problem> {
    let board = read(&caller, &asked).await?;
    Ok(Page::new("Board", board.page()).wide())
}

/// `GET /board.csv`.
pub(crate) async fn csv(caller: Caller, Query(asked): Asked) -> Result<Response, Problem> {
    read(&caller, &asked)
        .await?
        .file(Form::Csv, download::base(caller.house()))
}

/// `GET /board.xlsx`.
pub(crate) async fn xlsx(caller: Caller, Query(asked): Asked) -> Result<Response, Problem> {
    read(&caller, &asked)
        .await?
        .file(Form::Xlsx, download::base(caller.house()))
}

/// `GET /board.json`.
pub(crate) async fn json(caller: Caller, Query(asked): Asked) -> Result<Response, Problem> {
    read(&caller, &asked)
        .await?
        .file(Form::Json, download::base(caller.house()))
}

async fn read(caller: &Caller, asked: &BTreeMap<String, String>) -> Result<Board, Problem> {
    caller.permit(Resource::House).await?;
    let choice = Choice::of(asked);
    let catalogue = indicator::known()?;
    let chosen: Vec<_> = catalogue
        .definitions
        .iter()
        .filter(|definition| choice.has(definition))
        .collect();
    let chosen: Vec<_> = chosen
        .into_iter()
        .map(|definition| Ok((definition, indicator::audience(caller, definition)?)))
        .collect::<Result<_, Problem>>()?;
    let mut said = caller.house().database().read(of_all).await?;
    let (place, places, mut reports) = indicator::ask(caller, |maker| {
        let named = |text: &String| {
            Piece::named(maker.state, maker.reference, text).ok_or_else(Problem::not_found)
        };
        let place = choice.place.as_ref().map(named).transpose()?;
        let known = [Apart::Council, Apart::Locality]
            .map(|apart| piece::all(maker.state, maker.reference, apart));
        let places: Vec<Piece> = known
            .concat()
            .into_iter()
            .filter(|piece| !piece.is_unknown())
            .collect();
        let reports = chosen
            .iter()
            .map(|(definition, audience)| maker.summary(definition, place.as_ref(), *audience));
        let reports: Vec<Report> = reports.collect();
        Ok::<_, Problem>((place, places, reports))
    })
    .await??;
    for report in &mut reports {
        let about = format!("indicators/{}", report.definition.id);
        report.said = said.remove(&about).unwrap_or_default();
    }
    let series = published::read(caller.house()).await?;
    Ok(Board {
        catalogue,
        choice,
        place,
        places,
        reports,
        series,
    })
}

impl Board {
    /// The published series that were chosen.
    fn published(&self) -> Vec<&Beside> {
        let is_here = |whole: &Whole| {
            let place = self.place.as_ref();
            place.is_none_or(|place| place.code == whole.area.code)
        };
        let chosen =
            |(whole, _): &&Beside| self.choice.has_measure(whole.measure) && is_here(whole);
        self.series.iter().filter(chosen).collect()
    }

    fn page(&self) -> Markup {
        let place = self
            .place
            .as_ref()
            .map_or("the whole partnership", |place| place.name.as_str());
        html! {
            (Heading::page("Board"))
            (self.filters())
            p { a href=(crate::place::PLACES) { "Places: profiles of councils and localities" } }
            @for (id, title) in &self.catalogue.themes {
                (self.theme(id, title))
            }
            @if self.reports.is_empty() {
                (InsetText::new("No indicator fits what you chose. Choose fewer things above."))
            }
            (Heading::section("Published measures"))
            (published::section(&self.published(), self.choice.is_everything()))
            p { "A figure that differs from the usual by more than chance is a special cause. The rules are on the page of each measure." }
            p { "The files are of " (place) ". The CSV has the indicators alone; the others have the published measures too." }
            (download::links(&self.choice.address()))
        }
    }

    fn filters(&self) -> Markup {
        let anything = |words: &str| SelectItem::from(("", words));
        let themes = self
            .catalogue
            .themes
            .iter()
            .map(|(id, title)| SelectItem::from((id.as_str(), title.as_str())));
        let altitudes =
            Altitude::ALL.map(|altitude| SelectItem::from((altitude.name(), altitude.words())));
        let places = self
            .places
            .iter()
            .map(|piece| SelectItem::from((piece.address(), piece.name.as_str())));
        let altitude = self.choice.altitude.map(Altitude::name);
        html! {
            form.stour-filters method="get" action="/board" {
                (Select::new("place", "Where", [anything("The whole partnership")].into_iter().chain(places)).selected(self.choice.place.as_deref()))
                (Select::new("theme", "About", [anything("Everything")].into_iter().chain(themes)).selected(self.choice.theme.as_deref()))
                (Select::new("altitude", "Seen from", [anything("Every height")].into_iter().chain(altitudes)).selected(altitude))
                (Button::secondary("Show"))
            }
        }
    }

    fn theme(&self, id: &str, title: &str) -> Markup {
        let of_theme = self
            .reports
            .iter()
            .filter(|report| report.definition.theme == id);
        let (counted, not): (Vec<&Report>, Vec<&Report>) =
            of_theme.partition(|report| report.definition.why_not.is_none());
        if counted.is_empty() && not.is_empty() {
            return html! {};
        }
        let mut columns: Vec<Column> =
            vec!["Measure".into(), Column::numeric("Latest"), "Period".into()];
        columns.extend(["Trend", "Variation", "Target"].map(Column::from));
        if self.place.is_some() {
            columns.push("Whole partnership".into());
        }
        columns.extend(["Data", "Answers for it"].map(Column::from));
        html! {
            (Heading::section(title))
            @if !counted.is_empty() {
                (Table {
                    first_cell_is_header: true,
                    responsive: true,
                    ..Table::new(hidden_caption(title), columns, counted.iter().map(|report| row(report)))
                })
            }
            @if !not.is_empty() {
                p { "Not computed here: "
                    @for (place, report) in not.iter().enumerate() {
                        @if place > 0 { "; " }
                        a href=(report.address()) { (report.definition.title) }
                    }
                    "."
                }
            }
        }
    }

    fn file(&self, form: Form, host: &str) -> Result<Response, Problem> {
        let indicators = FileTable {
            name: "Indicators",
            headings: HEADINGS.map(str::to_owned).to_vec(),
            rows: self
                .reports
                .iter()
                .map(|report| line(report, host))
                .collect(),
        };
        let published = published::table(&self.published(), host);
        match form {
            Form::Csv => download::csv("board", &indicators),
            Form::Json => {
                let tables = [indicators, published];
                Ok(download::json(&tables))
            }
            Form::Xlsx => {
                let place = self
                    .place
                    .as_ref()
                    .map_or("the whole partnership", |place| place.name.as_str());
                let cover = vec![
                    format!("Scorecard, {place}"),
                    "Each row is an indicator or a published measure. The link leads to its definition, its pieces and its notes.".to_owned(),
                    "Counts that are too small to publish are withheld: the cell says so.".to_owned(),
                ];
                let tables = [indicators, published].into_iter();
                download::xlsx(
                    "board",
                    cover,
                    tables.filter(|table| !table.rows.is_empty()).collect(),
                )
            }
        }
    }
}

fn row(report: &Report) -> Vec<Cell> {
    let course = Course::of(report);
    let address = report.link(report.place.as_ref(), report.period);
    let target = report.definition.target_on(report.as_of);
    let target = html! {
        @if let Some(target) = target {
            (unit(report).value(target.value))
            @if let Some(found) = course.assurance() { " " (assurance(found)) }
        } @else { "None" }
    };
    let mut cells = vec![
        Cell::link(report.definition.title.as_str(), address),
        with_interval(report, &report.total).into(),
        report.period.words().into(),
        html! { (sparkline(report, &course)) }.into(),
        html! { (variation(course.judged.as_ref().and_then(|chart| chart.variation))) }.into(),
        target.into(),
    ];
    if let Some(whole) = &report.comparator {
        cells.push(value(report, whole).into());
    }
    cells.push(data(report).into());
    cells.push(owner(&report.definition.owner).into());
    cells
}

/// The columns of indicators in a file.
const HEADINGS: [&str; 18] = [
    "measure",
    "id",
    "theme",
    "from",
    "before",
    "value",
    "lower",
    "upper",
    "unit",
    "counted",
    "numerator",
    "denominator",
    "variation",
    "target",
    "assurance",
    "data",
    "owner",
    "link",
];

/// How far a number can be trusted, in a few words.
fn data(report: &Report) -> String {
    let quality = &report.quality;
    if report.definition.why_not.is_some() {
        return "Not computed".to_owned();
    }
    if !quality.faults.is_empty() {
        return "Definition at fault".to_owned();
    }
    let worst = quality
        .unknown
        .iter()
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match (worst, quality.coverage) {
        (Some((share, what)), _) if *share >= 5.0 => {
            format!("{share:.0}% without {}", what.trim_start_matches("the "))
        }
        (_, Some(coverage)) => format!("{coverage:.1}% of people on record"),
        _ => "Good".to_owned(),
    }
}

fn line(report: &Report, host: &str) -> Vec<Value> {
    let course = Course::of(report);
    let definition = report.definition;
    let figure = report.total.figure();
    let estimate = figure.and_then(|figure| figure.estimate.as_ref().ok());
    let interval = estimate.and_then(|estimate| estimate.interval);
    let number = |number: Option<f64>| number.map_or(Value::Empty, Value::Number);
    let [above, below] = figure.map_or([None; 2], |figure| halves(definition, figure));
    let value = match (estimate, &definition.why_not) {
        (_, Some(why)) => Value::from(why.as_str()),
        (Some(estimate), None) => Value::Number(estimate.value),
        (None, None) => Value::from(value(report, &report.total)),
    };
    vec![
        definition.title.as_str().into(),
        definition.id.as_str().into(),
        definition.theme.as_str().into(),
        Value::Date(report.period.from().to_string()),
        Value::Date(report.period.before().to_string()),
        value,
        number(interval.map(|(lower, _)| lower)),
        number(interval.map(|(_, upper)| upper)),
        definition.unit.as_str().into(),
        number(
            figure
                .and_then(|figure| things(definition, figure))
                .map(piece::real),
        ),
        number(above),
        number(below),
        course
            .judged
            .as_ref()
            .and_then(|chart| chart.variation)
            .map_or("Not judged", |found| found.words())
            .into(),
        number(
            definition
                .target_on(report.as_of)
                .map(|target| target.value),
        ),
        course.assurance().map_or("", |found| found.words()).into(),
        data(report).into(),
        owner(&definition.owner).into(),
        format!(
            "{host}{}",
            report.link(report.place.as_ref(), report.period)
        )
        .into(),
    ]
}
