//! What was seen in a file that could not be read as it should be: counted, and said once.

use std::cell::Cell;

use stour_linkage::DateOrder;

use crate::program::tell;

/// How many values of a kind there were, and how many of them could not be read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    said: Cell<usize>,
    unread: Cell<usize>,
}

impl Tally {
    /// Counts a value; an empty one is missing, and is not counted.
    pub(super) fn count(&self, text: &str, is_read: bool) {
        if !text.trim_ascii().is_empty() {
            self.said.set(self.said.get() + 1);
            self.unread.set(self.unread.get() + usize::from(!is_read));
        }
    }
}

/// What was seen of a whole file.
#[must_use = "somebody is to be told of what could not be read"]
pub(super) struct Seen {
    pub(super) name: String,
    pub(super) order: DateOrder,
    pub(super) rows: usize,
    /// Rows that are not in UTF-8.
    pub(super) latin: usize,
    pub(super) births: Tally,
    pub(super) numbers: Tally,
}

impl Seen {
    /// Says on standard error what could not be read as it should be, where there is such a thing.
    pub(super) fn tell(&self) {
        let name = &self.name;
        if self.latin > 0 {
            tell(&format!(
                "{name}: {} of {} rows not in UTF-8: read as Latin-1.",
                self.latin, self.rows
            ));
        }
        let dates = match self.order {
            DateOrder::DayFirst => "dates of birth could not be read as YYYY-MM-DD or DD/MM/YYYY",
            DateOrder::MonthFirst => "dates of birth could not be read as YYYY-MM-DD or MM/DD/YYYY",
        };
        let numbers = "NHS numbers could not be read as numbers";
        for (tally, what) in [(&self.births, dates), (&self.numbers, numbers)] {
            let (said, unread) = (tally.said.get(), tally.unread.get());
            if unread > 0 {
                tell(&format!(
                    "{name}: {unread} of {said} {what}: taken for missing."
                ));
            }
        }
    }
}
