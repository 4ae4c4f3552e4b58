//! What a reader would look for and a document cannot say.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::mistake::Checks;
use crate::said;

/// Rows that can be read.
pub(crate) const MOST_ROWS: usize = 1_000;

/// Something that a reader would look for, and that is not public or not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unknown {
    /// What is not known.
    pub what: String,
    /// Why, such as "not published".
    pub why: String,
    /// Where that is seen.
    pub source: String,
}

/// The same as a document writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnknownDocument {
    #[serde(deserialize_with = "said::text_with_place")]
    what: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    why: String,
    #[serde(deserialize_with = "said::text")]
    source: String,
}

/// All that a document does not know, in the order of what it is.
pub(crate) fn check(documents: Vec<UnknownDocument>, checks: &mut Checks) -> Vec<Unknown> {
    if let Some(beyond) = documents.get(MOST_ROWS) {
        too_many("unknown", &beyond.what, checks);
    }
    let mut seen = BTreeSet::new();
    let mut unknown: Vec<Unknown> = documents
        .into_iter()
        .map(|document| {
            let what = document.what.get_ref();
            checks.ensure(seen.insert(said::alike(what)), document.what.span(), || {
                format!("{what:?} is said to be unknown twice")
            });
            Unknown {
                what: document.what.into_inner(),
                why: document.why,
                source: document.source,
            }
        })
        .collect();
    unknown.sort();
    unknown
}

/// Refuses the first row of a kind that is more than can be read.
pub(crate) fn too_many<T>(kind: &str, beyond: &Spanned<T>, checks: &mut Checks) {
    checks.refuse(
        beyond.span(),
        format!("there are more than {MOST_ROWS} of [[{kind}]]: put some together"),
    );
}
