//! Years of a case.

use serde::{Deserialize, Serialize};

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
