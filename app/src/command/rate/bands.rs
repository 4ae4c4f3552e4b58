//! Bands of ages by their labels.

use std::collections::{HashMap, HashSet};

use anyhow::ensure;

use super::answer::{Answer, Why};
use super::table::{Group, Mistake, Table};

/// What the commands call the column of bands.
pub(super) const AGE_BAND: &str = "ageband";
/// More bands of ages than this are none: somebody has named another column.
const MOST: usize = 200;

/// The youngest and the oldest age of a band such as 0-4, 5 or 90+; no oldest where it is open or not said.
fn ages(label: &str) -> Option<(u32, Option<u32>)> {
    let label: String = label
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter == '–' { '-' } else { letter })
        .collect();
    match label.split_once('-') {
        Some((from, to)) => Some((from.parse().ok()?, Some(to.parse().ok()?))),
        None => Some((label.trim_end_matches('+').parse().ok()?, None)),
    }
}

/// The youngest age of a band.
pub(super) fn youngest(label: &str) -> Option<u32> {
    ages(label).map(|(from, _)| from)
}

/// The youngest age of a band of five years, or of one that does not say where it ends.
pub(super) fn of_five_years(label: &str) -> Option<u32> {
    let (from, to) = ages(label)?;
    to.is_none_or(|to| to == from.saturating_add(4))
        .then_some(from)
}

/// All labels of a column of the file, in the order in which they are met.
pub(super) fn labels(table: &Table, column: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let all = table.rows.iter().map(|row| table.text(row, column));
    all.filter(|label| seen.insert(*label))
        .map(str::to_owned)
        .collect()
}

/// The labels of the bands of ages.
///
/// # Errors
/// When there are so many that they are none.
pub(super) fn of_file(table: &Table) -> anyhow::Result<Vec<String>> {
    let labels = labels(table, AGE_BAND);
    ensure!(
        labels.len() <= MOST,
        "{}: {} has {} different values, and at most {MOST} bands of ages are read",
        table.name,
        table.label(AGE_BAND),
        labels.len()
    );
    Ok(labels)
}

/// Looks for bands that are blank, there twice or not there. All mistakes are noted; the first is given back.
pub(super) fn check(
    table: &Table,
    group: &Group<'_>,
    expected: &[String],
    answer: &mut Answer,
) -> Result<(), Why> {
    let mut mistakes = Vec::new();
    let mut seen: HashMap<&str, u64> = HashMap::new();
    for row in &group.rows {
        let label = table.text(row, AGE_BAND);
        if label.is_empty() {
            let told = format!("{} is blank", table.label(AGE_BAND));
            mistakes.push(Mistake::new(row.line, told));
        } else if let Some(line) = seen.get(label) {
            let told = format!("the band {label} is also on line {line}");
            mistakes.push(Mistake::new(row.line, told));
        } else {
            seen.insert(label, row.line);
        }
    }
    let absent = expected
        .iter()
        .filter(|label| !label.is_empty() && !seen.contains_key(label.as_str()))
        .map(|label| format!("the band {label}"));
    let gaps = gap(seen.keys().copied()).into_iter();
    if let Some(first) = group.rows.first() {
        for missing in absent.chain(gaps) {
            let told = group.told();
            mistakes.push(Mistake::new(
                first.line,
                format!("{missing} is missing ({told})"),
            ));
        }
    }
    for mistake in &mistakes {
        answer.mistake(mistake.clone());
    }
    mistakes
        .into_iter()
        .next()
        .map_or(Ok(()), |first| Err(first.into()))
}

/// The first gap between bands that say where they end.
fn gap<'b>(bands: impl Iterator<Item = &'b str>) -> Option<String> {
    let mut all: Vec<(u32, Option<u32>)> = bands.map(ages).collect::<Option<_>>()?;
    all.sort_unstable();
    let mut before: Option<u32> = None;
    for (from, to) in all {
        if let Some(last) = before
            && from > last.saturating_add(1)
        {
            return Some(format!("a band of ages {} to {}", last + 1, from - 1));
        }
        before = to.map(|to| before.map_or(to, |last| last.max(to)));
    }
    None
}
