//! Messages in the database.

use std::fmt;
use std::str::FromStr;

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, PersonId, Timestamp};
use thiserror::Error as ThisError;

use super::MessageId;
use super::receipt::Incoming;
use crate::adt::Fault;
use crate::spell::{SpellId, Unused};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageState {
    /// Stored and acknowledged, not yet worked through.
    Received,
    /// What it says is in the records.
    Applied,
    /// It is of a kind that this release does not use.
    Ignored,
    /// It could not be used: somebody should look at it.
    SetAside,
    /// It was not taken in: too large, cut off, not for a live system.
    Refused,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::SetAside,
        Self::Refused,
        Self::Received,
        Self::Ignored,
        Self::Applied,
    ];

    /// As the database and addresses write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Applied => "applied",
            Self::Ignored => "ignored",
            Self::SetAside => "set-aside",
            Self::Refused => "refused",
        }
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Received => "Waiting",
            Self::Applied => "Used",
            Self::Ignored => "Not needed",
            Self::SetAside => "Set aside",
            Self::Refused => "Refused",
        }
    }
}

impl fmt::Display for MessageState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no state of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
#[error("a message is received, applied, ignored, set-aside or refused")]
pub struct UnknownMessageState;

impl FromStr for MessageState {
    type Err = UnknownMessageState;

    fn from_str(text: &str) -> Result<Self, UnknownMessageState> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownMessageState)
    }
}

stour_database::text_value!(MessageState);

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name here.
    pub id: MessageId,
    /// When it came.
    pub received_at: Timestamp,
    /// Who sent it.
    pub sender: String,
    /// The sender's number for it.
    pub control_id: String,
    /// `ADT^A01`; empty when it could not be read.
    pub kind: String,
    /// How many bytes it has.
    pub size: i64,
    /// The character set that it was read in.
    pub charset: Option<String>,
    /// What became of it.
    pub state: MessageState,
    /// Why it was not used, or not altogether.
    pub fault: Option<Fault>,
    /// Which of its fields could not be used, where the rest was.
    pub left_out: Option<String>,
    /// How many times it came again.
    pub repeats: i64,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Which stay it is about.
    pub spell: Option<SpellId>,
    /// When it was worked through.
    pub processed_at: Option<Timestamp>,
}

/// Stores what came in; what is there already is counted. Returns how many were new.
pub fn keep(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    incoming: &[Incoming],
) -> Result<u64, Error> {
    let at = environment.now();
    let mut new = 0;
    for one in incoming {
        let fault = one.fault.as_ref();
        let size = i64::try_from(one.size).unwrap_or(i64::MAX);
        let repeats: i64 = tx.one(
            sql!(
                "INSERT INTO hl7_message (id, received_at, sender, control_id, kind, content_hash, size, body,
                     charset, state, reason, segment, field, advice, repeats)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0)
                 ON CONFLICT (sender, control_id, content_hash)
                 DO UPDATE SET repeats = hl7_message.repeats + 1
                 RETURNING repeats"
            ),
            params![
                environment.id::<MessageId>(),
                at,
                one.sender,
                one.control_id,
                one.kind,
                one.content_hash,
                size,
                one.body.as_deref(),
                one.charset,
                one.state,
                fault.map(|fault| fault.reason.as_str()),
                fault.map(|fault| fault.segment.as_str()),
                fault.and_then(|fault| i64::try_from(fault.field).ok()),
                fault.map(|fault| fault.advice.as_str()),
            ],
            |row| row.get(0),
        )?;
        new += u64::from(repeats == 0);
    }
    Ok(new)
}

/// Whether any message is to be worked through.
pub(super) fn is_any_waiting(tx: &mut Transaction<'_>) -> Result<bool, Error> {
    let found = tx.optional(
        sql!("SELECT 1 FROM hl7_message WHERE state = 'received' AND body IS NOT NULL LIMIT 1"),
        params![],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// When the oldest message came that is to be worked through.
pub(crate) fn oldest_waiting(tx: &mut Transaction<'_>) -> Result<Option<Timestamp>, Error> {
    tx.optional(
        sql!(
            "SELECT received_at FROM hl7_message
             WHERE state = 'received' AND body IS NOT NULL ORDER BY id LIMIT 1"
        ),
        params![],
        |row| row.get(0),
    )
}

/// A message to be worked through.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) id: MessageId,
    pub(super) received_at: Timestamp,
    pub(super) digest: String,
    pub(super) body: Vec<u8>,
}

/// Messages to be worked through, in the order in which they came.
pub(super) fn waiting(tx: &mut Transaction<'_>, limit: i64) -> Result<Vec<Waiting>, Error> {
    tx.rows(
        sql!(
            "SELECT id, received_at, content_hash, body FROM hl7_message
             WHERE state = 'received' AND body IS NOT NULL ORDER BY id LIMIT $1"
        ),
        params![limit],
        read_waiting,
    )
}

/// One message, if it is still to be worked through: another process may have been faster.
pub(super) fn still_waiting(
    tx: &mut Transaction<'_>,
    id: MessageId,
) -> Result<Option<Waiting>, Error> {
    tx.optional(
        sql!(
            "SELECT id, received_at, content_hash, body FROM hl7_message
             WHERE id = $1 AND state = 'received' AND body IS NOT NULL"
        ),
        params![id],
        read_waiting,
    )
}

fn read_waiting(row: &Row<'_>) -> Result<Waiting, Error> {
    Ok(Waiting {
        id: row.get(0)?,
        received_at: row.get(1)?,
        digest: row.get(2)?,
        body: row.get(3)?,
    })
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) state: MessageState,
    pub(super) fault: Option<Fault>,
    pub(super) left_out: Vec<Fault>,
    pub(super) person: Option<PersonId>,
    pub(super) spell: Option<SpellId>,
}

impl Outcome {
    /// Somebody must look at it.
    pub(super) fn set_aside(fault: Fault) -> Self {
        Self {
            state: MessageState::SetAside,
            fault: Some(fault),
            left_out: Vec::new(),
            person: None,
            spell: None,
        }
    }
}

pub(super) fn settle(
    tx: &mut Transaction<'_>,
    id: MessageId,
    outcome: &Outcome,
    at: Timestamp,
) -> Result<(), Error> {
    let fault = outcome.fault.as_ref();
    let left_out: Vec<String> = outcome.left_out.iter().map(ToString::to_string).collect();
    let left_out = (!left_out.is_empty()).then(|| left_out.join("; "));
    tx.execute(
        sql!(
            "UPDATE hl7_message SET state = $2, reason = $3, segment = $4, field = $5, advice = $6,
                 left_out = $7, person = $8, spell = $9, processed_at = $10
             WHERE id = $1"
        ),
        params![
            id,
            outcome.state,
            fault.map(|fault| fault.reason.as_str()),
            fault.map(|fault| fault.segment.as_str()),
            fault.and_then(|fault| i64::try_from(fault.field).ok()),
            fault.map(|fault| fault.advice.as_str()),
            left_out,
            outcome.person,
            outcome.spell,
            at
        ],
    )?;
    Ok(())
}

/// The state and reason of a message whose event is used, or not.
pub(super) fn fate(unused: Option<Unused>) -> (MessageState, Option<Fault>) {
    let Some(unused) = unused else {
        return (MessageState::Applied, None);
    };
    let state = if unused.needs_attention() {
        MessageState::SetAside
    } else {
        MessageState::Applied
    };
    (
        state,
        Some(Fault::of("", 0, unused.words(), unused.advice())),
    )
}

/// A later message changed what became of this one.
pub(crate) fn retell(
    tx: &mut Transaction<'_>,
    id: MessageId,
    unused: Option<Unused>,
) -> Result<(), Error> {
    let (state, fault) = fate(unused);
    tx.execute(
        sql!(
            "UPDATE hl7_message SET state = $2, reason = $3, segment = NULL, field = NULL, advice = $4
             WHERE id = $1"
        ),
        params![
            id,
            state,
            fault.as_ref().map(|fault| fault.reason.as_str()),
            fault.as_ref().map(|fault| fault.advice.as_str())
        ],
    )?;
    Ok(())
}

/// Puts a message back among those to be worked through.
pub(super) fn try_again(tx: &mut Transaction<'_>, id: MessageId) -> Result<bool, Error> {
    let changed = tx.execute(
        sql!(
            "UPDATE hl7_message SET state = 'received'
             WHERE id = $1 AND body IS NOT NULL AND state IN ('set-aside', 'ignored')"
        ),
        params![id],
    )?;
    Ok(changed > 0)
}

/// How many messages there are in each state.
pub(super) fn counts(tx: &mut Transaction<'_>) -> Result<Vec<(MessageState, i64)>, Error> {
    tx.rows(
        sql!("SELECT state, count(*) FROM hl7_message GROUP BY state"),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn stored(row: &Row<'_>) -> Result<Kept, Error> {
    let fault = row.get::<Option<String>>(8)?.map(|reason| {
        let (segment, field, advice): (Option<String>, Option<i64>, Option<String>) =
            (row.get(9)?, row.get(10)?, row.get(11)?);
        Ok::<_, Error>(Fault {
            segment: segment.unwrap_or_default(),
            field: field
                .and_then(|field| usize::try_from(field).ok())
                .unwrap_or_default(),
            reason,
            advice: advice.unwrap_or_default(),
        })
    });
    Ok(Kept {
        id: row.get(0)?,
        received_at: row.get(1)?,
        sender: row.get(2)?,
        control_id: row.get(3)?,
        kind: row.get(4)?,
        size: row.get(5)?,
        charset: row.get(6)?,
        state: row.get(7)?,
        fault: fault.transpose()?,
        left_out: row.get(12)?,
        repeats: row.get(13)?,
        person: row.get(14)?,
        spell: row.get(15)?,
        processed_at: row.get(16)?,
    })
}

/// Messages in one state, the latest first, from before one of them.
pub(super) fn list(
    tx: &mut Transaction<'_>,
    state: MessageState,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Kept>, Error> {
    tx.rows(
        sql!(
            "SELECT id, received_at, sender, control_id, kind, size, charset, state, reason, segment, field,
                    advice, left_out, repeats, person, spell, processed_at
             FROM hl7_message
             WHERE state = $1 AND (CAST($2 AS TEXT) IS NULL OR id < $2)
             ORDER BY id DESC LIMIT $3"
        ),
        params![state, before, limit],
        stored,
    )
}

/// One message.
pub(super) fn one(tx: &mut Transaction<'_>, id: MessageId) -> Result<Option<Kept>, Error> {
    tx.optional(
        sql!(
            "SELECT id, received_at, sender, control_id, kind, size, charset, state, reason, segment, field,
                    advice, left_out, repeats, person, spell, processed_at
             FROM hl7_message WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// The bytes of one message.
pub(super) fn body(tx: &mut Transaction<'_>, id: MessageId) -> Result<Option<Vec<u8>>, Error> {
    let body = tx.optional(
        sql!("SELECT body FROM hl7_message WHERE id = $1"),
        params![id],
        |row| row.get::<Option<Vec<u8>>>(0),
    )?;
    Ok(body.flatten())
}
