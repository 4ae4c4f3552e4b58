//! How frail somebody was found to be during a stay: a level of the Clinical Frailty Scale, who found it and when. The
//! scale's words and pictures are not here; whoever uses it has them.

use std::collections::HashMap;

use stour_database::{Error, Transaction, Version, params, sql};
use stour_kernel::{Date, Environment, OdsCode, ThreadId, Timestamp, UserId};

use super::store::owned;
use crate::error::FlowError;
use crate::spell::{SpellId, SpellState, add_up_again, one};

/// The levels of the scale.
pub(super) const LEVELS: std::ops::RangeInclusive<u8> = 1..=9;

/// A level as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The level.
    pub(super) level: u8,
    /// When it was found.
    pub(super) on: Date,
    /// Who found it.
    pub(super) name: String,
    /// As what.
    pub(super) role: String,
    /// When it was recorded.
    pub(super) at: Timestamp,
}

/// What was found during a stay, the first first.
pub(super) fn found(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Found>, Error> {
    tx.rows(
        sql!("SELECT score, of_day, name, role, at FROM spell_frailty WHERE spell = $1 ORDER BY number"),
        params![spell],
        |row| {
            Ok(Found {
                level: u8::try_from(row.get::<i64>(0)?).unwrap_or(u8::MAX),
                on: row.get(1)?,
                name: row.get(2)?,
                role: row.get(3)?,
                at: row.get(4)?,
            })
        },
    )
}

/// The level that was recorded last during a stay.
pub(super) fn standing(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Option<u8>, Error> {
    tx.optional(
        sql!("SELECT score FROM spell_frailty WHERE spell = $1 ORDER BY number DESC LIMIT 1"),
        params![spell],
        |row| Ok(u8::try_from(row.get::<i64>(0)?).unwrap_or(u8::MAX)),
    )
}

/// What was recorded first of each stay, by its thread in the fact log, with the day on which it could first be known.
pub(super) fn first_of_each(
    tx: &mut Transaction<'_>,
) -> Result<HashMap<ThreadId, (Date, u8)>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT s.thread, f.at, f.score FROM spell_frailty f JOIN spell s ON s.id = f.spell
             WHERE f.number = 1 AND s.thread IS NOT NULL"
        ),
        &[],
        |row| {
            let at: Timestamp = row.get(1)?;
            let level = u8::try_from(row.get::<i64>(2)?).unwrap_or(u8::MAX);
            Ok((row.get(0)?, (stour_kernel::london_date(at), level)))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Keeps what somebody found.
///
/// # Errors
/// [`FlowError::NotNow`] when the person is no longer in hospital; a version that is not the spell's any more.
pub(super) fn record(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (spell, seen): (SpellId, Version),
    found: &Found,
    (user, organisation): (UserId, OdsCode),
) -> Result<(), FlowError> {
    let spell = one(tx, spell)?.ok_or(FlowError::NotFound)?;
    spell.version.expect(seen)?;
    if spell.state != SpellState::InHospital {
        let why = "The person is no longer in hospital. Go back to the ward page to see who is.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    tx.execute(
        sql!(
            "INSERT INTO spell_frailty (spell, number, score, of_day, name, role, said_by_user, organisation, at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS BIGINT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT)
             FROM spell_frailty WHERE spell = $1"
        ),
        params![
            spell.id,
            i64::from(found.level),
            found.on,
            found.name,
            found.role,
            user,
            organisation,
            found.at
        ],
    )?;
    add_up_again(tx, environment, &spell)
}

/// Who found a level that came with a stay that was loaded.
const LOADED: &str = "the history that was loaded";

/// Levels that come with stays that are loaded: each found on the day of admission.
pub(crate) fn insert_all(
    tx: &mut Transaction<'_>,
    found: impl IntoIterator<Item = (SpellId, OdsCode, Timestamp, u8)>,
) -> Result<u64, Error> {
    let rows = found.into_iter().map(|(spell, organisation, at, level)| {
        let day = stour_kernel::london_date(at);
        let nobody: Option<UserId> = None;
        owned(params![
            spell,
            1_i64,
            i64::from(level),
            day,
            LOADED,
            "",
            nobody,
            organisation,
            at
        ])
    });
    tx.bulk(
        "spell_frailty",
        &[
            "spell",
            "number",
            "score",
            "of_day",
            "name",
            "role",
            "said_by_user",
            "organisation",
            "at",
        ],
        rows,
    )
}
