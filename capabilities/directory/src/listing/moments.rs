//! When each listing was last changed, which tells a copy of what they say from another.

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::Timestamp;

use super::ListingId;

/// Every listing with the moment of its last change, whoever may see it, in the order of their identifiers. No document is
/// read for it, only an index.
pub(crate) fn moments(tx: &mut Transaction<'_>) -> Result<Vec<(ListingId, Timestamp)>, Error> {
    let mut moments = tx.rows(
        sql!("SELECT id, updated_at FROM listing ORDER BY updated_at, id"),
        params![],
        |row| Ok((row.get::<ListingId>(0)?, row.get::<Timestamp>(1)?)),
    )?;
    moments.sort_unstable_by_key(|(id, _)| *id);
    Ok(moments)
}
