//! The models that were made here, and which of them matches.

use std::time::Duration;

use stour_database::{Result, Row, Transaction, params, sql, text_value};
use stour_kernel::{Environment, Timestamp, typed_id};
use stour_linkage::Model;

typed_id!(pub MatchModelId, "a model of matching");
text_value!(MatchModelId);

/// A model that was made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MadeModel {
    pub(crate) id: MatchModelId,
    pub(crate) version: String,
    pub(crate) made_at: Timestamp,
    pub(crate) made_by: String,
    /// What it was made of and what it would change, a sentence on each line.
    pub(crate) note: String,
    pub(crate) chosen_at: Option<Timestamp>,
    pub(crate) chosen_by: Option<String>,
}

/// That a model was chosen; the later choice is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Choice {
    at: Timestamp,
    id: MatchModelId,
}

/// Keeps a model, which does not match until it is chosen.
pub(crate) fn put(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    model: &Model,
    (by, note): (&str, &str),
) -> Result<MatchModelId> {
    let id = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO match_model (id, version, json, made_at, made_by, note) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, model.version, model.to_json(), environment.now(), by, note],
    )?;
    Ok(id)
}

/// Lets a model match from now on; whether it is there. A choice is later than every one before it, also
/// when the clocks of two processes differ.
pub(crate) fn choose(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: MatchModelId,
    by: &str,
) -> Result<bool> {
    let last = tx.one(
        sql!("SELECT MAX(chosen_at) FROM match_model"),
        params![],
        |row| row.get::<Option<Timestamp>>(0),
    )?;
    let after = last.and_then(|last| last.checked_add(Duration::from_millis(1)).ok());
    let at = after.map_or(environment.now(), |after| after.max(environment.now()));
    let changed = tx.execute(
        sql!("UPDATE match_model SET chosen_at = $2, chosen_by = $3 WHERE id = $1"),
        params![id, at, by],
    )?;
    Ok(changed > 0)
}

/// The model that was chosen last.
pub(crate) fn chosen(tx: &mut Transaction<'_>) -> Result<Option<MadeModel>> {
    tx.optional(
        sql!(
            "SELECT id, version, made_at, made_by, note, chosen_at, chosen_by FROM match_model
             WHERE chosen_at IS NOT NULL ORDER BY chosen_at DESC, id DESC LIMIT 1"
        ),
        params![],
        read,
    )
}

/// The model that was made last.
pub(crate) fn newest(tx: &mut Transaction<'_>) -> Result<Option<MadeModel>> {
    tx.optional(
        sql!(
            "SELECT id, version, made_at, made_by, note, chosen_at, chosen_by FROM match_model
             ORDER BY made_at DESC, id DESC LIMIT 1"
        ),
        params![],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<MadeModel> {
    Ok(MadeModel {
        id: row.get(0)?,
        version: row.get(1)?,
        made_at: row.get(2)?,
        made_by: row.get(3)?,
        note: row.get(4)?,
        chosen_at: row.get(5)?,
        chosen_by: row.get(6)?,
    })
}

/// The last choice, if it was made after this one, and its model; no model where this program cannot
/// read it.
pub(crate) fn chosen_after(
    tx: &mut Transaction<'_>,
    known: Option<Choice>,
) -> Result<Option<(Choice, Option<Model>)>> {
    let last = tx.optional(
        sql!(
            "SELECT id, chosen_at FROM match_model
             WHERE chosen_at IS NOT NULL ORDER BY chosen_at DESC, id DESC LIMIT 1"
        ),
        params![],
        |row| {
            Ok(Choice {
                id: row.get(0)?,
                at: row.get(1)?,
            })
        },
    )?;
    let Some(choice) = last.filter(|last| known < Some(*last)) else {
        return Ok(None);
    };
    let json = tx.one(
        sql!("SELECT json FROM match_model WHERE id = $1"),
        params![choice.id],
        |row| row.get::<String>(0),
    )?;
    // Nobody here has further columns.
    let model =
        Model::from_json(&json).map(|model| Some(model).filter(|it| it.further().next().is_none()));
    let model = model.unwrap_or_else(|error| {
        tracing::error!(%error, "the chosen model of matching cannot be read: the one before goes on");
        None
    });
    Ok(Some((choice, model)))
}

#[cfg(test)]
mod tests;
