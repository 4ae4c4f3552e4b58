//! The ticks of a time axis: days, weeks, months, quarters, halves or years, whichever fit.

use super::day::CivilDay;

/// A tick: where, in days since 1 January 1970, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tick {
    pub(crate) day: i32,
    pub(crate) label: String,
}

#[derive(Clone, Copy)]
enum Step {
    Days(i32),
    Months(i32),
}

/// In a longer time than this months say more than days.
const MOST_DAYS: i32 = 100;

/// Months are counted so that quarters begin in January and longer steps in April, when the financial year begins.
const STEPS: [Step; 11] = [
    Step::Days(1),
    Step::Days(7),
    Step::Days(14),
    Step::Days(28),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
];

/// The most ticks whose labels, of the width `room` gives, stand apart. `position` gives where a day is drawn.
pub(crate) fn ticks(
    first: i32,
    last: i32,
    position: impl Fn(i32) -> f64,
    room: impl Fn(&str) -> f64,
) -> Vec<Tick> {
    let fits = |ticks: &[Tick]| {
        ticks.windows(2).all(|pair| match pair {
            [left, right] => {
                position(right.day) - position(left.day)
                    >= f64::midpoint(room(&left.label), room(&right.label))
            }
            _ => true,
        })
    };
    let mut coarsest = Vec::new();
    let days_matter = last - first <= MOST_DAYS;
    for step in STEPS
        .into_iter()
        .filter(|step| days_matter || matches!(step, Step::Months(_)))
    {
        let ticks = of_step(step, first, last);
        if ticks.is_empty() {
            break;
        }
        if fits(&ticks) {
            return ticks;
        }
        coarsest = ticks;
    }
    coarsest.truncate(1);
    coarsest
}

fn of_step(step: Step, first: i32, last: i32) -> Vec<Tick> {
    match step {
        Step::Days(days) => (first..=last)
            .filter(|day| (day - first) % days == 0)
            .map(|day| {
                let civil = CivilDay::of_number(day);
                Tick {
                    day,
                    label: format!("{} {}", civil.day, civil.month_name()),
                }
            })
            .collect(),
        Step::Months(months) => {
            let from = CivilDay::of_number(first);
            let to = CivilDay::of_number(last);
            let index = |day: CivilDay| i32::from(day.year) * 12 + i32::from(day.month) - 1;
            (index(from)..=index(to))
                .filter(|month| (month - if months > 3 { 3 } else { 0 }).rem_euclid(months) == 0)
                .filter_map(|month| {
                    let year = i16::try_from(month.div_euclid(12)).ok()?;
                    let civil =
                        CivilDay::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1);
                    Some(Tick {
                        day: civil.number(),
                        label: format!("{} {}", civil.month_name(), civil.year),
                    })
                })
                .filter(|tick| (first..=last).contains(&tick.day))
                .collect()
        }
    }
}
