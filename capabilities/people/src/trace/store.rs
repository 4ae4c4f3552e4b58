//! What a register answered, and what becomes of the record by it.

use std::fmt;
use std::str::FromStr;

use stour_database::{Error, Transaction, Version, params, sql};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp, typed_id};
use thiserror::Error as ThisError;

use super::{Fate, Found, Held, Outcome};
use crate::person::store::holder;
use crate::person::{
    Address, Demographics, IdentifierStatus, NHS_NUMBER, PeopleError, keep_beside, version_of,
};

typed_id!(pub(crate) TraceId, "an answer of a register of NHS numbers");
stour_database::text_value!(TraceId);

/// The organisation that says what PDS says: NHS England, which runs it. The code is unverified.
pub(crate) const SOURCE: &str = "X26";

/// What has become of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TraceState {
    /// Nobody has decided on it.
    Open,
    /// The record was changed by it.
    Accepted,
    /// It was the same person, but another record holds the number.
    HeldByAnother,
    /// It was somebody else.
    Rejected,
}

impl TraceState {
    const ALL: [Self; 4] = [
        Self::Open,
        Self::Accepted,
        Self::HeldByAnother,
        Self::Rejected,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::HeldByAnother => "held-by-another",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for TraceState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no state of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
#[error("this is no state of an answer of a register")]
pub(crate) struct UnknownTraceState;

impl FromStr for TraceState {
    type Err = UnknownTraceState;

    fn from_str(text: &str) -> Result<Self, UnknownTraceState> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownTraceState)
    }
}

stour_database::text_value!(TraceState);

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: TraceId,
    pub(crate) outcome: Outcome,
    pub(crate) state: TraceState,
    pub(crate) asked_at: Timestamp,
    pub(crate) asked_by: String,
}

/// Keeps an answer.
pub(crate) fn keep(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    outcome: &Outcome,
    by: &str,
) -> Result<TraceId, Error> {
    let id: TraceId = environment.id();
    let text =
        serde_json::to_string(outcome).map_err(|error| Error::Statement(error.to_string()))?;
    tx.execute(
        sql!(
            "INSERT INTO person_trace (id, person, outcome, state, asked_at, asked_by)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, person, text, TraceState::Open, environment.now(), by],
    )?;
    Ok(id)
}

/// The latest answer about somebody.
pub(crate) fn latest(tx: &mut Transaction<'_>, person: PersonId) -> Result<Option<Kept>, Error> {
    let row = tx.optional(
        sql!(
            "SELECT id, outcome, state, asked_at, asked_by FROM person_trace
             WHERE person = $1 ORDER BY id DESC LIMIT 1"
        ),
        params![person],
        |row| {
            Ok((
                row.get::<TraceId>(0)?,
                row.get::<String>(1)?,
                row.get::<TraceState>(2)?,
                row.get::<Timestamp>(3)?,
                row.get::<String>(4)?,
            ))
        },
    )?;
    let Some((id, text, state, asked_at, asked_by)) = row else {
        return Ok(None);
    };
    // What an earlier version of the program kept and this one cannot read is asked for again.
    Ok(serde_json::from_str(&text).ok().map(|outcome| Kept {
        id,
        outcome,
        state,
        asked_at,
        asked_by,
    }))
}

/// Decides on the latest answer about somebody.
///
/// By accepting, the number is the person's, traced; the number that the record had keeps what became
/// of it; what the register says besides is kept beside what others say. Another record that holds the
/// number is left as it is: two people never share one, so the two must be compared first.
///
/// # Errors
/// [`PeopleError::Version`] when the record, or the answer, is not the one that was seen.
pub(crate) fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (person, seen): (PersonId, Version),
    (answer, same): (TraceId, bool),
    by: &str,
) -> Result<TraceState, PeopleError> {
    version_of(tx, person)?
        .ok_or(PeopleError::NoPerson)?
        .expect(seen)?;
    let kept =
        latest(tx, person)?.filter(|kept| kept.id == answer && kept.state == TraceState::Open);
    let Some(kept) = kept else {
        return Err(stour_database::VersionError::Changed.into());
    };
    let state = if same {
        accept(tx, environment, person, &kept.outcome)?
    } else {
        TraceState::Rejected
    };
    tx.execute(
        sql!("UPDATE person_trace SET state = $2, decided_at = $3, decided_by = $4 WHERE id = $1"),
        params![kept.id, state, environment.now(), by],
    )?;
    Ok(state)
}

fn accept(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    outcome: &Outcome,
) -> Result<TraceState, PeopleError> {
    let source: OdsCode = SOURCE.parse().map_err(|_| Error::NotFound)?;
    let found = match &outcome.found {
        Found::One(held) => Some(held),
        Found::Nobody | Found::Several => None,
    };
    if let Some(held) = found
        && holder(tx, held.number)?.is_some_and(|holder| holder != person)
    {
        return Ok(TraceState::HeldByAnother);
    }
    if let Some((number, fate)) = outcome.before {
        let status = match fate {
            Fate::Superseded => IdentifierStatus::Superseded,
            Fate::Invalidated => IdentifierStatus::Invalidated,
            Fate::Unknown | Fate::Another => IdentifierStatus::Untraced,
        };
        tx.execute(
            sql!(
                "UPDATE person_identifier SET status = $3
                 WHERE person = $1 AND system = 'nhs-number' AND value = $2"
            ),
            params![person, number, status],
        )?;
    }
    if let Some(held) = found {
        confirm(tx, environment, person, held, source)?;
    }
    tx.execute(
        sql!("UPDATE person SET version = version + 1 WHERE id = $1"),
        params![person],
    )?;
    Ok(TraceState::Accepted)
}

/// The number is the person's, and no other is.
fn confirm(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    held: &Held,
    source: OdsCode,
) -> Result<(), PeopleError> {
    tx.execute(
        sql!(
            "UPDATE person_identifier SET status = 'untraced'
             WHERE person = $1 AND system = 'nhs-number' AND status = 'traced' AND value <> $2"
        ),
        params![person, held.number],
    )?;
    tx.execute(
        sql!(
            "INSERT INTO person_identifier (person, system, value, status, source, recorded_at)
             VALUES ($1, $2, $3, 'traced', $4, $5)
             ON CONFLICT (person, system, value)
             DO UPDATE SET status = 'traced', source = excluded.source, recorded_at = excluded.recorded_at"
        ),
        params![person, NHS_NUMBER, held.number, source, environment.now()],
    )?;
    tx.execute(
        sql!(
            "DELETE FROM matching_flag
             WHERE person = $1 AND why IN ('no-number', 'placeholder-number', 'number-unconfirmed')"
        ),
        params![person],
    )?;
    if let Some(who) = said(held, environment.today()) {
        keep_beside(tx, environment, person, &who, source)?;
    }
    Ok(())
}

/// What the register says, as any organisation says it; nothing without a name.
fn said(held: &Held, today: Date) -> Option<Demographics> {
    let address = Address {
        lines: held.lines.clone(),
        postcode: held.postcode,
        lsoa: None,
    };
    Some(Demographics {
        nhs_number: Some(held.number),
        born: held.born,
        died: held.died.filter(|died| *died <= today),
        sex: held.sex.clone(),
        address: Some(address).filter(|address| *address != Address::default() && !held.restricted),
        telephone: held.telephone.clone().filter(|_| !held.restricted),
        practice: held.practice.filter(|_| !held.restricted),
        ..Demographics::named(held.name.clone()?)
    })
}
