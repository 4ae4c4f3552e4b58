//! That a record has changed.

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::PersonId;

/// Raises the version of a record: whoever saw it before must look again before changing it.
pub(crate) fn raise_version(tx: &mut Transaction<'_>, person: PersonId) -> Result<()> {
    tx.execute(
        sql!("UPDATE person SET version = version + 1 WHERE id = $1"),
        params![person],
    )?;
    Ok(())
}
