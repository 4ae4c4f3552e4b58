//! What people say of a measure: what its figures mean, what is to be done and what came of it, what happened, and
//! from when limits start afresh. Each is kept with who said so and when; nothing is changed or taken away.

pub(crate) mod form;
pub(crate) mod note_form;
mod section;

use std::collections::BTreeMap;

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Date, Environment, Timestamp, typed_id};

typed_id!(pub(crate) RemarkId, "a remark");
stour_database::text_value!(RemarkId);

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    pub(crate) id: RemarkId,
    pub(crate) said: Said,
    pub(crate) text: String,
    pub(crate) told_by: String,
    pub(crate) recorded_at: Timestamp,
}

/// What kind of thing was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// What the figures mean: holds until the next.
    Narrative,
    /// Something to be done, by somebody and a day.
    Action { owner: String, due: Date },
    /// An action was done; the text says what came of it.
    Done(RemarkId),
    /// An action will not be done; the text says why.
    Dropped(RemarkId),
    /// Something that was done or happened, marked on the chart.
    Event(Date),
    /// Limits start afresh from a day; the text says why.
    Rebase(Date),
}

impl Said {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Narrative => "narrative",
            Self::Action { .. } => "action",
            Self::Done(_) => "done",
            Self::Dropped(_) => "dropped",
            Self::Event(_) => "event",
            Self::Rebase(_) => "rebase",
        }
    }

    const fn day(&self) -> Option<Date> {
        match self {
            Self::Action { due, .. } => Some(*due),
            Self::Event(day) | Self::Rebase(day) => Some(*day),
            _ => None,
        }
    }

    fn owner(&self) -> Option<&str> {
        match self {
            Self::Action { owner, .. } => Some(owner),
            _ => None,
        }
    }

    const fn ends(&self) -> Option<RemarkId> {
        match self {
            Self::Done(action) | Self::Dropped(action) => Some(*action),
            _ => None,
        }
    }
}

/// Everything that was said of a measure, in the order in which it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Commentary(pub(crate) Vec<Remark>);

impl Commentary {
    /// What the figures mean, as it was said last.
    pub(crate) fn narrative(&self) -> Option<&Remark> {
        let mut said = self.0.iter().rev();
        said.find(|remark| remark.said == Said::Narrative)
    }

    /// Each action, with what became of it.
    pub(crate) fn actions(&self) -> impl Iterator<Item = (&Remark, Option<&Remark>)> {
        let actions = self
            .0
            .iter()
            .filter(|remark| matches!(remark.said, Said::Action { .. }));
        actions.map(|action| {
            let mut ends = self.0.iter();
            (action, ends.find(|end| end.said.ends() == Some(action.id)))
        })
    }

    /// The days from which limits start afresh.
    pub(crate) fn rebases(&self) -> Vec<Date> {
        let days = self.0.iter().filter_map(|remark| match remark.said {
            Said::Rebase(day) => Some(day),
            _ => None,
        });
        days.collect()
    }
}

/// Keeps what somebody said of a page of the board.
///
/// # Errors
/// [`stour_database::Error::Constraint`] when an action has come to an end before, or those of the database.
pub(crate) fn record(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    about: &str,
    (said, text, by): (&Said, &str, &str),
) -> Result<()> {
    let id: RemarkId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO commentary (id, about, kind, day, owner, text, ends, told_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            id,
            about,
            said.kind(),
            said.day(),
            said.owner(),
            text,
            said.ends(),
            by,
            environment.now()
        ],
    )?;
    Ok(())
}

/// What was said of a page of the board.
pub(crate) fn of(tx: &mut Transaction<'_>, about: &str) -> Result<Commentary> {
    let rows = tx.rows(
        sql!(
            "SELECT id, kind, day, owner, text, ends, told_by, recorded_at FROM commentary
             WHERE about = $1 ORDER BY recorded_at, id"
        ),
        params![about],
        |row| remark(row, 0),
    )?;
    Ok(Commentary(rows.into_iter().flatten().collect()))
}

/// What was said of every indicator and series, by its page.
pub(crate) fn of_all(tx: &mut Transaction<'_>) -> Result<BTreeMap<String, Commentary>> {
    let rows = tx.rows(
        sql!(
            "SELECT about, id, kind, day, owner, text, ends, told_by, recorded_at FROM commentary
             ORDER BY recorded_at, id"
        ),
        params![],
        |row| Ok((row.get::<String>(0)?, remark(row, 1)?)),
    )?;
    let mut found: BTreeMap<String, Commentary> = BTreeMap::new();
    for (about, remark) in rows {
        found.entry(about).or_default().0.extend(remark);
    }
    Ok(found)
}

/// A row; none of a kind that a later version wrote.
fn remark(row: &Row<'_>, first: usize) -> Result<Option<Remark>> {
    let kind: String = row.get(first + 1)?;
    let day: Option<Date> = row.get(first + 2)?;
    let owner: Option<String> = row.get(first + 3)?;
    let ends: Option<RemarkId> = row.get(first + 5)?;
    let said = match (kind.as_str(), day, owner, ends) {
        ("narrative", _, _, _) => Said::Narrative,
        ("action", Some(due), Some(owner), _) => Said::Action { owner, due },
        ("done", _, _, Some(action)) => Said::Done(action),
        ("dropped", _, _, Some(action)) => Said::Dropped(action),
        ("event", Some(day), _, _) => Said::Event(day),
        ("rebase", Some(day), _, _) => Said::Rebase(day),
        _ => return Ok(None),
    };
    Ok(Some(Remark {
        id: row.get(first)?,
        said,
        text: row.get(first + 4)?,
        told_by: row.get(first + 6)?,
        recorded_at: row.get(first + 7)?,
    }))
}
