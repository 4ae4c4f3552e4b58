//! How full wards are.

use std::collections::BTreeMap;

use stour_kernel::{Date, OdsCode};

use crate::spell::Present;

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
pub fn occupancy<'p>(
    present: impl IntoIterator<Item = &'p Present>,
    today: Date,
) -> Vec<WardCount> {
    let mut wards: BTreeMap<(OdsCode, String), (i64, i64)> = BTreeMap::new();
    for one in present {
        let ward = (one.organisation, one.ward.clone());
        let (people, due) = wards.entry(ward).or_default();
        *people += 1;
        *due += i64::from(one.expected_on.is_some_and(|expected| expected <= today));
    }
    let count = |((organisation, ward), (people, due))| WardCount {
        organisation,
        ward,
        people,
        due,
    };
    wards.into_iter().map(count).collect()
}
