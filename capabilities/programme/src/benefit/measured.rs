//! A benefit beside its figures: where it stands, and what that is worth. The figures are those of the outcomes
//! capability.

use stour_benefits::{Direction, Movement, NoComparison, Quantity, RunRate, Standing, run_rate};
use stour_design::chart::Unit;
use stour_kernel::{Date, Pence};
use stour_outcomes::figures::{self, Course, Reading};
use stour_register::Around;
use stour_web::{House, Problem};

use super::kind;
use super::ledger::{Change, claims, share};
use super::profile::{Benefit, Conversion, conversion_on};

/// A benefit beside its figures.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// What it is.
    pub(crate) benefit: Benefit,
    /// Its figures; none where it has no measure or nothing of it is known yet.
    pub(crate) course: Option<Course>,
    /// The latest figure held against what was expected.
    pub(crate) found: Option<Found>,
}

/// What the latest figure says.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The first day of the figure's period.
    pub(crate) day: Date,
    /// What its period is called.
    pub(crate) period: String,
    /// The figure.
    pub(crate) value: Quantity,
    /// Where the measure would be had nothing been done, or why that cannot be said; none without a baseline.
    pub(crate) otherwise: Option<Result<Quantity, NoComparison>>,
    /// By how much the figure is better than that.
    pub(crate) better_by: Option<Quantity>,
    /// Which way it went since the baseline.
    pub(crate) movement: Option<Movement>,
    /// What was expected by that day.
    pub(crate) expected: Option<Expected>,
    /// Where the figure stands against that.
    pub(crate) standing: Option<Standing>,
    /// How much of the change this benefit claims, where other benefits claim of it too: money is worked out of no more.
    pub(crate) claimed: Option<Quantity>,
    /// What the change is worth; none without a change, a volume and a conversion.
    pub(crate) worth: Option<Worth>,
}

/// What was expected of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) value: Quantity,
    /// Whether it is what the trajectory says of that day; otherwise it is the target in the end.
    pub(crate) is_of_day: bool,
}

/// What a change is worth if every week is like this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Worth {
    /// How much of the change it is worked out of.
    pub(crate) of: Quantity,
    pub(crate) rate: RunRate,
    /// The yearly amounts at the limits between which the measure lies by chance alone, the lower first.
    pub(crate) between: Option<(Pence, Pence)>,
    /// By which conversion.
    pub(crate) conversion: Conversion,
}

/// What a figure is held against beside the profile.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside<'b> {
    /// The figures of the measure of demand.
    pub(crate) demand: Option<&'b Course>,
    /// How much of the change the benefit claims, where others claim of it too.
    pub(crate) claimed: Option<Quantity>,
}

impl Measured {
    /// Holds figures against a profile.
    pub(crate) fn of(
        benefit: Benefit,
        course: Option<Course>,
        beside: Beside<'_>,
        around: &Around,
    ) -> Self {
        let latest = course.as_ref().and_then(|course| course.readings.last());
        let found = latest.and_then(|latest| found(&benefit, latest, beside, around));
        Self {
            benefit,
            course,
            found,
        }
    }

    /// Where it stands against what was expected, where that can be said.
    pub(crate) fn standing(&self) -> Option<Standing> {
        self.found.as_ref()?.standing
    }

    /// How its figures are written.
    pub(crate) fn unit(&self) -> Unit {
        let shown = |quantity: &Option<Quantity>| {
            let text = quantity.map(|quantity| quantity.to_string());
            text.and_then(|text| text.split_once('.').map(|(_, decimals)| decimals.len()))
                .unwrap_or(0)
        };
        if let Some(course) = &self.course {
            return course.unit;
        }
        let value = self.benefit.baseline.map(|baseline| baseline.value);
        let decimals = shown(&value).max(shown(&self.benefit.target));
        Unit {
            decimals: u8::try_from(decimals).unwrap_or(u8::MAX),
            ..Unit::MEASURE
        }
    }

    /// A figure of its measure, as pages write it.
    pub(crate) fn written(&self, value: Quantity) -> String {
        self.unit().value(value.to_f64())
    }

    /// A figure of its measure with its unit in words, so that "£12.87m" is followed by "a year" and not by what it says.
    pub(crate) fn with_unit(&self, value: Quantity) -> String {
        let words = self.unit_words();
        let words = words.strip_prefix("million pounds").unwrap_or(words);
        format!("{} {}", self.written(value), words.trim())
            .trim()
            .to_owned()
    }

    /// The unit of its figures in words.
    pub(crate) fn unit_words(&self) -> &str {
        self.course
            .as_ref()
            .map_or("", |course| course.about.unit.as_str())
    }
}

fn found(
    benefit: &Benefit,
    latest: &Reading,
    beside: Beside<'_>,
    around: &Around,
) -> Option<Found> {
    let value = Quantity::nearest(latest.value)?;
    let demand = beside.demand.and_then(|demand| on(demand, latest.day));
    let otherwise = benefit.baseline.map(|baseline| baseline.at_demand(demand));
    let compared = otherwise.as_ref().and_then(|known| known.ok());
    let direction = benefit.direction;
    let better_by = direction
        .zip(compared)
        .and_then(|(direction, otherwise)| direction.better_by(value, otherwise));
    let expected = expected(benefit, latest.day);
    let standing = direction
        .zip(expected)
        .map(|(direction, expected)| Standing::of(direction, value, expected.value));
    let movement = direction
        .zip(compared)
        .map(|(direction, otherwise)| Movement::of(direction, value, otherwise));
    let change = OfChange {
        direction,
        otherwise: compared,
        better_by,
        claimed: beside.claimed,
    };
    let worth = worth(benefit, latest, &change, around);
    Some(Found {
        day: latest.day,
        period: latest.period.clone(),
        value,
        otherwise,
        better_by,
        movement,
        expected,
        standing,
        claimed: beside.claimed,
        worth,
    })
}

/// The figure of the period that begins on a day.
pub(super) fn on(course: &Course, day: Date) -> Option<Quantity> {
    let mut readings = course.readings.iter();
    let reading = readings.find(|reading| reading.day == day)?;
    Quantity::nearest(reading.value)
}

/// What the trajectory says of a day; without one for that day, the target, where nobody said by when it is to be reached. A
/// target with a day is a point of the trajectory: what is to be so by then need not be so yet.
fn expected(benefit: &Benefit, day: Date) -> Option<Expected> {
    let trajectory = benefit.trajectory.as_ref();
    let of_day = trajectory.and_then(|trajectory| trajectory.on(day));
    let of_day = of_day.map(|value| Expected {
        value,
        is_of_day: true,
    });
    of_day.or_else(|| {
        if benefit.target_by.is_some() {
            return None;
        }
        Some(Expected {
            value: benefit.target?,
            is_of_day: false,
        })
    })
}

/// What of a change money is worked out of.
struct OfChange {
    direction: Option<Direction>,
    otherwise: Option<Quantity>,
    better_by: Option<Quantity>,
    claimed: Option<Quantity>,
}

impl OfChange {
    /// A change, or where others claim of it too, no more of it than this benefit claims.
    fn of(&self, better_by: Quantity) -> Quantity {
        self.claimed
            .map_or(better_by, |claimed| better_by.min(claimed))
    }
}

fn worth(benefit: &Benefit, latest: &Reading, change: &OfChange, around: &Around) -> Option<Worth> {
    let conversion = conversion_on(around, benefit.number, latest.day)?;
    let volume = benefit.volume?;
    let of = change.of(change.better_by?);
    if change.claimed == Some(Quantity::ZERO) && of == Quantity::ZERO {
        // Others claim it, and this benefit nothing: there is no value of nothing to sign.
        return None;
    }
    let rate = run_rate(of, volume, conversion.unit_value).ok()?;
    let at = |limit: f64| {
        let better = change
            .direction?
            .better_by(Quantity::nearest(limit)?, change.otherwise?)?;
        let rate = run_rate(change.of(better), volume, conversion.unit_value).ok()?;
        Some(rate.yearly)
    };
    let between = latest.limits.and_then(|limits| {
        let (one, other) = (at(limits.lower)?, at(limits.upper)?);
        Some((one.min(other), one.max(other)))
    });
    Some(Worth {
        of,
        rate,
        between,
        conversion,
    })
}

/// Every benefit of a programme beside its figures, by number.
///
/// # Errors
/// 500 when figures cannot be read.
pub(crate) async fn measured(house: &House, around: &Around) -> Result<Vec<Measured>, Problem> {
    let mut all = Vec::new();
    for (_, benefit) in Benefit::all(around) {
        all.push(one(house, around, benefit).await?);
    }
    Ok(all)
}

/// One benefit beside its figures.
///
/// # Errors
/// 500 when figures cannot be read.
pub(crate) async fn one(
    house: &House,
    around: &Around,
    benefit: Benefit,
) -> Result<Measured, Problem> {
    let course = course_of(house, &benefit.measure).await?;
    let demand = course_of(house, &benefit.demand).await?;
    let latest = course.as_ref().and_then(|course| course.readings.last());
    let claimed = match latest {
        Some(latest) => claimed(house, around, &benefit, latest.day).await?,
        None => None,
    };
    let beside = Beside {
        demand: demand.as_ref(),
        claimed,
    };
    Ok(Measured::of(benefit, course, beside, around))
}

/// How much of a change a benefit claims, where others claim of it too.
async fn claimed(
    house: &House,
    around: &Around,
    benefit: &Benefit,
    day: Date,
) -> Result<Option<Quantity>, Problem> {
    let Some(entry) = around.entry(kind::KIND.name, benefit.number) else {
        return Ok(None);
    };
    let change = Change {
        measure: benefit.measure.clone(),
        day,
    };
    let database = house.database();
    let claims = database.read(move |tx| claims(tx, &change)).await?;
    Ok(share(&claims, entry.id))
}

/// The figures of a measure; none where none is named.
///
/// # Errors
/// 500 when figures cannot be read.
pub(crate) async fn course_of(house: &House, measure: &str) -> Result<Option<Course>, Problem> {
    if measure.is_empty() {
        return Ok(None);
    }
    figures::course(house, measure).await
}

#[cfg(test)]
mod tests;
