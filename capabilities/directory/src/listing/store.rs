//! Storing listings and their versions.

use stour_database::{
    Cursor, Error, Page, PageSize, Row, Transaction, Version, VersionError, params, sql,
};
use stour_kernel::{Date, Environment, Timestamp};
use stour_open_referral::{Service, Uuid};

use super::version;
use super::{Listing, ListingId, NewListing, Provenance, Visibility};
use crate::error::DirectoryError;
use crate::publication::{self, Published};

/// The topic that every change of the directory touches.
pub const TOPIC: &str = "directory";

/// A listing as its row has it: what it says is still to be read, which takes longer than finding it.
pub(crate) struct Stored {
    id: ListingId,
    document: String,
    cleared: String,
    visibility: Visibility,
    provenance: Provenance,
    same_as: Option<ListingId>,
    review_due: Option<Date>,
    withdrawn_at: Option<Timestamp>,
    version: Version,
    updated_at: Timestamp,
}

impl Stored {
    fn of(row: &Row<'_>) -> Result<Self, Error> {
        let visibility =
            Visibility::of(&row.get::<String>(7)?, row.get(8)?).ok_or(Error::Decode {
                column: 7,
                expected: "visibility",
            })?;
        Ok(Self {
            id: row.get(0)?,
            document: row.get(6)?,
            cleared: row.get(9)?,
            visibility,
            provenance: Provenance {
                feed: row.get(1)?,
                source_id: row.get(2)?,
                url: row.get(3)?,
                role: row.get(4)?,
                read_at: row.get(5)?,
            },
            same_as: row.get(10)?,
            review_due: row.get(11)?,
            withdrawn_at: row.get(12)?,
            version: row.get(13)?,
            updated_at: row.get(14)?,
        })
    }

    /// Which it is.
    pub(crate) fn id(&self) -> ListingId {
        self.id
    }

    fn listing(self) -> Result<Listing, Error> {
        let service: Service = serde_json::from_str(&self.document).map_err(|_| Error::Decode {
            column: 6,
            expected: "service",
        })?;
        Ok(Listing {
            id: self.id,
            provenance: self.provenance,
            service,
            visibility: self.visibility,
            cleared: serde_json::from_str(&self.cleared).unwrap_or_default(),
            same_as: self.same_as,
            review_due: self.review_due,
            withdrawn_at: self.withdrawn_at,
            version: self.version,
            updated_at: self.updated_at,
        })
    }

    /// What leaves the house of it, if anything does.
    ///
    /// # Errors
    /// A document that is no service; rules that cannot be read.
    pub(crate) fn published(self) -> Result<Option<Published>, DirectoryError> {
        publication::outgoing(self.listing()?)
    }
}

fn read(row: &Row<'_>) -> Result<Listing, Error> {
    Stored::of(row)?.listing()
}

/// One listing, whoever may see it.
pub fn listing(tx: &mut Transaction<'_>, id: ListingId) -> Result<Option<Listing>, Error> {
    tx.optional(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing WHERE id = $1"
        ),
        params![id],
        read,
    )
}

/// The listing of what a feed calls by this name.
pub fn by_source(
    tx: &mut Transaction<'_>,
    feed: &str,
    source_id: &str,
) -> Result<Option<Listing>, Error> {
    tx.optional(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing WHERE feed = $1 AND source_id = $2"
        ),
        params![feed, source_id],
        read,
    )
}

/// A page of the listings that leave the house, in the order of their identifiers.
pub fn published(
    tx: &mut Transaction<'_>,
    after: Option<ListingId>,
    size: PageSize,
) -> Result<Page<Published>, DirectoryError> {
    let rows = to_publish(tx, after, size.with_one_more())?;
    let page = Page::cut(rows, size, |stored| Cursor::after([stored.id.to_string()]));
    let published: Result<Vec<_>, DirectoryError> = page
        .items
        .into_iter()
        .filter_map(|stored| stored.published().transpose())
        .collect();
    Ok(Page {
        items: published?,
        next: page.next,
    })
}

/// So many of the listings that may leave the house, in the order of their identifiers; whether each does is still to be
/// asked of it.
pub(crate) fn to_publish(
    tx: &mut Transaction<'_>,
    after: Option<ListingId>,
    limit: i64,
) -> Result<Vec<Stored>, Error> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    tx.rows(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing
             WHERE visibility <> 'held' AND status = 'active' AND same_as IS NULL AND withdrawn_at IS NULL AND id > $1
             ORDER BY id LIMIT $2"
        ),
        params![after, limit],
        Stored::of,
    )
}

/// A page of the listings that are held, in the order of their names.
pub fn held(
    tx: &mut Transaction<'_>,
    after: Option<&Cursor>,
    size: PageSize,
) -> Result<Page<Listing>, DirectoryError> {
    let [name, id] = match after {
        None => [String::new(), String::new()],
        Some(cursor) => cursor.parts::<2>()?.clone(),
    };
    let rows = tx.rows(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing WHERE visibility = 'held' AND withdrawn_at IS NULL AND (name > $1 OR (name = $1 AND id > $2))
             ORDER BY name, id LIMIT $3"
        ),
        params![name, id, size.with_one_more()],
        read,
    )?;
    Ok(Page::cut(rows, size, |listing| {
        Cursor::after([listing.service.name.to_string(), listing.id.to_string()])
    }))
}

/// One listing as it leaves the house; `None` when it does not.
pub fn published_listing(
    tx: &mut Transaction<'_>,
    id: ListingId,
) -> Result<Option<Published>, DirectoryError> {
    match listing(tx, id)? {
        Some(listing) => publication::outgoing(listing),
        None => Ok(None),
    }
}

/// The listings of one organisation, whoever may see them, at most 200.
pub fn listings_of_organisation(
    tx: &mut Transaction<'_>,
    organisation: Uuid,
) -> Result<Vec<Listing>, Error> {
    tx.rows(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing WHERE organisation_id = $1 ORDER BY id LIMIT 200"
        ),
        params![organisation.to_string()],
        read,
    )
}

/// A listing that has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Which.
    pub id: ListingId,
    /// When.
    pub updated_at: Timestamp,
    /// As it leaves the house now; `None` when it does not.
    pub published: Option<Published>,
}

/// A page of what changed at or after a moment, the earliest first. Transactions that overlap may commit out
/// of the order of their clocks: whoever follows asks again from some minutes before the last moment they saw.
pub fn changed_since(
    tx: &mut Transaction<'_>,
    since: (Timestamp, Option<ListingId>),
    size: PageSize,
) -> Result<Page<Changed>, DirectoryError> {
    let (moment, after) = since;
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows = tx.rows(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing WHERE updated_at > $1 OR (updated_at = $1 AND id > $2) ORDER BY updated_at, id LIMIT $3"
        ),
        params![moment, after, size.with_one_more()],
        read,
    )?;
    let page = Page::cut(rows, size, |listing| {
        Cursor::after([listing.updated_at.to_string(), listing.id.to_string()])
    });
    let changed: Result<Vec<_>, DirectoryError> = page
        .items
        .into_iter()
        .map(|listing| {
            Ok(Changed {
                id: listing.id,
                updated_at: listing.updated_at,
                published: publication::outgoing(listing)?,
            })
        })
        .collect();
    Ok(Page {
        items: changed?,
        next: page.next,
    })
}

/// Stores a new listing, or the next version of one, and says who did it and why. Whether the public may see
/// it follows from the rules; what a person has let pass stays let pass until there are other reasons.
///
/// # Errors
/// [`DirectoryError::Version`] when somebody changed it first; those of the database.
pub fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: NewListing,
    saved_by: &str,
    why: &str,
) -> Result<Listing, DirectoryError> {
    let before = listing(tx, new.id)?;
    let now = environment.now();
    let mut service = new.service;
    service.id = new.id.0;
    let mut next = Listing {
        id: new.id,
        provenance: new.provenance,
        service,
        visibility: Visibility::Public,
        cleared: Vec::new(),
        same_as: None,
        review_due: new.review_due,
        withdrawn_at: None,
        version: Version::FIRST,
        updated_at: now,
    };
    match (before, new.seen) {
        (None, None) => {
            next.visibility = publication::judge(&next.service, None)?;
            insert(tx, &next)?;
        }
        (Some(before), Some(seen)) => {
            before.version.expect(seen)?;
            next.visibility = publication::judge(&next.service, Some(&before))?;
            next.cleared = before.cleared;
            next.same_as = before.same_as;
            next.version = seen.next();
            update(tx, &next, seen)?;
        }
        (Some(_), None) | (None, Some(_)) => return Err(VersionError::Changed.into()),
    }
    version::keep(tx, &next, saved_by, why)?;
    stour_database::touch(tx, TOPIC)?;
    Ok(next)
}

pub(super) fn document(listing: &Listing) -> Result<String, DirectoryError> {
    serde_json::to_string(&listing.service)
        .map_err(|error| DirectoryError::Document(error.to_string()))
}

fn insert(tx: &mut Transaction<'_>, listing: &Listing) -> Result<(), DirectoryError> {
    let (service, from) = (&listing.service, &listing.provenance);
    tx.execute(
        sql!(
            "INSERT INTO listing (id, feed, source_id, source_url, role, organisation_id, name, document,
                                  status, visibility, held_why, cleared, assured_date, review_due, read_at, version,
                                  updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '[]', $12, $13, $14, $15, $16)"
        ),
        params![
            listing.id,
            from.feed,
            from.source_id,
            from.url,
            from.role,
            organisation_of(service),
            service.name.as_str(),
            document(listing)?,
            service.status.as_str(),
            listing.visibility.as_str(),
            listing.visibility.why(),
            service.assured_date,
            listing.review_due,
            from.read_at,
            listing.version,
            listing.updated_at,
        ],
    )?;
    Ok(())
}

fn update(tx: &mut Transaction<'_>, next: &Listing, seen: Version) -> Result<(), DirectoryError> {
    let (service, from) = (&next.service, &next.provenance);
    let cleared = serde_json::json!(next.cleared).to_string();
    let changed = tx.execute(
        sql!(
            "UPDATE listing SET source_url = $3, role = $4, organisation_id = $5, name = $6, document = $7, status = $8,
                    visibility = $9, held_why = $10, cleared = $11, same_as = $12, assured_date = $13,
                    review_due = $14, read_at = $15, withdrawn_at = $16, version = $17, updated_at = $18
             WHERE id = $1 AND version = $2"
        ),
        params![
            next.id,
            seen,
            from.url,
            from.role,
            organisation_of(service),
            service.name.as_str(),
            document(next)?,
            service.status.as_str(),
            next.visibility.as_str(),
            next.visibility.why(),
            cleared,
            next.same_as,
            service.assured_date,
            next.review_due,
            from.read_at,
            next.withdrawn_at,
            next.version,
            next.updated_at,
        ],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}

/// The organisation that provides a service.
fn organisation_of(service: &Service) -> Option<String> {
    let nested = service
        .organization
        .as_ref()
        .map(|organization| organization.id);
    service.organization_id.or(nested).map(|id| id.to_string())
}

/// Stores the next state of a listing whose service stays as it is.
fn put(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    mut listing: Listing,
    saved_by: &str,
    why: &str,
) -> Result<Listing, DirectoryError> {
    let seen = listing.version;
    listing.version = seen.next();
    listing.updated_at = environment.now();
    update(tx, &listing, seen)?;
    version::keep(tx, &listing, saved_by, why)?;
    stour_database::touch(tx, TOPIC)?;
    Ok(listing)
}

/// Keeps what a person decided about who may see a listing.
///
/// # Errors
/// [`DirectoryError::NotThere`], [`DirectoryError::Version`].
pub fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ListingId, Version),
    visibility: Visibility,
    (by, why): (&str, &str),
) -> Result<Listing, DirectoryError> {
    let mut found = listing(tx, id)?.ok_or(DirectoryError::NotThere)?;
    found.version.expect(seen)?;
    found.cleared = match visibility {
        Visibility::Held(_) => Vec::new(),
        Visibility::Public | Visibility::WithoutPlaces => publication::reasons(&found.service)?,
    };
    found.visibility = visibility;
    put(tx, environment, found, by, why)
}

/// Makes a listing follow another that is shown in its place, or stand for itself again.
///
/// # Errors
/// [`DirectoryError::NotThere`], [`DirectoryError::Version`].
pub fn follow(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ListingId, Version),
    shown: Option<ListingId>,
    (by, why): (&str, &str),
) -> Result<Listing, DirectoryError> {
    let mut found = listing(tx, id)?.ok_or(DirectoryError::NotThere)?;
    found.version.expect(seen)?;
    found.same_as = shown;
    put(tx, environment, found, by, why)
}

/// The listings in whose place this one is shown.
pub fn followers(
    tx: &mut Transaction<'_>,
    id: ListingId,
) -> Result<Vec<(ListingId, String)>, Error> {
    tx.rows(
        sql!("SELECT id, name FROM listing WHERE same_as = $1 ORDER BY id LIMIT 200"),
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Notes that a feed still has a listing as it is.
pub fn mark_read(tx: &mut Transaction<'_>, id: ListingId, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("UPDATE listing SET read_at = $2 WHERE id = $1"),
        params![id, at],
    )?;
    Ok(())
}

/// Withdraws what a feed did not have when it was read whole, since a moment; returns how many.
///
/// # Errors
/// Those of the database.
pub fn withdraw_unread(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    feed: &str,
    since: Timestamp,
    why: &str,
) -> Result<usize, DirectoryError> {
    let gone = tx.rows(
        sql!(
            "SELECT id, feed, source_id, source_url, role, read_at, document, visibility, held_why, cleared,
                    same_as, review_due, withdrawn_at, version, updated_at
             FROM listing WHERE feed = $1 AND read_at < $2 AND withdrawn_at IS NULL ORDER BY id"
        ),
        params![feed, since],
        read,
    )?;
    let count = gone.len();
    for mut listing in gone {
        listing.withdrawn_at = Some(environment.now());
        put(tx, environment, listing, &format!("feed {feed}"), why)?;
    }
    Ok(count)
}
