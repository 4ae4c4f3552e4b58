//! Reablement in the database and in the fact log.

use serde_json::json;
use stour_database::{Error, Row, Transaction, Version, params, sql, touch};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_front_door::{FrontDoorError, Referral, ReferralId, accept, referral};
use stour_kernel::{Code, Date, Environment, OdsCode, PersonId, ThreadId, london_date};
use stour_people::{facts_for_access, forget, group, know};

use super::state::{Ended, Reablement, Referred, Started};
use super::{ReablementId, SERVICE};
use crate::error::FlowError;
use crate::spell::{self, SpellId};

/// One person's reablement, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name here.
    pub id: ReablementId,
    /// Whose.
    pub person: PersonId,
    /// The referral that it follows.
    pub referral: String,
    /// Who provides it.
    pub organisation: OdsCode,
    /// The council that pays for it: that of where the person lives.
    pub commissioner: Option<OdsCode>,
    /// How far it has come.
    pub state: Reablement,
    /// The stay in hospital that it follows within a week.
    pub spell: Option<SpellId>,
    /// Its thread in the fact log.
    pub thread: ThreadId,
    /// Raised by every change.
    pub version: Version,
}

fn stored(row: &Row<'_>) -> Result<Service, Error> {
    let (on, planned_end): (Date, Date) = (row.get(5)?, row.get(6)?);
    let state = match (row.get(7)?, row.get(8)?) {
        (Some(ended), Some(outcome)) => Reablement::Ended(Ended {
            started: on,
            on: ended,
            outcome,
        }),
        _ => Reablement::Started(Started { on, planned_end }),
    };
    Ok(Service {
        id: row.get(0)?,
        person: row.get(1)?,
        referral: row.get(2)?,
        organisation: row.get(3)?,
        commissioner: row.get(4)?,
        state,
        spell: row.get(9)?,
        thread: row.get(10)?,
        version: row.get(11)?,
    })
}

/// One.
pub fn service(tx: &mut Transaction<'_>, id: ReablementId) -> Result<Option<Service>, Error> {
    tx.optional(
        sql!(
            "SELECT id, person, referral, organisation, commissioner, started, planned_end, ended, outcome,
                    spell, thread, version
             FROM reablement WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// Those going on, the longest first. Each names the person who stands now.
pub fn open(tx: &mut Transaction<'_>) -> Result<Vec<Service>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = reablement.person), person),
                    referral, organisation, commissioner, started, planned_end, ended, outcome,
                    spell, thread, version
             FROM reablement WHERE state = 'started' ORDER BY started, id"
        ),
        params![],
        stored,
    )
}

/// A person's, under whichever identifier, the latest first.
pub fn of_person(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Service>, Error> {
    let mut found = Vec::new();
    for member in group(tx, person)? {
        found.extend(recorded_under(tx, member)?);
    }
    let started = |service: &Service| match &service.state {
        Reablement::Referred(referred) => referred.on,
        Reablement::Started(started) => started.on,
        Reablement::Ended(ended) => ended.started,
    };
    found.sort_by_key(|service| std::cmp::Reverse((started(service), service.id)));
    Ok(found)
}

fn recorded_under(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Service>, Error> {
    tx.rows(
        sql!(
            "SELECT id, person, referral, organisation, commissioner, started, planned_end, ended, outcome,
                    spell, thread, version
             FROM reablement WHERE person = $1 ORDER BY started DESC, id DESC"
        ),
        params![person],
        stored,
    )
}

/// Takes a referral, at the version that the caller saw, and starts on a day.
///
/// # Errors
/// [`FlowError::NotNow`] while the person is in hospital, or when the referral was answered before;
/// [`FlowError::Version`]; [`FlowError::NotFound`] for a referral to another service.
pub fn start(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ReferralId, Version),
    on: Date,
    by: &str,
) -> Result<Service, FlowError> {
    let referral = referral(tx, id)?.ok_or(FlowError::NotFound)?;
    if referral.service.as_str() != SERVICE {
        return Err(FlowError::NotFound);
    }
    accept(tx, environment, id, seen, by).map_err(refusal)?;
    let spells = spell::of_person(tx, referral.person)?;
    let referred = Referred {
        on: london_date(referral.made_at),
    };
    let (started, after) = referred
        .start(on, environment.today(), &spells)
        .map_err(|why| FlowError::NotNow(why.to_string()))?;
    let after = after.map(|spell| (spell.id, spell.discharged_at.map(london_date)));
    let id: ReablementId = environment.id();
    let fact = fact(tx, id, &referral, &started, after, by)?;
    let commissioner = fact.commissioner;
    let thread = append(tx, environment, fact)?.thread;
    let service = Service {
        id,
        person: referral.person,
        referral: referral.id.to_string(),
        organisation: referral.provider,
        commissioner,
        state: Reablement::Started(started),
        spell: after.map(|(spell, _)| spell),
        thread,
        version: Version::FIRST,
    };
    insert(tx, &service)?;
    know(
        tx,
        environment,
        service.person,
        service.organisation,
        &why(id),
        on,
    )?;
    touch_pages(tx)?;
    Ok(service)
}

fn refusal(error: FrontDoorError) -> FlowError {
    match error {
        FrontDoorError::Version(error) => error.into(),
        FrontDoorError::Database(error) => error.into(),
        FrontDoorError::NotThere => FlowError::NotFound,
        other => FlowError::NotNow(other.to_string()),
    }
}

fn why(id: ReablementId) -> String {
    format!("reablement:{id}")
}

fn touch_pages(tx: &mut Transaction<'_>) -> Result<(), Error> {
    touch(tx, "reablement")?;
    touch(tx, "in-reach")
}

fn fact(
    tx: &mut Transaction<'_>,
    id: ReablementId,
    referral: &Referral,
    started: &Started,
    after: Option<(SpellId, Option<Date>)>,
    by: &str,
) -> Result<NewFact, FlowError> {
    let person = facts_for_access(tx, referral.person)?.ok_or(FlowError::NotFound)?;
    let known = stour_front_door::service(&referral.service)
        .map_err(|fault| FlowError::Reference(fault.to_string()))?
        .ok_or(FlowError::NotFound)?;
    Ok(NewFact {
        thread: None,
        kind: FactKind::Service,
        person: Some(referral.person),
        organisation: referral.provider,
        commissioner: person
            .council
            .and_then(|council| council.as_str().parse().ok()),
        locality: person.locality,
        council: person.council,
        started: started.on,
        ended: None,
        outcome: None,
        cost: None,
        source: Source {
            system: "stour".to_owned(),
            reference: why(id),
        },
        detail: json!({
            "component": known.component,
            "service_type": known.service_type,
            "referral": referral.id,
            "planned_end": started.planned_end,
            "spell": after.map(|(spell, _)| spell),
            "discharged": after.and_then(|(_, discharged)| discharged),
        }),
        recorded_by: by.to_owned(),
    })
}

fn insert(tx: &mut Transaction<'_>, service: &Service) -> Result<(), Error> {
    let (started, planned_end) = match &service.state {
        Reablement::Started(started) => (started.on, started.planned_end),
        Reablement::Referred(referred) => (referred.on, referred.on),
        Reablement::Ended(ended) => (ended.started, ended.on),
    };
    tx.execute(
        sql!(
            "INSERT INTO reablement (id, person, referral, organisation, commissioner, state, started,
                 planned_end, spell, thread, version)
             VALUES ($1, $2, $3, $4, $5, 'started', $6, $7, $8, $9, $10)"
        ),
        params![
            service.id,
            service.person,
            service.referral,
            service.organisation,
            service.commissioner,
            started,
            planned_end,
            service.spell,
            service.thread,
            service.version
        ],
    )?;
    Ok(())
}

/// Ends reablement on a day, at the version that the caller saw.
///
/// # Errors
/// [`FlowError::NotNow`] when it has ended already or the day is wrong; [`FlowError::Version`].
pub fn end(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ReablementId, Version),
    (on, outcome): (Date, Code),
    by: &str,
) -> Result<Service, FlowError> {
    let service = service(tx, id)?.ok_or(FlowError::NotFound)?;
    service.version.expect(seen)?;
    let Reablement::Started(started) = service.state.clone() else {
        let why = "It has ended already. Go back to the list to see who receives reablement now.";
        return Err(FlowError::NotNow(why.to_owned()));
    };
    let ended = started
        .end(on, environment.today(), outcome)
        .map_err(|why| FlowError::NotNow(why.to_string()))?;
    let last = stour_facts::thread(tx, service.thread)?
        .pop()
        .ok_or(FlowError::NotFound)?;
    let fact = NewFact {
        thread: Some(service.thread),
        ended: Some(ended.on),
        outcome: Some(ended.outcome.clone()),
        recorded_by: by.to_owned(),
        ..last.what
    };
    append(tx, environment, fact)?;
    let version = service.version.next();
    let changed = tx.execute(
        sql!(
            "UPDATE reablement SET state = 'ended', ended = $3, outcome = $4, version = $5
             WHERE id = $1 AND version = $2"
        ),
        params![id, service.version, ended.on, ended.outcome, version],
    )?;
    if changed != 1 {
        return Err(stour_database::VersionError::Changed.into());
    }
    forget(tx, service.person, service.organisation, &why(id), ended.on)?;
    touch_pages(tx)?;
    Ok(Service {
        state: Reablement::Ended(ended),
        version,
        ..service
    })
}
