//! Who is in hospital and where, and nothing else of the stay: enough to count, and to find people in two beds.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};

use super::SpellId;
use super::store::Spell;

/// A stay that goes on, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Who, as they stand now.
    pub person: PersonId,
    /// Which stay.
    pub spell: SpellId,
    /// The hospital.
    pub organisation: OdsCode,
    /// Its code for the ward; empty where none was said.
    pub ward: String,
    /// The day on which the person is expected to leave.
    pub expected_on: Option<Date>,
}

impl From<&Spell> for Present {
    fn from(spell: &Spell) -> Self {
        Self {
            person: spell.person,
            spell: spell.id,
            organisation: spell.organisation,
            ward: spell.ward.clone().unwrap_or_default(),
            expected_on: spell.expected.as_ref().map(|expected| expected.on),
        }
    }
}

/// Everybody in hospital anywhere, the first admission first.
pub fn present(tx: &mut Transaction<'_>) -> Result<Vec<Present>, Error> {
    tx.rows(
        sql!(
            "SELECT COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = spell.person), person), id, organisation,
                    COALESCE(ward, ''), expected_on
             FROM spell WHERE state = 'in-hospital' ORDER BY admitted_at, id"
        ),
        params![],
        |row| {
            Ok(Present {
                person: row.get(0)?,
                spell: row.get(1)?,
                organisation: row.get(2)?,
                ward: row.get(3)?,
                expected_on: row.get(4)?,
            })
        },
    )
}

/// Whoever left hospital at that moment or after it, as they stand now, with the stay: the latest first.
pub(crate) fn gone_since(
    tx: &mut Transaction<'_>,
    since: Timestamp,
) -> Result<Vec<(PersonId, SpellId)>, Error> {
    tx.rows(
        sql!(
            "SELECT COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = spell.person), person), id
             FROM spell WHERE state = 'left' AND discharged_at >= $1
             ORDER BY discharged_at DESC, id DESC"
        ),
        params![since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// People whom two hospitals, or two visits of one, have in a bed at the same time, with all of their stays that go on. Which
/// is right is not known here: a message of discharge may be late, or somebody was admitted under another's name. Boards
/// say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Twice(BTreeMap<PersonId, Vec<Present>>);

impl Twice {
    /// Of all stays that go on.
    pub(crate) fn of(stays: impl IntoIterator<Item = Present>) -> Self {
        let mut by_person: BTreeMap<PersonId, Vec<Present>> = BTreeMap::new();
        for stay in stays {
            by_person.entry(stay.person).or_default().push(stay);
        }
        by_person.retain(|_, stays| stays.len() > 1);
        Self(by_person)
    }

    /// Where else the person of a stay is said to be.
    pub(crate) fn besides(&self, spell: &Spell) -> impl Iterator<Item = &Present> {
        let stays = self.0.get(&spell.person).into_iter().flatten();
        let own = spell.id;
        stays.filter(move |stay| stay.spell != own)
    }
}

/// Finds them.
pub(crate) fn twice(tx: &mut Transaction<'_>) -> Result<Twice, Error> {
    Ok(Twice::of(present(tx)?))
}
