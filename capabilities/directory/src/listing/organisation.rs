//! Organisations that stand alone.

use stour_database::{
    Cursor, Error, Page, PageSize, Row, Transaction, Version, VersionError, params, sql,
};
use stour_kernel::{Environment, Timestamp};
use stour_open_referral::Organization;

use super::store::TOPIC;
use super::{ListingId, Visibility};
use crate::error::DirectoryError;
use crate::publication;

/// An organisation as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationListing {
    /// The listing; also the identifier of the organisation.
    pub id: ListingId,
    /// The feed by its name.
    pub feed: String,
    /// What the feed calls it.
    pub source_id: String,
    /// The organisation.
    pub organisation: Organization,
    /// Who may see it.
    pub visibility: Visibility,
    /// Raised by every change.
    pub version: Version,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

fn read(row: &Row<'_>) -> Result<OrganisationListing, Error> {
    let organisation = serde_json::from_str(&row.get::<String>(3)?).map_err(|_| Error::Decode {
        column: 3,
        expected: "organisation",
    })?;
    let visibility = Visibility::of(&row.get::<String>(4)?, row.get(5)?).ok_or(Error::Decode {
        column: 4,
        expected: "visibility",
    })?;
    Ok(OrganisationListing {
        id: row.get(0)?,
        feed: row.get(1)?,
        source_id: row.get(2)?,
        organisation,
        visibility,
        version: row.get(6)?,
        updated_at: row.get(7)?,
    })
}

/// One organisation that stands alone, whoever may see it.
pub fn organisation(
    tx: &mut Transaction<'_>,
    id: ListingId,
) -> Result<Option<OrganisationListing>, Error> {
    tx.optional(
        sql!(
            "SELECT id, feed, source_id, document, visibility, held_why, version, updated_at
             FROM organisation_listing WHERE id = $1"
        ),
        params![id],
        read,
    )
}

/// A page of the organisations that stand alone, as they leave the house.
pub fn published_organisations(
    tx: &mut Transaction<'_>,
    after: Option<ListingId>,
    size: PageSize,
) -> Result<Page<Organization>, DirectoryError> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows = tx.rows(
        sql!(
            "SELECT id, feed, source_id, document, visibility, held_why, version, updated_at
             FROM organisation_listing WHERE visibility <> 'held' AND id > $1 ORDER BY id LIMIT $2"
        ),
        params![after, size.with_one_more()],
        read,
    )?;
    let page = Page::cut(rows, size, |found| Cursor::after([found.id.to_string()]));
    let items: Result<Vec<_>, DirectoryError> = page
        .items
        .into_iter()
        .map(|found| publication::organisation(found.organisation))
        .collect();
    Ok(Page {
        items: items?,
        next: page.next,
    })
}

/// Stores an organisation, or the next version of one, and says who did it and why.
///
/// # Errors
/// [`DirectoryError::Version`] when `seen` is not its version, or is `None` for one that is there already.
pub fn save_organisation(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (feed, source_id, seen): (&str, &str, Option<Version>),
    organisation: Organization,
    (by, why): (&str, &str),
) -> Result<OrganisationListing, DirectoryError> {
    let saved = OrganisationListing {
        id: ListingId(organisation.id),
        feed: feed.to_owned(),
        source_id: source_id.to_owned(),
        visibility: publication::judge_organisation(&organisation)?,
        organisation,
        version: seen.map_or(Version::FIRST, Version::next),
        updated_at: environment.now(),
    };
    let document = serde_json::to_string(&saved.organisation)
        .map_err(|error| DirectoryError::Document(error.to_string()))?;
    let name = saved.organisation.name.as_str();
    let (word, held) = (saved.visibility.as_str(), saved.visibility.why());
    let changed = match seen {
        None => tx.execute(
            sql!(
                "INSERT INTO organisation_listing (id, feed, source_id, name, document, visibility, held_why, version,
                                                   updated_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
            ),
            params![saved.id, feed, source_id, name, document, word, held, saved.version, saved.updated_at],
        )?,
        Some(seen) => tx.execute(
            sql!(
                "UPDATE organisation_listing SET name = $3, document = $4, visibility = $5, held_why = $6, version = $7,
                        updated_at = $8
                 WHERE id = $1 AND version = $2"
            ),
            params![saved.id, seen, name, document, word, held, saved.version, saved.updated_at],
        )?,
    };
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    tx.execute(
        sql!(
            "INSERT INTO organisation_listing_version (organisation, number, name, document, visibility, held_why,
                                                       saved_by, why, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![saved.id, saved.version, name, document, word, held, by, why, saved.updated_at],
    )?;
    stour_database::touch(tx, TOPIC)?;
    Ok(saved)
}
