//! How far a place has come that is kept for somebody, and when it may go on.

use stour_kernel::{Code, Date, Timestamp};
use thiserror::Error;

use crate::error::FlowError;
use crate::shown::{day, moment};

/// A place that is, or was, kept for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceState {
    /// Kept for a while.
    Held(Held),
    /// Kept until the day.
    Booked(Booked),
    /// The person has come.
    Started(Started),
    /// Given back.
    Released(Released),
}

/// Kept for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// From when on it is free again, without anybody doing anything.
    pub until: Timestamp,
}

/// Kept until the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked;

/// The person has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The first day.
    pub on: Date,
}

/// Given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// A code of the list `place-release-reason`.
    pub reason: Code,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotSo {
    /// The hold has run out.
    #[error("The place was held until {} and is free again. Hold a place again.", moment(*.0))]
    Lapsed(Timestamp),
    /// The day of the place has gone by.
    #[error("The place was for {}, which has gone by. Release it and hold a place of another day.", day(*.0))]
    Gone(Date),
    /// The person comes before the place is theirs.
    #[error("The place is for {}. Enter that day or later.", day(*.0))]
    TooEarly(Date),
    /// Not yet.
    #[error("Enter a day that has come: today or before.")]
    Future,
    /// It was booked, started or released before.
    #[error(
        "This has been done already, or the place was released. Open the place again to see what became of it."
    )]
    Done,
}

impl From<NotSo> for FlowError {
    fn from(why: NotSo) -> Self {
        Self::NotNow(why.to_string())
    }
}

impl Held {
    /// Whether it still keeps the place.
    pub fn stands(&self, now: Timestamp) -> bool {
        now < self.until
    }

    fn standing(self, now: Timestamp) -> Result<Self, NotSo> {
        if self.stands(now) {
            Ok(self)
        } else {
            Err(NotSo::Lapsed(self.until))
        }
    }

    /// It is kept for good.
    ///
    /// # Errors
    /// [`NotSo::Lapsed`], or [`NotSo::Gone`] once the day of the place has gone by.
    pub fn book(self, place_of: Date, (now, today): (Timestamp, Date)) -> Result<Booked, NotSo> {
        self.standing(now)?;
        if place_of < today {
            return Err(NotSo::Gone(place_of));
        }
        Ok(Booked)
    }

    /// It is given back.
    ///
    /// # Errors
    /// [`NotSo::Lapsed`]: it is free already.
    pub fn release(self, now: Timestamp, reason: Code) -> Result<Released, NotSo> {
        self.standing(now)?;
        Ok(Released { reason })
    }
}

impl Booked {
    /// The person comes.
    ///
    /// # Errors
    /// [`NotSo::TooEarly`] before the day of the place, [`NotSo::Future`].
    pub fn start(self, place_of: Date, on: Date, today: Date) -> Result<Started, NotSo> {
        if on < place_of {
            return Err(NotSo::TooEarly(place_of));
        }
        if on > today {
            return Err(NotSo::Future);
        }
        Ok(Started { on })
    }

    /// It is given back.
    #[must_use]
    pub fn release(self, reason: Code) -> Released {
        Released { reason }
    }
}

impl PlaceState {
    /// As the database writes it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Held(_) => "held",
            Self::Booked(_) => "booked",
            Self::Started(_) => "started",
            Self::Released(_) => "released",
        }
    }

    /// Whether it takes one of the places of its day.
    pub fn takes(&self, now: Timestamp) -> bool {
        match self {
            Self::Held(held) => held.stands(now),
            Self::Booked(_) | Self::Started(_) => true,
            Self::Released(_) => false,
        }
    }
}
