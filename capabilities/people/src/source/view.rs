//! What a page shows of the sources of a record, as they stand or as they were known on a past day.

use std::collections::{BTreeMap, BTreeSet};

use stour_database::{Result, Transaction};
use stour_kernel::{Environment, OdsCode, PersonId, Timestamp};

use super::backfill;
use super::compose::{Composed, compose};
use super::said::SourceVersion;
use super::store::{Linked, has_sources, last_heard, links_as_known, versions_as_known};
use crate::merge::{Merge, group_as_known, merges_of};
use crate::person::PersonSummary;
use crate::person::record::{Identifier, Kept, Record};
use crate::source::runs::Row;

/// The sources of one record.
pub(crate) struct Sources {
    pub(crate) composed: Composed,
    /// Every version of every record, in the order of the records.
    pub(crate) versions: Vec<SourceVersion>,
    pub(crate) links: Vec<Linked>,
    pub(crate) merges: Vec<Merge>,
    /// Organisations that look after the person and from which nothing came.
    pub(crate) silent: BTreeSet<OdsCode>,
    /// When each organisation last sent anything about anybody.
    pub(crate) heard: BTreeMap<OdsCode, Timestamp>,
}

/// Reads them as they were known at a moment; [`Timestamp::MAX`] for now.
pub(crate) fn sources(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    known_to: &BTreeSet<OdsCode>,
    at: Timestamp,
) -> Result<Sources> {
    let (mut versions, mut links) = (Vec::new(), Vec::new());
    for member in group_as_known(tx, person, at)? {
        if has_sources(tx, member)? {
            versions.extend(versions_as_known(tx, member, at)?);
            links.extend(links_as_known(tx, member, at)?);
        } else {
            let stored = backfill::versions(tx, member, || environment.id())?;
            versions.extend(stored.into_iter().filter(|one| one.recorded_at <= at));
        }
    }
    let composed = compose(versions.clone());
    Ok(Sources {
        silent: known_to.difference(&composed.sources).copied().collect(),
        composed,
        versions,
        links,
        merges: merges_of(tx, person)?
            .into_iter()
            .filter(|merge| merge.at <= at)
            .collect(),
        heard: last_heard(tx)?,
    })
}

/// The record with what was composed instead of what stands; `None` when nothing was known.
pub(crate) fn as_composed(record: &Record, composed: &Composed) -> Option<Record> {
    let telephone = composed
        .telephones
        .iter()
        .rfind(|row| row.ended.is_none())
        .map(|row| row.what.clone());
    Some(Record {
        summary: PersonSummary {
            id: record.summary.id,
            name: composed.name.value()?.clone(),
            born: composed.born.value().copied(),
            died: composed.died.value().copied(),
            sex: composed.sex.value().cloned(),
            nhs_number: composed.number.value().copied(),
            address: composed.address.value().cloned(),
            practice: composed.practice.value().copied(),
        },
        place: composed.place.clone(),
        telephone,
        names: composed.names.iter().rev().map(kept).collect(),
        addresses: composed.addresses.iter().rev().map(kept).collect(),
        identifiers: composed
            .numbers
            .iter()
            .map(|number| Kept {
                what: Identifier {
                    system: number.system.clone(),
                    value: number.value.clone(),
                    status: number.status,
                },
                shown: true,
                starts: None,
                ends: None,
                source: number.source,
                recorded_at: number.recorded_at,
            })
            .collect(),
        ..record.clone()
    })
}

fn kept<T: Clone>(row: &Row<T>) -> Kept<T> {
    Kept {
        what: row.what.clone(),
        shown: row.shown,
        starts: row.starts,
        ends: row.ended.map(|(day, _)| day),
        source: row.source,
        recorded_at: row.recorded_at,
    }
}
