//! That somebody keeps the listings of an organisation.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Environment, Timestamp, UserId};

use crate::error::DirectoryError;
use crate::listing::{Listing, listings_of_organisation};

stour_kernel::typed_id!(pub ClaimId, "a claim");
stour_database::text_value!(ClaimId);

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    /// An editor has not decided.
    Asked,
    /// They keep the listings.
    Granted,
    /// They do not, and never did.
    Refused,
    /// They do no more.
    Revoked,
}

impl ClaimState {
    const ALL: [Self; 4] = [Self::Asked, Self::Granted, Self::Refused, Self::Revoked];

    /// The word of a row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Revoked => "revoked",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The claim.
    pub id: ClaimId,
    /// The organisation's identifier.
    pub organisation: String,
    /// Its name when it was claimed.
    pub organisation_name: String,
    /// The account.
    pub claimed_by: UserId,
    /// Their name.
    pub claimed_by_name: String,
    /// Where to write to them.
    pub email: Option<String>,
    /// Why they say that it is theirs.
    pub words: String,
    /// How it stands.
    pub state: ClaimState,
    /// They are who is asked first.
    pub is_lead: bool,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Who decided, and why.
    pub decided: Option<(String, String)>,
    /// Raised by every change.
    pub version: Version,
}

fn read(row: &Row<'_>) -> Result<Claim, Error> {
    let state = ClaimState::of(&row.get::<String>(7)?).ok_or(Error::Decode {
        column: 7,
        expected: "state of a claim",
    })?;
    let (by, why): (Option<String>, Option<String>) = (row.get(10)?, row.get(11)?);
    Ok(Claim {
        id: row.get(0)?,
        organisation: row.get(1)?,
        organisation_name: row.get(2)?,
        claimed_by: row.get(3)?,
        claimed_by_name: row.get(4)?,
        email: row.get(5)?,
        words: row.get(6)?,
        state,
        is_lead: row.get(8)?,
        asked_at: row.get(9)?,
        decided: by.zip(why),
        version: row.get(12)?,
    })
}

/// One claim.
pub fn claim(tx: &mut Transaction<'_>, id: ClaimId) -> Result<Option<Claim>, Error> {
    tx.optional(
        sql!(
            "SELECT id, organisation, organisation_name, claimed_by, claimed_by_name, email, words, state, is_lead,
                    asked_at, decided_by, decided_why, version
             FROM listing_claim WHERE id = $1"
        ),
        params![id],
        read,
    )
}

/// The claims of one account, the latest first, at most 200.
pub fn claims_of(tx: &mut Transaction<'_>, user: UserId) -> Result<Vec<Claim>, Error> {
    tx.rows(
        sql!(
            "SELECT id, organisation, organisation_name, claimed_by, claimed_by_name, email, words, state, is_lead,
                    asked_at, decided_by, decided_why, version
             FROM listing_claim WHERE claimed_by = $1 ORDER BY id DESC LIMIT 200"
        ),
        params![user],
        read,
    )
}

/// The claims in a state, the earliest first, at most 200.
pub fn claims_in(tx: &mut Transaction<'_>, state: ClaimState) -> Result<Vec<Claim>, Error> {
    tx.rows(
        sql!(
            "SELECT id, organisation, organisation_name, claimed_by, claimed_by_name, email, words, state, is_lead,
                    asked_at, decided_by, decided_why, version
             FROM listing_claim WHERE state = $1 ORDER BY id LIMIT 200"
        ),
        params![state.as_str()],
        read,
    )
}

/// Who keeps the listings of an organisation, the lead first.
pub fn keepers(tx: &mut Transaction<'_>, organisation: &str) -> Result<Vec<Claim>, Error> {
    let mut found = tx.rows(
        sql!(
            "SELECT id, organisation, organisation_name, claimed_by, claimed_by_name, email, words, state, is_lead,
                    asked_at, decided_by, decided_why, version
             FROM listing_claim WHERE organisation = $1 AND state = 'granted' ORDER BY id LIMIT 200"
        ),
        params![organisation],
        read,
    )?;
    found.sort_by_key(|claim| !claim.is_lead);
    Ok(found)
}

/// Whether an account keeps the listings of an organisation.
pub fn keeps(tx: &mut Transaction<'_>, user: UserId, organisation: &str) -> Result<bool, Error> {
    let claims = keepers(tx, organisation)?;
    Ok(claims.iter().any(|claim| claim.claimed_by == user))
}

/// The organisation of a listing: identifier and name. A listing without one stands for itself.
pub(crate) fn organisation_of(listing: &Listing) -> (String, String) {
    let service = &listing.service;
    let nested = service.organization.as_ref();
    let id = service.organization_id.or(nested.map(|nested| nested.id));
    let id = id.map_or_else(|| listing.id.to_string(), |id| id.to_string());
    let name = nested.map_or(&service.name, |nested| &nested.name);
    (id, name.as_str().to_owned())
}

/// Every listing that an organisation's keepers keep.
///
/// # Errors
/// Those of the database.
pub(crate) fn listings_kept(
    tx: &mut Transaction<'_>,
    organisation: &str,
) -> Result<Vec<Listing>, Error> {
    let Ok(id) = organisation.parse() else {
        return Ok(Vec::new());
    };
    let found = listings_of_organisation(tx, id)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let alone = crate::listing::listing(tx, crate::listing::ListingId(id))?;
    Ok(alone.into_iter().collect())
}

/// Asks to keep the listings of the organisation of a listing.
///
/// # Errors
/// [`DirectoryError::Refused`] for whoever has asked already or keeps them.
pub fn ask(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    listing: &Listing,
    (user, name): (UserId, &str),
    (words, email): (&str, Option<&str>),
) -> Result<ClaimId, DirectoryError> {
    let (organisation, organisation_name) = organisation_of(listing);
    let before = claims_of(tx, user)?;
    let is_open = |claim: &Claim| {
        claim.organisation == organisation
            && matches!(claim.state, ClaimState::Asked | ClaimState::Granted)
    };
    if before.iter().any(is_open) {
        let why = "You have claimed this organisation's listings already.";
        return Err(DirectoryError::Refused(why.to_owned()));
    }
    let id: ClaimId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO listing_claim (id, organisation, organisation_name, claimed_by, claimed_by_name, email, words,
                                        state, is_lead, asked_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10)"
        ),
        params![
            id,
            organisation,
            organisation_name,
            user,
            name,
            email,
            words,
            false,
            environment.now(),
            Version::FIRST
        ],
    )?;
    Ok(id)
}

/// What an editor decides on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They keep the listings, beside whoever else does; the first becomes the lead.
    Grant,
    /// They do not.
    Refuse,
    /// They do no more.
    Revoke,
    /// They are asked first, in the place of whoever was.
    Lead,
}

/// Decides on a claim. Nobody else's claim ends by it: a lead is passed on only by [`Decision::Lead`].
///
/// # Errors
/// [`DirectoryError::NotThere`], [`DirectoryError::Version`], [`DirectoryError::Refused`].
pub fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ClaimId, Version),
    decision: Decision,
    (by, why): (&str, &str),
) -> Result<(), DirectoryError> {
    let found = claim(tx, id)?.ok_or(DirectoryError::NotThere)?;
    found.version.expect(seen)?;
    let (state, is_lead) = match (decision, found.state) {
        (Decision::Grant, ClaimState::Asked) => {
            let has_lead = keepers(tx, &found.organisation)?
                .iter()
                .any(|one| one.is_lead);
            (ClaimState::Granted, !has_lead)
        }
        (Decision::Refuse, ClaimState::Asked) => (ClaimState::Refused, false),
        (Decision::Revoke, ClaimState::Granted) => (ClaimState::Revoked, false),
        (Decision::Lead, ClaimState::Granted) => {
            tx.execute(
                sql!(
                    "UPDATE listing_claim SET is_lead = $2, version = version + 1
                     WHERE organisation = $1 AND state = 'granted' AND is_lead"
                ),
                params![found.organisation, false],
            )?;
            // Its own row may have been among them.
            let found = claim(tx, id)?.ok_or(DirectoryError::NotThere)?;
            return put(
                tx,
                environment,
                (&found, ClaimState::Granted, true),
                (by, why),
            );
        }
        _ => {
            let why = "This claim was decided before. Load the page again.";
            return Err(DirectoryError::Refused(why.to_owned()));
        }
    };
    put(tx, environment, (&found, state, is_lead), (by, why))
}

fn put(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (found, state, is_lead): (&Claim, ClaimState, bool),
    (by, why): (&str, &str),
) -> Result<(), DirectoryError> {
    let changed = tx.execute(
        sql!(
            "UPDATE listing_claim SET state = $3, is_lead = $4, decided_by = $5, decided_at = $6, decided_why = $7,
                    version = $8
             WHERE id = $1 AND version = $2"
        ),
        params![
            found.id,
            found.version,
            state.as_str(),
            is_lead,
            by,
            environment.now(),
            why,
            found.version.next()
        ],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(VersionError::Changed.into())
    }
}
