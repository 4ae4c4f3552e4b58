//! Figures that the papers of a programme state, in tables, with totals worked out anew.

use stour_kernel::Pence;
use stour_register::{Around, Entry, Holds, Kind};

use super::EDIT;
use super::field::{SOURCE, UNVERIFIED, may, money, must, number, unchecked};

/// A table of figures.
pub(crate) const TABLE: &Kind = &Kind {
    name: "figure-table",
    one: "table of figures",
    many: "Tables of figures",
    prefix: "FT",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Title", "", Holds::Line),
        may(
            "stated-total",
            "Total that the paper states",
            "In pounds; empty where it states none",
            Holds::Money,
        ),
        may("note", "What to know about it", "", Holds::Text),
        SOURCE,
        UNVERIFIED,
    ],
    check: unchecked,
};

/// One line of a table.
pub(crate) const FIGURE: &Kind = &Kind {
    name: "figure",
    one: "figure",
    many: "Figures",
    prefix: "F",
    edit: EDIT,
    title: "label",
    fields: &[
        must("label", "What it is", "", Holds::Line),
        must("table", "Table", "", Holds::Entry("figure-table")),
        must("amount", "Amount", "In pounds", Holds::Money),
        may("note", "What to know about it", "", Holds::Text),
        SOURCE,
    ],
    check: unchecked,
};

/// A table with its lines, read from the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) number: i64,
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) source: String,
    pub(crate) unverified: String,
    /// What the paper says that the lines come to.
    pub(crate) stated: Option<Pence>,
    pub(crate) lines: Vec<Line>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: i64,
    pub(crate) label: String,
    pub(crate) amount: Pence,
    pub(crate) note: String,
}

impl Table {
    /// The tables of a programme, by number, each with its lines.
    pub(crate) fn all(around: &Around) -> Vec<Self> {
        let table = |entry: &Entry| {
            let lines = around.of_kind(FIGURE.name);
            let of_it = lines.filter(|line| number(&line.values, "table") == Some(entry.number));
            Self {
                number: entry.number,
                title: entry.get("title").to_owned(),
                note: entry.get("note").to_owned(),
                source: entry.get("source").to_owned(),
                unverified: entry.get("unverified").to_owned(),
                stated: money(&entry.values, "stated-total"),
                lines: of_it.filter_map(Line::read).collect(),
            }
        };
        around.of_kind(TABLE.name).map(table).collect()
    }

    /// What the lines come to; nothing when that is more than an amount can hold.
    pub(crate) fn total(&self) -> Option<Pence> {
        Pence::checked_sum(self.lines.iter().map(|line| line.amount))
    }

    /// By how much the lines come to more than the paper says; nothing when it says nothing, or they agree.
    pub(crate) fn disagreement(&self) -> Option<Pence> {
        let more = self.total()?.checked_sub(self.stated?)?;
        (more != Pence::ZERO).then_some(more)
    }
}

impl Line {
    fn read(entry: &Entry) -> Option<Self> {
        Some(Self {
            number: entry.number,
            label: entry.get("label").to_owned(),
            amount: money(&entry.values, "amount")?,
            note: entry.get("note").to_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
