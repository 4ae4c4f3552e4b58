//! The stay in hospital for whose person a place is looked for.

use stour_access::PersonFacts;
use stour_people::facts_for_access;
use stour_web::{Caller, Problem};

use crate::error::FlowError;
use crate::spell::{Spell, SpellId, one};

/// A stay that is there.
pub(super) struct Stay {
    pub(super) spell: Spell,
    pub(super) person: PersonFacts,
}

/// Finds it. Whether the caller may see the person is still to be asked.
pub(super) async fn find(caller: &Caller, id: &str) -> Result<Stay, Problem> {
    let id: SpellId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(spell) = one(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, spell.person)?;
            Ok::<_, FlowError>(person.map(|person| Stay { spell, person }))
        })
        .await?;
    found.ok_or_else(Problem::not_found)
}
