//! Indicators as JSON.

use axum::Json;
use axum::extract::{Path, Query};
use serde::Serialize;
use serde_json::Number;
use stour_access::Resource;
use stour_indicators::Dimension;
use stour_web::{Caller, Problem};
use utoipa::ToSchema;

use super::piece::{self, Piece};
use super::publish::Published;
use super::read;
use super::report::Report;
use super::shown::{halves, things};
use crate::catalogue::{Apart, Definition};
use crate::series::page::Asked;

/// An indicator in the list of all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorLine {
    /// Its id.
    #[schema(example = "still-at-home")]
    id: String,
    /// What it is called.
    title: String,
    /// What it is about.
    theme: String,
    /// Whose definition it is.
    source: String,
    /// Which version.
    definition_version: String,
    /// Why it is not computed here; null of one that is.
    why_not: Option<String>,
}

impl From<&Definition> for IndicatorLine {
    fn from(definition: &Definition) -> Self {
        Self {
            id: definition.id.clone(),
            title: definition.title.clone(),
            theme: definition.theme.clone(),
            source: definition.source.clone(),
            definition_version: definition.definition_version.clone(),
            why_not: definition.why_not.clone(),
        }
    }
}

/// An indicator computed from the record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorReport {
    /// Its id.
    #[schema(example = "still-at-home")]
    id: String,
    /// What it is called.
    title: String,
    /// What its values are.
    unit: String,
    /// Whose definition it is.
    source: String,
    /// Which version.
    definition_version: String,
    /// Who is counted above the line.
    numerator: String,
    /// Who is counted below the line.
    denominator: String,
    /// Which way is better: `increase`, `decrease` or `neutral`.
    direction: &'static str,
    /// The rule by which small numbers are withheld.
    small_numbers: String,
    /// Why it is not computed here; null of one that is.
    why_not: Option<String>,
    /// What is wrong with its definition: the number is withheld.
    faults: Vec<String>,
    /// The day as it stood on which everything was counted.
    as_of: String,
    /// The place that was asked for, as `locality:poole-bay`; null of the whole partnership.
    place: Option<String>,
    /// The first day of the months of the total.
    from: String,
    /// The first day after them.
    before: String,
    /// The months that were asked for, or the latest complete ones.
    total: IndicatorFigure,
    /// The same by council and locality, which add up to it.
    councils: Vec<CouncilFigure>,
    /// The same by everything else that it is taken apart by.
    pieces: Vec<PieceFigure>,
    /// Every complete month; every quarter where months would be withheld.
    periods: Vec<PeriodFigure>,
}

/// A number with its counts. All are null when they are withheld as too small.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorFigure {
    /// Whether it is withheld.
    withheld: bool,
    /// How many things stand behind it.
    counted: Option<i64>,
    /// What stands above the line.
    #[schema(value_type = Option<f64>)]
    numerator: Option<Number>,
    /// What stands below the line; of a rate the people, or years lived, that it is of.
    #[schema(value_type = Option<f64>)]
    denominator: Option<Number>,
    /// The value, in the unit.
    value: Option<f64>,
    /// The lower end of its interval.
    lower: Option<f64>,
    /// The upper end.
    upper: Option<f64>,
    /// Why there is no value.
    why: Option<String>,
}

/// A council.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CouncilFigure {
    /// Its GSS code; null when it is not known.
    council: Option<String>,
    /// Its number.
    #[serde(flatten)]
    figure: IndicatorFigure,
    /// Its localities: an unverified local lookup.
    localities: Vec<LocalityFigure>,
}

/// A locality of a council.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocalityFigure {
    /// Its code; null when it is not known.
    locality: Option<String>,
    /// Its number.
    #[serde(flatten)]
    figure: IndicatorFigure,
}

/// A piece of another kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PieceFigure {
    /// `age`, `sex`, `deprivation`, `small-area`, `provider`, `locality`.
    by: &'static str,
    /// Its code; null when it is not known.
    code: Option<String>,
    /// Its name.
    name: String,
    /// Its number.
    #[serde(flatten)]
    figure: IndicatorFigure,
}

/// A month or quarter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodFigure {
    /// The first day.
    from: String,
    /// The first day after it.
    before: String,
    /// Its number.
    #[serde(flatten)]
    figure: IndicatorFigure,
}

/// A number, as a whole one if it is.
fn number(number: f64) -> Option<Number> {
    if number.fract() == 0.0 {
        return format!("{number:.0}").parse().ok();
    }
    Number::from_f64(number)
}

impl IndicatorFigure {
    fn new(definition: &Definition, published: &Published) -> Self {
        let figure = published.figure();
        let [above, below] = figure.map_or([None; 2], |figure| halves(definition, figure));
        let estimate = figure.and_then(|figure| figure.estimate.as_ref().ok());
        let interval = estimate.and_then(|estimate| estimate.interval);
        Self {
            withheld: figure.is_none(),
            counted: figure.and_then(|figure| things(definition, figure)),
            numerator: above.and_then(number),
            denominator: below.and_then(number),
            value: estimate.map(|estimate| estimate.value),
            lower: interval.map(|(lower, _)| lower),
            upper: interval.map(|(_, upper)| upper),
            why: figure.and_then(|figure| figure.estimate.as_ref().err().cloned()),
        }
    }
}

fn known(piece: &Piece) -> Option<String> {
    (!piece.is_unknown()).then(|| piece.own_code().to_owned())
}

fn councils(report: &Report) -> Vec<CouncilFigure> {
    let mut found: Vec<CouncilFigure> = Vec::new();
    let pieces = report
        .apart
        .iter()
        .filter(|(apart, _)| *apart == Apart::Council);
    for (piece, shown) in pieces.flat_map(|(_, pieces)| pieces) {
        match found.last_mut() {
            Some(council) if piece.dimension == Dimension::LocalityInCouncil => {
                council.localities.push(LocalityFigure {
                    locality: known(piece),
                    figure: IndicatorFigure::new(report.definition, shown),
                });
            }
            _ => found.push(CouncilFigure {
                council: known(piece),
                figure: IndicatorFigure::new(report.definition, shown),
                localities: Vec::new(),
            }),
        }
    }
    found
}

impl From<&Report> for IndicatorReport {
    fn from(report: &Report) -> Self {
        let definition = report.definition;
        let others = report
            .apart
            .iter()
            .filter(|(apart, _)| *apart != Apart::Council);
        let pieces = others.flat_map(|(apart, pieces)| {
            pieces.iter().map(|(piece, shown)| PieceFigure {
                by: piece::dimension_name(*apart),
                code: known(piece),
                name: piece.name.clone(),
                figure: IndicatorFigure::new(report.definition, shown),
            })
        });
        Self {
            id: definition.id.clone(),
            title: definition.title.clone(),
            unit: definition.unit.clone(),
            source: definition.source.clone(),
            definition_version: definition.definition_version.clone(),
            numerator: definition.numerator.clone(),
            denominator: definition.denominator.clone(),
            direction: crate::series::api::direction(definition.direction),
            small_numbers: definition.small_numbers.rule.clone(),
            why_not: definition.why_not.clone(),
            faults: report.quality.faults.clone(),
            as_of: report.as_of.to_string(),
            place: report.place.as_ref().map(Piece::address),
            from: report.period.from().to_string(),
            before: report.period.before().to_string(),
            total: IndicatorFigure::new(definition, &report.total),
            councils: councils(report),
            pieces: pieces.collect(),
            periods: report
                .periods
                .iter()
                .map(|(period, published)| PeriodFigure {
                    from: period.from().to_string(),
                    before: period.before().to_string(),
                    figure: IndicatorFigure::new(report.definition, published),
                })
                .collect(),
        }
    }
}

/// Every indicator, in the order of the scorecard.
#[utoipa::path(get, path = "/api/indicators", tag = "outcomes",
    responses((status = 200, description = "The indicators", body = Vec<IndicatorLine>)))]
pub(crate) async fn list(caller: Caller) -> Result<Json<Vec<IndicatorLine>>, Problem> {
    caller.permit(Resource::House).await?;
    Ok(Json(
        read::known()?
            .definitions
            .iter()
            .map(IndicatorLine::from)
            .collect(),
    ))
}

/// An indicator with its parts. What is too small is withheld from those who may not open the people.
#[utoipa::path(get, path = "/api/indicators/{indicator}", tag = "outcomes",
    params(
        ("indicator" = String, Path, description = "The indicator's id: still-at-home"),
        ("place" = Option<String>, Query, description = "A council or locality: locality:poole-bay"),
        ("period" = Option<String>, Query, description = "One of the periods: 2026-03, 2026-01..2026-03"),
    ),
    responses(
        (status = 200, description = "The indicator", body = IndicatorReport),
        (status = 404, description = "There is no such indicator, place or period"),
    ))]
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Asked,
) -> Result<Json<IndicatorReport>, Problem> {
    let definition = read::definition(&id)?;
    caller.permit(read::resource(definition)).await?;
    let report = read::report(&caller, definition, &asked).await?;
    Ok(Json((&report).into()))
}
