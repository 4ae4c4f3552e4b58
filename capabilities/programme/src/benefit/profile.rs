//! A benefit, and what belongs to it, read from their entries.

use stour_benefits::{Baseline, Between, Direction, Quantity, Trajectory};
use stour_kernel::{Date, Pence};
use stour_register::{Around, Entry};
use stour_web::FieldError;

use super::{kind, parts};

/// A benefit as its profile says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Benefit {
    /// Its number.
    pub(crate) number: i64,
    /// The version of its profile.
    pub(crate) version: i64,
    /// What it is.
    pub(crate) title: String,
    /// What it is called within a sentence.
    pub(crate) short: String,
    /// Whether it stands for the whole programme.
    pub(crate) is_overall: bool,
    /// The code of its class.
    pub(crate) class: String,
    /// The address of its measure after `/board/`; empty when it has none.
    pub(crate) measure: String,
    /// That of an indicator that counts something close to it.
    pub(crate) own_records: String,
    /// That of demand, where the baseline moves with it.
    pub(crate) demand: String,
    /// Which way is better.
    pub(crate) direction: Option<Direction>,
    /// Where the measure stood before.
    pub(crate) baseline: Option<Baseline>,
    /// Where it should be by when.
    pub(crate) trajectory: Option<Trajectory>,
    /// What it is to reach in the end.
    pub(crate) target: Option<Quantity>,
    /// The day by which it is to.
    pub(crate) target_by: Option<Date>,
    /// Cases in a week.
    pub(crate) volume: Option<Quantity>,
    /// The code of one unit of change.
    pub(crate) unit_of_change: String,
    /// Who answers for it.
    pub(crate) owner: String,
}

/// A conversion of a change into money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conversion {
    pub(crate) number: i64,
    pub(crate) version: i64,
    pub(crate) unit_value: Pence,
    pub(crate) from: Date,
    pub(crate) source: String,
}

impl Conversion {
    /// Reads a conversion; none of an entry whose value or day cannot be read.
    pub(crate) fn read(entry: &Entry) -> Option<Self> {
        Some(Self {
            number: entry.number,
            version: entry.version,
            unit_value: pounds(entry.get("unit-value"))?,
            from: entry.get("from").parse().ok()?,
            source: entry.get("source").to_owned(),
        })
    }
}

/// An amount as registers keep it: pounds with at most two decimals.
pub(crate) fn pounds(text: &str) -> Option<Pence> {
    let padded = match text.split_once('.') {
        Some((whole, pence)) => format!("{whole}.{pence:0<2}"),
        None => text.to_owned(),
    };
    padded.parse().ok()
}

impl Benefit {
    /// Reads a benefit and its trajectory.
    ///
    /// # Errors
    /// The fields that cannot be read: of an entry that somebody imported past the checks of the form.
    pub(crate) fn read(entry: &Entry, around: &Around) -> Result<Self, Vec<FieldError>> {
        let mut reading = Reading {
            entry,
            errors: Vec::new(),
        };
        let target = reading.quantity("target");
        let baseline = reading.quantity("baseline").map(|value| Baseline {
            value,
            demand: reading.quantity("demand-then"),
        });
        let volume = reading.quantity("volume");
        let direction = match entry.get("direction") {
            "increase" => Some(Direction::Increase),
            "decrease" => Some(Direction::Decrease),
            _ => None,
        };
        let trajectory = reading.trajectory(around, (baseline, target));
        if !reading.errors.is_empty() {
            return Err(reading.errors);
        }
        let text = |field: &str| entry.get(field).to_owned();
        let short = match entry.get("short") {
            "" => text("title"),
            short => short.to_owned(),
        };
        Ok(Self {
            number: entry.number,
            version: entry.version,
            title: text("title"),
            short,
            is_overall: entry.get("overall") == "yes",
            class: text("class"),
            measure: text("measure"),
            own_records: text("own-records"),
            demand: text("demand"),
            direction,
            baseline,
            trajectory,
            target,
            target_by: entry.get("target-by").parse().ok(),
            volume,
            unit_of_change: text("unit-of-change"),
            owner: text("owner"),
        })
    }

    /// Every benefit that can be read, by number.
    pub(crate) fn all(around: &Around) -> Vec<(&Entry, Self)> {
        around
            .of_kind(kind::KIND.name)
            .filter_map(|entry| Some((entry, Self::read(entry, around).ok()?)))
            .collect()
    }
}

struct Reading<'e> {
    entry: &'e Entry,
    errors: Vec<FieldError>,
}

impl Reading<'_> {
    fn quantity(&mut self, field: &str) -> Option<Quantity> {
        let text = self.entry.get(field);
        if text.is_empty() {
            return None;
        }
        let read = text.parse::<Quantity>();
        read.map_err(|error| {
            self.errors.push(FieldError {
                field: field.to_owned(),
                message: error.to_string(),
            });
        })
        .ok()
    }

    /// The points that were given; where a target has a day, it is the last of them. A straight line begins at the baseline,
    /// on the last day of its period.
    fn trajectory(
        &mut self,
        around: &Around,
        (baseline, target): (Option<Baseline>, Option<Quantity>),
    ) -> Option<Trajectory> {
        let number = self.entry.number.to_string();
        let given = around
            .of_kind(parts::TRAJECTORY.name)
            .filter(|point| point.get("benefit") == number);
        let mut points: Vec<(Date, Quantity)> = given
            .filter_map(|point| {
                Some((
                    point.get("on").parse().ok()?,
                    point.get("value").parse().ok()?,
                ))
            })
            .collect();
        let by: Option<Date> = self.entry.get("target-by").parse().ok();
        if let (Some(by), Some(target)) = (by, target)
            && points.iter().all(|(day, _)| *day != by)
        {
            points.push((by, target));
        }
        if points.is_empty() {
            return None;
        }
        let between = match self.entry.get("between") {
            "straight" => Between::Straight,
            _ => Between::Steps,
        };
        let began: Option<Date> = self.entry.get("baseline-to").parse().ok();
        if let (Between::Straight, Some(began), Some(baseline)) = (between, began, baseline)
            && points.iter().all(|(day, _)| *day > began)
        {
            points.push((began, baseline.value));
        }
        match Trajectory::new(points, between) {
            Ok(trajectory) => Some(trajectory),
            Err(error) => {
                self.errors.push(FieldError {
                    field: "between".to_owned(),
                    message: error.to_string(),
                });
                None
            }
        }
    }
}

/// The conversion of a benefit in use on a day.
pub(crate) fn conversion_on(around: &Around, benefit: i64, day: Date) -> Option<Conversion> {
    let number = benefit.to_string();
    around
        .of_kind(parts::CONVERSION.name)
        .filter(|entry| entry.get("benefit") == number)
        .filter_map(Conversion::read)
        .filter(|conversion| conversion.from <= day)
        .max_by_key(|conversion| conversion.from)
}
