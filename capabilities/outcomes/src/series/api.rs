//! Series as JSON.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query};
use serde::Serialize;
use stour_access::Resource;
use stour_statistics::xmr::{Direction, Kind, SpecialCause};
use stour_web::{Caller, Problem};
use utoipa::ToSchema;

use super::compare::Compared;
use super::joined::Join;
use super::judgement::Method;
use super::page::{Asked, method};
use super::read;
use super::value::Values;
use super::view::Whole;
use crate::measure::{Fault, Target};
use crate::shown::{chart_name, profile, profile_words};

/// A published measure for one area.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesSummary {
    /// The measure's id.
    #[schema(example = "no-criteria-to-reside")]
    measure: String,
    /// The measure's title.
    title: String,
    /// What it is about.
    theme: String,
    /// `macro`, `meso` or `micro`: whose board it belongs on.
    altitude: &'static str,
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
    /// Where the limits come from: `xmr`, `p` or `p-prime`.
    chart: &'static str,
    /// One for each period from the first to the last.
    points: Vec<SeriesPoint>,
    /// What is aimed at, in order of time: each holds until the next.
    targets: Vec<SeriesTarget>,
    /// What is known to be wrong or to have changed in the measure's figures.
    faults: Vec<SeriesFault>,
    /// Days from which the limits start afresh, and notes of what was done or happened.
    notes: Vec<SeriesNote>,
    /// Where the areas that make up the whole become others; empty for one area.
    joins: Vec<SeriesJoin>,
    /// What it is divided into.
    parts: Vec<SeriesPart>,
    /// Other areas' figures of the same measure, less what is missing or known to be wrong.
    beside: Vec<SeriesBeside>,
}

/// A target.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesTarget {
    /// The first day.
    from: String,
    /// The value, in the unit of the measure.
    value: f64,
    /// What it is, and what about it is unverified.
    what: String,
    /// Who set it.
    source: String,
}

/// Something known about published figures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesFault {
    /// The first period.
    from: String,
    /// The last period.
    to: String,
    /// The areas, by code; empty for all.
    areas: Vec<String>,
    /// Whether the figures are withheld.
    withheld: bool,
    /// What is known.
    what: String,
    /// How.
    source: String,
}

/// What somebody said of a series.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesNote {
    /// From which day, or when.
    day: String,
    /// Whether the limits start afresh.
    rebase: bool,
    /// Why, or what.
    text: String,
    /// Who decided, or says so.
    by: String,
    /// When it was recorded.
    recorded_at: String,
}

/// Where the areas that make up the whole become others.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesJoin {
    /// The first period of the new areas.
    at: String,
    /// Who made up the whole before.
    before: Vec<String>,
    /// Who does from then on.
    after: Vec<String>,
    /// Why.
    why: String,
}

/// A part of a series.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesPart {
    /// The list by which it is divided.
    breakdown: String,
    /// The part, by its code.
    code: String,
    /// What it is called.
    label: String,
    /// Its figures as published, by the first day of their periods.
    values: BTreeMap<String, f64>,
}

/// Another area's figures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesBeside {
    /// The area, by the publisher's code.
    area: String,
    /// Its name.
    area_name: String,
    /// Why it is here.
    why: String,
    /// Its figures, by the first day of their periods.
    values: BTreeMap<String, f64>,
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
    /// The target that holds.
    target: Option<f64>,
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

pub(super) fn summary(whole: &Whole) -> SeriesSummary {
    let latest = whole.judgement.latest();
    SeriesSummary {
        measure: whole.series.measure.clone(),
        title: whole.measure.title.clone(),
        theme: whole.measure.theme.clone(),
        altitude: whole.measure.altitude.name(),
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
        ("chart" = Option<String>, Query, description = "xmr (the default); for a share also p or p-prime"),
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
    let method = method(&asked);
    let whole = read::one(caller.house(), measure, area, method).await?;
    Ok(Json(detail_of(&whole, method)))
}

/// A series as JSON.
pub(super) fn detail_of(whole: &Whole, method: Method) -> SeriesDetail {
    let points = whole.judgement.days.iter().map(|day| SeriesPoint {
        date: day.judged.at.to_string(),
        published: day.published,
        value: day.judged.value,
        target: day.judged.target,
        missing: day.missing.clone(),
        mean: day.judged.mean,
        lower_limit: day.judged.limits.map(|limits| limits.lower),
        upper_limit: day.judged.limits.map(|limits| limits.upper),
        variation: day.judged.kind.map(Kind::words),
        rule: day.judged.cause.map(SpecialCause::words),
    });
    SeriesDetail {
        points: points.collect(),
        profile: profile_words(method.profile).0,
        chart: chart_name(method.kind),
        targets: whole.measure.targets.iter().map(target).collect(),
        faults: whole.measure.faults.iter().map(fault).collect(),
        notes: notes(whole),
        joins: whole.joins.iter().map(join).collect(),
        parts: parts(whole),
        beside: whole.beside().map(beside).collect(),
        summary: summary(whole),
    }
}

fn target(target: &Target) -> SeriesTarget {
    SeriesTarget {
        from: target.from.to_string(),
        value: target.value,
        what: target.what.clone(),
        source: target.source.clone(),
    }
}

fn fault(fault: &Fault) -> SeriesFault {
    SeriesFault {
        from: fault.from.to_string(),
        to: fault.to.to_string(),
        areas: fault.areas.clone(),
        withheld: fault.withheld,
        what: fault.what.clone(),
        source: fault.source.clone(),
    }
}

fn notes(whole: &Whole) -> Vec<SeriesNote> {
    let rebases = whole.rebases.iter().map(|rebase| SeriesNote {
        day: rebase.day.to_string(),
        rebase: true,
        text: rebase.reason.clone(),
        by: rebase.decided_by.clone(),
        recorded_at: rebase.recorded_at.to_string(),
    });
    let told = whole.annotations.iter().map(|told| SeriesNote {
        day: told.day.to_string(),
        rebase: false,
        text: told.what.clone(),
        by: told.told_by.clone(),
        recorded_at: told.recorded_at.to_string(),
    });
    rebases.chain(told).collect()
}

fn join(join: &Join) -> SeriesJoin {
    SeriesJoin {
        at: join.at.to_string(),
        before: join.before.clone(),
        after: join.after.clone(),
        why: join.why.clone(),
    }
}

fn parts(whole: &Whole) -> Vec<SeriesPart> {
    let lists = whole.divided.iter();
    lists
        .flat_map(|divided| {
            let shown = |values: &Values| {
                let values = values.iter();
                values
                    .filter(|(at, _)| !divided.withheld.contains_key(at))
                    .map(|(at, value)| (at.to_string(), value.value))
                    .collect()
            };
            let parts = divided.parts.iter();
            parts.map(move |(part, values)| SeriesPart {
                breakdown: divided.list.id.clone(),
                code: part.code.clone(),
                label: part.whole_label(),
                values: shown(values),
            })
        })
        .collect()
}

fn beside(one: &Compared) -> SeriesBeside {
    let values = one.values.iter();
    SeriesBeside {
        area: one.area.code.clone(),
        area_name: one.area.name.clone(),
        why: one.why().to_owned(),
        values: values.map(|(at, value)| (at.to_string(), *value)).collect(),
    }
}
