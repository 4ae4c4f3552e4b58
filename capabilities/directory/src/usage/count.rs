//! Counting, as facts about nobody.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};
use stour_database::{Error, Transaction, params, sql};
use stour_facts::{FactError, FactKind, NewFact, Source, append};
use stour_kernel::{Date, Environment, OdsCode, ThreadId};

use super::tally::Event;
use crate::DirectoryError;

/// For whom the directory is kept, from `content/kept-for.toml`: whose facts its use is counted in.
static KEPT_FOR: LazyLock<Option<OdsCode>> = LazyLock::new(|| {
    let table: toml::Table = include_str!("../../../../content/kept-for.toml")
        .parse()
        .ok()?;
    table.get("organisation")?.as_str()?.parse().ok()
});

/// What the facts of this module come from.
const SYSTEM: &str = "stour:directory";

impl Event {
    const fn kind(&self) -> FactKind {
        match self {
            Self::Search { .. } => FactKind::Search,
            Self::View(_) => FactKind::ListingView,
            Self::Signpost(..) => FactKind::Signpost,
        }
    }

    fn detail(&self, times: u32) -> Value {
        match self {
            Self::Search {
                need,
                words,
                has_found,
            } => {
                let (what, which) = match (need, words.as_deref()) {
                    (Some(need), _) => ("need", need.as_str()),
                    (None, None) => ("none", ""),
                    (None, Some("")) => ("other", ""),
                    (None, Some(words)) => ("words", words),
                };
                json!({ "what": what, "which": which, "found": has_found, "times": times })
            }
            Self::View(id) => json!({ "what": "view", "which": id.to_string(), "times": times }),
            Self::Signpost(id, way) => {
                json!({ "what": way, "which": id.to_string(), "times": times })
            }
        }
    }
}

/// Appends facts of what was noted. They name nobody.
pub(super) fn write(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    events: &[(Date, Event, u32)],
) -> Result<(), DirectoryError> {
    let Some(organisation) = *KEPT_FOR else {
        return Err(DirectoryError::Reference {
            file: "../content/kept-for.toml",
            reason: "it names no organisation".to_owned(),
        });
    };
    for (day, event, times) in events {
        append(
            tx,
            environment,
            NewFact {
                thread: None,
                kind: event.kind(),
                person: None,
                organisation,
                commissioner: None,
                locality: None,
                council: None,
                started: *day,
                ended: Some(*day),
                outcome: None,
                cost: None,
                source: Source {
                    system: SYSTEM.to_owned(),
                    reference: environment.id::<ThreadId>().to_string(),
                },
                detail: event.detail(*times),
                recorded_by: "directory".to_owned(),
            },
        )
        .map_err(|error| match error {
            FactError::Database(error) => error.into(),
            error @ FactError::EndsBeforeStart { .. } => DirectoryError::Refused(error.to_string()),
        })?;
    }
    Ok(())
}

/// How often something happened in a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counted {
    /// `2026-11`.
    pub(super) month: String,
    /// `search`, `listing-view` or `signpost`.
    pub(super) kind: String,
    /// `need`, `words`, `other` or `none`; `view`; `call`, `email` or `website`.
    pub(super) what: String,
    /// The need, the words, or the id of the listing.
    pub(super) which: String,
    /// Whether a search found anything.
    pub(super) has_found: bool,
    pub(super) times: u64,
}

/// What was counted from one day to another, both included.
pub(super) fn counted(
    tx: &mut Transaction<'_>,
    from: Date,
    to: Date,
) -> Result<Vec<Counted>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT substr(started, 1, 7), kind, detail, count(*) FROM fact
             WHERE kind IN ('search', 'listing-view', 'signpost') AND source_system = 'stour:directory'
               AND started >= $1 AND started <= $2
             GROUP BY substr(started, 1, 7), kind, detail"
        ),
        params![from, to],
        |row| {
            Ok((
                row.get::<String>(0)?,
                row.get::<String>(1)?,
                row.get::<String>(2)?,
                row.get::<i64>(3)?,
            ))
        },
    )?;
    let mut all: BTreeMap<(String, String, String, String, bool), u64> = BTreeMap::new();
    for (month, kind, detail, facts) in rows {
        let detail: Value = serde_json::from_str(&detail).unwrap_or_default();
        let text = |key: &str| {
            let found = detail.get(key).and_then(Value::as_str);
            found.unwrap_or_default().to_owned()
        };
        let has_found = detail.get("found").and_then(Value::as_bool).unwrap_or(true);
        let times = detail.get("times").and_then(Value::as_u64).unwrap_or(1);
        let facts = u64::try_from(facts).unwrap_or(0);
        let key = (month, kind, text("what"), text("which"), has_found);
        let sum = all.entry(key).or_default();
        *sum = sum.saturating_add(times.saturating_mul(facts));
    }
    let counted = all
        .into_iter()
        .map(|((month, kind, what, which, has_found), times)| Counted {
            month,
            kind,
            what,
            which,
            has_found,
            times,
        });
    Ok(counted.collect())
}
