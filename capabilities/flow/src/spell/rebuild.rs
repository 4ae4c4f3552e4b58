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

/// Adds up the next spells after one. `read` gives what a stored message says of the visit of a number. Returns the last
/// spell; none when there are no more.
///
/// # Errors
/// Those of the database.
pub(crate) fn rebuild(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (after, most): (Option<SpellId>, i64),
    read: impl Fn(&mut Transaction<'_>, MessageId, &str) -> Result<Option<Event>, FlowError>,
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
        for message in told_by(tx, *id)? {
            rebuilt.messages += 1;
            match read(tx, message, &before.visit_number)? {
                Some(event) => tell_again(tx, *id, message, &event)?,
                None => rebuilt.unread += 1,
            }
        }
        add_up(tx, environment, &before, (None, Moment::Again))?;
        let now = store::one(tx, *id)?;
        rebuilt.spells += 1;
        if now.is_some_and(|now| now.version != before.version) {
            rebuilt.changed.push(*id);
        }
    }
    Ok(ids.last().copied())
}

fn told_by(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<MessageId>, Error> {
    tx.rows(
        sql!(
            "SELECT message FROM spell_event WHERE spell = $1 AND message IS NOT NULL ORDER BY message"
        ),
        params![spell],
        |row| row.get(0),
    )
}

fn tell_again(
    tx: &mut Transaction<'_>,
    spell: SpellId,
    message: MessageId,
    event: &Event,
) -> Result<(), Error> {
    let what = serde_json::json!(event).to_string();
    tx.execute(
        sql!(
            "UPDATE spell_event SET kind = $3, occurred = $4, what = $5 WHERE spell = $1 AND message = $2"
        ),
        params![spell, message, event.kind.trigger(), event.order.occurred, what],
    )?;
    Ok(())
}
