//! Storing what organisations say, and whom it is about.

use std::collections::BTreeMap;

use stour_database::{Error, Result, Row, Transaction, params, sql};
use stour_kernel::{Code, Environment, OdsCode, PersonId, Timestamp};

use super::backfill;
use super::matcher::{Link, Step};
use super::project::project;
use super::runs::trust;
use super::said::{LinkId, RecordId, Said, SourceVersion};
use crate::event::{Event, announce};
use crate::merge::group;
use crate::person::learn::raise_version;
use crate::person::load::owned;
use crate::person::{PeopleError, know};

/// What is said of a person who stands.
pub(crate) struct Saying<'s> {
    pub(crate) person: PersonId,
    pub(crate) source: OdsCode,
    pub(crate) local: Option<&'s Code>,
    pub(crate) said: Said,
    pub(crate) by: &'s str,
    /// Why it is about this person, where the organisation's record is new.
    pub(crate) link: &'s Link,
}

/// Keeps what an organisation says of somebody we know, as the next version of its record or as a new
/// record, and makes the person's record anew. Says whether there was anything new.
pub(crate) fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    saying: Saying<'_>,
) -> Result<bool> {
    let Saying {
        person,
        source,
        local,
        said,
        by,
        link,
    } = saying;
    for member in group(tx, person)? {
        ensure(tx, environment, member)?;
    }
    let known = match local {
        Some(local) => record_of_number(tx, (source, local), person)?,
        None => record_without_number(tx, source, person)?,
    };
    let before = match known {
        Some(record) => versions_of_record(tx, record)?,
        None => Vec::new(),
    };
    let current = before
        .iter()
        .map(|version| version.said.clone())
        .reduce(Said::then);
    if current.is_some_and(|current| !said.adds_to(&current)) {
        return Ok(false);
    }
    let at = environment.now();
    let record = known.unwrap_or_else(|| environment.id());
    let number = before.last().map_or(1, |version| version.number + 1);
    let version = SourceVersion {
        record,
        number,
        source,
        trust: trust(&source, at),
        local: local.cloned(),
        said,
        recorded_at: at,
        recorded_by: by.to_owned(),
        person,
    };
    put(tx, std::slice::from_ref(&version))?;
    if known.is_none() {
        put_links(tx, [(environment.id(), &version, link)])?;
    }
    raise_version(tx, person)?;
    project(tx, environment, person)?;
    Ok(true)
}

const VERSION: [&str; 7] = [
    "record",
    "number",
    "source",
    "local",
    "content",
    "recorded_at",
    "recorded_by",
];
const LINK: [&str; 11] = [
    "id",
    "record",
    "person",
    "step",
    "weight",
    "probability",
    "model",
    "reason",
    "explanation",
    "linked_at",
    "linked_by",
];

/// Stores versions.
pub(crate) fn put(tx: &mut Transaction<'_>, versions: &[SourceVersion]) -> Result<()> {
    let rows = versions.iter().map(|version| {
        owned(params![
            version.record,
            version.number,
            version.source,
            version.local,
            content(&version.said),
            version.recorded_at,
            version.recorded_by
        ])
    });
    tx.bulk("source_record", &VERSION, rows)?;
    Ok(())
}

fn content(said: &Said) -> String {
    serde_json::to_string(said).unwrap_or_default()
}

/// Links records, each by its first version, to the person that it names.
pub(crate) fn put_links<'l>(
    tx: &mut Transaction<'_>,
    links: impl IntoIterator<Item = (LinkId, &'l SourceVersion, &'l Link)>,
) -> Result<()> {
    let rows = links.into_iter().map(|(id, version, link)| {
        owned(params![
            id,
            version.record,
            version.person,
            link.step,
            link.weight,
            link.probability,
            link.model,
            link.reason,
            link.explanation,
            version.recorded_at,
            version.recorded_by
        ])
    });
    tx.bulk("record_link", &LINK, rows)?;
    Ok(())
}

/// Every version of every record that is linked to this very person.
pub(crate) fn versions(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<SourceVersion>> {
    versions_as_known(tx, person, Timestamp::MAX)
}

/// The same as it was known at a past moment: the versions recorded by then of the records linked
/// then.
pub(crate) fn versions_as_known(
    tx: &mut Transaction<'_>,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<SourceVersion>> {
    tx.rows(
        sql!(
            "SELECT v.record, v.number, v.source, v.local, v.content, v.recorded_at, v.recorded_by, l.person
             FROM record_link l JOIN source_record v ON v.record = l.record
             WHERE l.person = $1 AND l.linked_at <= $2 AND (l.ended_at IS NULL OR l.ended_at > $2)
               AND v.recorded_at <= $2
             ORDER BY v.record, v.number"
        ),
        params![person, at],
        read,
    )
}

/// Every version of a record that is linked to somebody.
pub(crate) fn versions_of_record(
    tx: &mut Transaction<'_>,
    record: RecordId,
) -> Result<Vec<SourceVersion>> {
    tx.rows(
        sql!(
            "SELECT v.record, v.number, v.source, v.local, v.content, v.recorded_at, v.recorded_by, l.person
             FROM source_record v JOIN record_link l ON l.record = v.record AND l.ended_at IS NULL
             WHERE v.record = $1 ORDER BY v.number"
        ),
        params![record],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<SourceVersion> {
    let said = serde_json::from_str(&row.get::<String>(4)?).map_err(|_| Error::Decode {
        column: 4,
        expected: "content of a source record",
    })?;
    let (source, recorded_at) = (row.get(2)?, row.get(5)?);
    Ok(SourceVersion {
        record: row.get(0)?,
        number: row.get(1)?,
        trust: trust(&source, recorded_at),
        source,
        local: row.get(3)?,
        said,
        recorded_at,
        recorded_by: row.get(6)?,
        person: row.get(7)?,
    })
}

/// The record by which an organisation knows this person under a number of its own.
fn record_of_number(
    tx: &mut Transaction<'_>,
    (source, local): (OdsCode, &Code),
    person: PersonId,
) -> Result<Option<RecordId>> {
    tx.optional(
        sql!(
            "SELECT v.record FROM source_record v
             JOIN record_link l ON l.record = v.record AND l.ended_at IS NULL
             JOIN person p ON p.id = l.person
             WHERE v.source = $1 AND v.local = $2 AND (p.id = $3 OR p.survivor = $3)
             ORDER BY v.record"
        ),
        params![source, local, person],
        |row| row.get(0),
    )
}

/// The record that an organisation has of this very person without a number of its own.
fn record_without_number(
    tx: &mut Transaction<'_>,
    source: OdsCode,
    person: PersonId,
) -> Result<Option<RecordId>> {
    tx.optional(
        sql!(
            "SELECT v.record FROM record_link l
             JOIN source_record v ON v.record = l.record AND v.number = 1
             WHERE l.person = $1 AND l.ended_at IS NULL AND v.source = $2 AND v.local IS NULL
             ORDER BY v.record"
        ),
        params![person, source],
        |row| row.get(0),
    )
}

/// What an organisation says of this very person without a number of its own.
pub(crate) fn said_without_number(
    tx: &mut Transaction<'_>,
    source: OdsCode,
    person: PersonId,
) -> Result<Option<Said>> {
    let Some(record) = record_without_number(tx, source, person)? else {
        return Ok(None);
    };
    let versions = versions_of_record(tx, record)?.into_iter();
    Ok(versions.map(|version| version.said).reduce(Said::then))
}

/// Whether anything was ever linked to this person: if not, the person was stored before sources
/// were kept.
pub(crate) fn has_sources(tx: &mut Transaction<'_>, person: PersonId) -> Result<bool> {
    let any = tx.optional(
        sql!("SELECT 1 FROM record_link WHERE person = $1 LIMIT 1"),
        params![person],
        |_| Ok(()),
    )?;
    Ok(any.is_some())
}

/// Makes source records of what the tables hold of a person who was stored before sources were kept.
pub(crate) fn ensure(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
) -> Result<()> {
    if has_sources(tx, person)? {
        return Ok(());
    }
    let versions = backfill::versions(tx, person, || environment.id())?;
    put(tx, &versions)?;
    let link = Link::of(
        Step::New,
        "The record stood before the sources of each value were kept.",
    );
    let first = versions.iter().filter(|version| version.number == 1);
    put_links(tx, first.map(|version| (environment.id(), version, &link)))
}

/// Every version of every record of this very person, for showing: also of somebody who was stored
/// before sources were kept, for whom nothing is stored by it.
pub(crate) fn versions_to_show(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
) -> Result<Vec<SourceVersion>> {
    if has_sources(tx, person)? {
        versions(tx, person)
    } else {
        backfill::versions(tx, person, || environment.id())
    }
}

/// Where a record goes that was linked wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// To somebody who is known.
    Person(PersonId),
    /// To a new person, of whom nothing else is known.
    New,
}

/// Takes a source record away from the person to whom it was linked wrongly, and gives the person to
/// whom it belongs now.
///
/// # Errors
/// [`PeopleError::NoRecord`]; [`PeopleError::NoPerson`]; [`PeopleError::LastRecord`] when nothing
/// would be left that says a name; [`PeopleError::SamePerson`] when it is there already.
pub fn move_record(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    record: RecordId,
    to: Destination,
    why: &str,
    by: &str,
) -> Result<PersonId, PeopleError> {
    let versions = versions_of_record(tx, record)?;
    let Some(mut latest) = versions.last().cloned() else {
        return Err(PeopleError::NoRecord);
    };
    let from = crate::merge::resolve(tx, latest.person)?.ok_or(PeopleError::NoPerson)?;
    let mut keeps_a_name = false;
    for member in group(tx, from)? {
        let left = self::versions(tx, member)?;
        keeps_a_name |= left
            .iter()
            .any(|version| version.record != record && version.said.name.is_some());
    }
    if !keeps_a_name {
        return Err(PeopleError::LastRecord);
    }
    let to = match to {
        Destination::Person(person) => {
            crate::merge::resolve(tx, person)?.ok_or(PeopleError::NoPerson)?
        }
        Destination::New if versions.iter().all(|version| version.said.name.is_none()) => {
            return Err(PeopleError::LastRecord);
        }
        Destination::New => part(tx, environment, from, by)?,
    };
    if to == from {
        return Err(PeopleError::SamePerson);
    }
    let at = environment.now();
    tx.execute(
        sql!(
            "UPDATE record_link SET ended_at = $2, ended_by = $3, ended_why = $4
             WHERE record = $1 AND ended_at IS NULL"
        ),
        params![record, at, by, why],
    )?;
    (latest.person, latest.recorded_at, latest.recorded_by) = (to, at, by.to_owned());
    let link = Link::of(Step::Human, why);
    ensure(tx, environment, to)?;
    put_links(tx, [(environment.id(), &latest, &link)])?;
    know(
        tx,
        environment,
        to,
        latest.source,
        "record",
        environment.today(),
    )?;
    for person in [from, to] {
        raise_version(tx, person)?;
        project(tx, environment, person)?;
    }
    let record = record.into();
    announce(tx, environment, Event::Moved { record, from, to })?;
    Ok(to)
}

/// A new person beside one: hidden as that one is.
fn part(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    from: PersonId,
    by: &str,
) -> Result<PersonId> {
    let person: PersonId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO person (id, restricted, objection, version, created_at, created_by)
             SELECT CAST($2 AS TEXT), restricted, objection, 1, CAST($3 AS TEXT), CAST($4 AS TEXT)
             FROM person WHERE id = $1"
        ),
        params![from, person, environment.now(), by],
    )?;
    Ok(person)
}

/// How long may pass before it is written down again that an organisation sent
/// something.
const MINUTE: std::time::Duration = std::time::Duration::from_mins(1);

/// Remembers, to the minute, that organisations sent something.
pub(crate) fn heard(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    sources: impl IntoIterator<Item = OdsCode>,
) -> Result<()> {
    let at = environment.now();
    for source in sources {
        let last = tx.optional(
            sql!("SELECT at FROM source_heard WHERE source = $1"),
            params![source],
            |row| row.get::<Timestamp>(0),
        )?;
        if last.is_none_or(|last| last.checked_add(MINUTE).is_ok_and(|next| next <= at)) {
            tx.execute(
                sql!(
                    "INSERT INTO source_heard (source, at) VALUES ($1, $2)
                     ON CONFLICT (source) DO UPDATE SET at = excluded.at"
                ),
                params![source, at],
            )?;
        }
    }
    Ok(())
}

/// When each organisation last sent anything about anybody.
pub(crate) fn last_heard(tx: &mut Transaction<'_>) -> Result<BTreeMap<OdsCode, Timestamp>> {
    let heard = tx.rows(
        sql!("SELECT source, at FROM source_heard"),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(heard.into_iter().collect())
}

/// A link as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Linked {
    pub(crate) record: RecordId,
    pub(crate) step: Step,
    pub(crate) reason: String,
    pub(crate) at: Timestamp,
    pub(crate) by: String,
}

/// The links of a person that stood at a moment.
pub(crate) fn links_as_known(
    tx: &mut Transaction<'_>,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<Linked>> {
    tx.rows(
        sql!(
            "SELECT record, step, reason, linked_at, linked_by FROM record_link
             WHERE person = $1 AND linked_at <= $2 AND (ended_at IS NULL OR ended_at > $2)
             ORDER BY linked_at, id"
        ),
        params![person, at],
        |row| {
            Ok(Linked {
                record: row.get(0)?,
                step: row.get(1)?,
                reason: row.get(2)?,
                at: row.get(3)?,
                by: row.get(4)?,
            })
        },
    )
}
