//! Series as JSON.

use axum::Json;
use axum::extract::{Path, Query};
use serde::Serialize;
use stour_access::Resource;
use stour_statistics::xmr::{Direction, Kind, SpecialCause};
use stour_web::{Caller, Problem};
use utoipa::ToSchema;

use super::page::Asked;
use super::read;
use super::view::Whole;
use crate::shown::{profile, profile_words};

/// A published measure for one area.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesSummary {
    /// The measure's id.
    #[schema(example = "no-criteria-to-reside")]
    measure: String,
    /// The measure's title.
    title: String,
    /// The area, by the publisher's code.
    #[schema(example = "R0D")]
    area: String,
    /// The area's name.
    area_name: String,
    /// What a value counts.
    unit: String,
    /// Which way is better: `increase`, `decrease` or `neutral`.
    direction: &'static str,
    /// The publication.
    source: String,
    /// The version of the definition.
    definition_version: String,
    /// The first date.
    first: Option<String>,
    /// The last date.
    last: Option<String>,
    /// What the series says.
    message: String,
    /// The latest value that is not missing.
    latest_value: Option<f64>,
    /// Its date.
    latest_date: Option<String>,
    /// What it says, in words; null when it is not judged.
    variation: Option<&'static str>,
}

/// A series with its judgement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesDetail {
    /// What is in the list too.
    #[serde(flatten)]
    summary: SeriesSummary,
    /// The rules of the chart: `making-data-count` (not verified against NHS England's workbook) or
    /// `plotthedots-0.2.2`.
    profile: &'static str,
    /// One for each period from the first to the last.
    points: Vec<SeriesPoint>,
}

/// One period of a series.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesPoint {
    /// The day, or the first day of the month.
    date: String,
    /// As published; null when nothing was.
    published: Option<f64>,
    /// The value that is judged; null when it is missing.
    value: Option<f64>,
    /// Why it is missing.
    missing: Option<String>,
    /// The mean of its stretch.
    mean: Option<f64>,
    /// The lower process limit.
    lower_limit: Option<f64>,
    /// The upper process limit.
    upper_limit: Option<f64>,
    /// What it says, in words.
    variation: Option<&'static str>,
    /// The rule that names it, in words.
    rule: Option<&'static str>,
}

fn summary(whole: &Whole) -> SeriesSummary {
    let latest = whole.judgement.latest();
    SeriesSummary {
        measure: whole.series.measure.clone(),
        title: whole.measure.title.clone(),
        area: whole.series.area.clone(),
        area_name: whole.area.name.clone(),
        unit: whole.measure.unit.clone(),
        direction: direction(whole.measure.direction),
        source: whole.series.source.clone(),
        definition_version: whole.series.definition_version.clone(),
        first: whole.first().map(|date| date.to_string()),
        last: whole.last().map(|date| date.to_string()),
        message: whole.headline(),
        latest_value: latest.map(|(_, value)| value),
        latest_date: latest.map(|(day, _)| day.judged.at.to_string()),
        variation: latest.and_then(|(day, _)| Some(day.judged.kind?.words())),
    }
}

pub(crate) const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Increase => "increase",
        Direction::Decrease => "decrease",
        Direction::Neutral => "neutral",
    }
}

/// Every published series, with what each says.
#[utoipa::path(get, path = "/api/series", tag = "outcomes",
    responses((status = 200, description = "The series", body = Vec<SeriesSummary>)))]
pub(crate) async fn list(caller: Caller) -> Result<Json<Vec<SeriesSummary>>, Problem> {
    caller.permit(Resource::House).await?;
    let all = read::all(caller.house(), profile(None)).await?;
    Ok(Json(all.iter().map(summary).collect()))
}

/// One series with every point, its limits and what each point says.
#[utoipa::path(get, path = "/api/series/{measure}/{area}", tag = "outcomes",
    params(
        ("measure" = String, Path, description = "The measure's id"),
        ("area" = String, Path, description = "The publisher's code of the area"),
        ("profile" = Option<String>, Query, description = "making-data-count (the default) or plotthedots-0.2.2"),
    ),
    responses(
        (status = 200, description = "The series", body = SeriesDetail),
        (status = 404, description = "There is no such series"),
    ))]
pub(crate) async fn detail(
    caller: Caller,
    Path((measure, area)): Path<(String, String)>,
    Query(asked): Asked,
) -> Result<Json<SeriesDetail>, Problem> {
    caller.permit(Resource::House).await?;
    let profile = profile(asked.get("profile").map(String::as_str));
    let whole = read::one(caller.house(), measure, area, profile).await?;
    let points = whole.judgement.days.iter().map(|day| SeriesPoint {
        date: day.judged.at.to_string(),
        published: day.published,
        value: day.judged.value,
        missing: day.missing.clone(),
        mean: day.judged.mean,
        lower_limit: day.judged.limits.map(|limits| limits.lower),
        upper_limit: day.judged.limits.map(|limits| limits.upper),
        variation: day.judged.kind.map(Kind::words),
        rule: day.judged.cause.map(SpecialCause::words),
    });
    Ok(Json(SeriesDetail {
        points: points.collect(),
        profile: profile_words(profile).0,
        summary: summary(&whole),
    }))
}
