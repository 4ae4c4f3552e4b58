//! What the reviews of a stay say of when the person was ready.

use std::collections::BTreeMap;

use stour_kernel::Date;

/// What a review found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<R> {
    /// A criterion to be in an acute hospital is met.
    Meets,
    /// None is; why the person is still there, if that is known.
    Ready(Option<R>),
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review<R> {
    /// Its day.
    pub on: Date,
    /// What it found.
    pub verdict: Verdict<R>,
}

/// A stay with its reviews, in the order in which they were made: of one day the last counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay<R> {
    /// The day of admission.
    pub admitted: Date,
    /// The day of discharge; none while the person is there.
    pub discharged: Option<Date>,
    /// The reviews.
    pub reviews: Vec<Review<R>>,
}

impl<R> Stay<R> {
    /// What holds at the end of each day that was reviewed. Reviews from before the stay or from after it are not of it.
    pub(crate) fn by_day(&self) -> BTreeMap<Date, &Verdict<R>> {
        let until = self.discharged.unwrap_or(Date::MAX);
        let of_stay = self
            .reviews
            .iter()
            .filter(|review| (self.admitted..=until).contains(&review.on));
        of_stay.map(|review| (review.on, &review.verdict)).collect()
    }
}

/// The discharge ready date: the first day of the period without a criterion that goes on now or, of a stay that is over,
/// that went on to its end. A criterion that is met again takes the date back, and the next period begins a new one; a day
/// without a review is as the day before it.
///
/// Guidance has the final period of a stay that is over. Of one that ended while a criterion was met it says nothing: here
/// it has no date, since no period lasted to its end that could have delayed it.
///
/// Source: NHS England, recording of the discharge ready date (PRN00312, 2023) and its questions and answers.
pub fn ready_date<R>(stay: &Stay<R>) -> Option<Date> {
    let days = stay.by_day();
    let is_ready = |(day, verdict): (&Date, &&Verdict<R>)| {
        matches!(verdict, Verdict::Ready(_)).then_some(*day)
    };
    days.iter().rev().map_while(is_ready).last()
}
