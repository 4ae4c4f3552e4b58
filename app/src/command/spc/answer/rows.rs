//! Rows by point and by stretch, in the columns and words of the R package `NHSRplotthedots`.

use serde::Serialize;
use stour_kernel::Date;
use stour_statistics::run::RunChart;
use stour_statistics::xmr::{Assurance, Chart, Judged, Kind, Side, SpecialCause, Variation};

use super::super::tidy::Reading;

/// A point of a chart with limits.
#[derive(Debug, Serialize)]
pub(in super::super) struct PointRow {
    pub(in super::super) case_id: Option<String>,
    pub(in super::super) x: Date,
    pub(in super::super) y: Option<f64>,
    rebase_group: usize,
    short_group_warning: bool,
    mean: Option<f64>,
    lpl: Option<f64>,
    upl: Option<f64>,
    outside_limits: Option<bool>,
    relative_to_mean: Option<i8>,
    close_to_limits: Option<bool>,
    special_cause_type: Option<&'static str>,
    special_cause_flag: Option<bool>,
    point_type: Option<&'static str>,
    target: Option<f64>,
    /// The rule in plain English.
    pub(in super::super) words: Option<&'static str>,
    withheld: Option<String>,
}

/// A stretch between rebases.
#[derive(Debug, Serialize)]
pub(in super::super) struct SummaryRow {
    pub(in super::super) case_id: Option<String>,
    pub(in super::super) rebase_group: usize,
    pub(in super::super) mean: Option<f64>,
    pub(in super::super) lpl: Option<f64>,
    pub(in super::super) upl: Option<f64>,
    pub(in super::super) n: usize,
    pub(in super::super) common_cause: usize,
    pub(in super::super) special_cause_improvement: usize,
    pub(in super::super) special_cause_concern: usize,
    pub(in super::super) last_point_type: Option<&'static str>,
    pub(in super::super) short_group_warning: bool,
    assurance_type: Option<&'static str>,
    variation_icon: Option<&'static str>,
    assurance_icon: Option<&'static str>,
    pub(in super::super) special_cause_neutral_high: usize,
    pub(in super::super) special_cause_neutral_low: usize,
    pub(in super::super) from: Date,
    pub(in super::super) to: Date,
    /// The words beside the icons.
    pub(in super::super) variation: Option<&'static str>,
    pub(in super::super) assurance: Option<&'static str>,
}

pub(super) fn points(
    name: Option<&str>,
    chart: &Chart<Date>,
    readings: &[Reading],
) -> Vec<PointRow> {
    let row = |(point, reading): (&Judged<Date>, &Reading)| PointRow {
        case_id: name.map(str::to_owned),
        x: point.at,
        y: point.value,
        rebase_group: point.group,
        short_group_warning: chart
            .groups
            .get(point.group)
            .is_some_and(|group| group.short),
        mean: point.mean,
        lpl: point.limits.map(|limits| limits.lower),
        upl: point.limits.map(|limits| limits.upper),
        outside_limits: point.outside,
        relative_to_mean: point.side.map(|side| match side {
            Side::Below => -1,
            Side::On => 0,
            Side::Above => 1,
        }),
        close_to_limits: point.close,
        special_cause_type: point
            .kind
            .map(|_| point.cause.map_or("Common Cause", SpecialCause::label)),
        special_cause_flag: point.kind.map(|_| point.cause.is_some()),
        point_type: point.kind.map(kind),
        target: point.target,
        words: point.cause.map(SpecialCause::words),
        withheld: reading.withheld.clone(),
    };
    chart.points.iter().zip(readings).map(row).collect()
}

pub(super) fn summary(name: Option<&str>, chart: &Chart<Date>) -> Vec<SummaryRow> {
    let latest = chart
        .points
        .iter()
        .rev()
        .find(|point| point.value.is_some())
        .map(|point| point.group);
    let groups = chart.groups.iter().enumerate();
    let rows = groups.map(|(place, group)| {
        let members = || chart.points.iter().filter(|point| point.group == place);
        let count = |kind| members().filter(|point| point.kind == Some(kind)).count();
        let last = members().rev().find(|point| point.value.is_some());
        let is_latest = latest == Some(place);
        let variation = chart.variation.filter(|_| is_latest);
        let assurance = chart.assurance.filter(|_| is_latest);
        SummaryRow {
            case_id: name.map(str::to_owned),
            rebase_group: place,
            mean: group.mean,
            lpl: group.limits.map(|limits| limits.lower),
            upl: group.limits.map(|limits| limits.upper),
            n: group.count,
            common_cause: count(Kind::CommonCause),
            special_cause_improvement: count(Kind::Improvement),
            special_cause_concern: count(Kind::Concern),
            last_point_type: last.and_then(|point| point.kind).map(kind),
            short_group_warning: group.short,
            assurance_type: assurance.map(assurance_type),
            variation_icon: variation.map(variation_icon),
            assurance_icon: assurance.map(assurance_icon),
            special_cause_neutral_high: count(Kind::NeutralHigh),
            special_cause_neutral_low: count(Kind::NeutralLow),
            from: group.from,
            to: group.to,
            variation: variation.map(Variation::words),
            assurance: assurance.map(Assurance::words),
        }
    });
    rows.collect()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::CommonCause => "common_cause",
        Kind::Improvement => "special_cause_improvement",
        Kind::Concern => "special_cause_concern",
        Kind::NeutralHigh => "special_cause_neutral_high",
        Kind::NeutralLow => "special_cause_neutral_low",
    }
}

fn variation_icon(variation: Variation) -> &'static str {
    match variation {
        Variation::CommonCause => "common_cause.svg",
        Variation::ImprovementHigh => "improvement_high.svg",
        Variation::ImprovementLow => "improvement_low.svg",
        Variation::ConcernHigh => "concern_high.svg",
        Variation::ConcernLow => "concern_low.svg",
        Variation::NeutralHigh => "neutral_high.svg",
        Variation::NeutralLow => "neutral_low.svg",
    }
}

fn assurance_type(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::ConsistentlyPassing => "consistent_pass",
        Assurance::ConsistentlyFailing => "consistent_fail",
        Assurance::HitAndMiss => "inconsistent",
    }
}

fn assurance_icon(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::ConsistentlyPassing => "pass.svg",
        Assurance::ConsistentlyFailing => "fail.svg",
        Assurance::HitAndMiss => "inconsistent.svg",
    }
}

/// A point of a run chart.
#[derive(Debug, Serialize)]
pub(in super::super) struct RunPointRow {
    pub(in super::super) case_id: Option<String>,
    pub(in super::super) x: Date,
    pub(in super::super) y: Option<f64>,
    median: Option<f64>,
    pub(in super::super) shift: Option<Side>,
    pub(in super::super) rising: bool,
    pub(in super::super) falling: bool,
    withheld: Option<String>,
}

/// A series as a run chart sees it.
#[derive(Debug, Serialize)]
pub(in super::super) struct RunSummaryRow {
    pub(in super::super) case_id: Option<String>,
    pub(in super::super) median: Option<f64>,
    pub(in super::super) n: usize,
    pub(in super::super) useful: usize,
    pub(in super::super) runs: usize,
    pub(in super::super) fewest_runs: Option<usize>,
    pub(in super::super) most_runs: Option<usize>,
    pub(in super::super) too_few_runs: Option<bool>,
    pub(in super::super) too_many_runs: Option<bool>,
    pub(in super::super) shift_or_trend: bool,
    pub(in super::super) longest_run: usize,
    pub(in super::super) longest_usual_run: Option<usize>,
    pub(in super::super) crossings: usize,
    pub(in super::super) fewest_usual_crossings: Option<usize>,
    pub(in super::super) unusual_by_anhoej: Option<bool>,
}

pub(super) fn run_points(
    name: Option<&str>,
    run: &RunChart<Date>,
    readings: &[Reading],
) -> Vec<RunPointRow> {
    let rows = run
        .points
        .iter()
        .zip(readings)
        .map(|(point, reading)| RunPointRow {
            case_id: name.map(str::to_owned),
            x: point.at,
            y: point.value,
            median: run.median,
            shift: point.shift,
            rising: point.rising,
            falling: point.falling,
            withheld: reading.withheld.clone(),
        });
    rows.collect()
}

pub(super) fn run_summary(name: Option<&str>, run: &RunChart<Date>) -> RunSummaryRow {
    let values = run.points.iter().filter(|point| point.value.is_some());
    RunSummaryRow {
        case_id: name.map(str::to_owned),
        median: run.median,
        n: values.count(),
        useful: run.useful,
        runs: run.runs,
        fewest_runs: run.usual_runs.map(|usual| usual.fewest),
        most_runs: run.usual_runs.map(|usual| usual.most),
        too_few_runs: run.has_too_few_runs(),
        too_many_runs: run.has_too_many_runs(),
        shift_or_trend: run.has_shift_or_trend(),
        longest_run: run.longest_run,
        longest_usual_run: run.longest_usual,
        crossings: run.crossings,
        fewest_usual_crossings: run.fewest_crossings,
        unusual_by_anhoej: run.is_unusual_by_anhoej(),
    }
}
