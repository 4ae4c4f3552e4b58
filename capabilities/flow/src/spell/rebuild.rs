//! Spells added up anew from the messages as they were stored: what they show follows from those and from nothing else.

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::Environment;

use super::event::Event;
use super::tell::add_up;
use super::{SpellId, store};
use crate::error::FlowError;
use crate::estimate::Moment;
use crate::message::MessageId;

/// What adding up anew found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rebuilt {
    /// How many spells were added up.
    pub(crate) spells: u64,
    /// From how many messages.
    pub(crate) messages: u64,
    /// How many of those say nothing of the spell any more that can be read; what they said before stands.
    pub(crate) unread: u64,
    /// The spells that show something else now.
    pub(crate) changed: Vec<SpellId>,
}

/// A message as it was stored.
pub(crate) struct Stored {
    /// Its bytes.
    pub(crate) body: Vec<u8>,
    /// Their digest.
    pub(crate) digest: String,
}

/// Adds up the next spells after one. `read` gives what a stored message says of the visit of a number. Returns the last
/// spell; none when there are no more.
///
/// # Errors
/// Those of the database.
pub(crate) fn rebuild(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (after, most): (Option<SpellId>, i64),
    read: impl Fn(&Stored, &str) -> Result<Option<Event>, FlowError>,
    rebuilt: &mut Rebuilt,
) -> Result<Option<SpellId>, FlowError> {
    let ids: Vec<SpellId> = tx.rows(
        sql!("SELECT id FROM spell WHERE CAST($1 AS TEXT) IS NULL OR id > $1 ORDER BY id LIMIT $2"),
        params![after, most],
        |row| row.get(0),
    )?;
    for id in &ids {
        let Some(before) = store::one(tx, *id)? else {
            continue;
        };
        for told in told_by(tx, *id)? {
            rebuilt.messages += 1;
            let event = match &told.stored {
                Some(stored) => read(stored, &before.visit_number)?,
                None => None,
            };
            match event {
                Some(event) => tell_again(tx, *id, &told, &event)?,
                None => rebuilt.unread += 1,
            }
        }
        let added = add_up(tx, environment, &before, (None, Moment::Again))?;
        rebuilt.spells += 1;
        if added.is_otherwise {
            rebuilt.changed.push(*id);
        }
    }
    Ok(ids.last().copied())
}

/// An event of a spell, and the message that told it.
struct ToldBy {
    message: MessageId,
    /// The event as it is kept.
    what: String,
    /// None where the bytes are not kept any more.
    stored: Option<Stored>,
}

fn told_by(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<ToldBy>, Error> {
    tx.rows(
        sql!(
            "SELECT e.message, e.what, m.body, m.content_hash
             FROM spell_event e LEFT JOIN hl7_message m ON m.id = e.message
             WHERE e.spell = $1 AND e.message IS NOT NULL ORDER BY e.message"
        ),
        params![spell],
        |row| {
            let stored = row.get::<Option<Vec<u8>>>(2)?.zip(row.get(3)?);
            Ok(ToldBy {
                message: row.get(0)?,
                what: row.get(1)?,
                stored: stored.map(|(body, digest)| Stored { body, digest }),
            })
        },
    )
}

/// Most messages are read as they were before, and nothing is to be written.
fn tell_again(
    tx: &mut Transaction<'_>,
    spell: SpellId,
    told: &ToldBy,
    event: &Event,
) -> Result<(), Error> {
    let what = serde_json::json!(event).to_string();
    if what == told.what {
        return Ok(());
    }
    tx.execute(
        sql!(
            "UPDATE spell_event SET kind = $3, occurred = $4, what = $5 WHERE spell = $1 AND message = $2"
        ),
        params![
            spell,
            told.message,
            event.kind.trigger(),
            event.order.occurred,
            what
        ],
    )?;
    Ok(())
}
