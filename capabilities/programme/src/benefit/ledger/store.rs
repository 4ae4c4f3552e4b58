//! Storing claims.

use stour_benefits::Quantity;
use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, OdsCode, Timestamp, UserId};
use stour_register::Author;

use super::{Change, Claim, ClaimId, Figure, NewClaim, ledger};

/// Why a claim is not entered, or not taken back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotEntered {
    /// The ledger refuses it.
    #[error(transparent)]
    Refused(#[from] stour_benefits::ClaimRefused),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Enters a claim, unless the claims on its change would then exceed the change as every claimant's profile sees it now.
///
/// # Errors
/// [`NotEntered`]; nothing was entered.
pub(crate) fn claim(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewClaim,
    by: &stour_access::Actor,
) -> Result<(), NotEntered> {
    let benefit = stour_register::entry(tx, new.benefit)?.filter(|benefit| !benefit.removed);
    let benefit = benefit.ok_or(Error::NotFound)?;
    let observed = new.figure.better_by(&new.change.measure, &benefit);
    let observed = observed.unwrap_or(Quantity::ZERO);
    let before = seen_now(tx, &new.change, &new.figure)?;
    ledger(observed, &before).claim(new.benefit, new.quantity)?;
    let id: ClaimId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO benefit_claim
                 (id, measure, day, benefit, quantity, observed, counterfactual, claimed_by, claimed_by_name, organisation, claimed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            id,
            new.change.measure,
            new.change.day,
            new.benefit,
            new.quantity.millionths(),
            observed.millionths(),
            new.counterfactual,
            by.user,
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(())
}

/// Takes a claim of a programme back.
///
/// # Errors
/// [`Error::NotFound`] when the programme has no such claim; [`Error::Constraint`] when it was taken back before; those of
/// the database.
pub(crate) fn end(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (scope, claim): (&str, ClaimId),
    why: &str,
    by: &stour_access::Actor,
) -> Result<(), Error> {
    let known: Option<String> = tx.optional(
        sql!(
            "SELECT c.id FROM benefit_claim c JOIN register_entry e ON e.id = c.benefit
             WHERE c.id = $1 AND e.scope = $2"
        ),
        params![claim, scope],
        |row| row.get(0),
    )?;
    known.ok_or(Error::NotFound)?;
    tx.execute(
        sql!(
            "INSERT INTO benefit_claim_end (claim, why, ended_by, ended_by_name, ended_at)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        params![claim, why, by.user, by.name, environment.now()],
    )?;
    Ok(())
}

/// The claims on a change, of every programme, in the order in which they were entered.
///
/// # Errors
/// Those of the database.
pub(crate) fn claims(tx: &mut Transaction<'_>, change: &Change) -> Result<Vec<Claim>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, c.measure, c.day, c.benefit, e.scope, e.number, c.quantity, c.observed, c.counterfactual,
                    c.claimed_by, c.claimed_by_name, c.organisation, c.claimed_at, d.why, d.ended_by_name, d.ended_at
             FROM benefit_claim c JOIN register_entry e ON e.id = c.benefit
             LEFT JOIN benefit_claim_end d ON d.claim = c.id
             WHERE c.measure = $1 AND c.day = $2 ORDER BY c.claimed_at, c.id"
        ),
        params![change.measure, change.day],
        row,
    )
}

/// The claims of a programme on every change, the latest figure first.
///
/// # Errors
/// Those of the database.
pub(crate) fn claims_of(tx: &mut Transaction<'_>, scope: &str) -> Result<Vec<Claim>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, c.measure, c.day, c.benefit, e.scope, e.number, c.quantity, c.observed, c.counterfactual,
                    c.claimed_by, c.claimed_by_name, c.organisation, c.claimed_at, d.why, d.ended_by_name, d.ended_at
             FROM benefit_claim c JOIN register_entry e ON e.id = c.benefit
             LEFT JOIN benefit_claim_end d ON d.claim = c.id
             WHERE e.scope = $1 ORDER BY c.day DESC, c.claimed_at, c.id"
        ),
        params![scope],
        row,
    )
}

/// The claims on a change, each with what its benefit sees of the change now: by the figure as it stands and by the profile
/// in force. What a benefit cannot say any more, since it was removed or lost its baseline, is what it saw when it claimed.
///
/// # Errors
/// Those of the database.
pub(crate) fn seen_now(
    tx: &mut Transaction<'_>,
    change: &Change,
    figure: &Figure,
) -> Result<Vec<Claim>, Error> {
    let mut all = claims(tx, change)?;
    for claim in &mut all {
        let benefit = stour_register::entry(tx, claim.benefit)?;
        let benefit = benefit.filter(|benefit| !benefit.removed);
        let now = benefit.and_then(|benefit| figure.better_by(&change.measure, &benefit));
        claim.observed = now.unwrap_or(claim.observed);
    }
    Ok(all)
}

/// The measures of demand of every benefit that claims of a change.
///
/// # Errors
/// Those of the database.
pub(crate) fn demands(tx: &mut Transaction<'_>, change: &Change) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for claim in claims(tx, change)? {
        let benefit = stour_register::entry(tx, claim.benefit)?;
        let demand = benefit.map_or_else(String::new, |benefit| benefit.get("demand").to_owned());
        if !demand.is_empty() && !all.contains(&demand) {
            all.push(demand);
        }
    }
    Ok(all)
}

fn row(row: &Row<'_>) -> Result<Claim, Error> {
    let why: Option<String> = row.get(13)?;
    let by: Option<String> = row.get(14)?;
    let at: Option<Timestamp> = row.get(15)?;
    let ended = why.zip(by).zip(at).map(|((why, by), at)| (why, by, at));
    Ok(Claim {
        id: row.get(0)?,
        change: Change {
            measure: row.get(1)?,
            day: row.get(2)?,
        },
        benefit: row.get(3)?,
        scope: row.get(4)?,
        number: row.get(5)?,
        quantity: Quantity::from_millionths(row.get(6)?),
        observed: Quantity::from_millionths(row.get(7)?),
        counterfactual: row.get(8)?,
        by: Author {
            user: Some(row.get::<UserId>(9)?),
            name: row.get(10)?,
            organisation: row.get::<OdsCode>(11)?,
        },
        at: row.get(12)?,
        ended,
    })
}
