//! One thing that is counted, or that came close.

use crate::day::{Day, Month};

/// One thing that is counted, or that came close: what a number opens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Which indicator, by its place in the plan.
    pub indicator: usize,
    /// The month it counts in.
    pub month: Month,
    /// The day that decides the month and the age.
    pub day: Day,
    /// The fact it is about, by its place among the person's; none where it is about the person.
    pub event: Option<usize>,
    /// Age in whole years on the day.
    pub age: Option<i32>,
    /// The sex as columns keep it: 0 where it is not known.
    pub(crate) sex: u8,
    /// Council and locality, by the vocabulary.
    pub place: u32,
    /// The small area, by the vocabulary.
    pub area: u32,
    /// What the fact is, by the vocabulary; none where it is about the person.
    pub description: Option<u32>,
    /// What is measured of it; nought where nothing is.
    pub value: i64,
    /// What it adds to a line: 1, or pence where spending is what is counted.
    pub weight: i64,
    /// Whether and why it counts.
    pub verdict: Verdict,
}

/// Whether and why something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It counts above the line, and below it where there is one.
    Counted,
    /// It counts above the line for what of it falls in this month; below the line it counts once, in the first of its
    /// months.
    GoesOn,
    /// It counts below the line alone.
    NotPart,
    /// It counts above the line: what it was followed by began on this day.
    Followed(Day),
    /// It counts below the line alone: what it was followed by began on this day.
    NotPartFollowed(Day),
    /// It counts below the line alone: died on this day.
    Died(Day),
    /// It counts below the line alone: in hospital since.
    InHospital(Day),
    /// It counts below the line alone: in a care home since.
    InCareHome(Day),
    /// It counts below the line alone: in another place that is not home since.
    Elsewhere(Day),
    /// It counts below the line alone: moved to another council's area on this day.
    MovedAway(Day),
    /// The day to look at is not over.
    NotYet,
    /// Outside: younger than the population.
    TooYoung,
    /// Outside: the date of birth is not known.
    BirthUnknown,
    /// Outside: left for neither home nor a care home.
    MovedOn,
    /// Outside: what must not have gone before did, and ended on this day or goes on.
    Before(Day),
}

impl Verdict {
    /// Whether it counts above the line.
    #[inline]
    pub const fn is_in_numerator(self) -> bool {
        matches!(self, Self::Counted | Self::Followed(_) | Self::GoesOn)
    }

    /// Whether it counts below the line.
    #[inline]
    pub const fn is_in_denominator(self) -> bool {
        !matches!(
            self,
            Self::GoesOn
                | Self::NotYet
                | Self::TooYoung
                | Self::BirthUnknown
                | Self::MovedOn
                | Self::Before(_)
        )
    }
}
