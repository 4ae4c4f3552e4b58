//! A benefit over time: its figures, what was expected of it, and between what its figures lie by chance.

use std::collections::BTreeMap;

use stour_benefits::Trajectory;
use stour_design::chart::{Band, Line, LinesChart};
use stour_kernel::Date;
use stour_outcomes::figures::{Course, Reading};

use super::measured::Measured;
use super::shown::message;

/// The most periods of figures that are drawn.
const MOST: usize = 36;

/// The chart of a benefit; none while there are fewer than two days to draw.
pub(crate) fn chart(one: &Measured) -> Option<LinesChart> {
    let readings = one.course.as_ref().map(|course| course.readings.as_slice());
    let drawn = drawn(
        readings.unwrap_or_default(),
        one.benefit.trajectory.as_ref(),
    )?;
    let subtitle = format!("{}, {}", one.benefit.title, one.unit_words());
    Some(LinesChart {
        unit: one.unit(),
        description: format!("{}. The table below has the figures.", message(one)),
        ..drawn.chart("benefit", message(one), subtitle.trim_end_matches(", "))
    })
}

/// The chart of what our own records count that is close to a benefit.
pub(crate) fn own_chart(course: &Course) -> Option<LinesChart> {
    let latest = course.readings.last()?;
    let says = match (latest.unusual, latest.limits) {
        (Some(unusual), _) => format!("more than chance, {unusual}"),
        (None, Some(_)) => "no more than chance".to_owned(),
        (None, None) => "too few figures to judge".to_owned(),
    };
    let title = format!(
        "{} in {}: {says}",
        course.unit.value(latest.value),
        latest.period
    );
    let subtitle = format!("{}, {}", course.about.title, course.about.unit);
    Some(LinesChart {
        unit: course.unit,
        description: format!("{title}. The table below has the figures."),
        ..drawn(&course.readings, None)?.chart("own-records", title, &subtitle)
    })
}

/// What there is to draw.
struct Drawn {
    periods: Vec<String>,
    lines: Vec<Line>,
    band: Option<Band>,
}

impl Drawn {
    fn chart(self, id: &str, title: String, subtitle: &str) -> LinesChart {
        LinesChart {
            period_word: "Period".to_owned(),
            bands: self.band.into_iter().collect(),
            from_zero: false,
            zero_word: String::new(),
            ..LinesChart::new(id, title, subtitle, self.periods, self.lines)
        }
    }
}

/// Figures and a trajectory on the days of either; none where there are fewer than two.
fn drawn(readings: &[Reading], trajectory: Option<&Trajectory>) -> Option<Drawn> {
    let first = readings.len().saturating_sub(MOST);
    let readings = readings.get(first..).unwrap_or_default();
    let mut periods: BTreeMap<Date, String> = readings
        .iter()
        .map(|reading| (reading.day, reading.period.clone()))
        .collect();
    for (day, _) in trajectory.into_iter().flat_map(Trajectory::points) {
        let name = periods.entry(day);
        name.or_insert_with(|| stour_web::words::day(day));
    }
    if periods.len() < 2 {
        return None;
    }
    let at = |day: &Date| readings.iter().find(|reading| reading.day == *day);
    let actual = periods
        .keys()
        .map(|day| at(day).map(|reading| reading.value));
    let mut lines = vec![Line {
        name: "Actual".to_owned(),
        values: actual.collect(),
    }];
    if let Some(trajectory) = trajectory {
        let expected = periods
            .keys()
            .map(|day| trajectory.on(*day).map(stour_benefits::Quantity::to_f64));
        lines.push(Line {
            name: "Expected".to_owned(),
            values: expected.collect(),
        });
    }
    let chance: Vec<Option<(f64, f64)>> = periods
        .keys()
        .map(|day| at(day)?.limits.map(|limits| (limits.lower, limits.upper)))
        .collect();
    let band = chance.iter().any(Option::is_some).then(|| Band {
        name: "Where figures lie by chance alone".to_owned(),
        low_name: "Lower limit".to_owned(),
        high_name: "Upper limit".to_owned(),
        values: chance,
    });
    Some(Drawn {
        periods: periods.into_values().collect(),
        lines,
        band,
    })
}

#[cfg(test)]
mod tests;
