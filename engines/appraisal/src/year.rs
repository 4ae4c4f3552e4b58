//! Years of a document.

use std::ops::{Range, RangeInclusive};

use serde::{Deserialize, Serialize};

use crate::mistake::Checks;

/// The years that a document may name. A century beside them is a slip of the pen.
pub(crate) const KNOWN: RangeInclusive<i32> = 1900..=3000;

/// A year as a document writes it before a number, such as `2026`; no other way to write it is read, so
/// that no year is there twice.
pub(crate) fn read(text: &str) -> Option<i32> {
    let year = text.parse().ok().filter(|year| KNOWN.contains(year))?;
    (year.to_string() == text).then_some(year)
}

/// Notes a year that cannot be meant.
pub(crate) fn check(year: i32, what: &str, at: Range<usize>, checks: &mut Checks) {
    checks.ensure(KNOWN.contains(&year), at, || {
        format!("{what} is {year}: give the year in which it begins, such as 2026")
    });
}

/// Which years a document counts in. A series of prices for the one is not one for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Years {
    /// From April to March, named by the year in which they begin.
    Financial,
    /// From January to December.
    Calendar,
}

impl Years {
    /// The year as people write it: `2026/27` or `2026`.
    pub(crate) fn label(self, year: i32) -> String {
        match self {
            Self::Financial => format!("{year}/{:02}", (year + 1).rem_euclid(100)),
            Self::Calendar => year.to_string(),
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Financial => "financial",
            Self::Calendar => "calendar",
        }
    }
}
