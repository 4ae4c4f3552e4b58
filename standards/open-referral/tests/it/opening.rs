//! Schedules against dates made one by one.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};
use stour_open_referral::opening::{Openness, at, happens_on, week};
use stour_open_referral::{Schedule, Weekday, read_service};

fn schedule(fields: &Value) -> Schedule {
    let mut all = json!({ "id": "48102e86-bb50-41c4-8f1e-e269368c41d1" });
    all.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

/// A rule of RFC 5545, and the days that it makes.
#[derive(Debug, Clone)]
struct Rule {
    monthly: bool,
    first: Date,
    interval: u16,
    days: Vec<(Option<i8>, usize)>,
    month_days: Vec<i8>,
    count: Option<u16>,
    until: Option<Date>,
}

const LETTERS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

impl Rule {
    fn schedule(&self) -> Schedule {
        let mut fields = json!({
            "freq": if self.monthly { "MONTHLY" } else { "WEEKLY" },
            "dtstart": self.first.to_string(),
            "interval": self.interval,
        });
        let days: Vec<String> = self
            .days
            .iter()
            .map(|(number, day)| {
                format!(
                    "{}{}",
                    number.map_or(String::new(), |number| number.to_string()),
                    LETTERS[*day]
                )
            })
            .collect();
        let month_days: Vec<String> = self.month_days.iter().map(ToString::to_string).collect();
        let object = fields.as_object_mut().unwrap();
        for (name, list) in [("byday", days), ("bymonthday", month_days)] {
            if !list.is_empty() {
                object.insert(name.to_owned(), json!(list.join(",")));
            }
        }
        if let Some(count) = self.count {
            object.insert("count".to_owned(), json!(count));
        }
        if let Some(until) = self.until {
            object.insert("until".to_owned(), json!(until.to_string()));
        }
        schedule(&fields)
    }

    /// Every day up to `last`, made period by period.
    fn expand(&self, last: Date) -> Vec<Date> {
        let mut found = Vec::new();
        let mut period = 0_i64;
        loop {
            let step = period * i64::from(self.interval);
            let mut days = if self.monthly {
                let month = self
                    .first
                    .first_of_month()
                    .checked_add(step.months())
                    .unwrap();
                if month > last {
                    break;
                }
                self.of_month(month)
            } else {
                let back = i64::from(self.first.weekday().to_monday_zero_offset());
                let monday = self
                    .first
                    .checked_sub(back.days())
                    .unwrap()
                    .checked_add((step * 7).days())
                    .unwrap();
                if monday > last {
                    break;
                }
                self.of_week(monday)
            };
            days.sort_unstable();
            days.dedup();
            found.extend(
                days.into_iter().filter(|day| {
                    *day >= self.first && self.until.is_none_or(|until| *day <= until)
                }),
            );
            period += 1;
        }
        found.truncate(self.count.map_or(usize::MAX, usize::from));
        found.retain(|day| *day <= last);
        found
    }

    fn of_week(&self, monday: Date) -> Vec<Date> {
        let own = usize::try_from(self.first.weekday().to_monday_zero_offset()).unwrap();
        let days = if self.days.is_empty() {
            vec![own]
        } else {
            self.days.iter().map(|(_, day)| *day).collect()
        };
        days.into_iter()
            .map(|day| {
                monday
                    .checked_add(i64::try_from(day).unwrap().days())
                    .unwrap()
            })
            .collect()
    }

    fn of_month(&self, month: Date) -> Vec<Date> {
        let all: Vec<Date> = (1..=month.days_in_month())
            .map(|day| date(month.year(), month.month(), day))
            .collect();
        let by_day: Vec<Date> = self
            .days
            .iter()
            .flat_map(|(number, day)| {
                let same: Vec<Date> = all
                    .iter()
                    .copied()
                    .filter(|one| {
                        usize::try_from(one.weekday().to_monday_zero_offset()).unwrap() == *day
                    })
                    .collect();
                match number {
                    None => same,
                    Some(number) if *number > 0 => same
                        .into_iter()
                        .nth(usize::try_from(*number).unwrap() - 1)
                        .into_iter()
                        .collect(),
                    Some(number) => same
                        .into_iter()
                        .rev()
                        .nth(usize::from(number.unsigned_abs()) - 1)
                        .into_iter()
                        .collect(),
                }
            })
            .collect();
        let by_number: Vec<Date> = self
            .month_days
            .iter()
            .filter_map(|day| {
                let place = if *day > 0 {
                    i32::from(*day) - 1
                } else {
                    i32::try_from(all.len()).unwrap() + i32::from(*day)
                };
                all.get(usize::try_from(place).ok()?).copied()
            })
            .collect();
        match (self.days.is_empty(), self.month_days.is_empty()) {
            (true, true) => all
                .into_iter()
                .filter(|day| day.day() == self.first.day())
                .collect(),
            (false, true) => by_day,
            (true, false) => by_number,
            (false, false) => by_day
                .into_iter()
                .filter(|day| by_number.contains(day))
                .collect(),
        }
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let first = (0..1_500_i64).prop_map(|days| date(2023, 1, 1).checked_add(days.days()).unwrap());
    let number = prop::option::of(prop::sample::select(vec![1_i8, 2, 3, 4, 5, -1, -2, -5]));
    let month_day = prop::sample::select(vec![1_i8, 2, 15, 28, 29, 30, 31, -1, -2, -31]);
    (
        any::<bool>(),
        first,
        1..5_u16,
        prop::collection::vec((number, 0..7_usize), 0..4),
        prop::collection::vec(month_day, 0..3),
        prop::option::of(1..20_u16),
        prop::option::of(0..500_i64),
    )
        .prop_map(
            |(monthly, first, interval, days, month_days, count, until)| Rule {
                monthly,
                first,
                interval,
                days: if monthly {
                    days
                } else {
                    days.into_iter().map(|(_, day)| (None, day)).collect()
                },
                month_days: if monthly { month_days } else { Vec::new() },
                count,
                until: until.map(|days| first.checked_add(days.days()).unwrap()),
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_schedule_has_the_days_that_its_rule_makes(rule in rule()) {
        let schedule = rule.schedule();
        let begin = rule.first.checked_sub(40.days()).unwrap();
        let last = rule.first.checked_add(600.days()).unwrap();
        let made = rule.expand(last);
        let days = begin.series(1.day()).take_while(|day| *day <= last);
        let found: Vec<Date> = days.filter(|day| happens_on(&schedule, *day)).collect();
        prop_assert_eq!(found, made);
    }

    #[test]
    fn a_count_from_long_ago_ends_where_its_rule_ends(
        rule in rule(), back in 0..45_000_i64, count in 1..3_000_u16,
    ) {
        let first = rule.first.checked_sub(back.days()).unwrap().max(date(1900, 1, 1));
        let rule = Rule { first, count: Some(count), until: None, ..rule };
        let schedule = rule.schedule();
        let made = rule.expand(date(2030, 1, 1));
        let Some(last) = made.last().copied() else { return Ok(()) };
        let begin = last.checked_sub(70.days()).unwrap();
        let days = begin.series(1.day()).take_while(|day| *day <= date(2030, 1, 1)).take(140);
        let found: Vec<Date> = days.filter(|day| happens_on(&schedule, *day)).collect();
        let made: Vec<Date> = made.into_iter().filter(|day| *day >= begin).collect();
        prop_assert_eq!(found, made);
    }

    #[test]
    fn what_repeats_every_so_many_days_is_said_in_weeks(
        interval in 1..30_i64, count in prop::option::of(1..40_i64), place in 0..400_i64,
    ) {
        let first = date(2026, 1, 1).checked_add(place.days()).unwrap();
        let mut daily = json!({ "freq": "DAILY", "dtstart": first.to_string(), "interval": interval });
        if let Some(count) = count {
            daily["count"] = json!(count);
        }
        let read = read_service(json!({ "id": "1", "name": "A", "schedules": [daily] }), "f").unwrap().record;
        for ahead in 0..400_i64 {
            let day = first.checked_add(ahead.days()).unwrap();
            let is = ahead % interval == 0 && count.is_none_or(|count| ahead / interval < count);
            prop_assert_eq!(read.schedules.iter().any(|schedule| happens_on(schedule, day)), is, "{} days on", ahead);
        }
    }

    /// Minute by minute, by adding up the hours of each day.
    #[test]
    fn it_is_open_when_some_hours_hold_the_moment(
        days in prop::collection::vec((0..7_usize, 0..24_i8, 0..24_i8), 1..4), hour in 0..24_i8, day in 0..7_i64,
    ) {
        let all: Vec<Schedule> = days
            .iter()
            .map(|(day, opens, closes)| schedule(&json!({
                "freq": "WEEKLY", "byday": LETTERS[*day],
                "opens_at": format!("{opens:02}:00:00"), "closes_at": format!("{closes:02}:00:00"),
            })))
            .collect();
        let all: Vec<&Schedule> = all.iter().collect();
        let moment = date(2026, 11, 23).checked_add(day.days()).unwrap().at(hour, 30, 0, 0);
        let hours_of_week = i64::from(hour) + day * 24;
        let inside = days.iter().any(|(day, opens, closes)| {
            let opens_at = i64::try_from(*day).unwrap() * 24 + i64::from(*opens);
            let length = (i64::from(*closes) - i64::from(*opens)).rem_euclid(24);
            let length = if length == 0 { 24 } else { length };
            (hours_of_week - opens_at).rem_euclid(168) < length
        });
        prop_assert_eq!(at(&all, moment), if inside { Openness::Open } else { Openness::Closed });
    }
}

#[test]
fn what_feeds_leave_out_is_read_as_they_mean_it() {
    let from = date(2026, 11, 24);
    let open = |fields: &Value| -> Vec<&'static str> {
        let schedule = schedule(fields);
        let week = week(&[&schedule], from);
        Weekday::ALL
            .into_iter()
            .filter(|day| week.is_open(*day))
            .map(Weekday::as_str)
            .collect()
    };
    assert_eq!(open(&json!({ "byday": "TH,FR" })), ["TH", "FR"]);
    assert_eq!(open(&json!({ "byday": "2TU" })), ["TU"]);
    assert_eq!(open(&json!({ "dtstart": "2026-11-25" })), ["WE"]);
    assert_eq!(
        open(&json!({ "dtstart": "2020-01-01" })),
        Vec::<&str>::new()
    );
    assert_eq!(
        open(&json!({ "freq": "WEEKLY", "interval": 2, "byday": "MO" })),
        ["MO"]
    );
    assert_eq!(
        open(&json!({ "byday": "MO", "valid_to": "2026-11-01" })),
        Vec::<&str>::new()
    );
    assert_eq!(
        open(&json!({ "freq": "MONTHLY", "interval": 3, "byday": "1SA", "dtstart": "2026-10-03" })),
        ["SA"]
    );
    assert_eq!(
        open(&json!({ "description": "By appointment" })),
        Vec::<&str>::new()
    );
}

#[test]
fn without_hours_nobody_can_tell() {
    let moment = date(2026, 11, 24).at(12, 0, 0, 0);
    let tuesday = schedule(&json!({ "byday": "TU" }));
    let words = schedule(&json!({ "description": "By appointment" }));
    let until_ten = schedule(&json!({ "byday": "TU", "closes_at": "10:00:00" }));
    assert_eq!(at(&[&tuesday], moment), Openness::Unknown);
    assert_eq!(at(&[&words], moment), Openness::Unknown);
    assert_eq!(at(&[], moment), Openness::Unknown);
    assert_eq!(at(&[&until_ten], moment), Openness::Closed);
    assert_eq!(
        at(&[&tuesday], date(2026, 11, 25).at(12, 0, 0, 0)),
        Openness::Closed
    );
}

#[test]
fn a_first_day_long_ago_costs_little_and_one_before_anybody_s_time_is_left_out() {
    let from = date(2026, 11, 24);
    for first in ["-9999-01-01", "0001-01-01", "1900-01-01"] {
        for fields in [
            json!({ "freq": "WEEKLY", "byday": "MO", "wkst": "SU" }),
            json!({ "freq": "MONTHLY", "byday": "1MO,-1FR", "interval": 1 }),
            json!({ "freq": "MONTHLY", "bymonthday": "31,-31" }),
            json!({ "freq": "WEEKLY", "interval": 65_535 }),
        ] {
            let mut schedule = schedule(&fields);
            schedule.dtstart = Some(first.parse().unwrap_or(Date::MIN));
            schedule.count = std::num::NonZeroU16::new(65_535);
            for _ in 0..20 {
                week(&[&schedule], from);
            }
        }
    }
    // Day by day this took longer than the runner lets a test run.
    let old = json!({ "id": "1", "name": "A", "schedules": [
        { "freq": "WEEKLY", "byday": "MO", "dtstart": "0001-01-01", "count": 3 },
        { "freq": "DAILY", "interval": 3, "dtstart": "1899-12-31", "description": "In turns" },
        { "closed": true, "dtstart": "0001-01-01", "until": "2026-12-31" },
        { "freq": "WEEKLY", "byday": "MO", "dtstart": "1900-01-01" },
    ] });
    let read = read_service(old, "f").unwrap();
    let first: Vec<bool> = read
        .record
        .schedules
        .iter()
        .map(|schedule| schedule.dtstart.is_some())
        .collect();
    assert_eq!(first, [false, false, true, true]);
    let noted = read
        .repairs
        .iter()
        .filter(|repair| repair.at.ends_with("dtstart"));
    assert_eq!(noted.count(), 2);
    assert!(happens_on(&read.record.schedules[0], date(2026, 11, 23)));
}
