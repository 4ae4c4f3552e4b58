//! Incoming records against an index: linked, to review, or new.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::share;
use super::truth::{Columns, Known, Truth, needed, open, place};

/// What came of the incoming records: of all, and of those without an NHS number.
#[derive(Debug, Serialize)]
pub struct Decisions {
    /// All incoming records.
    pub all: Decided,
    /// Those that have no NHS number.
    pub without_number: Decided,
    /// Links by the step that made them.
    pub steps: BTreeMap<String, Links>,
}

/// Links of one step.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Links {
    /// To the right person.
    pub right: u64,
    /// To somebody else.
    pub wrong: u64,
}

/// What came of a group of incoming records.
#[derive(Debug, Default, Clone, Copy, PartialEq, Serialize)]
pub struct Decided {
    /// Records.
    pub incoming: u64,
    /// Of them, those whose person is in the index.
    pub present: u64,
    /// Linked to the right person.
    pub linked_right: u64,
    /// In a hundred of all.
    pub linked_right_percent: f64,
    /// In a hundred of those whose person is in the index.
    pub found_percent: f64,
    /// Linked to somebody else.
    pub wrong: u64,
    /// In a million of all.
    pub wrong_per_million: f64,
    /// Of the wrong ones, those linked to somebody of the same household.
    pub wrong_same_household: u64,
    /// Of the wrong ones, those whose person is not in the index.
    pub wrong_absent: u64,
    /// Held for a person to decide.
    pub review: u64,
    /// In a hundred of all.
    pub review_percent: f64,
    /// Of those held, those that show the right person.
    pub review_right: u64,
    /// Taken for new, although the person is in the index.
    pub new_wrong: u64,
    /// In a hundred of all.
    pub new_wrong_percent: f64,
    /// Taken for new, and rightly.
    pub new_right: u64,
    /// Records about which nothing was decided. Above 0 something is amiss with the program.
    pub undecided: u64,
}

struct Decision {
    kind: String,
    index: String,
    step: String,
}

/// Counts the decisions of a file.
///
/// # Errors
///
/// When a file cannot be read or lacks a column.
pub fn decisions(
    index: &Path,
    incoming: &Path,
    decisions: &Path,
    columns: &Columns,
) -> Result<Decisions> {
    let mut truth = Truth::default();
    let held = truth.add(index, columns)?;
    let names = truth.add(incoming, columns)?;
    let held: HashSet<&str> = held.iter().map(String::as_str).collect();
    let present: HashSet<u32> = held
        .iter()
        .filter_map(|name| truth.records.get(*name))
        .map(|known| known.person)
        .collect();
    let decided = read(decisions)?;
    let mut report = Decisions {
        all: Decided::default(),
        without_number: Decided::default(),
        steps: BTreeMap::new(),
    };
    for name in &names {
        let Some(known) = truth.records.get(name) else {
            continue;
        };
        let decision = decided.get(name);
        let shown = decision
            .filter(|decision| held.contains(decision.index.as_str()))
            .and_then(|decision| truth.records.get(&decision.index));
        let here = present.contains(&known.person);
        report.all.count(known, decision, shown, here);
        if !known.numbered {
            report.without_number.count(known, decision, shown, here);
        }
        if let Some(decision) = decision.filter(|decision| decision.kind == "link") {
            let links = report.steps.entry(decision.step.clone()).or_default();
            if shown.is_some_and(|shown| shown.person == known.person) {
                links.right += 1;
            } else {
                links.wrong += 1;
            }
        }
    }
    report.all.finish();
    report.without_number.finish();
    Ok(report)
}

fn read(path: &Path) -> Result<HashMap<String, Decision>> {
    let mut table = open(path)?;
    let heads = table.headers()?.clone();
    let id = needed(&heads, "incoming_id", path)?;
    let kind = needed(&heads, "decision", path)?;
    let index = needed(&heads, "index_id", path)?;
    let step = place(&heads, "step");
    let mut decided = HashMap::new();
    for row in table.records() {
        let row = row?;
        let text = |column: Option<usize>| {
            let text = column.and_then(|column| row.get(column));
            text.unwrap_or_default().to_owned()
        };
        let decision = Decision {
            kind: text(Some(kind)),
            index: text(Some(index)),
            step: text(step),
        };
        decided.insert(text(Some(id)), decision);
    }
    Ok(decided)
}

impl Decided {
    fn count(
        &mut self,
        known: &Known,
        decision: Option<&Decision>,
        shown: Option<&Known>,
        present: bool,
    ) {
        self.incoming += 1;
        self.present += u64::from(present);
        let right = shown.is_some_and(|shown| shown.person == known.person);
        match decision.map(|decision| decision.kind.as_str()) {
            Some("link") if right => self.linked_right += 1,
            Some("link") => {
                self.wrong += 1;
                self.wrong_absent += u64::from(!present);
                let near = shown.is_some_and(|shown| {
                    shown.household.is_some() && shown.household == known.household
                });
                self.wrong_same_household += u64::from(near);
            }
            Some("review") => {
                self.review += 1;
                self.review_right += u64::from(right);
            }
            Some("new") if present => self.new_wrong += 1,
            Some("new") => self.new_right += 1,
            _ => self.undecided += 1,
        }
    }

    fn finish(&mut self) {
        self.linked_right_percent = share(self.linked_right, self.incoming, 100.0, 3);
        self.found_percent = share(self.linked_right, self.present, 100.0, 3);
        self.wrong_per_million = share(self.wrong, self.incoming, 1_000_000.0, 1);
        self.review_percent = share(self.review, self.incoming, 100.0, 3);
        self.new_wrong_percent = share(self.new_wrong, self.incoming, 100.0, 3);
    }
}
