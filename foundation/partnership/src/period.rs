//! Periods as two columns.

use stour_database::{Error, Result, Row};
use stour_kernel::Period;

/// The period in the column `starts` and the next, `ends`.
pub(crate) fn stored_period(row: &Row<'_>, starts: usize) -> Result<Period> {
    let (start, end) = (row.get(starts)?, row.get(starts.saturating_add(1))?);
    Period::new(start, end).map_err(|_| Error::Decode {
        column: starts,
        expected: "period",
    })
}
