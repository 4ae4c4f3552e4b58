//! How a number of a place compares with that of the whole partnership.

use stour_design::chart::PointKind;
use stour_statistics::xmr::Direction;

use crate::catalogue::{Definition, Standardised, Statistic};
use crate::indicator::publish::Published;

/// Where a place lies beside the whole partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The whole's value lies below the place's interval.
    Higher,
    /// The whole's value lies above it.
    Lower,
    /// The whole's value lies inside it.
    Similar,
}

/// A number of a place held against that of the whole partnership.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Compared {
    pub(super) side: Side,
    /// Which way is better.
    pub(super) direction: Direction,
    /// It is held against what its own ages would lead one to expect.
    pub(super) is_expected: bool,
    pub(super) value: f64,
    pub(super) interval: (f64, f64),
    /// What it is held against.
    pub(super) against: f64,
}

/// Why a number is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uncompared {
    /// One of the two is not shown, or there is none.
    NoValue,
    /// It is a part of the whole's value.
    Part,
    /// Nobody has worked out how sure it is.
    NoInterval,
}

/// What an indirectly standardised ratio is held against: as many as expected.
const AS_EXPECTED: f64 = 100.0;

/// Holds a number of a place against that of the whole partnership.
///
/// An indirectly standardised rate has the weights of its own place, so its ratio is held against 100, which stands for
/// what the whole's rates would lead one to expect at the ages of the place.
pub(super) fn compare(
    definition: &Definition,
    place: &Published,
    whole: &Published,
) -> Result<Compared, Uncompared> {
    let shown = &definition.shown;
    if matches!(shown.statistic, Statistic::Count | Statistic::Sum) {
        return Err(Uncompared::Part);
    }
    let estimate = place
        .figure()
        .and_then(|figure| figure.estimate.as_ref().ok())
        .ok_or(Uncompared::NoValue)?;
    let whole = whole.value().ok_or(Uncompared::NoValue)?;
    let (lower, upper) = estimate.interval.ok_or(Uncompared::NoInterval)?;
    let is_expected = shown.standardised == Some(Standardised::Indirect);
    // A ratio to what is not there is none.
    if is_expected && whole <= 0.0 {
        return Err(Uncompared::NoValue);
    }
    let scaled = |value: f64| {
        if is_expected {
            AS_EXPECTED * value / whole
        } else {
            value
        }
    };
    let (interval, against) = ((scaled(lower), scaled(upper)), scaled(whole));
    Ok(Compared {
        side: Side::of(interval, against),
        direction: definition.direction,
        is_expected,
        value: scaled(estimate.value),
        interval,
        against,
    })
}

impl Side {
    /// Whether what it is held against lies below an interval, above it or inside, its ends being inside.
    pub(super) fn of((lower, upper): (f64, f64), against: f64) -> Self {
        if against < lower {
            Self::Higher
        } else if against > upper {
            Self::Lower
        } else {
            Self::Similar
        }
    }

    /// As pages and files have it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Higher => "Higher",
            Self::Lower => "Lower",
            Self::Similar => "Similar",
        }
    }
}

impl Compared {
    /// "better" or "worse" where one of them is meant; nothing else.
    pub(super) const fn reading(&self) -> &'static str {
        match (self.side, self.direction) {
            (Side::Similar, _) | (_, Direction::Neutral) => "",
            (Side::Higher, Direction::Increase) | (Side::Lower, Direction::Decrease) => "better",
            (Side::Higher, Direction::Decrease) | (Side::Lower, Direction::Increase) => "worse",
        }
    }

    /// "Higher: worse", "Similar".
    pub(super) fn words(&self) -> String {
        let side = match (self.side, self.is_expected) {
            (Side::Similar, true) => "As expected at its ages".to_owned(),
            (side, true) => format!("{} than expected at its ages", side.word()),
            (side, false) => side.word().to_owned(),
        };
        match self.reading() {
            "" => side,
            reading => format!("{side}: {reading}"),
        }
    }

    /// The shape that says the same.
    pub(super) fn kind(&self) -> PointKind {
        match (self.reading(), self.side) {
            ("better", _) => PointKind::Improvement,
            ("worse", _) => PointKind::Concern,
            (_, Side::Higher) => PointKind::NeutralHigh,
            (_, Side::Lower) => PointKind::NeutralLow,
            (_, Side::Similar) => PointKind::Common,
        }
    }
}

impl Uncompared {
    /// Why, in a few words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NoValue => "Not compared",
            Self::Part => "Not compared: a part of the whole",
            Self::NoInterval => "Not compared: no interval",
        }
    }
}

#[cfg(test)]
mod tests;
