//! What other capabilities may know of a measure: its figures over time, with limits where there are enough of them,
//! and where they come from. Published series and indicators look the same from here. Of indicators nothing is said
//! that is withheld from readers of counts.

use stour_design::chart::Unit;
use stour_indicators::Dimension;
use stour_kernel::Date;
use stour_partnership::Reference;
use stour_statistics::xmr::{Direction, Judged};
use stour_web::{House, Problem};

use crate::area::Area;
use crate::catalogue::{Apart, catalogue};
use crate::commentary::form::commentary_of;
use crate::indicator::chart::{self, unit_of};
use crate::indicator::period::Period;
use crate::indicator::publish::Audience;
use crate::indicator::read;
use crate::indicator::report::Report;
use crate::measure::measure;
use crate::series::Method;
use crate::series::read::one;
use crate::series::view::Whole;

/// What is known of a measure without any figure.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// What it is called.
    pub title: String,
    /// What its values are: `days, on average`.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Its page.
    pub address: String,
    /// Who publishes it, or whose definition it is.
    pub source: String,
    /// Whether this product counts it from the facts that daily work records.
    pub is_counted: bool,
}

/// A measure over time.
#[derive(Debug, Clone)]
pub struct Course {
    /// What it is.
    pub about: About,
    /// How its values are written.
    pub unit: Unit,
    /// Its figures in order of time; none is left out but those that are missing or withheld.
    pub readings: Vec<Reading>,
    /// What is aimed at now, and who set it.
    pub target: Option<(f64, String)>,
    /// The latest figure by council and locality, where it is counted by them.
    pub places: Vec<Place>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The first day of its period.
    pub day: Date,
    /// What its period is called.
    pub period: String,
    /// The figure.
    pub value: f64,
    /// Between what it would lie by chance alone, with the mean, where there are enough figures to say.
    pub limits: Option<Limits>,
    /// What makes it more than chance, in words.
    pub unusual: Option<&'static str>,
}

/// The latest figure of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Whether it is a council's area; otherwise it is a locality.
    pub is_council: bool,
    /// The figure; none where it is withheld or cannot be said.
    pub value: Option<f64>,
}

/// Between what figures lie by chance alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The least.
    pub lower: f64,
    /// The mean.
    pub mean: f64,
    /// The most.
    pub upper: f64,
}

/// What is known of the measure of a name: the address of its page after `/board/`, such as
/// `series/no-criteria-to-reside/R0D` or `indicators/wait-with-care-package`. `None` when there is none.
pub fn about(name: &str) -> Option<About> {
    match named(name)? {
        Named::Series { id, area } => {
            let reference: &Reference = stour_partnership::reference().ok()?;
            let (measure, area) = (measure(id)?, Area::named(reference, area)?);
            Some(About {
                title: format!("{}, {}", measure.title, area.short_name()),
                unit: measure.unit.clone(),
                direction: measure.direction,
                address: format!("/board/{name}"),
                source: measure.source.clone(),
                is_counted: false,
            })
        }
        Named::Indicator(id) => {
            let definition = catalogue().ok()?.named(id)?;
            Some(About {
                title: definition.title.clone(),
                unit: definition.unit.clone(),
                direction: definition.direction,
                address: format!("/board/{name}"),
                source: definition.source.clone(),
                is_counted: definition.rule.is_some(),
            })
        }
    }
}

/// The figures of a measure. `None` when there is no such measure, or nothing was published of it yet.
///
/// # Errors
/// 500 when the numbers cannot be read.
pub async fn course(house: &House, name: &str) -> Result<Option<Course>, Problem> {
    let (Some(about), Some(named)) = (about(name), named(name)) else {
        return Ok(None);
    };
    match named {
        Named::Series { id, area } => {
            let found = one(house, id.to_owned(), area.to_owned(), Method::default()).await;
            match found {
                Ok(whole) => Ok(Some(of_series(about, &whole))),
                Err(problem) if problem.status == 404 => Ok(None),
                Err(problem) => Err(problem),
            }
        }
        Named::Indicator(id) => {
            let definition = read::definition(id)?;
            let said = commentary_of(house, name).await?;
            let report = read::ask_house(house, |maker| {
                maker.report(definition, (None, None), Audience::CountsOnly)
            });
            let report = report.await?.map(|report| Report { said, ..report });
            Ok(report.map(|report| of_indicator(about, &report)))
        }
    }
}

enum Named<'n> {
    Series { id: &'n str, area: &'n str },
    Indicator(&'n str),
}

fn named(name: &str) -> Option<Named<'_>> {
    let mut parts = name.split('/');
    let found = match (parts.next()?, parts.next()?, parts.next()) {
        ("series", id, Some(area)) => Named::Series { id, area },
        ("indicators", id, None) => Named::Indicator(id),
        _ => return None,
    };
    parts.next().is_none().then_some(found)
}

fn of_series(about: About, whole: &Whole) -> Course {
    let every = whole.measure.every;
    let days = whole.judgement.days.iter();
    let readings = days.filter_map(|day| reading(&day.judged, every.name(day.judged.at)));
    let target = whole.measure.targets.last();
    Course {
        about,
        unit: whole.unit(),
        readings: readings.collect(),
        target: target.map(|target| (target.value, target.source.clone())),
        places: Vec::new(),
        notes: whole.measure.notes.clone(),
    }
}

fn of_indicator(about: About, report: &Report) -> Course {
    let course = chart::Course::of(report);
    let name = |day: Date| {
        let mut periods = report.periods.iter().map(|(period, _)| *period);
        let own = periods.find(|period| period.from() == day);
        own.map_or_else(|| day.to_string(), Period::words)
    };
    let readings = match &course.judged {
        Some(chart) => {
            let points = chart.points.iter();
            let found = points.filter_map(|judged| reading(judged, name(judged.at)));
            found.collect()
        }
        None => report
            .periods
            .iter()
            .filter_map(|(period, shown)| {
                Some(Reading {
                    day: period.from(),
                    period: period.words(),
                    value: shown.value()?,
                    limits: None,
                    unusual: None,
                })
            })
            .collect(),
    };
    let apart = report.apart.iter();
    let places = apart
        .filter(|(apart, _)| matches!(apart, Apart::Council | Apart::Locality))
        .flat_map(|(_, pieces)| pieces)
        .filter(|(piece, _)| !piece.is_unknown())
        .map(|(piece, shown)| Place {
            name: piece.name.clone(),
            is_council: piece.dimension == Dimension::Council,
            value: shown.value(),
        });
    let target = report.definition.target_on(report.as_of);
    Course {
        about,
        unit: unit_of(report.definition),
        readings,
        target: target.map(|target| (target.value, target.source.clone())),
        places: places.collect(),
        notes: report.definition.notes.clone(),
    }
}

fn reading(judged: &Judged<Date>, period: String) -> Option<Reading> {
    let limits = judged.limits.zip(judged.mean).map(|(limits, mean)| Limits {
        lower: limits.lower,
        mean,
        upper: limits.upper,
    });
    Some(Reading {
        day: judged.at,
        period,
        value: judged.value?,
        limits,
        unusual: judged.cause.map(stour_statistics::xmr::SpecialCause::words),
    })
}
