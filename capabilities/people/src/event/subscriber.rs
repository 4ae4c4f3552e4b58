//! Who is told of events, and how far each has been told.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{Environment, OdsCode, Timestamp, typed_id};
use thiserror::Error;

use super::Announced;
use super::store::{after, latest};

typed_id!(pub SubscriberId, "a program that is told of events");
stour_database::text_value!(SubscriberId);

/// How long a process may take to tell one subscriber before another process takes over.
const LEASE: Duration = Duration::from_mins(2);
/// The pause after the first failure; it doubles with each that follows.
const PAUSE: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// How many events one process tells before it looks who else waits.
const AT_ONCE: i64 = 50;

/// How a subscriber is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriberKind {
    /// By a POST of JSON.
    Webhook,
    /// By an HL7 version 2 message, framed by MLLP.
    Hl7,
}

impl SubscriberKind {
    /// As the database and forms write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Hl7 => "hl7",
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Webhook => "JSON, by a web address",
            Self::Hl7 => "HL7 version 2 (A40 and A37), by MLLP",
        }
    }
}

impl fmt::Display for SubscriberKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no way to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a subscriber is told by webhook or hl7")]
pub struct UnknownSubscriberKind;

impl FromStr for SubscriberKind {
    type Err = UnknownSubscriberKind;

    fn from_str(text: &str) -> std::result::Result<Self, UnknownSubscriberKind> {
        [Self::Webhook, Self::Hl7]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownSubscriberKind)
    }
}

stour_database::text_value!(SubscriberKind);

/// A subscriber to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubscriber {
    /// What people call it.
    pub name: String,
    /// How it is told.
    pub kind: SubscriberKind,
    /// Where: an address of the web, or `host:port`.
    pub address: String,
    /// Whose it is, so that messages carry that organisation's own numbers too.
    pub organisation: Option<OdsCode>,
    /// It is told of everything that ever happened; else of what happens from now on.
    pub from_the_beginning: bool,
}

/// A subscriber, and how far it has been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subscriber {
    pub(crate) id: SubscriberId,
    pub(crate) name: String,
    pub(crate) kind: SubscriberKind,
    pub(crate) address: String,
    pub(crate) organisation: Option<OdsCode>,
    /// The number of the last event that was delivered or passed over.
    pub(crate) told: i64,
    /// How often in a row the next could not be delivered.
    pub(crate) failures: i64,
    pub(crate) failure: Option<String>,
    /// When it is tried again.
    pub(crate) due: Timestamp,
    pub(crate) created_at: Timestamp,
    pub(crate) created_by: String,
    pub(crate) ended_at: Option<Timestamp>,
}

/// What became of telling a subscriber of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) sequence: i64,
    /// `delivered`, `failing` or `passed-over`.
    pub(crate) state: String,
    pub(crate) attempts: i64,
    pub(crate) at: Timestamp,
    pub(crate) note: String,
}

/// Adds a subscriber.
///
/// # Errors
/// Those of the database.
pub fn subscribe(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewSubscriber,
    by: &str,
) -> Result<SubscriberId> {
    let id: SubscriberId = environment.id();
    let told = if new.from_the_beginning {
        0
    } else {
        latest(tx)?
    };
    tx.execute(
        sql!(
            "INSERT INTO event_subscriber (id, name, kind, address, organisation, told, failures, due, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, $8)"
        ),
        params![id, new.name, new.kind, new.address, new.organisation, told, environment.now(), by],
    )?;
    Ok(id)
}

/// Tells a subscriber of nothing more. Returns whether it was told until now.
pub(super) fn end(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: SubscriberId,
    by: &str,
) -> Result<bool> {
    let ended = tx.execute(
        sql!("UPDATE event_subscriber SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL"),
        params![id, environment.now(), by],
    )?;
    Ok(ended > 0)
}

/// Every subscriber, those that have ended last.
pub(super) fn all(tx: &mut Transaction<'_>) -> Result<Vec<Subscriber>> {
    tx.rows(
        sql!(
            "SELECT id, name, kind, address, organisation, told, failures, failure, due, created_at, created_by, ended_at
             FROM event_subscriber ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, name, id"
        ),
        params![],
        stored,
    )
}

/// One subscriber.
pub(super) fn one(tx: &mut Transaction<'_>, id: SubscriberId) -> Result<Option<Subscriber>> {
    tx.optional(
        sql!(
            "SELECT id, name, kind, address, organisation, told, failures, failure, due, created_at, created_by, ended_at
             FROM event_subscriber WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<Subscriber> {
    Ok(Subscriber {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        address: row.get(3)?,
        organisation: row.get(4)?,
        told: row.get(5)?,
        failures: row.get(6)?,
        failure: row.get(7)?,
        due: row.get(8)?,
        created_at: row.get(9)?,
        created_by: row.get(10)?,
        ended_at: row.get(11)?,
    })
}

/// The latest deliveries to a subscriber, from before one of them.
pub(super) fn deliveries(
    tx: &mut Transaction<'_>,
    id: SubscriberId,
    before: i64,
    limit: i64,
) -> Result<Vec<Delivery>> {
    tx.rows(
        sql!(
            "SELECT sequence, state, attempts, at, note FROM event_delivery
             WHERE subscriber = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3"
        ),
        params![id, before, limit],
        |row| {
            Ok(Delivery {
                sequence: row.get(0)?,
                state: row.get(1)?,
                attempts: row.get(2)?,
                at: row.get(3)?,
                note: row.get(4)?,
            })
        },
    )
}

/// Takes the subscriber that has waited longest, so that no other process tells it meanwhile, with the
/// next events for it. `None` when nobody waits.
pub(super) fn claim(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    lease: SubscriberId,
) -> Result<Option<(Subscriber, Vec<Announced>)>> {
    let now = environment.now();
    let found = tx.optional(
        sql!(
            "SELECT id, name, kind, address, organisation, told, failures, failure, due, created_at, created_by, ended_at
             FROM event_subscriber
             WHERE ended_at IS NULL AND due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
               AND told < (SELECT COALESCE(max(sequence), 0) FROM person_event)
             ORDER BY due, id LIMIT 1"
        ),
        params![now],
        stored,
    )?;
    let Some(subscriber) = found else {
        return Ok(None);
    };
    tx.execute(
        sql!("UPDATE event_subscriber SET lease = $2, leased_until = $3 WHERE id = $1"),
        params![subscriber.id, lease, later(now, LEASE)],
    )?;
    let events = after(tx, subscriber.told, AT_ONCE)?;
    Ok(Some((subscriber, events)))
}

/// Gives a subscriber back when there is nothing more to tell it now.
pub(super) fn release(
    tx: &mut Transaction<'_>,
    id: SubscriberId,
    lease: SubscriberId,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE event_subscriber SET lease = NULL, leased_until = NULL WHERE id = $1 AND lease = $2"),
        params![id, lease],
    )?;
    Ok(())
}

/// Notes what became of telling a subscriber of an event. Returns whether it is still this process's to
/// tell.
pub(super) fn settle(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, lease): (SubscriberId, SubscriberId),
    sequence: i64,
    outcome: &std::result::Result<Note, String>,
) -> Result<bool> {
    let now = environment.now();
    let failures = tx.optional(
        sql!("SELECT failures FROM event_subscriber WHERE id = $1 AND lease = $2"),
        params![id, lease],
        |row| row.get::<i64>(0),
    )?;
    let Some(failures) = failures else {
        return Ok(false);
    };
    let (state, note) = match outcome {
        Ok(note) => {
            tx.execute(
                sql!(
                    "UPDATE event_subscriber SET told = $3, failures = 0, failure = NULL, due = $4, leased_until = $5
                     WHERE id = $1 AND lease = $2"
                ),
                params![id, lease, sequence, now, later(now, LEASE)],
            )?;
            (note.state, note.text.as_str())
        }
        Err(why) => {
            tx.execute(
                sql!(
                    "UPDATE event_subscriber SET failures = failures + 1, failure = $3, due = $4, lease = NULL, leased_until = NULL
                     WHERE id = $1 AND lease = $2"
                ),
                params![id, lease, why, later(now, pause(failures))],
            )?;
            ("failing", why.as_str())
        }
    };
    put(tx, (id, sequence), (state, failures + 1, note), now)?;
    Ok(outcome.is_ok())
}

/// How an event that needs no more telling ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) state: &'static str,
    pub(super) text: String,
}

fn put(
    tx: &mut Transaction<'_>,
    (id, sequence): (SubscriberId, i64),
    (state, attempts, note): (&str, i64, &str),
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO event_delivery (subscriber, sequence, state, attempts, at, note)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (subscriber, sequence)
             DO UPDATE SET state = excluded.state, attempts = excluded.attempts, at = excluded.at, note = excluded.note"
        ),
        params![id, sequence, state, attempts, at, note],
    )?;
    Ok(())
}

/// Gives up telling a subscriber of the event that it does not take, so that those after it go on.
/// `sequence` is the event that whoever decides has seen. Returns whether it was still the next.
pub(super) fn pass_over(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, sequence): (SubscriberId, i64),
    by: &str,
) -> Result<bool> {
    let now = environment.now();
    let attempts = tx.optional(
        sql!("SELECT failures FROM event_subscriber WHERE id = $1 AND told = $2 AND failures > 0"),
        params![id, sequence - 1],
        |row| row.get::<i64>(0),
    )?;
    let Some(attempts) = attempts else {
        return Ok(false);
    };
    tx.execute(
        sql!(
            "UPDATE event_subscriber SET told = $2, failures = 0, failure = NULL, due = $3, lease = NULL, leased_until = NULL
             WHERE id = $1"
        ),
        params![id, sequence, now],
    )?;
    let note = format!("Passed over by {by}");
    put(tx, (id, sequence), ("passed-over", attempts, &note), now)?;
    Ok(true)
}

fn later(at: Timestamp, wait: Duration) -> Timestamp {
    at.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// The pause after so many failures before this one.
fn pause(failures: i64) -> Duration {
    let doublings = u32::try_from(failures).unwrap_or(u32::MAX).min(16);
    PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}
