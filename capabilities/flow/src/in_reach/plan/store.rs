//! Plans in the database: what stands, and every version.

use std::collections::BTreeMap;

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Environment, Timestamp};

use super::state::{Ended, Ending, Item, ItemId, Planned};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::spell::{SpellId, SpellState, one};

fn stored(row: &Row<'_>) -> Result<Item, Error> {
    let how = row.get::<Option<String>>(8)?;
    let how = how.as_deref().and_then(Ending::from_stored);
    let ended = match (how, row.get(9)?, row.get(10)?) {
        (Some(how), Some(at), Some(outcome)) => Some(Ended { how, at, outcome }),
        _ => None,
    };
    Ok(Item {
        id: row.get(0)?,
        spell: row.get(1)?,
        organisation: row.get(2)?,
        planned: Planned {
            kind: row.get(3)?,
            what: row.get(4)?,
            owner: row.get(5)?,
            due: row.get(6)?,
            agreement: row.get(7)?,
        },
        ended,
        version: row.get(11)?,
    })
}

/// One.
pub(super) fn item(tx: &mut Transaction<'_>, id: ItemId) -> Result<Option<Item>, Error> {
    tx.optional(
        sql!(
            "SELECT id, spell, organisation, kind, what, owner, due, agreement, ended, ended_at, outcome, version
             FROM in_reach_item WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// Everything that teams plan for a stay, the first to be due first.
pub(crate) fn of_stay(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Item>, Error> {
    tx.rows(
        sql!(
            "SELECT id, spell, organisation, kind, what, owner, due, agreement, ended, ended_at, outcome, version
             FROM in_reach_item WHERE spell = $1 ORDER BY due, id"
        ),
        params![spell],
        stored,
    )
}

/// Everything that teams plan for stays that go on, or ended since a moment.
pub(crate) fn of_stays(
    tx: &mut Transaction<'_>,
    since: Timestamp,
) -> Result<BTreeMap<SpellId, Vec<Item>>, Error> {
    let all = tx.rows(
        sql!(
            "SELECT i.id, i.spell, i.organisation, i.kind, i.what, i.owner, i.due, i.agreement, i.ended, i.ended_at,
                    i.outcome, i.version
             FROM in_reach_item i JOIN spell s ON s.id = i.spell
             WHERE s.state = 'in-hospital' OR s.discharged_at >= $1 ORDER BY i.due, i.id"
        ),
        params![since],
        stored,
    )?;
    let mut items: BTreeMap<SpellId, Vec<Item>> = BTreeMap::new();
    for one in all {
        items.entry(one.spell).or_default().push(one);
    }
    Ok(items)
}

/// One version of something planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// What stood.
    pub(super) planned: Planned,
    /// How it ended, and what came of it.
    pub(super) ended: Option<(Ending, String)>,
    /// Who.
    pub(super) name: String,
    /// When.
    pub(super) at: Timestamp,
}

/// The versions of one, in order.
pub(super) fn steps(tx: &mut Transaction<'_>, id: ItemId) -> Result<Vec<Step>, Error> {
    tx.rows(
        sql!(
            "SELECT kind, what, owner, due, agreement, ended, outcome, name, at FROM in_reach_item_step
             WHERE item = $1 ORDER BY number"
        ),
        params![id],
        |row| {
            let how = row.get::<Option<String>>(5)?;
            let how = how.as_deref().and_then(Ending::from_stored);
            Ok(Step {
                planned: Planned {
                    kind: row.get(0)?,
                    what: row.get(1)?,
                    owner: row.get(2)?,
                    due: row.get(3)?,
                    agreement: row.get(4)?,
                },
                ended: how.zip(row.get(6)?),
                name: row.get(7)?,
                at: row.get(8)?,
            })
        },
    )
}

fn step(tx: &mut Transaction<'_>, item: &Item, (at, by): (Timestamp, &By)) -> Result<(), Error> {
    let (planned, ended) = (&item.planned, item.ended.as_ref());
    tx.execute(
        sql!(
            "INSERT INTO in_reach_item_step (item, number, kind, what, owner, due, agreement, ended, outcome, name,
                 done_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        params![
            item.id,
            item.version,
            planned.kind,
            planned.what,
            planned.owner,
            planned.due,
            planned.agreement,
            ended.map(|ended| ended.how.as_str()),
            ended.map(|ended| ended.outcome.as_str()),
            by.name,
            by.user,
            by.organisation,
            at
        ],
    )?;
    touch(tx, "in-reach")?;
    touch(tx, "wards")
}

/// A team plans something for somebody who is in hospital.
///
/// # Errors
/// [`FlowError::NotNow`] of somebody who is not in hospital, and where something is wrong with it ([`Planned::wrongs`]);
/// [`FlowError::NotFound`].
pub fn plan(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: SpellId,
    planned: &Planned,
    by: &By,
) -> Result<ItemId, FlowError> {
    let spell = one(tx, spell)?.ok_or(FlowError::NotFound)?;
    if spell.state != SpellState::InHospital {
        let why =
            "The person is no longer in hospital. Go back to the in-reach page to see who is.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    let wrongs = planned.wrongs(None, environment.today(), reference()?);
    if let Some(wrong) = wrongs.into_iter().next() {
        return Err(wrong.into());
    }
    let item = Item {
        id: environment.id(),
        spell: spell.id,
        organisation: by.organisation,
        planned: planned.clone(),
        ended: None,
        version: Version::FIRST,
    };
    tx.execute(
        sql!(
            "INSERT INTO in_reach_item (id, spell, organisation, kind, what, owner, due, agreement, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            item.id,
            item.spell,
            item.organisation,
            planned.kind,
            planned.what,
            planned.owner,
            planned.due,
            planned.agreement,
            item.version
        ],
    )?;
    step(tx, &item, (environment.now(), by))?;
    Ok(item.id)
}

fn of_own(
    tx: &mut Transaction<'_>,
    (id, seen): (ItemId, Version),
    by: &By,
) -> Result<Item, FlowError> {
    let found = item(tx, id)?.filter(|item| item.organisation == by.organisation);
    let found = found.ok_or(FlowError::NotFound)?;
    found.version.expect(seen)?;
    Ok(found)
}

fn keep(
    tx: &mut Transaction<'_>,
    (item, seen): (&Item, Version),
    (at, by): (Timestamp, &By),
) -> Result<(), FlowError> {
    let (planned, ended) = (&item.planned, item.ended.as_ref());
    let changed = tx.execute(
        sql!(
            "UPDATE in_reach_item SET kind = $3, what = $4, owner = $5, due = $6, agreement = $7, ended = $8,
                 ended_at = $9, outcome = $10, version = $11
             WHERE id = $1 AND version = $2"
        ),
        params![
            item.id,
            seen,
            planned.kind,
            planned.what,
            planned.owner,
            planned.due,
            planned.agreement,
            ended.map(|ended| ended.how.as_str()),
            ended.map(|ended| ended.at),
            ended.map(|ended| ended.outcome.as_str()),
            item.version
        ],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    step(tx, item, (at, by))?;
    Ok(())
}

/// Something is planned otherwise, at the version that was seen.
///
/// # Errors
/// [`FlowError::NotNow`] once it is over, and where something is wrong with it; [`FlowError::Version`]; [`FlowError::NotFound`] for
/// another team's.
pub fn change(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ItemId, Version),
    planned: Planned,
    by: &By,
) -> Result<(), FlowError> {
    let item = of_own(tx, (id, seen), by)?;
    let item = item
        .open()?
        .change(planned, environment.today(), reference()?)?;
    keep(tx, (&item, seen), (environment.now(), by))
}

/// Something is done or withdrawn, at the version that was seen.
///
/// # Errors
/// As [`change`].
pub fn end(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ItemId, Version),
    (how, outcome): (Ending, &str),
    by: &By,
) -> Result<(), FlowError> {
    let item = of_own(tx, (id, seen), by)?;
    let now = environment.now();
    let item = item.open()?.end(how, now, outcome)?;
    keep(tx, (&item, seen), (now, by))
}
