//! When a service is open: what schedules mean.
//!
//! A schedule repeats by the rules of RFC 5545 (3.3.10), as far as the standard uses them: weeks or months, every
//! so many, on days of the week (the second Monday) or of the month (the last day), so many times or until a day,
//! from `dtstart`, within the days for which it is valid. What feeds leave out is read as they mean it:
//!
//! - without a frequency, days of the week mean weekly, days of the month or numbered days monthly, and a first
//!   day alone means that day;
//! - without a first day, every second week cannot be told from every other: each week counts;
//! - a first day before 1900 is none: somebody's software fills it in where nobody said;
//! - hours that end no later than they begin end on the next day;
//! - an entry that says it is closed takes its days out of all others.

mod count;

use jiff::civil::{Date, DateTime, Time};
use jiff::{ToSpan, Unit};

use crate::model::{Schedule, Service};
use crate::value::{Frequency, Weekday};

/// Hours of one day. Where they end no later than they begin, they end on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    /// When they begin; `None` where nobody said.
    pub opens: Option<Time>,
    /// When they end; `None` where nobody said.
    pub closes: Option<Time>,
}

/// The days of a week on which something is open, and the hours of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Week {
    days: [Vec<Hours>; 7],
}

/// Whether something is open at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// It is.
    Open,
    /// It is not.
    Closed,
    /// Nobody has said enough to tell.
    Unknown,
}

/// Repetitions are counted from no earlier year.
pub(crate) const EARLIEST_YEAR: i16 = 1900;

/// How far ahead [`week`] looks, in days: a quarter, so that what is every second month is seen.
const AHEAD: i64 = 91;

impl Week {
    /// The hours of one day, in order; empty where it is closed.
    pub fn hours(&self, day: Weekday) -> &[Hours] {
        self.days.get(day.place()).map_or(&[], Vec::as_slice)
    }

    /// Whether it is open on this day of the week at all.
    pub fn is_open(&self, day: Weekday) -> bool {
        !self.hours(day).is_empty()
    }

    /// Whether it is closed all week, as far as anybody said.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// Every schedule of a service: its own, and those of its places.
pub fn schedules(service: &Service) -> Vec<&Schedule> {
    let places = service.service_at_locations.iter().flat_map(|place| {
        let location = place
            .location
            .iter()
            .flat_map(|location| &location.schedules);
        place.schedules.iter().chain(location)
    });
    service.schedules.iter().chain(places).collect()
}

/// The days of the week on which something happens in the quarter of a year that begins on a day.
pub fn week(schedules: &[&Schedule], from: Date) -> Week {
    let mut week = Week::default();
    if schedules.is_empty() {
        return week;
    }
    let rules = rules(schedules, from.saturating_add(AHEAD.days()));
    for ahead in 0..AHEAD {
        let Ok(date) = from.checked_add(ahead.days()) else {
            break;
        };
        let place = Weekday::from(date.weekday()).place();
        if let Some(day) = week.days.get_mut(place) {
            day.extend(hours_by(&rules, date));
        }
    }
    for day in &mut week.days {
        day.sort_unstable();
        day.dedup();
    }
    week
}

/// The hours that begin on a day, in order.
pub fn hours_on(schedules: &[&Schedule], date: Date) -> Vec<Hours> {
    hours_by(&rules(schedules, date), date)
}

/// A schedule with the day on which it is for the last time because it was so many times.
struct Rule<'s> {
    schedule: &'s Schedule,
    last: Option<Date>,
}

/// The rules of schedules as far as a day: what is counted is counted once for all days.
fn rules<'s>(schedules: &[&'s Schedule], horizon: Date) -> Vec<Rule<'s>> {
    let rule = |schedule: &&'s Schedule| Rule {
        schedule,
        last: count::last(schedule, horizon),
    };
    schedules.iter().map(rule).collect()
}

fn hours_by(rules: &[Rule<'_>], date: Date) -> Vec<Hours> {
    if rules.iter().any(|rule| is_closed_on(rule.schedule, date)) {
        return Vec::new();
    }
    let happens = |rule: &&Rule<'_>| {
        rule.last.is_none_or(|last| date <= last) && may_happen_on(rule.schedule, date)
    };
    let mut hours: Vec<Hours> = rules
        .iter()
        .filter(happens)
        .map(|rule| Hours {
            opens: rule.schedule.opens_at,
            closes: rule.schedule.closes_at,
        })
        .collect();
    hours.sort_unstable();
    hours.dedup();
    hours
}

/// Whether something is open at a moment of local time.
pub fn at(schedules: &[&Schedule], moment: DateTime) -> Openness {
    if !schedules.iter().any(|schedule| says_when(schedule)) {
        return Openness::Unknown;
    }
    let (date, time) = (moment.date(), moment.time());
    let today = hours_on(schedules, date)
        .into_iter()
        .map(|hours| today(hours, time));
    let before = date
        .yesterday()
        .map(|before| hours_on(schedules, before))
        .unwrap_or_default();
    let night = before
        .into_iter()
        .map(|hours| match (hours.opens, hours.closes) {
            (Some(opens), Some(closes)) if closes <= opens && time < closes => Openness::Open,
            _ => Openness::Closed,
        });
    let mut all: Vec<Openness> = today.chain(night).collect();
    all.retain(|openness| *openness != Openness::Closed);
    match all.as_slice() {
        [] => Openness::Closed,
        some if some.contains(&Openness::Open) => Openness::Open,
        _ => Openness::Unknown,
    }
}

/// What hours that begin today say of a time of today.
fn today(hours: Hours, time: Time) -> Openness {
    match (hours.opens, hours.closes) {
        (Some(opens), _) if time < opens => Openness::Closed,
        (Some(opens), Some(closes)) if closes <= opens || time < closes => Openness::Open,
        (_, Some(closes)) if time >= closes => Openness::Closed,
        _ => Openness::Unknown,
    }
}

/// Whether a schedule says on which days it is.
fn says_when(schedule: &Schedule) -> bool {
    schedule.closed == Some(true)
        || schedule.freq.is_some()
        || schedule.byday.is_some()
        || schedule.bymonthday.is_some()
        || schedule.dtstart.is_some()
}

fn is_closed_on(schedule: &Schedule, date: Date) -> bool {
    let (Some(first), true) = (
        schedule.valid_from.or(schedule.dtstart),
        schedule.closed == Some(true),
    ) else {
        return false;
    };
    (first..=schedule.valid_to.or(schedule.until).unwrap_or(first)).contains(&date)
}

/// Whether a schedule has a day.
pub fn happens_on(schedule: &Schedule, date: Date) -> bool {
    may_happen_on(schedule, date) && count::last(schedule, date).is_none_or(|last| date <= last)
}

/// Whether a schedule has a day if it may be any number of times.
fn may_happen_on(schedule: &Schedule, date: Date) -> bool {
    let starts = [schedule.valid_from, schedule.dtstart];
    let ends = [schedule.valid_to, schedule.until];
    schedule.closed != Some(true)
        && starts.iter().flatten().all(|first| *first <= date)
        && ends.iter().flatten().all(|last| date <= *last)
        && is_by_rule(schedule, date)
}

/// The day from which repetitions are counted.
fn anchor(schedule: &Schedule) -> Option<Date> {
    let first = schedule.dtstart.or(schedule.valid_from);
    first.filter(|first| first.year() >= EARLIEST_YEAR)
}

/// By what a schedule repeats.
enum Period {
    Week,
    Month,
    Never,
}

fn period(schedule: &Schedule) -> Period {
    let numbered = || {
        let days = schedule.byday.as_ref();
        days.is_some_and(|days| days.rules().iter().any(|rule| rule.ordinal.is_some()))
    };
    match schedule.freq {
        Some(Frequency::Weekly) => Period::Week,
        Some(Frequency::Monthly) => Period::Month,
        None if numbered() => Period::Month,
        None if schedule.byday.is_some() => Period::Week,
        None if schedule.bymonthday.is_some() => Period::Month,
        None => Period::Never,
    }
}

fn is_by_rule(schedule: &Schedule, date: Date) -> bool {
    match period(schedule) {
        Period::Week => is_weekly(schedule, date),
        Period::Month => is_monthly(schedule, date),
        Period::Never => schedule.dtstart == Some(date),
    }
}

fn is_weekly(schedule: &Schedule, date: Date) -> bool {
    let first = anchor(schedule);
    let on_day = is_day_of_week(schedule, date);
    let every = schedule
        .interval
        .map_or(1, |interval| i64::from(interval.get()));
    let Some(first) = first.filter(|_| every > 1) else {
        return on_day;
    };
    let begins = schedule.wkst.unwrap_or(Weekday::Monday);
    let weeks = (start_of_week(first, begins), start_of_week(date, begins));
    let (Some(first), Some(this)) = weeks else {
        return false;
    };
    let days = first
        .until((Unit::Day, this))
        .map_or(0, |span| i64::from(span.get_days()));
    on_day && (days / 7).rem_euclid(every) == 0
}

/// Whether a day is one of the week on which a weekly schedule is, in whatever week.
fn is_day_of_week(schedule: &Schedule, date: Date) -> bool {
    let day = Weekday::from(date.weekday());
    match (&schedule.byday, anchor(schedule)) {
        (Some(days), _) => days.rules().iter().any(|rule| rule.day == day),
        (None, Some(first)) => first.weekday() == date.weekday(),
        (None, None) => false,
    }
}

/// The first day of the week of a day, where weeks begin on a given one.
fn start_of_week(date: Date, begins: Weekday) -> Option<Date> {
    let (day, begins) = (Weekday::from(date.weekday()).place(), begins.place());
    let back = i64::try_from((day + 7 - begins) % 7).ok()?;
    date.checked_sub(back.days()).ok()
}

fn is_monthly(schedule: &Schedule, date: Date) -> bool {
    let first = anchor(schedule);
    let every = schedule
        .interval
        .map_or(1, |interval| i32::from(interval.get()));
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    if first.is_some_and(|first| (months(date) - months(first)).rem_euclid(every) != 0) {
        return false;
    }
    is_day_of_month(schedule, date)
}

/// Whether a day is one of the month on which a monthly schedule is, in whatever month.
fn is_day_of_month(schedule: &Schedule, date: Date) -> bool {
    let by_day = schedule.byday.as_ref();
    let by_day = by_day.map(|days| {
        days.rules().iter().any(|rule| {
            rule.day == Weekday::from(date.weekday())
                && rule.ordinal.is_none_or(|number| is_numbered(date, number))
        })
    });
    let by_month_day = schedule.bymonthday.as_ref();
    let by_month_day = by_month_day.map(|days| {
        days.days().iter().any(|day| {
            let from_end = date.day() - date.days_in_month() - 1;
            *day == date.day() || *day == from_end
        })
    });
    match (by_day, by_month_day) {
        (Some(day), Some(month_day)) => day && month_day,
        (Some(is), None) | (None, Some(is)) => is,
        (None, None) => anchor(schedule).is_some_and(|first| first.day() == date.day()),
    }
}

/// Whether a day is the so-manieth of its weekday in its month, from the end where the number is negative.
fn is_numbered(date: Date, number: i8) -> bool {
    let from_start = (date.day() - 1) / 7 + 1;
    let from_end = -((date.days_in_month() - date.day()) / 7 + 1);
    number == from_start || number == from_end
}
