//! Whether a daily series follows the week. The rules of an XmR chart take each value to vary about
//! one mean; where Sundays are always lower, a Sunday beyond a limit may be only a Sunday, and a
//! reader must be told so.

use jiff::civil::Weekday;
use stour_design::chart::Unit;

use super::Judgement;

/// Values of each day of the week from which its mean says anything.
const FEWEST: usize = 8;
/// Limits lie so many mean moving ranges from the mean.
const RANGES_TO_LIMIT: f64 = 2.66;

/// The days of the week between which a series swings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Week {
    lowest: (Weekday, f64),
    highest: (Weekday, f64),
}

impl Week {
    /// The swing, when the means of the highest and the lowest day of the week lie further apart
    /// than one day usually does from the next.
    pub(crate) fn of(judgement: &Judgement) -> Option<Self> {
        let group = judgement.chart.groups.last()?;
        let range = (group.limits?.upper - group.mean?) / RANGES_TO_LIMIT;
        let mut days: Vec<(Weekday, f64)> = Vec::new();
        for weekday in Weekday::Monday.cycle_forward().take(7) {
            days.push((weekday, mean(judgement, weekday)?));
        }
        let lowest = days.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1))?;
        let highest = days.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (highest.1 - lowest.1 > range).then_some(Self { lowest, highest })
    }

    /// What a reader must know.
    pub(crate) fn words(&self, unit: Unit) -> String {
        let part = |(weekday, mean): (Weekday, f64)| {
            format!("{} on {}", unit.limit(mean), plural(weekday))
        };
        format!(
            "These figures follow the week: the mean is {} and {}. A single day beyond the expected range may be only its \
             day of the week; look for several weeks that differ.",
            part(self.highest),
            part(self.lowest)
        )
    }
}

/// The mean of a day of the week in the latest stretch.
fn mean(judgement: &Judgement, weekday: Weekday) -> Option<f64> {
    let group = judgement.days.last()?.judged.group;
    let values: Vec<f64> = judgement
        .days
        .iter()
        .filter(|day| day.judged.group == group && day.judged.at.weekday() == weekday)
        .filter_map(|day| day.judged.value)
        .collect();
    if values.len() < FEWEST {
        return None;
    }
    let count = f64::from(u32::try_from(values.len()).ok()?);
    Some(values.iter().sum::<f64>() / count)
}

const fn plural(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mondays",
        Weekday::Tuesday => "Tuesdays",
        Weekday::Wednesday => "Wednesdays",
        Weekday::Thursday => "Thursdays",
        Weekday::Friday => "Fridays",
        Weekday::Saturday => "Saturdays",
        Weekday::Sunday => "Sundays",
    }
}

#[cfg(test)]
mod tests;
