use std::collections::BTreeSet;

use stour_deadlines::DeadlineError;
use stour_kernel::Date;

use super::{ClockError, Notice, answer_until, calendar, call_in_until, notice, rules};
use crate::noun::key_decision::KeyDecision;
use crate::noun::read;
use crate::testing::values;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The Monday of Easter: the Sunday after the first full moon of the church on or after 21 March, as the tables of the
/// Book of Common Prayer have it for 1900 to 2199.
fn easter_monday(year: i16) -> Date {
    let golden = year.rem_euclid(19);
    // Days from 21 March to the full moon.
    let moon = match (19 * golden + 24).rem_euclid(30) {
        29 => 28,
        28 if golden > 10 => 27,
        days => days,
    };
    let mut day = Date::new(year, 3, 21).unwrap();
    for _ in 0..=moon {
        day = day.tomorrow().unwrap();
    }
    while day.weekday().to_monday_zero_offset() != 6 {
        day = day.tomorrow().unwrap();
    }
    day.tomorrow().unwrap()
}

#[test]
fn the_bank_holidays_are_those_of_every_year_from_2013_to_2027() {
    let years = calendar().unwrap();
    assert_eq!(years.len(), 15);
    for year in years {
        let days: BTreeSet<Date> = year.days.iter().map(|day| day.on).collect();
        assert_eq!(days.len(), year.days.len(), "{}", year.is);
        // Eight, and those that were proclaimed once: two in 2022, one in 2023.
        let extra = match year.is {
            2022 => 2,
            2023 => 1,
            _ => 0,
        };
        assert_eq!(days.len(), 8 + extra, "{}", year.is);
        let monday = easter_monday(year.is);
        assert!(days.contains(&monday), "{monday}");
        let friday = monday
            .checked_sub(std::time::Duration::from_hours(72))
            .unwrap();
        assert!(days.contains(&friday), "{friday}");
        let weekend = days
            .iter()
            .find(|day| day.weekday().to_monday_zero_offset() > 4);
        assert_eq!(
            weekend, None,
            "a holiday on a weekend has a day in its place"
        );
    }
}

/// The first Monday on or after a day.
fn monday_from(year: i16, month: i8, date: i8) -> Date {
    let mut day = Date::new(year, month, date).unwrap();
    while day.weekday().to_monday_zero_offset() != 0 {
        day = day.tomorrow().unwrap();
    }
    day
}

#[test]
fn the_mondays_are_the_first_and_last_of_may_and_the_last_of_august_but_when_they_were_moved() {
    for year in calendar().unwrap() {
        let early_may = match year.is {
            // For the 75th anniversary of the end of the war in Europe.
            2020 => Date::new(2020, 5, 8).unwrap(),
            year => monday_from(year, 5, 1),
        };
        let spring = match year.is {
            // For the Platinum Jubilee.
            2022 => Date::new(2022, 6, 2).unwrap(),
            year => monday_from(year, 5, 25),
        };
        let summer = monday_from(year.is, 8, 25);
        let names: Vec<(Date, &str)> = year
            .days
            .iter()
            .map(|one| (one.on, one.name.as_str()))
            .collect();
        for (day, word) in [
            (early_may, "Early May"),
            (spring, "Spring"),
            (summer, "Summer"),
        ] {
            assert!(
                names
                    .iter()
                    .any(|(on, name)| *on == day && name.contains(word)),
                "{word} {day}: {names:?}"
            );
        }
        let between = year.days.iter().filter(|one| {
            let month = one.on.month();
            one.on > easter_monday(year.is) && (5..=8).contains(&month)
        });
        // And what was proclaimed once: the Jubilee in 2022, the Coronation in 2023.
        let once = usize::from(year.is == 2022 || year.is == 2023);
        assert_eq!(between.count(), 3 + once, "{}", year.is);
    }
}

#[test]
fn a_year_begins_and_ends_with_its_holidays_or_the_next_days_that_are_none() {
    for year in calendar().unwrap() {
        let days: BTreeSet<Date> = year.days.iter().map(|day| day.on).collect();
        let next_free = |from: Date, taken: Option<Date>| {
            let mut day = from;
            while day.weekday().to_monday_zero_offset() > 4 || Some(day) == taken {
                day = day.tomorrow().unwrap();
            }
            day
        };
        let new_year = next_free(Date::new(year.is, 1, 1).unwrap(), None);
        let of_december = |date: i8| Date::new(year.is, 12, date).unwrap();
        // Of two that fall on one weekend, each has a day in its place.
        let boxing_day = of_december(26);
        let on_weekday = |day: Date| day.weekday().to_monday_zero_offset() < 5;
        let taken = on_weekday(boxing_day).then_some(boxing_day);
        let christmas = next_free(of_december(25), taken);
        let boxing = next_free(boxing_day, Some(christmas));
        for day in [new_year, christmas, boxing] {
            assert!(days.contains(&day), "{day}");
        }
    }
}

#[test]
fn every_rule_says_where_it_stands() {
    let rules = rules().unwrap();
    assert_eq!(rules.len(), 5);
    for rule in rules {
        assert!(rule.source.contains("SI 20"), "{}", rule.code);
    }
}

fn planned(fields: &str) -> KeyDecision {
    read(&values(fields)).unwrap()
}

#[test]
fn notice_of_28_clear_days_is_needed_before_a_key_decision() {
    let given = |due: &str| {
        let fields = format!("exception=none; notice=2024-10-01; due={due}");
        notice(&planned(&fields), day("2024-10-01")).unwrap()
    };
    // Clear of the day of the notice and of that of the decision: 2 to 29 October are 28 days.
    let Notice::From {
        day: from,
        short,
        rule,
    } = given("2024-10-30")
    else {
        panic!("notice was given");
    };
    assert_eq!((from, short), (day("2024-10-30"), Some(0)));
    assert_eq!(rule.code, "key-decision-notice");
    assert!(given("2024-10-29").is_too_early());
    let Notice::From { short, .. } = given("2024-10-20") else {
        panic!("notice was given");
    };
    assert_eq!(short, Some(10));
}

#[test]
fn a_decision_without_notice_is_too_early_when_notice_given_today_could_not_run() {
    let today = day("2024-10-01");
    let on = |fields: &str| notice(&planned(&format!("exception=none; {fields}")), today).unwrap();
    let sooner = on("state=planned; due=2024-10-29");
    assert!(
        matches!(&sooner, Notice::NotGiven { day: from, short: Some(1), .. } if *from == day("2024-10-30")),
        "{sooner:?}"
    );
    assert!(sooner.is_too_early());
    assert!(!on("state=planned; due=2024-10-30").is_too_early());
    assert!(!on("state=planned").is_too_early());
    // No notice can be given any more of what is past.
    assert!(!on("state=taken; due=2024-10-02").is_too_early());
}

#[test]
fn an_exception_shortens_the_notice_and_urgency_ends_it() {
    // 24 December, then 27, 30, 31 December and 2 January are the working days after the 23rd.
    let general = planned("exception=general-exception; notice=2024-12-23; due=2025-01-03");
    let Notice::From {
        day: from, short, ..
    } = notice(&general, day("2024-12-23")).unwrap()
    else {
        panic!("notice was given");
    };
    assert_eq!((from, short), (day("2025-01-03"), Some(0)));
    let urgent = planned("exception=special-urgency; due=2024-12-24");
    assert!(matches!(
        notice(&urgent, day("2024-12-23")),
        Ok(Notice::Urgent { .. })
    ));
}

#[test]
fn a_call_in_is_counted_over_christmas_and_easter() {
    assert_eq!(call_in_until(day("2024-12-20"), 5), Ok(day("2024-12-31")));
    assert_eq!(call_in_until(day("2025-04-16"), 5), Ok(day("2025-04-25")));
}

#[test]
fn answers_to_health_reports_have_their_own_clocks() {
    let scrutiny = answer_until("health-scrutiny-response", day("2025-12-01"));
    assert_eq!(scrutiny, Ok(day("2025-12-29")));
    // Ten working days to 15 December, and 18, 19, 22, 23, 24, 29, 30, 31 December, 2 and 5 January.
    let healthwatch = answer_until("healthwatch-response", day("2025-12-03"));
    assert_eq!(healthwatch, Ok(day("2026-01-05")));
    assert!(matches!(
        answer_until("no-such-rule", day("2025-12-01")),
        Err(ClockError::Reference(_))
    ));
}

#[test]
fn a_year_that_is_not_known_gives_no_day() {
    let until = call_in_until(day("2027-12-30"), 5);
    assert_eq!(
        until,
        Err(ClockError::Count(DeadlineError::UnknownYear(2028)))
    );
}
