//! What organisations have said of people under numbers of their own, where saying it once more changes nothing: most
//! messages of a hospital tell where somebody is, and repeat who it is.
//!
//! Kept in memory alone. It holds as long as the line by which the person is matched has the same number (whatever is said
//! of somebody, merged or moved makes that line anew), the same person holds the NHS number, and the same model matches.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Code, NhsNumber, OdsCode, PersonId};

use super::everybody;
use super::model::Choice;
use crate::person::{Demographics, NHS_NUMBER};

/// How many are kept: more than are in hospitals at a time.
const MOST: usize = 20_000;

/// In memory, beside the database.
#[derive(Debug, Default)]
struct Familiar(Mutex<HashMap<(OdsCode, Code), Kept>>);

#[derive(Debug)]
struct Kept {
    said: Demographics,
    of: Standing,
}

/// On what it rests that saying something again changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    /// Whom the organisation's number is that of.
    person: PersonId,
    /// The number of the person's line.
    sequence: i64,
    /// Who holds the NHS number that was said.
    holder: Option<PersonId>,
    /// The choice of the model.
    choice: Option<Choice>,
}

/// The person, where the organisation has said the very same before and nothing follows from it.
pub(crate) fn person(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    source: OdsCode,
) -> Result<Option<PersonId>> {
    let Some(local) = &who.local else {
        return Ok(None);
    };
    let familiar = tx.companion::<Familiar>();
    let before = {
        let kept = familiar.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.get(&(source, local.clone()));
        before.filter(|kept| kept.said == *who).map(|kept| kept.of)
    };
    let Some(before) = before else {
        return Ok(None);
    };
    let now = standing(tx, who, (source, local))?;
    Ok(now
        .filter(|now| *now == before)
        .map(|standing| standing.person))
}

/// Remembers, once the transaction is stored, that what was said of somebody has changed nothing.
pub(crate) fn remember(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    source: OdsCode,
) -> Result<()> {
    let Some(local) = who.local.clone() else {
        return Ok(());
    };
    let Some(of) = standing(tx, who, (source, &local))? else {
        return Ok(());
    };
    let (familiar, said) = (tx.companion::<Familiar>(), who.clone());
    tx.afterwards(move || {
        let mut kept = familiar.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert((source, local), Kept { said, of });
    });
    Ok(())
}

fn standing(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    (source, local): (OdsCode, &Code),
) -> Result<Option<Standing>> {
    let number = who.nhs_number.map(NhsNumber::digits);
    let choice = everybody::choice(tx);
    tx.optional(
        sql!(
            "SELECT e.person, e.sequence,
                    (SELECT min(n.person) FROM person_identifier n
                     WHERE n.system = $3 AND n.value = $4 AND n.status IN ('traced', 'superseded'))
             FROM person_identifier i JOIN match_entry e ON e.person = i.person
             WHERE i.system = $1 AND i.value = $2 AND i.status IN ('traced', 'superseded')
             ORDER BY e.person"
        ),
        params![source, local, NHS_NUMBER, number],
        |row| {
            Ok(Standing {
                person: row.get(0)?,
                sequence: row.get(1)?,
                holder: row.get(2)?,
                choice,
            })
        },
    )
}

#[cfg(test)]
mod tests;
