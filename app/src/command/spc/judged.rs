//! What the statistics say of a series.

use stour_kernel::Date;
use stour_statistics::run::{self, RunChart};
use stour_statistics::xmr::{self, Chart, Options};
use stour_statistics::{Point, attribute, rare};

use super::Spc;
use super::asked::{self, Kind};
use super::tidy::Reading;

/// A series, judged.
pub(super) enum Judged {
    /// With limits.
    Chart(Chart<Date>),
    /// About a median.
    Run(RunChart<Date>),
}

/// Judges readings in order.
///
/// # Errors
/// Why there is no chart, in words.
pub(super) fn judge(asked: &Spc, readings: &[Reading]) -> Result<Judged, String> {
    let points: Vec<Point<Date>> = readings
        .iter()
        .map(|reading| Point {
            at: reading.at,
            value: reading.counted.map(|counted| counted.count),
        })
        .collect();
    let targets = match points.first() {
        Some(first) => asked::targets(&asked.target, first.at),
        None => Vec::new(),
    };
    let options = Options {
        profile: asked.rules.profile(),
        screening: asked.no_screen.then_some(false),
        fix_after: asked.fix_after,
        rebases: &asked.rebase,
        targets: &targets,
        ..Options::new(asked.improvement.direction())
    };
    if let Some(attribute) = asked.chart.attribute() {
        let samples: Vec<attribute::Sample<Date>> = readings
            .iter()
            .map(|reading| attribute::Sample {
                at: reading.at,
                counted: reading.counted,
            })
            .collect();
        let chart = attribute::chart(attribute, asked.laney, &samples, &options);
        return chart.map(Judged::Chart).map_err(|error| error.to_string());
    }
    match asked.chart {
        Kind::Run => run::chart(&points)
            .map(Judged::Run)
            .map_err(|error| error.to_string()),
        Kind::G => rare::g_chart(&points, &options)
            .map(Judged::Chart)
            .map_err(|error| error.to_string()),
        Kind::T => rare::t_chart(&points, &options)
            .map(Judged::Chart)
            .map_err(|error| error.to_string()),
        Kind::Xmr | Kind::P | Kind::U | Kind::C => xmr::chart(&points, &options)
            .map(Judged::Chart)
            .map_err(|error| error.to_string()),
    }
}

/// Whether large moving ranges are left out of the limits.
pub(super) fn screens(asked: &Spc) -> bool {
    asked.chart == Kind::Xmr && !asked.no_screen && asked.rules.profile().screens()
}
