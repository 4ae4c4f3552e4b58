//! Storing signatures.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, OdsCode, UserId};
use stour_register::{Author, EntryId};

use super::{Ladder, SignatureId, Signed};

/// Signs what stands under a step.
///
/// # Errors
/// Those of the database; [`Error::Constraint`] when the same person signed the same before.
pub(crate) fn sign(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (benefit, ladder): (EntryId, Ladder),
    (figures, words): (&str, &str),
    by: &stour_access::Actor,
) -> Result<(), Error> {
    let id: SignatureId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO benefit_signature
                 (id, benefit, ladder, figures, words, signed_by, signed_by_name, organisation, signed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            id,
            benefit,
            ladder.name(),
            figures,
            words,
            by.user,
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(())
}

/// Every signature under the benefits of a scope, the latest first.
///
/// # Errors
/// Those of the database.
pub(crate) fn signatures(tx: &mut Transaction<'_>, scope: &str) -> Result<Vec<Signed>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT s.benefit, s.ladder, s.figures, s.words, s.signed_by, s.signed_by_name, s.organisation, s.signed_at
             FROM benefit_signature s JOIN register_entry e ON e.id = s.benefit
             WHERE e.scope = $1 ORDER BY s.signed_at DESC, s.id"
        ),
        params![scope],
        signed,
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// A row; none of a ladder that a later version wrote.
fn signed(row: &Row<'_>) -> Result<Option<Signed>, Error> {
    let name: String = row.get(1)?;
    let Some(ladder) = Ladder::ALL.into_iter().find(|ladder| ladder.name() == name) else {
        return Ok(None);
    };
    Ok(Some(Signed {
        benefit: row.get(0)?,
        ladder,
        figures: row.get(2)?,
        words: row.get(3)?,
        by: Author {
            user: Some(row.get::<UserId>(4)?),
            name: row.get(5)?,
            organisation: row.get::<OdsCode>(6)?,
        },
        at: row.get(7)?,
    }))
}
