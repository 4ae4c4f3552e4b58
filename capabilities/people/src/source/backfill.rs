//! People who were stored before the sources of each value were kept: what the tables hold of them,
//! as the source records that it would have come from.
//!
//! Until somebody touches such a person, the record is what stands in the tables. At the first touch
//! (something new is said, or the person is merged) these source records are stored, and from then
//! on the record is composed of them. Where one organisation had said several names, the latest is
//! then its word and the others are past ones.

use std::collections::BTreeMap;

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Code, Date, Environment, OdsCode, PersonId, Timestamp};

use super::compose::compose;
use super::project::{Projection, put_entries};
use super::runs::trust;
use super::said::{RecordId, Said, SourceVersion};
use crate::person::summary::{stored_address, stored_name};
use crate::person::{IdentifierStatus, NHS_NUMBER, Place};

/// One thing that an organisation said at one time.
struct Told {
    source: OdsCode,
    at: Timestamp,
    said: Said,
}

/// A row of `person_contact`.
struct Contact {
    is_telephone: bool,
    value: String,
    ended: Option<(Date, Timestamp)>,
    source: OdsCode,
    at: Timestamp,
}

/// The versions that the rows of a person would have come from; none when there is nobody.
pub(crate) fn versions(
    tx: &mut Transaction<'_>,
    person: PersonId,
    mut id: impl FnMut() -> RecordId,
) -> Result<Vec<SourceVersion>> {
    let mut told = names(tx, person)?;
    let Some((source, at)) = told.first().map(|first| (first.source, first.at)) else {
        return Ok(Vec::new());
    };
    let (said, place, by) = person_row(tx, person)?;
    told.push(Told { source, at, said });
    told.extend(addresses(tx, person)?);
    told.extend(contacts(contact_rows(tx, person)?, source));
    let (numbers, locals) = numbers(tx, person)?;
    told.extend(numbers);
    let mut by_source: BTreeMap<OdsCode, Vec<Told>> = BTreeMap::new();
    for one in told {
        by_source.entry(one.source).or_default().push(one);
    }
    for (source, _, at) in &locals {
        by_source.entry(*source).or_insert_with(|| {
            vec![Told {
                source: *source,
                at: *at,
                said: Said::default(),
            }]
        });
    }
    let mut found = Vec::new();
    for (source, told) in by_source {
        let mut own = locals.iter().filter(|(holder, ..)| *holder == source);
        let first = own.next().map(|(_, local, _)| local);
        found.extend(record((person, source, &by), id(), first, told));
        for (_, local, at) in own {
            let nothing = Told {
                source,
                at: *at,
                said: Said::default(),
            };
            let more = record((person, source, &by), id(), Some(local), vec![nothing]);
            found.extend(more);
        }
    }
    place_as_stored(&mut found, place);
    Ok(found)
}

/// The versions of one record: what was said at one time is one version.
fn record(
    (person, source, by): (PersonId, OdsCode, &str),
    record: RecordId,
    local: Option<&Code>,
    mut told: Vec<Told>,
) -> Vec<SourceVersion> {
    told.sort_by_key(|one| one.at);
    let mut versions: Vec<SourceVersion> = Vec::new();
    for one in told {
        match versions.last_mut() {
            Some(last) if last.recorded_at == one.at && fits(&last.said, &one.said) => {
                let since = last.said.since.or(one.said.since);
                last.said = std::mem::take(&mut last.said).then(one.said);
                last.said.since = since;
            }
            _ => versions.push(SourceVersion {
                record,
                number: i64::try_from(versions.len() + 1).unwrap_or(i64::MAX),
                source,
                trust: trust(&source, one.at),
                local: local.cloned(),
                said: one.said,
                recorded_at: one.at,
                recorded_by: by.to_owned(),
                person,
            }),
        }
    }
    versions
}

/// Whether two things can have been said in one breath.
fn fits(one: &Said, other: &Said) -> bool {
    !(one.name.is_some() && other.name.is_some()
        || one.address.is_some() && other.address.is_some()
        || one.telephone.is_some() && other.telephone.is_some()
        || one.email.is_some() && other.email.is_some()
        || one.nhs_number.is_some() && other.nhs_number.is_some())
}

/// Areas that the address and the practice do not lead to were given, and are kept as given.
fn place_as_stored(versions: &mut [SourceVersion], place: Place) {
    let composed = compose(versions.to_vec());
    if composed.place == place {
        return;
    }
    let shown = composed
        .address
        .shown()
        .map(|run| (run.record, run.recorded_at))
        .or_else(|| {
            let practice = composed.practice.shown()?;
            Some((practice.record, practice.recorded_at))
        });
    let first = versions
        .iter()
        .map(|version| (version.recorded_at, version.record))
        .min()
        .map(|(at, record)| (record, at));
    let giver = versions
        .iter_mut()
        .find(|version| Some((version.record, version.recorded_at)) == shown.or(first));
    if let Some(giver) = giver {
        giver.said.place = Some(place);
    }
}

fn person_row(tx: &mut Transaction<'_>, person: PersonId) -> Result<(Said, Place, String)> {
    tx.one(
        sql!(
            "SELECT born, died, sex, practice, council, locality, lsoa, created_by FROM person WHERE id = $1"
        ),
        params![person],
        |row| {
            let said = Said {
                born: row.get(0)?,
                died: row.get(1)?,
                sex: row.get(2)?,
                practice: row.get(3)?,
                ..Said::default()
            };
            let place = Place {
                council: row.get(4)?,
                locality: row.get(5)?,
                lsoa: row.get(6)?,
            };
            Ok((said, place, row.get(7)?))
        },
    )
}

fn names(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Told>> {
    tx.rows(
        sql!(
            "SELECT family, given, prefix, source, recorded_at FROM person_name
             WHERE person = $1 ORDER BY number"
        ),
        params![person],
        |row| {
            Ok(Told {
                source: row.get(3)?,
                at: row.get(4)?,
                said: Said {
                    name: Some(stored_name(row, 0)?),
                    ..Said::default()
                },
            })
        },
    )
}

fn addresses(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Told>> {
    tx.rows(
        sql!(
            "SELECT lines, postcode, lsoa, starts, source, recorded_at FROM person_address
             WHERE person = $1 ORDER BY number"
        ),
        params![person],
        |row| {
            Ok(Told {
                source: row.get(4)?,
                at: row.get(5)?,
                said: Said {
                    address: stored_address(row, 0)?,
                    since: row.get(3)?,
                    ..Said::default()
                },
            })
        },
    )
}

fn contact_rows(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Contact>> {
    tx.rows(
        sql!(
            "SELECT kind, value, ends, ended_at, source, recorded_at FROM person_contact
             WHERE person = $1 ORDER BY number"
        ),
        params![person],
        |row| {
            let (ends, ended_at): (Option<Date>, Option<Timestamp>) = (row.get(2)?, row.get(3)?);
            Ok(Contact {
                is_telephone: row.get::<String>(0)? == "telephone",
                value: row.get(1)?,
                ended: ends.zip(ended_at),
                source: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

/// A number that ended gave way to the one recorded then; where there is none, it was said then that
/// there is none.
fn contacts(rows: Vec<Contact>, base: OdsCode) -> Vec<Told> {
    let mut told = Vec::new();
    for (ends, at) in rows.iter().filter_map(|row| row.ended) {
        let replaced = rows.iter().any(|row| row.at == at);
        let known = told.iter().any(|one: &Told| one.at == at);
        if !replaced && !known {
            told.push(Told {
                source: base,
                at,
                said: Said {
                    telephone: Some(String::new()),
                    since: Some(ends),
                    ..Said::default()
                },
            });
        }
    }
    let endings: Vec<(Date, Timestamp)> = rows.iter().filter_map(|row| row.ended).collect();
    told.extend(rows.into_iter().map(|row| {
        let since = endings.iter().find(|(_, at)| *at == row.at);
        let (telephone, email) = if row.is_telephone {
            (Some(row.value), None)
        } else {
            (None, Some(row.value))
        };
        Told {
            source: row.source,
            at: row.at,
            said: Said {
                telephone,
                email,
                since: since.map(|(day, _)| *day),
                ..Said::default()
            },
        }
    }));
    told
}

/// An organisation's own number for the person, and when it was recorded.
type Local = (OdsCode, Code, Timestamp);

fn numbers(tx: &mut Transaction<'_>, person: PersonId) -> Result<(Vec<Told>, Vec<Local>)> {
    let (mut told, mut locals) = (Vec::new(), Vec::new());
    tx.each(
        sql!(
            "SELECT system, value, status, source, recorded_at FROM person_identifier
             WHERE person = $1 ORDER BY recorded_at, system, value"
        ),
        params![person],
        |row| {
            let (source, at) = (row.get(3)?, row.get(4)?);
            if row.get::<String>(0)? == NHS_NUMBER {
                let status: IdentifierStatus = row.get(2)?;
                told.push(Told {
                    source,
                    at,
                    said: Said {
                        nhs_number: Some(row.get(1)?),
                        relied: status != IdentifierStatus::Untraced,
                        ..Said::default()
                    },
                });
            } else {
                locals.push((source, row.get(1)?, at));
            }
            Ok(())
        },
    )?;
    Ok((told, locals))
}

/// Stores the line to match by of people who stand and have none, at most so many: those stored
/// before lines were kept. Returns how many there were; none when everybody has one.
///
/// # Errors
/// Those of the database.
pub fn store_missing_entries(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    most: usize,
) -> Result<usize> {
    let people = tx.rows(
        sql!(
            "SELECT p.id, p.restricted FROM person p
             WHERE p.survivor IS NULL AND NOT EXISTS (SELECT 1 FROM match_entry e WHERE e.person = p.id)
             ORDER BY p.id LIMIT $1"
        ),
        params![i64::try_from(most).unwrap_or(i64::MAX)],
        |row| Ok((row.get::<PersonId>(0)?, row.get::<bool>(1)?)),
    )?;
    let mut projections = Vec::new();
    for (person, restricted) in people {
        projections.push(Projection {
            person,
            restricted,
            merged: Vec::new(),
            composed: compose(versions(tx, person, || environment.id())?),
        });
    }
    put_entries(tx, &projections)?;
    Ok(projections.len())
}

/// Whether anybody who stands has no line to match by.
pub(crate) fn is_entry_missing(tx: &mut Transaction<'_>) -> Result<bool> {
    let missing = tx.optional(
        sql!(
            "SELECT 1 FROM person p
             WHERE p.survivor IS NULL AND NOT EXISTS (SELECT 1 FROM match_entry e WHERE e.person = p.id)
             LIMIT 1"
        ),
        params![],
        |_| Ok(()),
    )?;
    Ok(missing.is_some())
}
