//! What an import did, in words and in JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use stour_kernel::Date;

use super::rows::{LeftOut, Withheld};
use crate::breakdown::breakdown;
use crate::measure::Measure;
use crate::series::{Method, PartKey, Published, SeriesChange, Values, judge};
use crate::words;

/// Columns and reasons that are listed; the rest are counted.
const LISTED: usize = 12;

/// What an import did, or would do.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) file: String,
    pub(super) layout: Option<String>,
    pub(super) dry_run: bool,
    pub(super) rows: u64,
    pub(super) measures: Vec<String>,
    pub(super) series: Vec<SeriesAnswer>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) left_out: Vec<LeftOut>,
}

/// What it did to one series, or to the parts of one.
#[derive(Debug, Serialize)]
pub(super) struct SeriesAnswer {
    measure: String,
    area: String,
    name: String,
    breakdown: Option<String>,
    parts: usize,
    first: Option<String>,
    last: Option<String>,
    values: usize,
    added: u64,
    changed: u64,
    unchanged: u64,
    gaps: usize,
    zeros_that_are_missing_returns: Vec<String>,
}

/// What was done to each series of a measure: a whole stands alone, parts of one list together.
pub(super) fn answers(measure: &Measure, changes: &[SeriesChange]) -> Vec<SeriesAnswer> {
    let mut by_list: BTreeMap<(&str, &str), Vec<&SeriesChange>> = BTreeMap::new();
    for change in changes {
        let key = (change.area.code.as_str(), change.part.breakdown.as_str());
        by_list.entry(key).or_default().push(change);
    }
    by_list
        .values()
        .filter_map(|changes| answered(measure, changes))
        .collect()
}

fn answered(measure: &Measure, changes: &[&SeriesChange]) -> Option<SeriesAnswer> {
    let first = changes.first()?;
    let (gaps, zeros) = if first.part.is_whole() {
        missing(measure, &first.area.code, &first.points)
    } else {
        (0, Vec::new())
    };
    let dates = || changes.iter().flat_map(|change| change.points.keys());
    let name = |date: Option<&Date>| date.map(ToString::to_string);
    let total = |of: fn(&SeriesChange) -> u64| changes.iter().map(|change| of(change)).sum();
    Some(SeriesAnswer {
        measure: measure.id.clone(),
        area: first.area.code.clone(),
        name: first.area.name.clone(),
        breakdown: (!first.part.is_whole()).then(|| first.part.breakdown.clone()),
        parts: changes.len(),
        first: name(dates().min()),
        last: name(dates().max()),
        values: changes.iter().map(|change| change.points.len()).sum(),
        added: total(|change| change.added),
        changed: total(|change| change.changed),
        unchanged: total(|change| change.unchanged),
        gaps,
        zeros_that_are_missing_returns: zeros,
    })
}

/// How many periods have no figure, and which were published and cannot be true.
fn missing(measure: &Measure, area: &str, points: &Values) -> (usize, Vec<String>) {
    let published = Published::of(measure, area, points.clone());
    judge(measure, &published, &[], Method::default()).map_or_else(
        |_| (0, Vec::new()),
        |judgement| {
            let all = judgement.missing().count();
            let zeros: Vec<String> = judgement.zeros().map(|at| at.to_string()).collect();
            (all.saturating_sub(zeros.len()), zeros)
        },
    )
}

impl Answer {
    /// How many series there are in the file, parts and all.
    pub(super) fn series(&self) -> usize {
        self.series.iter().map(|series| series.parts).sum()
    }

    /// In words for a terminal.
    pub(super) fn in_words(&self) -> String {
        let done = if self.dry_run {
            "Nothing was recorded. It would give"
        } else {
            "Imported"
        };
        let mut lines = vec![format!(
            "{done} {} from {} of {}: {}.",
            words::series(words::number(self.series())),
            words::counted(self.rows, "row"),
            self.file,
            self.measures.join(", ")
        )];
        let many = self.measures.len() > 1;
        for series in &self.series {
            series.say(many, &mut lines);
        }
        self.say_withheld(&mut lines);
        self.say_left_out(&mut lines);
        lines.join("\n") + "\n"
    }

    fn say_withheld(&self, lines: &mut Vec<String>) {
        let count: u64 = self.withheld.iter().map(|one| one.count).sum();
        if count == 0 {
            return;
        }
        lines.push(format!("  {} withheld:", words::counted(count, "figure")));
        for one in self.withheld.iter().take(LISTED) {
            let place = match (one.first_line, one.count) {
                (0, _) => String::new(),
                (line, 1) => format!(" (line {line})"),
                (line, _) => format!(" (first on line {line})"),
            };
            lines.push(format!(
                "    {} in {:?}{place}: {}.",
                words::count(one.count),
                one.field,
                one.reason
            ));
        }
        if self.withheld.len() > LISTED {
            let more = words::number(self.withheld.len() - LISTED);
            lines.push(format!(
                "    … and {} more.",
                words::counted(more, "reason")
            ));
        }
    }

    fn say_left_out(&self, lines: &mut Vec<String>) {
        let (named, others): (Vec<&LeftOut>, Vec<&LeftOut>) =
            self.left_out.iter().partition(|one| one.reason.is_some());
        for one in named {
            lines.push(format!(
                "  {} of {} left out: {}.",
                words::counted(one.rows, "row"),
                one.area,
                one.reason.as_deref().unwrap_or_default()
            ));
        }
        if !others.is_empty() {
            let rows = others.iter().map(|one| one.rows).sum();
            lines.push(format!(
                "  {} of {} left out: neither of the partnership nor compared with.",
                words::counted(rows, "row"),
                words::counted(words::number(others.len()), "other area"),
            ));
        }
    }
}

impl SeriesAnswer {
    fn say(&self, many: bool, lines: &mut Vec<String>) {
        let span = match (&self.first, &self.last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "no values".to_owned(),
        };
        let measure = if many {
            format!(" {}", self.measure)
        } else {
            String::new()
        };
        let list = self.breakdown.as_deref().and_then(breakdown);
        let parts = list.map_or_else(String::new, |list| {
            let parts = words::counted(words::number(self.parts), "part");
            format!(" {}, {parts}", list.heading)
        });
        lines.push(format!(
            "  {} {}{measure}{parts}: {span}, {}; {} new, {} changed, {} as before.",
            self.area,
            self.name,
            words::counted(words::number(self.values), "value"),
            words::count(self.added),
            words::count(self.changed),
            words::count(self.unchanged),
        ));
        let zeros = &self.zeros_that_are_missing_returns;
        if !zeros.is_empty() {
            lines.push(format!(
                "    {} that cannot be true, shown as missing: {}.",
                words::counted(words::number(zeros.len()), self.noun()),
                zeros.join(", ")
            ));
        }
        if self.gaps > 0 {
            lines.push(format!(
                "    {} without a figure, shown as missing.",
                words::counted(words::number(self.gaps), "period")
            ));
        }
    }

    /// What cannot be true: a count of days is so by being nought, others by what is known of them.
    fn noun(&self) -> &'static str {
        let known = crate::measure::measure(&self.measure);
        match known {
            Some(measure) if measure.faults.iter().any(|fault| fault.withheld) => "figure",
            _ => "zero",
        }
    }
}

/// Which parts a change is of, for the audit.
pub(super) fn lists(changes: &[SeriesChange]) -> Vec<&str> {
    let mut lists: Vec<&str> = changes
        .iter()
        .map(
            |SeriesChange {
                 part: PartKey { breakdown, .. },
                 ..
             }| breakdown.as_str(),
        )
        .filter(|list| !list.is_empty())
        .collect();
    lists.dedup();
    lists
}
