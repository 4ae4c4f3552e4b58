//! What of the counts may be shown to readers who see no names.
//!
//! Counts from 1 to 7 are not shown to them, nor what they could be worked out from: the rule of NHS Digital for Hospital
//! Episode Statistics since September 2018, without its rounding. Practices by condition are one table with its totals;
//! groups and findings are lists whose totals are numbers of that table. Nothing of a list is shown where the table does not show
//! its total, so that each stays as safe as it is alone.

use stour_kernel::OdsCode;
use stour_statistics::rate::suppress::{Cell, Published, Rule, Totals, publish};

use super::tally::{Counted, Tally};

/// The smallest and the largest count that is not shown.
pub(super) const SMALL: (u64, u64) = (1, 7);

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Somebody who may see whose admissions they were.
    People,
    /// Somebody who sees counts alone.
    Counts,
}

/// What is shown of a practice, or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Row {
    /// Admissions.
    pub admissions: Option<u64>,
    /// Those that should not usually need hospital.
    pub sensitive: Option<u64>,
    /// Those with another main diagnosis.
    pub other: Option<u64>,
    /// Those whose main diagnosis is not known.
    pub not_coded: Option<u64>,
}

impl Row {
    fn all(tally: &Tally) -> Self {
        Self {
            admissions: Some(tally.admissions),
            sensitive: Some(tally.all_sensitive()),
            other: Some(tally.other()),
            not_coded: Some(tally.not_coded),
        }
    }
}

/// What is shown of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Of each practice.
    pub practices: Vec<(Option<OdsCode>, Row)>,
    /// Of all together.
    pub whole: Row,
    /// Those that should not usually need hospital, by group.
    pub groups: Vec<(String, Option<u64>)>,
    /// What reviews found, of all together; under nothing those that nobody has reviewed.
    pub verdicts: Vec<(String, Option<u64>)>,
}

/// What an audience may be shown. `verdicts` are the findings that a review can have, in order.
pub fn shown(counted: &Counted, verdicts: &[String], audience: Audience) -> Shown {
    let found = |code: &String| {
        counted
            .whole
            .verdicts
            .get(code)
            .copied()
            .unwrap_or_default()
    };
    let mut findings: Vec<(String, u64)> = verdicts
        .iter()
        .map(|code| (code.clone(), found(code)))
        .collect();
    let open = counted
        .whole
        .admissions
        .saturating_sub(counted.whole.reviewed());
    findings.push((String::new(), open));
    let group = |name: &&'static str| {
        let count = counted.whole.sensitive.get(name).copied();
        ((*name).to_owned(), count.unwrap_or_default())
    };
    let groups: Vec<(String, u64)> = counted.groups.iter().map(group).collect();
    let nothing_to_withhold = counted.whole.admissions == 0;
    if audience == Audience::People || nothing_to_withhold {
        return Shown {
            practices: counted
                .practices
                .iter()
                .map(|(code, tally)| (*code, Row::all(tally)))
                .collect(),
            whole: Row::all(&counted.whole),
            groups: known(groups),
            verdicts: known(findings),
        };
    }
    withheld(counted, groups, findings).unwrap_or_else(|| Shown {
        practices: Vec::new(),
        whole: Row::default(),
        groups: Vec::new(),
        verdicts: Vec::new(),
    })
}

fn known(list: Vec<(String, u64)>) -> Vec<(String, Option<u64>)> {
    list.into_iter()
        .map(|(name, count)| (name, Some(count)))
        .collect()
}

fn withheld(
    counted: &Counted,
    groups: Vec<(String, u64)>,
    findings: Vec<(String, u64)>,
) -> Option<Shown> {
    let rule = Rule::new(SMALL.0, SMALL.1, None).ok()?;
    let table: Vec<Vec<u64>> = counted
        .practices
        .values()
        .map(|tally| vec![tally.all_sensitive(), tally.other(), tally.not_coded])
        .collect();
    let main = publish(&table, rule, Totals::Both).ok()?;
    let whole = row(&main.column_totals, main.total.as_ref());
    Some(Shown {
        practices: practices(counted, &main),
        whole,
        groups: list(groups, rule, whole.sensitive)?,
        verdicts: list(findings, rule, whole.admissions)?,
    })
}

fn practices(counted: &Counted, main: &Published) -> Vec<(Option<OdsCode>, Row)> {
    let totals = main.row_totals.iter().flatten();
    let rows = counted.practices.keys().zip(&main.cells).zip(totals);
    rows.map(|((code, cells), total)| (*code, row(cells, Some(total))))
        .collect()
}

fn row(cells: &[Cell], total: Option<&Cell>) -> Row {
    let at = |place: usize| cells.get(place).and_then(number);
    Row {
        admissions: total.and_then(number),
        sensitive: at(0),
        other: at(1),
        not_coded: at(2),
    }
}

const fn number(cell: &Cell) -> Option<u64> {
    match cell {
        Cell::Shown(count) => Some(*count),
        Cell::Primary | Cell::Secondary => None,
    }
}

/// A count by its name, as it may be shown.
type Named = (String, Option<u64>);

/// A list as it may be shown beside its total: where that is not shown, nothing of the list is, since it could be added up.
fn list(list: Vec<(String, u64)>, rule: Rule, total: Option<u64>) -> Option<Vec<Named>> {
    let table: Vec<Vec<u64>> = list.iter().map(|(_, count)| vec![*count]).collect();
    let found = publish(&table, rule, Totals::Columns).ok()?;
    let own = found.column_totals.first().and_then(number);
    let is_shown = total.is_some() && own.is_some();
    let cells = found
        .cells
        .iter()
        .map(|cells| cells.first().and_then(number));
    let names = list.into_iter().map(|(name, _)| name);
    Some(
        names
            .zip(cells.map(|cell| cell.filter(|_| is_shown)))
            .collect(),
    )
}
