//! Every case of the reference data against the published R package, label by label.

use std::collections::BTreeMap;

use stour_statistics::Point;
use stour_statistics::xmr::{
    Assurance, Chart, Direction, Judged, Kind, Limits, Options, Profile, Side, Target, Variation,
    chart,
};

use crate::reference::{Row, agree, number, rows};

struct Case {
    row: Row,
    points: Vec<Row>,
    summary: Vec<Row>,
}

fn cases(test: &str) -> Option<Vec<Case>> {
    let mut of_case: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(test, "spc/spc_points.csv")? {
        of_case.entry(row["case_id"].clone()).or_default().push(row);
    }
    let mut summary_of: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(test, "spc/spc_summary.csv")? {
        summary_of
            .entry(row["case_id"].clone())
            .or_default()
            .push(row);
    }
    let cases = rows(test, "spc/spc_cases.csv")?
        .into_iter()
        .map(|row| Case {
            points: of_case.remove(&row["case_id"]).unwrap(),
            summary: summary_of.remove(&row["case_id"]).unwrap(),
            row,
        });
    Some(cases.collect())
}

fn direction(case: &Row) -> Direction {
    match &*case["improvement_direction"] {
        "increase" => Direction::Increase,
        "decrease" => Direction::Decrease,
        "neutral" => Direction::Neutral,
        other => panic!("{other}"),
    }
}

fn drawn(case: &Case, profile: Profile) -> Chart<&str> {
    let points: Vec<Point<&str>> = case
        .points
        .iter()
        .map(|row| Point {
            at: &*row["x"],
            value: number(&row["y"]),
        })
        .collect();
    let rebases: Vec<&str> = case.row["rebase_dates"]
        .split('|')
        .filter(|date| !date.is_empty())
        .collect();
    let targets: Vec<Target<&str>> = number(&case.row["target"])
        .map(|value| Target {
            from: points[0].at,
            value,
        })
        .into_iter()
        .collect();
    let options = Options {
        profile,
        screening: (profile == Profile::PlotTheDots022)
            .then(|| case.row["screen_outliers"] == "TRUE"),
        fix_after: case.row["fix_after_n_points"].parse().ok(),
        rebases: &rebases,
        targets: &targets,
        ..Options::new(direction(&case.row))
    };
    chart(&points, &options).unwrap()
}

fn same(found: Option<f64>, expected: &str) -> bool {
    match (found, number(expected)) {
        (Some(found), Some(expected)) => agree(found, expected),
        (None, None) => true,
        _ => false,
    }
}

fn flag(found: Option<bool>) -> &'static str {
    match found {
        Some(true) => "TRUE",
        Some(false) => "FALSE",
        None => "",
    }
}

fn kind(kind: Option<Kind>) -> &'static str {
    match kind.unwrap() {
        Kind::CommonCause => "common_cause",
        Kind::Improvement => "special_cause_improvement",
        Kind::Concern => "special_cause_concern",
        Kind::NeutralHigh => "special_cause_neutral_high",
        Kind::NeutralLow => "special_cause_neutral_low",
    }
}

fn lower(limits: Option<Limits>) -> Option<f64> {
    limits.map(|limits| limits.lower)
}

fn upper(limits: Option<Limits>) -> Option<f64> {
    limits.map(|limits| limits.upper)
}

fn assert_point(found: &Judged<&str>, chart: &Chart<&str>, row: &Row) {
    let place = format!("{} {}", row["case_id"], row["x"]);
    assert!(
        same(found.mean, &row["mean"]),
        "{place}: mean {:?}",
        found.mean
    );
    assert!(
        same(lower(found.limits), &row["lpl"]),
        "{place}: {:?}",
        found.limits
    );
    assert!(
        same(upper(found.limits), &row["upl"]),
        "{place}: {:?}",
        found.limits
    );
    assert!(same(found.target, &row["target"]), "{place}: target");
    let side = match found.side.unwrap() {
        Side::Below => "-1",
        Side::On => "0",
        Side::Above => "1",
    };
    let short = chart.groups[found.group].short;
    let labels = [
        ("rebase_group", found.group.to_string()),
        ("short_group_warning", flag(Some(short)).to_owned()),
        ("relative_to_mean", side.to_owned()),
        ("outside_limits", flag(found.outside).to_owned()),
        ("close_to_limits", flag(found.close).to_owned()),
        (
            "special_cause_type",
            found.cause.map_or("Common Cause", |c| c.label()).to_owned(),
        ),
        (
            "special_cause_flag",
            flag(Some(found.cause.is_some())).to_owned(),
        ),
        ("point_type", kind(found.kind).to_owned()),
    ];
    for (column, label) in labels {
        assert_eq!(label, row[column], "{place}: {column}");
    }
}

#[test]
fn every_point_agrees() {
    let Some(cases) = cases("every_point_agrees") else {
        return;
    };
    assert_eq!(cases.len(), 95);
    let mut compared = 0;
    for case in &cases {
        let chart = drawn(case, Profile::PlotTheDots022);
        assert_eq!(chart.points.len(), case.points.len());
        for (found, row) in chart.points.iter().zip(&case.points) {
            assert_point(found, &chart, row);
            compared += 1;
        }
    }
    assert_eq!(compared, 3557);
}

/// What was compared of one kind of cases, and how far the worst number was off.
#[derive(Debug, Default)]
struct Agreement {
    cases: usize,
    points: usize,
    groups: usize,
    numbers: usize,
    absent: usize,
    relative: f64,
}

impl Agreement {
    fn compare(&mut self, what: &str, found: Option<f64>, published: &str) {
        let (Some(found), Some(expected)) = (found, number(published)) else {
            assert_eq!((found, number(published)), (None, None), "{what}");
            self.absent += 1;
            return;
        };
        self.numbers += 1;
        let off = (found - expected).abs();
        if off > 0.0 {
            self.relative = self.relative.max(off / expected.abs());
        }
    }
}

/// Means, limits and targets are printed with 15 significant figures, so that half a unit of the last is up to
/// 5e-15 of a number. Run with `--no-capture`, this prints the table of the guide.
#[test]
fn every_number_agrees_to_the_last_figure_printed() {
    let Some(cases) = cases("every_number_agrees_to_the_last_figure_printed") else {
        return;
    };
    let mut kinds = BTreeMap::<&str, Agreement>::new();
    for case in &cases {
        let name = case.row["case_id"].as_str();
        let (kind, _) = name.split_once('-').unwrap();
        let agreement = kinds.entry(kind).or_default();
        let chart = drawn(case, Profile::PlotTheDots022);
        agreement.cases += 1;
        agreement.points += chart.points.len();
        agreement.groups += chart.groups.len();
        for (found, row) in chart.points.iter().zip(&case.points) {
            agreement.compare(name, found.value, &row["y"]);
            agreement.compare(name, found.mean, &row["mean"]);
            agreement.compare(name, lower(found.limits), &row["lpl"]);
            agreement.compare(name, upper(found.limits), &row["upl"]);
            agreement.compare(name, found.target, &row["target"]);
        }
        for (group, row) in chart.groups.iter().zip(&case.summary) {
            agreement.compare(name, group.mean, &row["mean"]);
            agreement.compare(name, lower(group.limits), &row["lpl"]);
            agreement.compare(name, upper(group.limits), &row["upl"]);
        }
    }
    let mut counted = Vec::new();
    for (kind, found) in &kinds {
        println!(
            "{kind}: {} cases, {} points, {} groups, {} numbers, {} absent in both, worst relative error {:.1e}",
            found.cases, found.points, found.groups, found.numbers, found.absent, found.relative
        );
        assert!(found.relative <= 1e-14, "{kind}: {}", found.relative);
        counted.push((
            *kind,
            found.cases,
            found.points,
            found.groups,
            found.numbers,
            found.absent,
        ));
    }
    let expected = [
        ("ae", 29, 1011, 31, 4461, 687),
        ("ons", 3, 652, 5, 2623, 652),
        ("rnd", 23, 874, 31, 3888, 575),
        ("syn", 24, 444, 26, 1868, 430),
        ("var", 16, 576, 22, 2874, 72),
    ];
    assert_eq!(counted, expected);
}

fn variation_icon(variation: Option<Variation>) -> &'static str {
    match variation.unwrap() {
        Variation::CommonCause => "common_cause.svg",
        Variation::ImprovementHigh => "improvement_high.svg",
        Variation::ImprovementLow => "improvement_low.svg",
        Variation::ConcernHigh => "concern_high.svg",
        Variation::ConcernLow => "concern_low.svg",
        Variation::NeutralHigh => "neutral_high.svg",
        Variation::NeutralLow => "neutral_low.svg",
    }
}

fn assurance_icon(assurance: Option<Assurance>) -> (&'static str, &'static str) {
    match assurance {
        None => ("", ""),
        Some(Assurance::ConsistentlyPassing) => ("consistent_pass", "pass.svg"),
        Some(Assurance::ConsistentlyFailing) => ("consistent_fail", "fail.svg"),
        Some(Assurance::HitAndMiss) => ("inconsistent", "inconsistent.svg"),
    }
}

#[test]
fn every_group_and_icon_agrees() {
    let Some(cases) = cases("every_group_and_icon_agrees") else {
        return;
    };
    for case in &cases {
        let name = &case.row["case_id"];
        let chart = drawn(case, Profile::PlotTheDots022);
        assert_eq!(chart.groups.len(), case.summary.len(), "{name}");
        for (index, (group, row)) in chart.groups.iter().zip(&case.summary).enumerate() {
            assert!(same(group.mean, &row["mean"]), "{name}");
            assert!(same(lower(group.limits), &row["lpl"]), "{name}");
            assert!(same(upper(group.limits), &row["upl"]), "{name}");
            assert_eq!(group.count.to_string(), row["n"], "{name}");
            assert_eq!(
                flag(Some(group.short)),
                row["short_group_warning"],
                "{name}"
            );
            let members: Vec<_> = chart.points.iter().filter(|p| p.group == index).collect();
            assert_eq!(
                (members[0].at, members[group.count - 1].at),
                (group.from, group.to)
            );
            let count = |kind| {
                members
                    .iter()
                    .filter(|p| p.kind == Some(kind))
                    .count()
                    .to_string()
            };
            assert_eq!(count(Kind::CommonCause), row["common_cause"], "{name}");
            assert_eq!(
                count(Kind::Improvement),
                row["special_cause_improvement"],
                "{name}"
            );
            assert_eq!(count(Kind::Concern), row["special_cause_concern"], "{name}");
            assert_eq!(
                kind(members.last().unwrap().kind),
                row["last_point_type"],
                "{name}"
            );
        }
        let last = case.summary.last().unwrap();
        assert_eq!(
            variation_icon(chart.variation),
            last["variation_icon"],
            "{name}"
        );
        let (assurance, icon) = assurance_icon(chart.assurance);
        assert_eq!(
            (assurance, icon),
            (&*last["assurance_type"], &*last["assurance_icon"]),
            "{name}"
        );
    }
}

/// The choice of profile matters: it changes what a board sees of real returns.
#[test]
fn the_two_profiles_disagree_on_real_series() {
    let Some(cases) = cases("the_two_profiles_disagree_on_real_series") else {
        return;
    };
    let (mut series, mut points, mut colours) = (0, 0, 0);
    let (mut variations, mut assurances) = (Vec::new(), Vec::new());
    for case in &cases {
        let name = case.row["case_id"].as_str();
        let real = name.starts_with("ae-") || name.starts_with("ons-");
        if !real || !case.row["rebase_dates"].is_empty() {
            continue;
        }
        let ours = drawn(case, Profile::MakingDataCount);
        let theirs = drawn(case, Profile::PlotTheDots022);
        series += 1;
        points += ours.points.len();
        colours += ours
            .points
            .iter()
            .zip(&theirs.points)
            .filter(|(a, b)| a.kind != b.kind)
            .count();
        variations.extend((ours.variation != theirs.variation).then_some(name));
        assurances.extend((ours.assurance != theirs.assurance).then_some(name));
    }
    assert_eq!((series, points, colours), (30, 1497, 26));
    assert!(variations.is_empty(), "{variations:?}");
    assert_eq!(assurances, ["ae-RD3-t1-perf4h"]);
}
