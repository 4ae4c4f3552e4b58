//! A highlight report as texts: the same live and as it was issued.

use serde::{Deserialize, Serialize};

use super::rules::{Rag, Reason};

/// One thing that a report names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    /// What people call it: `AC8`; may be empty.
    pub(super) reference: String,
    /// What it is.
    pub(super) text: String,
    /// What there is to say of it: when it is due, how it moved.
    pub(super) note: String,
    /// Where its page is, below the programme's own address; empty where there is none.
    pub(super) below: String,
}

/// A highlight report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Report {
    /// The programme's name.
    pub(super) programme: String,
    /// From when it tells what changed: a day, `2026-11-01`.
    pub(super) from: String,
    /// Why from then, in words.
    pub(super) since: String,
    /// Up to which day.
    pub(super) until: String,
    /// How the programme stands.
    pub(super) rag: Rag,
    /// Why.
    pub(super) reasons: Vec<Reason>,
    /// What whoever issues it says in their own words; empty while it is live.
    #[serde(default)]
    pub(super) summary: String,
    /// How the plan stands, in a sentence.
    pub(super) plan: String,
    /// Activities done since.
    pub(super) done: Vec<Item>,
    /// Activities and milestones that are next.
    pub(super) next: Vec<Item>,
    /// Activities that are overdue.
    pub(super) overdue: Vec<Item>,
    /// Dates that contradict each other.
    pub(super) conflicts: Vec<Item>,
    /// Risks and issues that moved since.
    pub(super) moved: Vec<Item>,
    /// The worst open risks.
    pub(super) risks: Vec<Item>,
    /// The benefits in a sentence.
    pub(super) benefits: String,
    /// The benefits that are measured.
    pub(super) measured: Vec<Item>,
    /// What boards are asked to decide.
    pub(super) decisions: Vec<Item>,
    /// When the next board meets, in words; empty where no meeting is recorded.
    pub(super) next_board: String,
}

impl Report {
    /// The parts that list things: what each is called, what it says when there is nothing, and the things.
    pub(super) fn parts(&self) -> [(&'static str, &'static str, &[Item]); 8] {
        [
            (
                "Decisions needed",
                "No decision is asked of a board.",
                &self.decisions,
            ),
            ("Done", "No activity was recorded as done.", &self.done),
            (
                "Overdue",
                "No activity that somebody reports on is overdue.",
                &self.overdue,
            ),
            (
                "Next",
                "Nothing in the plan falls into the weeks to come.",
                &self.next,
            ),
            (
                "Conflicts in the plan",
                "No dates contradict each other.",
                &self.conflicts,
            ),
            (
                "Risks and issues that moved",
                "No risk and no issue moved.",
                &self.moved,
            ),
            (
                "The worst open risks",
                "No open risk is scored.",
                &self.risks,
            ),
            (
                "Benefits that are measured",
                "No benefit is measured.",
                &self.measured,
            ),
        ]
    }

    /// The report as text to keep.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The rows of a file of CSV, the headings first: part, reference, what, note.
    pub(super) fn rows(&self) -> Vec<[String; 4]> {
        let row = |part: &str, reference: &str, text: &str, note: &str| {
            [part, reference, text, note].map(str::to_owned)
        };
        let mut rows = vec![
            row("Part", "Reference", "What", "Note"),
            row(
                "Report",
                "",
                &self.programme,
                &format!("{} to {}", self.from, self.until),
            ),
            row("Status", "", self.rag.words(), ""),
        ];
        let reasons = self.reasons.iter();
        rows.extend(reasons.map(|reason| row("Status", "", &reason.words, reason.rag.words())));
        for (part, text) in [
            ("Summary", &self.summary),
            ("Plan", &self.plan),
            ("Benefits", &self.benefits),
            ("Next board", &self.next_board),
        ] {
            if !text.is_empty() {
                rows.push(row(part, "", text, ""));
            }
        }
        for (part, _, items) in self.parts() {
            let items = items.iter();
            rows.extend(items.map(|item| row(part, &item.reference, &item.text, &item.note)));
        }
        rows
    }

    /// The report as a file of CSV, in which no cell is taken for a formula.
    pub(super) fn csv(&self) -> String {
        let lines = self.rows().into_iter().map(|row| {
            let fields = row.map(|field| stour_web::words::csv_field(&field));
            format!("{}\r\n", fields.join(","))
        });
        lines.collect()
    }
}

#[cfg(test)]
mod tests;
