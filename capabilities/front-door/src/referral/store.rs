//! Storing referrals.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::Environment;

use super::{Decided, NewReferral, Reason, Referral, ReferralId, ReferralState, Refusal};
use crate::error::FrontDoorError;
use crate::request::{self, Conclusion, Request, RequestId, RequestState, Taker};
use crate::service::service;

/// What an acceptance changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The referral, accepted.
    pub referral: Referral,
    /// The request behind it, concluded.
    pub request: Request,
}

/// Why the provider of a referral knows the person, in the words that `stour_people::know` keeps.
fn reason_to_know(id: ReferralId) -> String {
    format!("referral:{id}")
}

/// Refers a request, at the version that the caller saw, to a service. The provider now knows the
/// person, until it declines or the referral is withdrawn.
///
/// # Errors
/// [`FrontDoorError::Version`] when somebody changed the request first; [`FrontDoorError::Request`]
/// when it is concluded; [`FrontDoorError::Referral`] when it waits for that service already;
/// [`FrontDoorError::NotThere`].
pub fn make(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (RequestId, Version),
    new: NewReferral,
    maker: &Taker,
) -> Result<Referral, FrontDoorError> {
    let request = request::request(tx, id)?.ok_or(FrontDoorError::NotThere)?;
    request.version.expect(seen)?;
    let state = request.state.clone().refer()?;
    let others = referrals_of_request(tx, id)?;
    if others
        .iter()
        .any(|other| other.service == new.service.id && other.state == ReferralState::Waiting)
    {
        return Err(Refusal::AlreadyWaiting.into());
    }
    let referral = Referral {
        id: environment.id(),
        request: id,
        person: request.person,
        service: new.service.id.clone(),
        provider: new.service.provider,
        urgency: new.urgency,
        reason: new.reason,
        made_by: maker.name.clone(),
        made_at: environment.now(),
        organisation: maker.organisation,
        state: ReferralState::Waiting,
        version: Version::FIRST,
    };
    insert(tx, &referral)?;
    request::put_state(tx, environment, request, state)?;
    stour_people::know(
        tx,
        environment,
        referral.person,
        referral.provider,
        &reason_to_know(referral.id),
        environment.today(),
    )?;
    touch(tx)?;
    Ok(referral)
}

/// The pages that a referral changes: the service's queue, and who is known in hospital.
fn touch(tx: &mut Transaction<'_>) -> Result<(), Error> {
    stour_database::touch(tx, "referrals")?;
    stour_database::touch(tx, "in-reach")
}

fn insert(tx: &mut Transaction<'_>, referral: &Referral) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO referral (id, request, person, service, provider, urgency, reason, made_by, made_at,
                                   organisation, state, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            referral.id,
            referral.request,
            referral.person,
            referral.service,
            referral.provider,
            referral.urgency,
            referral.reason,
            referral.made_by,
            referral.made_at,
            referral.organisation,
            referral.state.as_str(),
            referral.version,
        ],
    )?;
    Ok(())
}

/// The service takes the person on, at the version that the caller saw. The request behind it is
/// concluded with the outcome that the service's row names, unless another service's acceptance
/// concluded it before. The provider goes on knowing the person by the referral.
///
/// # Errors
/// [`FrontDoorError::Version`] when somebody changed it first; [`FrontDoorError::Referral`] when it
/// is decided already; [`FrontDoorError::NotThere`], also when the service is no longer in the
/// reference data.
pub fn accept(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: ReferralId,
    seen: Version,
    by: &str,
) -> Result<Accepted, FrontDoorError> {
    let decided = decided(environment, by);
    let referral = changeable(tx, id, seen)?;
    let state = referral.state.clone().accept(decided)?;
    let referral = put_state(tx, referral, state)?;
    let outcome = service(&referral.service)?
        .ok_or(FrontDoorError::NotThere)?
        .outcome
        .clone();
    let mut request = behind(tx, &referral)?;
    if request.conclusion().is_none() {
        let conclusion = Conclusion {
            outcome,
            at: environment.now(),
            by: by.to_owned(),
        };
        let state = request.state.clone().accept(conclusion)?;
        request = request::put_state(tx, environment, request, state)?;
    }
    Ok(Accepted { referral, request })
}

/// The service does not take the person on: the request is open again, and the provider no longer
/// knows the person by this referral.
///
/// # Errors
/// As [`accept`].
pub fn decline(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ReferralId, Version),
    by: &str,
    why: Reason,
) -> Result<Referral, FrontDoorError> {
    let referral = changeable(tx, id, seen)?;
    let state = referral
        .state
        .clone()
        .decline(decided(environment, by), why)?;
    give_back(tx, environment, referral, state)
}

/// Whoever made the referral takes it back: the request is open again, and the provider no longer
/// knows the person by this referral.
///
/// # Errors
/// As [`accept`].
pub fn withdraw(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ReferralId, Version),
    by: &str,
    why: Reason,
) -> Result<Referral, FrontDoorError> {
    let referral = changeable(tx, id, seen)?;
    let state = referral
        .state
        .clone()
        .withdraw(decided(environment, by), why)?;
    give_back(tx, environment, referral, state)
}

fn decided(environment: &Environment, by: &str) -> Decided {
    Decided {
        at: environment.now(),
        by: by.to_owned(),
    }
}

fn changeable(
    tx: &mut Transaction<'_>,
    id: ReferralId,
    seen: Version,
) -> Result<Referral, FrontDoorError> {
    let referral = referral(tx, id)?.ok_or(FrontDoorError::NotThere)?;
    referral.version.expect(seen)?;
    Ok(referral)
}

fn behind(tx: &mut Transaction<'_>, referral: &Referral) -> Result<Request, FrontDoorError> {
    request::request(tx, referral.request)?.ok_or(FrontDoorError::NotThere)
}

fn give_back(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    referral: Referral,
    state: ReferralState,
) -> Result<Referral, FrontDoorError> {
    let referral = put_state(tx, referral, state)?;
    let request = behind(tx, &referral)?;
    if request.state == RequestState::Referred {
        let others = referrals_of_request(tx, request.id)?;
        let waiting = others
            .iter()
            .filter(|other| other.state == ReferralState::Waiting);
        let state = request.state.clone().give_back(waiting.count())?;
        request::put_state(tx, environment, request, state)?;
    }
    stour_people::forget(
        tx,
        referral.person,
        referral.provider,
        &reason_to_know(referral.id),
        environment.today(),
    )?;
    Ok(referral)
}

fn put_state(
    tx: &mut Transaction<'_>,
    referral: Referral,
    state: ReferralState,
) -> Result<Referral, FrontDoorError> {
    let seen = referral.version;
    let referral = Referral {
        state,
        version: seen.next(),
        ..referral
    };
    let decided = referral.state.decided();
    let changed = tx.execute(
        sql!(
            "UPDATE referral SET state = $3, decided_at = $4, decided_by = $5, decided_why = $6, version = $7
             WHERE id = $1 AND version = $2"
        ),
        params![
            referral.id,
            seen,
            referral.state.as_str(),
            decided.map(|decided| decided.at),
            decided.map(|decided| decided.by.as_str()),
            referral.state.why(),
            referral.version,
        ],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    touch(tx)?;
    Ok(referral)
}

fn read(row: &Row<'_>) -> Result<Referral, Error> {
    let decided = match (row.get(11)?, row.get(12)?) {
        (Some(at), Some(by)) => Some(Decided { at, by }),
        _ => None,
    };
    let state = ReferralState::stored(&row.get::<String>(10)?, decided, row.get(13)?);
    Ok(Referral {
        id: row.get(0)?,
        request: row.get(1)?,
        person: row.get(2)?,
        service: row.get(3)?,
        provider: row.get(4)?,
        urgency: row.get(5)?,
        reason: row.get(6)?,
        made_by: row.get(7)?,
        made_at: row.get(8)?,
        organisation: row.get(9)?,
        state: state.ok_or(Error::Decode {
            column: 10,
            expected: "state of a referral",
        })?,
        version: row.get(14)?,
    })
}

/// One referral.
pub fn referral(tx: &mut Transaction<'_>, id: ReferralId) -> Result<Option<Referral>, Error> {
    tx.optional(
        sql!(
            "SELECT id, request, person, service, provider, urgency, reason, made_by, made_at, organisation,
                    state, decided_at, decided_by, decided_why, version
             FROM referral WHERE id = $1"
        ),
        params![id],
        read,
    )
}

/// The referrals that were made from one request, the first first.
pub fn referrals_of_request(
    tx: &mut Transaction<'_>,
    request: RequestId,
) -> Result<Vec<Referral>, Error> {
    tx.rows(
        sql!(
            "SELECT id, request, person, service, provider, urgency, reason, made_by, made_at, organisation,
                    state, decided_at, decided_by, decided_why, version
             FROM referral WHERE request = $1 ORDER BY id"
        ),
        params![request],
        read,
    )
}

/// The referrals that a service, by its id, has yet to answer: the longest wait first. Each names the
/// person who stands now.
pub fn waiting_referrals(tx: &mut Transaction<'_>, service: &str) -> Result<Vec<Referral>, Error> {
    tx.rows(
        sql!(
            "SELECT id, request, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = referral.person), person),
                    service, provider, urgency, reason, made_by, made_at, organisation,
                    state, decided_at, decided_by, decided_why, version
             FROM referral WHERE service = $1 AND state = 'waiting' ORDER BY id"
        ),
        params![service],
        read,
    )
}
