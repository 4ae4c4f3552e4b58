//! What a register answered, and what becomes of the record by it.

use std::fmt;
use std::str::FromStr;

use stour_database::{Error, Transaction, Version, params, sql};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp, typed_id};
use thiserror::Error as ThisError;

use super::{Fate, Found, Held, Outcome};
use crate::merge::resolve;
use crate::person::store::holder;
use crate::person::{Address, IdentifierStatus, PeopleError, version_of};
use crate::review::{NewReview, ReviewKind, open_review};
use crate::source::Said;
use crate::source::matcher::{Link, Step};
use crate::source::store::{Saying, say};

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
    let person = resolve(tx, person)?.ok_or(PeopleError::NoPerson)?;
    version_of(tx, person)?
        .ok_or(PeopleError::NoPerson)?
        .expect(seen)?;
    let kept =
        latest(tx, person)?.filter(|kept| kept.id == answer && kept.state == TraceState::Open);
    let Some(kept) = kept else {
        return Err(stour_database::VersionError::Changed.into());
    };
    let state = if same {
        accept(tx, environment, person, &kept.outcome, by)?
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
    by: &str,
) -> Result<TraceState, PeopleError> {
    let source: OdsCode = SOURCE.parse().map_err(|_| Error::NotFound)?;
    let found = match &outcome.found {
        Found::One(held) => Some(held),
        Found::Nobody | Found::Several => None,
    };
    if let Some(held) = found
        && let Some(holder) = holder(tx, held.number)?
        && holder != person
    {
        compare(tx, environment, (person, holder), source)?;
        return Ok(TraceState::HeldByAnother);
    }
    let before = outcome.before.map(|(number, fate)| Said {
        nhs_number: Some(number),
        number_status: Some(match fate {
            Fate::Superseded => IdentifierStatus::Superseded,
            Fate::Invalidated => IdentifierStatus::Invalidated,
            Fate::Unknown | Fate::Another => IdentifierStatus::Refuted,
        }),
        ..Said::default()
    });
    let now = found.map(|held| said(held, environment.today()));
    let link = Link::of(
        Step::Human,
        "Somebody compared what the register of NHS numbers holds with the record.",
    );
    for said in [before, now].into_iter().flatten() {
        let saying = Saying {
            person,
            source,
            local: None,
            said,
            by,
            link: &link,
        };
        say(tx, environment, saying)?;
    }
    if found.is_some() {
        tx.execute(
            sql!(
                "DELETE FROM matching_flag
                 WHERE person = $1 AND why IN ('no-number', 'placeholder-number', 'number-unconfirmed')"
            ),
            params![person],
        )?;
    }
    Ok(TraceState::Accepted)
}

/// Has a record compared with the one that holds the number that was found for it.
fn compare(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (person, holder): (PersonId, PersonId),
    source: OdsCode,
) -> Result<(), Error> {
    let new = NewReview {
        kind: ReviewKind::Duplicate,
        person,
        candidate: holder,
        record: None,
        source,
        rule: "same-traced-number".to_owned(),
        weight: None,
        probability: None,
        model: None,
        explanation: None,
    };
    open_review(tx, environment, &new).map(|_| ())
}

/// What the register says, as any organisation says it; of a restricted record no place.
fn said(held: &Held, today: Date) -> Said {
    let address = Address {
        lines: held.lines.clone(),
        postcode: held.postcode,
        lsoa: None,
    };
    Said {
        name: held.name.clone(),
        nhs_number: Some(held.number),
        number_status: Some(IdentifierStatus::Traced),
        relied: true,
        born: held.born,
        died: held.died.filter(|died| *died <= today),
        sex: held.sex.clone(),
        address: Some(address).filter(|address| *address != Address::default() && !held.restricted),
        telephone: held.telephone.clone().filter(|_| !held.restricted),
        practice: held.practice.filter(|_| !held.restricted),
        ..Said::default()
    }
}
