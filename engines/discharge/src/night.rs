//! Nights in hospital after somebody was ready, and days on which nobody looked.

use std::collections::BTreeSet;

use stour_kernel::Date;

use crate::review::{Stay, Verdict, ready_date};

/// A night that somebody who was ready spent in hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NightLost<R> {
    /// The day on which it began.
    pub of: Date,
    /// What it was lost to, by the latest review until then; none where that gave no reason.
    pub reason: Option<R>,
}

/// The nights between the discharge ready date and the discharge, or `today` while the person is there: as many as there
/// are days between the two.
pub fn nights_lost<R: Clone>(stay: &Stay<R>, today: Date) -> Vec<NightLost<R>> {
    let Some(ready) = ready_date(stay) else {
        return Vec::new();
    };
    let days = stay.by_day();
    let mut reason = None;
    days_between(ready, stay.discharged.unwrap_or(today))
        .map(|of| {
            if let Some(Verdict::Ready(said)) = days.get(&of) {
                reason.clone_from(said);
            }
            NightLost {
                of,
                reason: reason.clone(),
            }
        })
        .collect()
}

/// The days of a stay, from admission to the day before `today` or before discharge, on which nobody reviewed it.
pub fn days_not_reviewed<R>(stay: &Stay<R>, today: Date) -> Vec<Date> {
    let reviewed: BTreeSet<Date> = stay.by_day().into_keys().collect();
    days_between(stay.admitted, stay.discharged.unwrap_or(today))
        .filter(|day| !reviewed.contains(day))
        .collect()
}

/// From a day until the day before another.
fn days_between(from: Date, until: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day < until)
}
