use std::collections::BTreeSet;

use proptest::prelude::*;
use stour_kernel::Date;

use crate::{Count, DeadlineError, Holidays, Period, Standing};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Christmas 2024 and the new year, as in England.
fn christmas() -> Holidays {
    Holidays::new(
        ["2024-12-25", "2024-12-26", "2025-01-01"].map(day),
        2024..=2025,
    )
}

const fn period(days: u16, count: Count) -> Period {
    Period { days, count }
}

#[test]
fn clear_days_leave_out_the_days_of_both_events() {
    let holidays = christmas();
    // Monday to Sunday between them.
    let week = period(7, Count::ClearDays);
    assert_eq!(
        week.from(day("2024-12-01"), &holidays),
        Ok(day("2024-12-09"))
    );
    assert_eq!(
        week.back_from(day("2024-12-09"), &holidays),
        Ok(day("2024-12-01"))
    );
    let month = period(28, Count::ClearDays);
    assert_eq!(
        month.from(day("2024-10-01"), &holidays),
        Ok(day("2024-10-30"))
    );
    assert_eq!(month.to_string(), "28 clear days");
}

#[test]
fn working_days_leave_out_weekends_and_holidays() {
    let holidays = christmas();
    // 24, 27, 30, 31 December and 2 January.
    let five = period(5, Count::WorkingDays);
    assert_eq!(
        five.from(day("2024-12-23"), &holidays),
        Ok(day("2025-01-02"))
    );
    let clear = period(5, Count::ClearWorkingDays);
    assert_eq!(
        clear.from(day("2024-12-23"), &holidays),
        Ok(day("2025-01-03"))
    );
    // Published on a Saturday, the count begins on Monday.
    assert_eq!(
        five.from(day("2024-12-07"), &holidays),
        Ok(day("2024-12-13"))
    );
    assert_eq!(period(1, Count::WorkingDays).to_string(), "1 working day");
}

#[test]
fn years_whose_holidays_are_unknown_are_refused_and_not_guessed() {
    let holidays = christmas();
    let refused = period(5, Count::WorkingDays).from(day("2025-12-29"), &holidays);
    assert_eq!(refused, Err(DeadlineError::UnknownYear(2026)));
    let told = refused.unwrap_err().to_string();
    assert!(told.contains("2026"), "{told}");
    // Every day counts alike, so nothing needs to be known.
    assert_eq!(
        period(28, Count::Days).from(day("2031-01-01"), &holidays),
        Ok(day("2031-01-29"))
    );
    assert_eq!(
        period(1, Count::Days).from(Date::MAX, &holidays),
        Err(DeadlineError::OutOfRange)
    );
}

#[test]
fn where_something_stands() {
    let due = day("2024-12-09");
    let on = |done: Option<&str>, today: &str| Standing::of(due, done.map(day), day(today));
    assert_eq!(on(Some("2024-12-09"), "2025-01-01"), Standing::Met);
    assert_eq!(on(Some("2024-12-12"), "2025-01-01"), Standing::MetLate(3));
    assert_eq!(on(None, "2024-12-02"), Standing::Running(7));
    assert_eq!(on(None, "2024-12-09"), Standing::Running(0));
    assert_eq!(on(None, "2024-12-10"), Standing::Overdue(1));
    assert!(on(None, "2024-12-10").is_open() && !on(Some("2024-12-10"), "2024-12-10").is_open());
}

/// Every day of 2020 to 2029, one by one, with whether it is worked.
fn calendar(holidays: &BTreeSet<Date>) -> Vec<(Date, bool)> {
    std::iter::successors(Some(day("2020-01-01")), |day| day.tomorrow().ok())
        .take_while(|day| day.year() < 2030)
        .map(|day| {
            let name = day.strftime("%a").to_string();
            let worked = name != "Sat" && name != "Sun" && !holidays.contains(&day);
            (day, worked)
        })
        .collect()
}

/// Counts on the calendar with a pencil: the days that count strictly after `from`, one by one.
fn by_hand(calendar: &[(Date, bool)], from: Date, period: Period) -> Date {
    let every_day = matches!(period.count, Count::Days | Count::ClearDays);
    let counted: Vec<Date> = calendar
        .iter()
        .filter(|(day, worked)| *day > from && (every_day || *worked))
        .map(|(day, _)| *day)
        .collect();
    let last = match period.days {
        0 => from,
        days => counted[usize::from(days) - 1],
    };
    match period.count {
        Count::ClearDays | Count::ClearWorkingDays => last.tomorrow().unwrap(),
        Count::Days | Count::WorkingDays => last,
    }
}

fn counts() -> impl Strategy<Value = Count> {
    prop_oneof![
        Just(Count::Days),
        Just(Count::ClearDays),
        Just(Count::WorkingDays),
        Just(Count::ClearWorkingDays),
    ]
}

proptest! {
    #[test]
    fn counting_agrees_with_a_calendar_gone_through_day_by_day(
        offsets in prop::collection::btree_set(0_usize..3_600, 0..200),
        start in 200_usize..3_000,
        days in 0_u16..60,
        count in counts(),
    ) {
        let plain = calendar(&BTreeSet::new());
        let closed: BTreeSet<Date> = offsets.iter().map(|offset| plain[*offset].0).collect();
        let calendar = calendar(&closed);
        let holidays = Holidays::new(closed, 2020..=2029);
        let (period, from) = (period(days, count), calendar[start].0);
        let ends = period.from(from, &holidays).unwrap();
        prop_assert_eq!(ends, by_hand(&calendar, from, period));

        // The latest day from which the period has run by then: no later one has.
        let latest = period.back_from(ends, &holidays).unwrap();
        prop_assert!(latest >= from);
        prop_assert!(by_hand(&calendar, latest, period) <= ends);
        prop_assert!(by_hand(&calendar, latest.tomorrow().unwrap(), period) > ends);

        // What lies between is as many days as the period has.
        if count == Count::ClearWorkingDays {
            prop_assert_eq!(holidays.working_days_between(from, ends), Ok(u32::from(days)));
        }
    }

    #[test]
    fn a_holiday_more_never_brings_a_deadline_forward(
        offsets in prop::collection::btree_set(0_usize..3_600, 1..200),
        start in 0_usize..3_000,
        days in 0_u16..60,
        count in counts(),
    ) {
        let plain = calendar(&BTreeSet::new());
        let mut closed: BTreeSet<Date> = offsets.iter().map(|offset| plain[*offset].0).collect();
        let with = Holidays::new(closed.clone(), 2020..=2029);
        closed.pop_first();
        let without = Holidays::new(closed, 2020..=2029);
        let (period, from) = (period(days, count), plain[start].0);
        prop_assert!(period.from(from, &with).unwrap() >= period.from(from, &without).unwrap());
    }
}
