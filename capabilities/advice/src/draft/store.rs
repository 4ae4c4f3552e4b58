//! Storing answers on their way.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_guidance::Answers;
use stour_kernel::{Date, Environment, UserId};

use super::{Code, Draft, kept_until};
use crate::content::Published;

/// Begins a draft on a version of a flow.
///
/// # Errors
/// Those of the database.
pub fn begin(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    on: &Published,
    resident: Option<UserId>,
) -> Result<Draft, Error> {
    let now = environment.now();
    let draft = Draft {
        code: Code::new(environment),
        flow: on.flow.id.clone(),
        flow_version: on.number,
        answers: Answers::default(),
        resident,
        begun_at: now,
        changed_at: now,
        kept_until: kept_until(environment.today(), on.flow.keep_days),
        counted: None,
        eased: false,
        contact: None,
    };
    tx.execute(
        sql!(
            "INSERT INTO advice_draft
                 (code, flow, flow_version, answers, resident, begun_at, changed_at, kept_until, counted, eased, contact)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, 0, NULL)"
        ),
        params![
            draft.code,
            draft.flow,
            draft.flow_version,
            written(&draft.answers),
            draft.resident,
            draft.begun_at,
            draft.changed_at,
            draft.kept_until
        ],
    )?;
    Ok(draft)
}

fn written(answers: &Answers) -> String {
    serde_json::to_string(answers).unwrap_or_default()
}

/// Saves what has changed in a draft. It is kept so many days from now.
///
/// # Errors
/// Those of the database.
pub fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    draft: &Draft,
    keep_days: u16,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "UPDATE advice_draft SET flow_version = $1, answers = $2, changed_at = $3, kept_until = $4,
                    counted = $5, eased = $6, contact = $7
             WHERE code = $8"
        ),
        params![
            draft.flow_version,
            written(&draft.answers),
            environment.now(),
            kept_until(environment.today(), keep_days),
            draft.counted,
            i64::from(draft.eased),
            draft.contact,
            draft.code
        ],
    )?;
    Ok(())
}

fn draft_of(row: &Row<'_>) -> Result<Draft, Error> {
    let answers: String = row.get(3)?;
    Ok(Draft {
        code: row.get(0)?,
        flow: row.get(1)?,
        flow_version: row.get(2)?,
        answers: serde_json::from_str(&answers).unwrap_or_default(),
        resident: row.get(4)?,
        begun_at: row.get(5)?,
        changed_at: row.get(6)?,
        kept_until: row.get(7)?,
        counted: row.get(8)?,
        eased: row.get::<i64>(9)? != 0,
        contact: row.get(10)?,
    })
}

/// A draft that is still kept, by its code.
///
/// # Errors
/// Those of the database.
pub fn draft(tx: &mut Transaction<'_>, code: &Code, today: Date) -> Result<Option<Draft>, Error> {
    tx.optional(
        sql!(
            "SELECT code, flow, flow_version, answers, resident, begun_at, changed_at, kept_until, counted, eased, contact
             FROM advice_draft WHERE code = $1 AND kept_until >= $2"
        ),
        params![code, today],
        draft_of,
    )
}

/// The drafts that a resident began, the latest first, at most 20.
///
/// # Errors
/// Those of the database.
pub fn of_resident(
    tx: &mut Transaction<'_>,
    resident: UserId,
    today: Date,
) -> Result<Vec<Draft>, Error> {
    tx.rows(
        sql!(
            "SELECT code, flow, flow_version, answers, resident, begun_at, changed_at, kept_until, counted, eased, contact
             FROM advice_draft WHERE resident = $1 AND kept_until >= $2 ORDER BY changed_at DESC, code LIMIT 20"
        ),
        params![resident, today],
        draft_of,
    )
}

/// Deletes a draft at once.
///
/// # Errors
/// Those of the database.
pub fn delete(tx: &mut Transaction<'_>, code: &Code) -> Result<(), Error> {
    tx.execute(
        sql!("DELETE FROM advice_draft WHERE code = $1"),
        params![code],
    )?;
    Ok(())
}

/// Deletes the drafts whose last day is before today. Returns how many.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(tx: &mut Transaction<'_>, today: Date) -> Result<u64, Error> {
    tx.execute(
        sql!("DELETE FROM advice_draft WHERE kept_until < $1"),
        params![today],
    )
}
