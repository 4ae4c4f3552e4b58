//! The last day of a schedule that is so many times. Feeds may say any first day and number, so days are not gone
//! through one by one: whole weeks are reckoned, and of months only each kind is looked at.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::{Period, anchor, is_day_of_month, is_day_of_week, period, start_of_week};
use crate::model::Schedule;

/// The day on which a schedule is for the last time because it was so many times; `None` where it is not counted, or
/// is not at an end by `horizon`.
pub(super) fn last(schedule: &Schedule, horizon: Date) -> Option<Date> {
    let (count, first) = (schedule.count?, anchor(schedule)?);
    let (count, every) = (
        i64::from(count.get()),
        schedule.interval.map_or(1, |every| i64::from(every.get())),
    );
    match period(schedule) {
        Period::Week => by_weeks(schedule, first, count, every),
        Period::Month => by_months(schedule, (first, horizon), count, every),
        Period::Never => None,
    }
}

fn by_weeks(schedule: &Schedule, first: Date, count: i64, every: i64) -> Option<Date> {
    let begins = schedule.wkst.unwrap_or(crate::value::Weekday::Monday);
    let week = start_of_week(first, begins)?;
    let is = |date: &Date| is_day_of_week(schedule, *date);
    let of_week = |week: Date| -> Vec<Date> { days(week, 7).filter(is).collect() };
    let mut of_first = of_week(week);
    let each = i64::try_from(of_first.len()).ok()?;
    of_first.retain(|date| *date >= first);
    let left = count - i64::try_from(of_first.len()).ok()?;
    if left <= 0 {
        return of_first.get(usize::try_from(count - 1).ok()?).copied();
    }
    let (whole, place) = ((left - 1).checked_div(each)?, (left - 1).checked_rem(each)?);
    let later = Span::new().try_weeks((whole + 1) * every).ok()?;
    let week = week.checked_add(later).ok()?;
    of_week(week).get(usize::try_from(place).ok()?).copied()
}

fn by_months(
    schedule: &Schedule,
    (first, horizon): (Date, Date),
    count: i64,
    every: i64,
) -> Option<Date> {
    let is = |date: &Date| is_day_of_month(schedule, *date);
    let of_month = |month: Date| days(month, i64::from(month.days_in_month())).filter(is);
    let mut kinds: BTreeMap<(i8, i8), i64> = BTreeMap::new();
    let mut left = count;
    let mut month = first.first_of_month();
    while month <= horizon {
        let number = |days: usize| i64::try_from(days).ok();
        let has = if month < first {
            number(of_month(month).filter(|date| *date >= first).count())?
        } else {
            let kind = (month.days_in_month(), offset(month.weekday()));
            if let Some(has) = kinds.get(&kind) {
                *has
            } else {
                let has = number(of_month(month).count())?;
                kinds.insert(kind, has);
                has
            }
        };
        if left <= has {
            let place = usize::try_from(left - 1).ok()?;
            return of_month(month).filter(|date| *date >= first).nth(place);
        }
        left -= has;
        let later = Span::new().try_months(every).ok()?;
        month = month.checked_add(later).ok()?;
    }
    None
}

fn offset(day: Weekday) -> i8 {
    day.to_monday_zero_offset()
}

/// So many days from one on.
fn days(from: Date, number: i64) -> impl Iterator<Item = Date> {
    from.series(Span::new().days(1))
        .zip(0..number)
        .map(|(date, _)| date)
}
