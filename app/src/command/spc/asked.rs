//! What is asked for on the command line.

use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::ValueEnum;
use jiff::civil::Time;
use serde::Serialize;
use stour_kernel::Date;
use stour_statistics::attribute::Attribute;
use stour_statistics::xmr::{Annotation, Direction, Profile, Target};

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Individual values and moving ranges
    Xmr,
    /// About the median, without limits
    Run,
    /// A proportion: --value out of --denominator
    P,
    /// A rate: --value for each unit of --denominator
    U,
    /// Counts where every period has the same chance
    C,
    /// Cases between rare events
    G,
    /// Time between rare events
    T,
}

impl Kind {
    pub(super) fn attribute(self) -> Option<Attribute> {
        match self {
            Self::P => Some(Attribute::Proportion),
            Self::U => Some(Attribute::Rate),
            Self::C => Some(Attribute::Count),
            Self::Xmr | Self::Run | Self::G | Self::T => None,
        }
    }
}

/// Whose rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rules {
    /// The R package `NHSRplotthedots`, version 0.2.2
    Plotthedots,
    /// NHS England's Making Data Count, as its team describes it
    Mdc,
}

impl Rules {
    pub(super) fn profile(self) -> Profile {
        match self {
            Self::Plotthedots => Profile::PlotTheDots022,
            Self::Mdc => Profile::MakingDataCount,
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Better {
    /// Higher is better
    Increase,
    /// Lower is better
    Decrease,
    /// Neither is better
    Neutral,
}

impl Better {
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::Increase => Direction::Increase,
            Self::Decrease => Direction::Decrease,
            Self::Neutral => Direction::Neutral,
        }
    }
}

/// A target, and from when if that was said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    from: Option<Date>,
    value: f64,
}

impl Aim {
    pub(super) fn is_undated(&self) -> bool {
        self.from.is_none()
    }

    /// Whether a chart of this kind can have values that reach it.
    pub(super) fn fits(&self, kind: Kind) -> bool {
        match kind {
            Kind::Xmr | Kind::Run => true,
            Kind::P => (0.0..=1.0).contains(&self.value),
            Kind::U | Kind::C | Kind::G | Kind::T => self.value >= 0.0,
        }
    }
}

impl FromStr for Aim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, value) = match text.split_once('=') {
            Some((from, value)) => (Some(date(from)?), value),
            None => (None, text),
        };
        let value = number(value).map_err(|wrong| {
            format!(
                "{text:?} is no target, as {value:?} {wrong}: write 0.95, or 2026-04-01=0.95 with its \
                 first date"
            )
        })?;
        Ok(Self { from, value })
    }
}

/// Whether each target has a date of its own.
pub(super) fn have_dates_of_their_own(aims: &[Aim]) -> bool {
    let dates: Vec<Option<Date>> = aims.iter().map(|aim| aim.from).collect();
    !has_twice(&dates)
}

/// Whether something is there twice.
pub(super) fn has_twice<T: Ord>(things: &[T]) -> bool {
    let mut sorted: Vec<&T> = things.iter().collect();
    sorted.sort_unstable();
    sorted
        .windows(2)
        .any(|pair| matches!(pair, [one, other] if one == other))
}

/// The targets in order; one without a date applies from the first date on.
pub(super) fn targets(aims: &[Aim], first: Date) -> Vec<Target<Date>> {
    let mut targets: Vec<Target<Date>> = aims
        .iter()
        .map(|aim| Target {
            from: aim.from.unwrap_or(first),
            value: aim.value,
        })
        .collect();
    targets.sort_unstable_by_key(|target| target.from);
    targets
}

/// What was done on a date.
#[derive(Debug, Clone)]
pub(super) struct Remark(pub(super) Annotation<Date>);

impl FromStr for Remark {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (at, words) = text
            .split_once('=')
            .ok_or_else(|| format!("{text:?} says no date: write DATE=TEXT"))?;
        let annotation = Annotation::new(date(at)?, words).map_err(|blank| blank.to_string())?;
        Ok(Self(annotation))
    }
}

/// Years that a series can be of; others are slips of the keyboard.
const YEARS: RangeInclusive<i16> = 1800..=2199;

/// A date as people and programs write it. A time of the day after it is left out.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the date is blank".to_owned());
    }
    let (day, is_time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, time.trim_end_matches('Z').parse::<Time>().is_ok()),
        None => (text, true),
    };
    let parsed: Option<Date> = match day.split('/').collect::<Vec<_>>()[..] {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}").parse(),
        _ if day.len() == 7 => format!("{day}-01").parse(),
        _ => day.parse(),
    }
    .ok();
    let date = parsed.filter(|_| is_time).ok_or_else(|| {
        let stored = if text.parse::<f64>().is_ok() {
            ", not the number by which a spreadsheet stores it"
        } else {
            ""
        };
        format!("{text:?} is no date: write 2026-04-01, 2026-04 or 01/04/2026{stored}")
    })?;
    if YEARS.contains(&date.year()) {
        return Ok(date);
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    Err(format!(
        "the date {text:?} cannot be: years are from {first} to {last}"
    ))
}

/// A number that can be charted.
///
/// # Errors
/// What it is instead.
pub(super) fn number(text: &str) -> Result<f64, &'static str> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.abs() < 1e15 => Ok(number),
        Ok(number) if number.is_finite() => Err("has more than fifteen figures"),
        Err(_) if text.contains(|mark: char| mark.is_ascii_digit()) => {
            Err("is not a number: write 1234.5, without commas, units or signs beside it")
        }
        Ok(_) | Err(_) => Err("is not a number"),
    }
}
