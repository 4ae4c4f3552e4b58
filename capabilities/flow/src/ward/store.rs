//! How full wards are.

use std::collections::BTreeMap;

use stour_kernel::{Date, OdsCode};

use crate::spell::Spell;

/// How many people a ward has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WardCount {
    /// Who runs it.
    pub organisation: OdsCode,
    /// The hospital's code for it; empty for those of whom no ward was given.
    pub ward: String,
    /// People in it now.
    pub people: i64,
    /// Those of them expected to go home that day or before.
    pub due: i64,
}

/// How many people there are on every ward that has any of these, by organisation and ward. Whoever
/// counts leaves out those whom nobody may know of: a count must not betray them.
pub fn occupancy<'s>(spells: impl IntoIterator<Item = &'s Spell>, today: Date) -> Vec<WardCount> {
    let mut wards: BTreeMap<(OdsCode, String), (i64, i64)> = BTreeMap::new();
    for spell in spells {
        let ward = spell.ward.clone().unwrap_or_default();
        let expected = spell.expected.as_ref();
        let (people, due) = wards.entry((spell.organisation, ward)).or_default();
        *people += 1;
        *due += i64::from(expected.is_some_and(|expected| expected.on <= today));
    }
    let count = |((organisation, ward), (people, due))| WardCount {
        organisation,
        ward,
        people,
        due,
    };
    wards.into_iter().map(count).collect()
}
