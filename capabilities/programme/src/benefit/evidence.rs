//! What the ladders of a programme's benefits stand on beside their figures: who signed, who wrote any version of what is
//! signed, and which budget lines other programmes name.

use std::collections::{BTreeMap, BTreeSet};

use stour_database::{Error, Transaction};
use stour_kernel::UserId;
use stour_register::{Entry, in_force, scopes, versions_of};

use super::kind;
use super::parts::{BUDGET_LINE, CONVERSION};
use super::signature::{Signed, signatures};

/// What signatures there are, who wrote what, and what other programmes take from budgets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// The signatures under the programme's benefits, the latest first.
    pub(crate) signed: Vec<Signed>,
    pub(crate) authors: Authors,
    /// The budget lines that other programmes name.
    pub(crate) elsewhere: BTreeSet<LineKey>,
}

/// Whoever wrote any version of an entry, by its kind and number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Authors(BTreeMap<(String, i64), BTreeSet<UserId>>);

/// What makes a budget line the same line: whose budget, the line in the budget book and the financial year, however they
/// are spaced or capitalised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineKey([String; 3]);

impl Authors {
    /// Of every version of some entries.
    pub(crate) fn of(versions: impl IntoIterator<Item = Entry>) -> Self {
        let mut all = Self::default();
        for version in versions {
            let key = (version.kind, version.number);
            all.0.entry(key).or_default().extend(version.by.user);
        }
        all
    }

    /// Whoever wrote any version of these, as signatures name them.
    pub(crate) fn of_all(&self, entries: &[(&str, i64)]) -> Vec<String> {
        let written = entries
            .iter()
            .filter_map(|(kind, number)| self.0.get(&((*kind).to_owned(), *number)));
        let authors: BTreeSet<&UserId> = written.flatten().collect();
        authors.into_iter().map(ToString::to_string).collect()
    }
}

impl LineKey {
    /// That of an entry.
    pub(crate) fn of(get: impl Fn(&str) -> String) -> Self {
        let plain = |field: &str| {
            let text = get(field).to_lowercase();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Self(["organisation", "line", "year"].map(plain))
    }
}

impl Evidence {
    /// That of a programme.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn read(tx: &mut Transaction<'_>, scope: &str) -> Result<Self, Error> {
        let mut versions = Vec::new();
        for kind in [kind::KIND, CONVERSION, BUDGET_LINE] {
            versions.extend(versions_of(tx, scope, kind.name)?);
        }
        Ok(Self {
            signed: signatures(tx, scope)?,
            authors: Authors::of(versions),
            elsewhere: lines_elsewhere(tx, scope)?,
        })
    }
}

/// The budget lines that other programmes name.
///
/// # Errors
/// Those of the database.
pub(crate) fn lines_elsewhere(
    tx: &mut Transaction<'_>,
    scope: &str,
) -> Result<BTreeSet<LineKey>, Error> {
    let mut lines = BTreeSet::new();
    for other in scopes(tx, BUDGET_LINE.name)? {
        if other != scope {
            let entries = in_force(tx, &other)?;
            let named = entries.iter().filter(|one| one.kind == BUDGET_LINE.name);
            lines.extend(named.map(|entry| LineKey::of(|field| entry.get(field).to_owned())));
        }
    }
    Ok(lines)
}
