//! Storing merges.

use stour_database::{Error, Result, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Environment, PersonId, Timestamp};

use super::{Merge, MergeId, Undoing, Undone, leading_to};
use crate::event::{Event, announce};
use crate::person::PeopleError;
use crate::person::learn::raise_version;
use crate::source::project::project;

/// The standing person that this one is now: itself, or the survivor at the end of its merges. `None`
/// for nobody.
pub fn resolve(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<PersonId>> {
    tx.optional(
        sql!("SELECT COALESCE(survivor, id) FROM person WHERE id = $1"),
        params![person],
        |row| row.get(0),
    )
}

/// The standing person first, then everybody who was merged into it, whichever of them is asked for.
/// Nobody for nobody.
pub fn group(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<PersonId>> {
    let Some(standing) = resolve(tx, person)? else {
        return Ok(Vec::new());
    };
    let mut members = vec![standing];
    tx.each(
        sql!("SELECT id FROM person WHERE survivor = $1 ORDER BY id"),
        params![standing],
        |row| {
            members.push(row.get(0)?);
            Ok(())
        },
    )?;
    Ok(members)
}

/// Merges one person's record into another's, at the versions that the caller saw of both. Merges at
/// the same time follow each other: the later finds a version raised.
///
/// # Errors
/// [`PeopleError::SamePerson`]; [`PeopleError::NoPerson`]; [`PeopleError::AlreadyMerged`] when either
/// no longer stands; [`PeopleError::MergedOtherWay`] when they were merged the other way round;
/// [`PeopleError::Version`] when somebody changed either first.
pub fn merge(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (survivor, survivor_seen): (PersonId, Version),
    (merged, merged_seen): (PersonId, Version),
    reason: &str,
    by: &str,
) -> Result<MergeId, PeopleError> {
    if survivor == merged {
        return Err(PeopleError::SamePerson);
    }
    let into = resolve(tx, survivor)?.ok_or(PeopleError::NoPerson)?;
    let from = resolve(tx, merged)?.ok_or(PeopleError::NoPerson)?;
    if from != merged {
        return Err(PeopleError::AlreadyMerged(from));
    }
    if into == merged {
        return Err(PeopleError::MergedOtherWay);
    }
    if into != survivor {
        return Err(PeopleError::AlreadyMerged(into));
    }
    for (person, seen) in [(survivor, survivor_seen), (merged, merged_seen)] {
        let raised = tx.execute(
            sql!("UPDATE person SET version = version + 1 WHERE id = $1 AND version = $2"),
            params![person, seen],
        )?;
        if raised != 1 {
            return Err(VersionError::Changed.into());
        }
    }
    let id: MergeId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO person_merge (id, survivor, merged, reason, merged_at, merged_by)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, survivor, merged, reason, environment.now(), by],
    )?;
    tx.execute(
        sql!("UPDATE person SET survivor = $1 WHERE id = $2 OR survivor = $2"),
        params![survivor, merged],
    )?;
    project(tx, environment, survivor)?;
    announce(tx, environment, Event::Merged { survivor, merged })?;
    Ok(id)
}

/// Undoes a merge: the person who was merged stands again, with everybody who had been merged into
/// it, and the record of each is what it would be had they never been one.
///
/// # Errors
/// [`PeopleError::NoMerge`]; [`PeopleError::AlreadyUndone`].
pub fn undo_merge(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    merge: MergeId,
    why: &str,
    by: &str,
) -> Result<Undone, PeopleError> {
    let edge = tx.optional(
        sql!("SELECT survivor, merged FROM person_merge WHERE id = $1"),
        params![merge],
        |row| {
            Ok(Undone {
                survivor: row.get(0)?,
                merged: row.get(1)?,
            })
        },
    )?;
    let edge = edge.ok_or(PeopleError::NoMerge)?;
    let undone = tx.execute(
        sql!(
            "UPDATE person_merge SET undone_at = $2, undone_by = $3, undone_why = $4
             WHERE id = $1 AND undone_at IS NULL"
        ),
        params![merge, environment.now(), by, why],
    )?;
    if undone != 1 {
        return Err(PeopleError::AlreadyUndone);
    }
    let root = resolve(tx, edge.survivor)?.ok_or(PeopleError::NoPerson)?;
    let edges = standing_edges(tx, root)?;
    for person in leading_to(edge.merged, &edges) {
        let survivor = (person != edge.merged).then_some(edge.merged);
        tx.execute(
            sql!("UPDATE person SET survivor = $2 WHERE id = $1"),
            params![person, survivor],
        )?;
    }
    for person in [root, edge.merged] {
        raise_version(tx, person)?;
        project(tx, environment, person)?;
    }
    let Undone { survivor, merged } = edge;
    announce(tx, environment, Event::Unmerged { survivor, merged })?;
    Ok(edge)
}

/// The edges that stand among those whose survivor this is: merged, then survivor.
fn standing_edges(tx: &mut Transaction<'_>, root: PersonId) -> Result<Vec<(PersonId, PersonId)>> {
    tx.rows(
        sql!(
            "SELECT m.merged, m.survivor FROM person p
             JOIN person_merge m ON m.merged = p.id AND m.undone_at IS NULL
             WHERE p.survivor = $1 ORDER BY m.id"
        ),
        params![root],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Every merge that this person, or anybody who is one with it now, was ever part of, the newest
/// first.
pub(crate) fn merges_of(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Merge>> {
    let mut found: Vec<Merge> = Vec::new();
    for member in group(tx, person)? {
        let merges = tx.rows(
            sql!(
                "SELECT id, survivor, merged, reason, merged_at, merged_by, undone_at, undone_by, undone_why
                 FROM person_merge WHERE survivor = $1 OR merged = $1"
            ),
            params![member],
            read,
        )?;
        found.extend(merges);
    }
    found.sort_by_key(|merge| std::cmp::Reverse(merge.id));
    found.dedup();
    Ok(found)
}

/// The last undoing of a merge of these two, or of any who are one with them now; none when there was
/// none, or when they are one.
pub(crate) fn parted_between(
    tx: &mut Transaction<'_>,
    one: PersonId,
    other: PersonId,
) -> Result<Option<Undoing>> {
    if resolve(tx, one)? == resolve(tx, other)? {
        return Ok(None);
    }
    let others = merges_of(tx, other)?;
    let both = merges_of(tx, one)?
        .into_iter()
        .filter(|merge| others.contains(merge));
    Ok(both
        .filter_map(|merge| merge.undone)
        .max_by_key(|undone| undone.at))
}

fn read(row: &Row<'_>) -> Result<Merge, Error> {
    let undone = match (row.get(6)?, row.get(7)?, row.get(8)?) {
        (Some(at), Some(by), Some(why)) => Some(Undoing { at, by, why }),
        _ => None,
    };
    Ok(Merge {
        id: row.get(0)?,
        survivor: row.get(1)?,
        merged: row.get(2)?,
        reason: row.get(3)?,
        at: row.get(4)?,
        by: row.get(5)?,
        undone,
    })
}

/// Everybody who was one with this person at a past moment by the merges that stood then, the
/// survivor of then first.
pub(crate) fn group_as_known(
    tx: &mut Transaction<'_>,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<PersonId>> {
    let mut root = person;
    while let Some(next) = edge_from(tx, root, at)? {
        root = next;
    }
    let (mut members, mut place) = (vec![root], 0);
    while let Some(member) = members.get(place).copied() {
        let merged = tx.rows(
            sql!(
                "SELECT merged FROM person_merge
                 WHERE survivor = $1 AND merged_at <= $2 AND (undone_at IS NULL OR undone_at > $2)
                 ORDER BY merged"
            ),
            params![member, at],
            |row| row.get::<PersonId>(0),
        )?;
        members.extend(merged);
        place += 1;
    }
    Ok(members)
}

fn edge_from(
    tx: &mut Transaction<'_>,
    person: PersonId,
    at: Timestamp,
) -> Result<Option<PersonId>> {
    tx.optional(
        sql!(
            "SELECT survivor FROM person_merge
             WHERE merged = $1 AND merged_at <= $2 AND (undone_at IS NULL OR undone_at > $2)"
        ),
        params![person, at],
        |row| row.get(0),
    )
}
