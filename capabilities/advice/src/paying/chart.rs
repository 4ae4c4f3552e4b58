//! Savings over time, as a chart with its table.

use stour_charging::{Forecast, Week};
use stour_design::Level;
use stour_design::chart::{Line, LinesChart, Unit};
use stour_kernel::Pence;

/// The most points of a line: more would not be told apart, nor read in a table.
const MOST_POINTS: usize = 24;

/// Savings at the beginning of weeks that are equally far apart, and of the last.
pub(super) fn chart(forecast: &Forecast, title: String, upper: Option<Pence>) -> LinesChart {
    let weeks = sampled(shown(forecast));
    let line = |name: &str, of: &dyn Fn(&Week) -> Option<f64>| Line {
        name: name.to_owned(),
        values: weeks.iter().map(of).collect(),
    };
    let mut lines = vec![line("Your savings", &|week| pounds(week.savings))];
    if weeks.iter().any(|week| week.owed > Pence::ZERO) {
        lines.push(line("Owed on your home", &|week| pounds(week.owed)));
    }
    if let Some(upper) = upper {
        lines.push(line("Upper limit", &|_| pounds(upper)));
    }
    let periods = weeks.iter().map(|week| stour_web::words::day(week.starts));
    let first = weeks.first().map_or(Pence::ZERO, |week| week.savings);
    let last = weeks.last().map_or(Pence::ZERO, |week| week.savings);
    LinesChart {
        unit: Unit::POUNDS,
        period_word: "Week that begins on".to_owned(),
        zero_word: String::new(),
        level: Some(Level::Three),
        description: format!("Savings go from {first} to {last}. The table has the figures."),
        ..LinesChart::new(
            "savings",
            title,
            "Savings at the beginning of the week, by the rates of today",
            periods.collect(),
            lines,
        )
    }
}

/// The weeks that tell something: those until the council helps, and a year after.
fn shown(forecast: &Forecast) -> &[Week] {
    let helped = forecast.helped_from.and_then(|from| {
        let mut weeks = forecast.weeks.iter();
        weeks.position(|week| week.starts == from)
    });
    let until = helped.map_or(forecast.weeks.len(), |helped| helped.saturating_add(53));
    forecast.weeks.get(..until).unwrap_or(&forecast.weeks)
}

fn sampled(weeks: &[Week]) -> Vec<Week> {
    let apart = weeks.len().div_ceil(MOST_POINTS).max(1);
    let mut sampled: Vec<Week> = weeks.iter().step_by(apart).copied().collect();
    if let Some(last) = weeks.last()
        && sampled.last() != Some(last)
    {
        sampled.push(*last);
    }
    sampled
}

/// Whole pounds: an axis has no pence.
fn pounds(amount: Pence) -> Option<f64> {
    u32::try_from(amount.as_i64() / 100).ok().map(f64::from)
}
