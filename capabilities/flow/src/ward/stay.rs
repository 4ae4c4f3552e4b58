//! The stay that an address of a ward names, with what decides who may see it.

use axum::extract::Path;
use stour_access::PersonFacts;
use stour_kernel::Date;
use stour_people::facts_for_access;
use stour_web::{Caller, Problem};

use super::{address, named};
use crate::error::FlowError;
use crate::spell::{Spell, SpellId, one};

/// An organisation, a ward and a stay, as an address has them.
pub(crate) type Where = Path<(String, String, String)>;

/// A stay that is there.
pub(crate) struct Named {
    pub(crate) spell: Spell,
    pub(crate) person: PersonFacts,
    /// The address of the ward's page.
    pub(crate) back: String,
}

impl Named {
    /// The day of admission; today where that is not known.
    pub(crate) fn admitted(&self, today: Date) -> Date {
        self.spell
            .admitted_at
            .map_or(today, stour_kernel::london_date)
    }
}

/// Finds it. Whether the caller may see it is still to be asked.
pub(crate) async fn find(caller: &Caller, at: &Where) -> Result<Named, Problem> {
    let (organisation, ward) = named(&at.0.0, &at.0.1)?;
    let id: SpellId = at.0.2.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(spell) = one(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, spell.person)?;
            Ok::<_, FlowError>(person.map(|person| (spell, person)))
        })
        .await?;
    let (spell, person) = found
        .filter(|(spell, _)| spell.organisation == organisation)
        .ok_or_else(Problem::not_found)?;
    let back = address(&organisation, &ward);
    Ok(Named {
        spell,
        person,
        back,
    })
}
