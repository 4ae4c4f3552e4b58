//! Every state that a listing was in.

use stour_database::{Error, Row, Transaction, Version, params, sql};
use stour_kernel::Timestamp;
use stour_open_referral::Service;

use super::store::document;
use super::{Listing, ListingId, Visibility};
use crate::error::DirectoryError;

/// Keeps the state that a listing is in now.
pub(super) fn keep(
    tx: &mut Transaction<'_>,
    listing: &Listing,
    saved_by: &str,
    why: &str,
) -> Result<(), DirectoryError> {
    tx.execute(
        sql!(
            "INSERT INTO listing_version (listing, number, name, document, status, visibility, held_why, same_as,
                                          withdrawn_at, saved_by, why, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            listing.id,
            listing.version,
            listing.service.name.as_str(),
            document(listing)?,
            listing.service.status.as_str(),
            listing.visibility.as_str(),
            listing.visibility.why(),
            listing.same_as,
            listing.withdrawn_at,
            saved_by,
            why,
            listing.updated_at,
        ],
    )?;
    Ok(())
}

/// One state that a listing was in.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingVersion {
    /// Its number, from 1.
    pub number: Version,
    /// The service as it was.
    pub service: Service,
    /// Who could see it.
    pub visibility: Visibility,
    /// What was shown in its place.
    pub same_as: Option<ListingId>,
    /// When its feed was found not to have it any more.
    pub withdrawn_at: Option<Timestamp>,
    /// Who saved it.
    pub saved_by: String,
    /// Why.
    pub why: String,
    /// When.
    pub saved_at: Timestamp,
}

fn read_version(row: &Row<'_>) -> Result<ListingVersion, Error> {
    let service = serde_json::from_str(&row.get::<String>(1)?).map_err(|_| Error::Decode {
        column: 1,
        expected: "service",
    })?;
    let visibility = Visibility::of(&row.get::<String>(2)?, row.get(3)?).ok_or(Error::Decode {
        column: 2,
        expected: "visibility",
    })?;
    Ok(ListingVersion {
        number: row.get(0)?,
        service,
        visibility,
        same_as: row.get(4)?,
        withdrawn_at: row.get(5)?,
        saved_by: row.get(6)?,
        why: row.get(7)?,
        saved_at: row.get(8)?,
    })
}

/// The latest 200 states of a listing, the latest first.
pub fn versions(tx: &mut Transaction<'_>, id: ListingId) -> Result<Vec<ListingVersion>, Error> {
    tx.rows(
        sql!(
            "SELECT number, document, visibility, held_why, same_as, withdrawn_at, saved_by, why, saved_at
             FROM listing_version WHERE listing = $1 ORDER BY number DESC LIMIT 200"
        ),
        params![id],
        read_version,
    )
}

/// One state of a listing.
pub fn version(
    tx: &mut Transaction<'_>,
    id: ListingId,
    number: Version,
) -> Result<Option<ListingVersion>, Error> {
    tx.optional(
        sql!(
            "SELECT number, document, visibility, held_why, same_as, withdrawn_at, saved_by, why, saved_at
             FROM listing_version WHERE listing = $1 AND number = $2"
        ),
        params![id, number],
        read_version,
    )
}
