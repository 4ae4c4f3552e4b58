//! Baselines: the plan as it stood when one was saved.

use stour_database::{Error, Transaction};
use stour_kernel::{Date, Timestamp};
use stour_planning::{Slip, slips};
use stour_register::{Around, Entry, in_force_at, versions};

use super::kinds::BASELINE;
use super::reading::Read;

/// A baseline with the plan of its moment.
#[derive(Debug, Clone)]
pub(crate) struct Baseline {
    pub(crate) number: i64,
    pub(crate) title: String,
    pub(crate) reason: String,
    pub(crate) agreed_by: String,
    pub(crate) source: String,
    /// Who saved it.
    pub(crate) by: String,
    /// When it was first saved, which is the moment whose plan it keeps.
    pub(crate) at: Timestamp,
    pub(crate) plan: Read,
}

impl Baseline {
    /// What people call it: `BL1`.
    pub(crate) fn reference(&self) -> String {
        format!("{}{}", BASELINE.prefix, self.number)
    }

    /// What became of each activity since, by number.
    pub(crate) fn slips(&self, now: &Read) -> std::collections::BTreeMap<i64, Slip> {
        let of = |plan: &Read| plan.plan().activities;
        slips(&of(&self.plan), &of(now))
    }

    /// How many activities moved to a later date since.
    pub(crate) fn moved_later(&self, now: &Read) -> usize {
        let slips = self.slips(now);
        let later = slips
            .values()
            .filter(|slip| matches!(slip, Slip::Moved(days) if *days > 0));
        later.count()
    }
}

/// Every baseline of a programme, the latest first. A later change of its words does not move its moment.
///
/// # Errors
/// Those of the database.
pub(crate) fn baselines(
    tx: &mut Transaction<'_>,
    (scope, around): (&str, &Around),
) -> Result<Vec<Baseline>, Error> {
    let mut all = Vec::new();
    for entry in around.of_kind(BASELINE.name) {
        all.push(baseline(tx, scope, entry, around.today)?);
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.at, one.number)));
    Ok(all)
}

fn baseline(
    tx: &mut Transaction<'_>,
    scope: &str,
    entry: &Entry,
    today: Option<Date>,
) -> Result<Baseline, Error> {
    let states = versions(tx, entry.id)?;
    let first = states.last().unwrap_or(entry);
    let mut then = Around::new(in_force_at(tx, scope, first.at)?);
    then.today = today;
    let text = |field| entry.get(field).to_owned();
    Ok(Baseline {
        number: entry.number,
        title: text("title"),
        reason: text("reason"),
        agreed_by: text("agreed-by"),
        source: text("source"),
        by: first.by.name.clone(),
        at: first.at,
        plan: Read::of(&then),
    })
}
