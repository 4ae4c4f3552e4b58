//! A change to a listing, or a new one, on its way to an editor.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Environment, Timestamp, UserId};

use super::fields::Fields;
use crate::error::DirectoryError;
use crate::listing::ListingId;

stour_kernel::typed_id!(pub SuggestionId, "a suggestion");
stour_database::text_value!(SuggestionId);

/// How a suggestion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionState {
    /// Whoever makes it has not sent it.
    Draft,
    /// An editor has not decided.
    Waiting,
    /// It is in the listing.
    Approved,
    /// It is not.
    Refused,
    /// Whoever made it took it back.
    Withdrawn,
}

impl SuggestionState {
    const ALL: [Self; 5] = [
        Self::Draft,
        Self::Waiting,
        Self::Approved,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The word of a row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The suggestion.
    pub id: SuggestionId,
    /// The listing that it changes, or makes.
    pub listing: ListingId,
    /// What the listing is called.
    pub listing_name: String,
    /// Whose listing it is.
    pub organisation: String,
    /// The version that it changes; `None` for a new listing.
    pub seen: Option<Version>,
    /// The fields that it changes.
    pub changes: std::collections::BTreeMap<String, String>,
    /// What the editor is told with it.
    pub words: String,
    /// Who made it.
    pub made_by: UserId,
    /// Their name.
    pub made_by_name: String,
    /// When it was begun, or sent.
    pub made_at: Timestamp,
    /// How it stands.
    pub state: SuggestionState,
    /// Who decided, and why.
    pub decided: Option<(String, String)>,
    /// Raised by every change.
    pub version: Version,
}

fn read(row: &Row<'_>) -> Result<Suggestion, Error> {
    let word: String = row.get(10)?;
    let mut states = SuggestionState::ALL.into_iter();
    let state = states.find(|state| state.as_str() == word);
    let seen: Version = row.get(4)?;
    let (by, why): (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
    let changes = serde_json::from_str(&row.get::<String>(5)?).map_err(|_| Error::Decode {
        column: 5,
        expected: "fields",
    })?;
    Ok(Suggestion {
        id: row.get(0)?,
        listing: row.get(1)?,
        listing_name: row.get(2)?,
        organisation: row.get(3)?,
        seen: (seen.number() > 0).then_some(seen),
        changes,
        words: row.get(6)?,
        made_by: row.get(7)?,
        made_by_name: row.get(8)?,
        made_at: row.get(9)?,
        state: state.ok_or(Error::Decode {
            column: 10,
            expected: "state of a suggestion",
        })?,
        decided: by.zip(why),
        version: row.get(13)?,
    })
}

/// One suggestion.
pub fn suggestion(tx: &mut Transaction<'_>, id: SuggestionId) -> Result<Option<Suggestion>, Error> {
    tx.optional(
        sql!(
            "SELECT id, listing, listing_name, organisation, seen, changes, words, made_by, made_by_name, made_at,
                    state, decided_by, decided_why, version
             FROM listing_suggestion WHERE id = $1"
        ),
        params![id],
        read,
    )
}

/// The suggestions of one account, the latest first, at most 200.
pub(crate) fn suggestions_of(
    tx: &mut Transaction<'_>,
    user: UserId,
) -> Result<Vec<Suggestion>, Error> {
    tx.rows(
        sql!(
            "SELECT id, listing, listing_name, organisation, seen, changes, words, made_by, made_by_name, made_at,
                    state, decided_by, decided_why, version
             FROM listing_suggestion WHERE made_by = $1 ORDER BY id DESC LIMIT 200"
        ),
        params![user],
        read,
    )
}

/// Those that an editor has to decide on, the earliest first, at most 200.
pub(crate) fn waiting(tx: &mut Transaction<'_>) -> Result<Vec<Suggestion>, Error> {
    tx.rows(
        sql!(
            "SELECT id, listing, listing_name, organisation, seen, changes, words, made_by, made_by_name, made_at,
                    state, decided_by, decided_why, version
             FROM listing_suggestion WHERE state = 'waiting' ORDER BY id LIMIT 200"
        ),
        &[],
        read,
    )
}

/// What a suggestion is begun with.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    /// The listing that it changes, or makes.
    pub listing: ListingId,
    /// What the listing is called.
    pub listing_name: String,
    /// Whose listing it is.
    pub organisation: String,
    /// The version that it changes; `None` for a new listing.
    pub seen: Option<Version>,
}

/// Begins a suggestion, or gives the draft that the same account has begun of the same listing.
///
/// # Errors
/// Those of the database.
pub(crate) fn begin(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    beginning: &Beginning,
    (user, name): (UserId, &str),
) -> Result<SuggestionId, Error> {
    let begun = suggestions_of(tx, user)?;
    let mut drafts = begun
        .iter()
        .filter(|one| one.state == SuggestionState::Draft);
    if let Some(draft) = drafts.find(|one| one.listing == beginning.listing) {
        return Ok(draft.id);
    }
    let id: SuggestionId = environment.id();
    let seen = beginning.seen.map_or(0, Version::number);
    tx.execute(
        sql!(
            "INSERT INTO listing_suggestion (id, listing, listing_name, organisation, seen, changes, words, made_by,
                                             made_by_name, made_at, state, version)
             VALUES ($1, $2, $3, $4, $5, '{}', '', $6, $7, $8, 'draft', $9)"
        ),
        params![
            id,
            beginning.listing,
            beginning.listing_name,
            beginning.organisation,
            seen,
            user,
            name,
            environment.now(),
            Version::FIRST
        ],
    )?;
    Ok(id)
}

/// Keeps another state of a suggestion that was read before.
///
/// # Errors
/// [`DirectoryError::Version`] when somebody changed it first.
pub(crate) fn put(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    before: &Suggestion,
    after: &Suggestion,
) -> Result<(), DirectoryError> {
    let (by, why) = after.decided.clone().unzip();
    let decided_at = by.as_ref().map(|_| environment.now());
    let fields: &Fields = &after.changes;
    let changed = tx.execute(
        sql!(
            "UPDATE listing_suggestion SET listing_name = $3, changes = $4, words = $5, made_at = $6, state = $7,
                    decided_by = $8, decided_at = $9, decided_why = $10, version = $11
             WHERE id = $1 AND version = $2"
        ),
        params![
            before.id,
            before.version,
            after.listing_name,
            serde_json::json!(fields).to_string(),
            after.words,
            after.made_at,
            after.state.as_str(),
            by,
            decided_at,
            why,
            before.version.next()
        ],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}
