//! The indicator as JSON.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use stour_web::{Caller, Problem};
use utoipa::ToSchema;

use super::report::Report;
use super::{Published, read};

/// An indicator computed from the record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorReport {
    /// Its id.
    #[schema(example = "still-at-home")]
    id: String,
    /// What it is called.
    title: String,
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
    /// The first day of the months of the total.
    from: String,
    /// The first day after them.
    before: String,
    /// The latest twelve complete months.
    total: Figure,
    /// The same by council and locality, which add up to it.
    councils: Vec<CouncilFigure>,
    /// Every complete month; every quarter where months would be withheld.
    periods: Vec<PeriodFigure>,
}

/// A count with its proportion. All are null when they are withheld as too small.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Figure {
    /// Whether it is withheld.
    withheld: bool,
    /// Above the line.
    numerator: Option<u64>,
    /// Below the line.
    denominator: Option<u64>,
    /// The proportion, from 0 to 1; null of nobody.
    value: Option<f64>,
    /// The lower end of its 95% interval (Wilson).
    lower: Option<f64>,
    /// The upper end.
    upper: Option<f64>,
}

/// A council.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CouncilFigure {
    /// Its GSS code; null when it is not known.
    council: Option<String>,
    /// Its count.
    #[serde(flatten)]
    figure: Figure,
    /// Its localities: an unverified local lookup.
    localities: Vec<LocalityFigure>,
}

/// A locality of a council.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocalityFigure {
    /// Its code; null when it is not known.
    locality: Option<String>,
    /// Its count.
    #[serde(flatten)]
    figure: Figure,
}

/// A month or quarter of discharge.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodFigure {
    /// Its first day.
    from: String,
    /// The first day after it.
    before: String,
    /// Its count.
    #[serde(flatten)]
    figure: Figure,
}

impl From<&Published> for Figure {
    fn from(published: &Published) -> Self {
        let (count, proportion) = (published.count(), published.proportion());
        Self {
            withheld: count.is_none(),
            numerator: count.map(|count| count.numerator),
            denominator: count.map(|count| count.denominator),
            value: proportion.map(|found| found.value),
            lower: proportion.map(|found| found.lower),
            upper: proportion.map(|found| found.upper),
        }
    }
}

fn council(
    (council, (whole, localities)): (&super::Council, &(Published, Vec<Published>)),
) -> CouncilFigure {
    let pieces = council.localities.iter().zip(localities);
    CouncilFigure {
        council: council.whole.key.map(|code| code.to_string()),
        figure: whole.into(),
        localities: pieces
            .map(|(piece, published)| LocalityFigure {
                locality: piece.key.as_ref().map(ToString::to_string),
                figure: published.into(),
            })
            .collect(),
    }
}

impl From<&Report> for IndicatorReport {
    fn from(report: &Report) -> Self {
        let definition = report.definition;
        Self {
            id: definition.id.clone(),
            title: definition.title.clone(),
            source: definition.source.clone(),
            definition_version: definition.definition_version.clone(),
            numerator: definition.numerator.clone(),
            denominator: definition.denominator.clone(),
            direction: crate::series::api::direction(definition.direction),
            small_numbers: definition.small_numbers.rule.clone(),
            from: report.summary.months.from.to_string(),
            before: report.summary.months.before.to_string(),
            total: (&report.total).into(),
            councils: report
                .summary
                .councils
                .iter()
                .zip(&report.councils)
                .map(council)
                .collect(),
            periods: report
                .periods
                .iter()
                .map(|(months, published)| PeriodFigure {
                    from: months.from.to_string(),
                    before: months.before.to_string(),
                    figure: published.into(),
                })
                .collect(),
        }
    }
}

/// An indicator with its parts. What is too small is withheld from those who may not open the people.
#[utoipa::path(get, path = "/api/indicators/{indicator}", tag = "outcomes",
    params(("indicator" = String, Path, description = "The indicator's id: still-at-home")),
    responses(
        (status = 200, description = "The indicator", body = IndicatorReport),
        (status = 404, description = "There is no such indicator"),
    ))]
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<IndicatorReport>, Problem> {
    let definition = read::definition(&id)?;
    caller.permit(read::resource(definition)).await?;
    Ok(Json((&read::report(&caller).await?).into()))
}
