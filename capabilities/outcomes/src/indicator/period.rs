//! Whole months, one or several.

use stour_indicators::Month;
use stour_kernel::Date;

use crate::catalogue::Definition;
use crate::words;

/// Whole months, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Period {
    /// The first.
    pub(crate) first: Month,
    /// The last.
    pub(crate) last: Month,
}

impl Period {
    /// One month.
    pub(crate) const fn of(month: Month) -> Self {
        Self {
            first: month,
            last: month,
        }
    }

    /// The last month whose figures are complete on a day and for which the definition holds.
    pub(crate) fn last_complete(definition: &Definition, today: Date) -> Month {
        let mut month = Month::of(today);
        let complete =
            |month: Month| month.last().plus(definition.shown.complete_after) < today.into();
        while !complete(month) {
            month = month.plus(-1);
        }
        let ended = definition.ends.map(|ends| Month::of(ends).plus(-1));
        ended.map_or(month, |ended| month.min(ended))
    }

    /// The months that the main value covers, as long as the definition holds.
    pub(crate) fn latest(definition: &Definition, today: Date) -> Self {
        let last = Self::last_complete(definition, today);
        let first = last.plus(1 - definition.shown.months);
        Self {
            first: first.max(Month::of(definition.starts)).min(last),
            last,
        }
    }

    /// "2026-03", "latest": as addresses have it.
    pub(crate) fn named(name: &str, definition: &Definition, today: Date) -> Option<Self> {
        if name == "latest" {
            return Some(Self::latest(definition, today));
        }
        let (first, last) = name.split_once("..").unwrap_or((name, name));
        let month = |text: &str| Some(Month::of(format!("{text}-01").parse().ok()?));
        let period = Self {
            first: month(first)?,
            last: month(last)?,
        };
        (period.first <= period.last).then_some(period)
    }

    /// As addresses have it.
    pub(crate) fn name(self) -> String {
        let name = |month: Month| {
            let date = month.first().date();
            date.map_or_else(String::new, |date| date.strftime("%Y-%m").to_string())
        };
        if self.first == self.last {
            name(self.first)
        } else {
            format!("{}..{}", name(self.first), name(self.last))
        }
    }

    /// The months, in order.
    pub(crate) const fn months(self) -> (Month, Month) {
        (self.first, self.last)
    }

    /// How many months.
    pub(crate) const fn length(self) -> i32 {
        self.last.number() - self.first.number() + 1
    }

    pub(crate) fn contains(self, month: Month) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// The first day.
    pub(crate) fn from(self) -> Date {
        self.first.first().date().unwrap_or(Date::MIN)
    }

    /// The first day after it.
    pub(crate) fn before(self) -> Date {
        self.last.plus(1).first().date().unwrap_or(Date::MAX)
    }

    /// "March 2026", "September 2025 to August 2026".
    pub(crate) fn words(self) -> String {
        let month = |month: Month| month.first().date().map_or_else(String::new, words::month);
        if self.first == self.last {
            month(self.first)
        } else {
            format!("{} to {}", month(self.first), month(self.last))
        }
    }
}

/// Months three by three, counted back from the last; one or two that are left over at the beginning
/// are left out.
pub(super) fn quarters(months: &[Period]) -> Vec<Period> {
    let (_, quarters) = months.as_rchunks::<3>();
    quarters
        .iter()
        .map(|[first, _, last]| Period {
            first: first.first,
            last: last.last,
        })
        .collect()
}
