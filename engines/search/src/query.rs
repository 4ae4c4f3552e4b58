//! What somebody asks.

use crate::entry::TODAY;
use crate::facet::Facet;
use crate::found::Band;
use crate::point::Place;

/// What somebody asks. Everything is optional; an empty query finds everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What they need, in their own words.
    pub words: String,
    /// Where they are.
    pub place: Option<Place>,
    /// How old whoever needs it is.
    pub age: Option<Age>,
    /// When it must be open.
    pub open: Option<Open>,
    /// Values of facets.
    pub chosen: Vec<Choice>,
    /// In which order; without it nearest first where there is a place, else the best text.
    pub order: Option<Order>,
    /// Only services near by, or only those that are had elsewhere. Both are counted all the same.
    pub band: Option<Band>,
    /// How many of the results to pass over.
    pub skip: usize,
    /// How many results to give.
    pub take: usize,
    /// The most values to give of each facet, those chosen besides.
    pub facet_values: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: String::new(),
            place: None,
            age: None,
            open: None,
            chosen: Vec::new(),
            order: None,
            band: None,
            skip: 0,
            take: 20,
            facet_values: 50,
        }
    }
}

/// Ages in years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Somebody of this age may use it.
    Of(u8),
    /// Somebody of these ages, both included, may use it.
    Between(u8, u8),
}

/// When something must be open, in an ordinary week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Open {
    /// On any of these days, 0 for Monday to 6 for Sunday; of none, on any day.
    pub days: Vec<u8>,
    /// For at least a part of the time from the first to the second minute after midnight, or at that minute when
    /// both are the same.
    pub between: Option<(u16, u16)>,
}

/// A value of a facet that must be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Of which facet.
    pub facet: Facet,
    /// Which value.
    pub value: String,
}

/// The order of results. Equals are in the order of name, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The nearest first, then what is had elsewhere; equally near, the best text first.
    Nearest,
    /// The best text first; equally good, the nearest.
    Best,
    /// By name.
    Name,
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// A distance that is less than nothing, or no number.
    #[error("the distance must be a number of metres from 0 up")]
    Distance,
    /// The youngest age is above the oldest.
    #[error("the youngest age must not be above the oldest")]
    Ages,
    /// A day that no week has.
    #[error("a day is 0 for Monday to 6 for Sunday")]
    Day,
    /// Times that are not in one day, or the second is before the first.
    #[error(
        "times are from 0 to 1440 minutes after midnight, and the second is not before the first"
    )]
    Times,
    /// More accessibility features at once than can be asked for.
    #[error("at most {0} accessibility features can be asked for at once")]
    TooMuchAccess(usize),
}

impl Query {
    /// The days on which it must be open, by whichever way they were asked for.
    pub(crate) fn days(&self) -> Result<Vec<u8>, QueryError> {
        let chosen = self
            .chosen
            .iter()
            .filter(|choice| choice.facet == Facet::Day);
        let mut days: Vec<u8> = chosen
            .map(|choice| choice.value.parse().map_err(|_| QueryError::Day))
            .collect::<Result<_, _>>()?;
        days.extend(self.open.iter().flat_map(|open| &open.days));
        if days.iter().any(|day| *day > TODAY) {
            return Err(QueryError::Day);
        }
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// The ages that it is asked for.
    pub(crate) fn ages(&self) -> Result<(u8, u8), QueryError> {
        match self.age {
            None => Ok((0, u8::MAX)),
            Some(Age::Of(age)) => Ok((age, age)),
            Some(Age::Between(from, to)) if from <= to => Ok((from, to)),
            Some(Age::Between(..)) => Err(QueryError::Ages),
        }
    }

    /// The times between which it must be open.
    pub(crate) fn times(&self) -> Result<Option<(u16, u16)>, QueryError> {
        let times = self.open.as_ref().and_then(|open| open.between);
        match times {
            Some((from, until)) if from > until || until > 1440 => Err(QueryError::Times),
            times => Ok(times),
        }
    }
}
