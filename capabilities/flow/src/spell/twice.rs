//! People whom two hospitals, or two visits of one, have in a bed at the same time. Which of the two is right is not known
//! here: a message of discharge may be late, or somebody was admitted under another's name. Boards say so.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{OdsCode, PersonId};

use super::SpellId;
use super::store::Spell;

/// A stay that goes on, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Here {
    /// Which stay.
    pub(crate) spell: SpellId,
    /// The hospital.
    pub(crate) organisation: OdsCode,
    /// Its code for the ward; empty where none was said.
    pub(crate) ward: String,
}

/// Whoever is in hospital more than once, with all of their stays that go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Twice(BTreeMap<PersonId, Vec<Here>>);

impl Twice {
    /// Of all stays that go on.
    pub(crate) fn of(stays: impl IntoIterator<Item = (PersonId, Here)>) -> Self {
        let mut by_person: BTreeMap<PersonId, Vec<Here>> = BTreeMap::new();
        for (person, here) in stays {
            by_person.entry(person).or_default().push(here);
        }
        by_person.retain(|_, stays| stays.len() > 1);
        Self(by_person)
    }

    /// Where else the person of a stay is said to be.
    pub(crate) fn besides(&self, spell: &Spell) -> impl Iterator<Item = &Here> {
        let stays = self.0.get(&spell.person).into_iter().flatten();
        let own = spell.id;
        stays.filter(move |here| here.spell != own)
    }
}

/// Finds them. People are those who stand now.
pub(crate) fn twice(tx: &mut Transaction<'_>) -> Result<Twice, Error> {
    let stays = tx.rows(
        sql!(
            "SELECT COALESCE((SELECT p.survivor FROM person p WHERE p.id = spell.person), person), id, organisation,
                    COALESCE(ward, '')
             FROM spell WHERE state = 'in-hospital' ORDER BY admitted_at, id"
        ),
        params![],
        |row| {
            let (spell, organisation, ward) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((
                row.get(0)?,
                Here {
                    spell,
                    organisation,
                    ward,
                },
            ))
        },
    )?;
    Ok(Twice::of(stays))
}
