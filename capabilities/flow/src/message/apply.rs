//! One message into the records.

use serde_json::json;
use stour_database::Transaction;
use stour_facts::{FactKind, NewFact, Source, append, of_people_as_known};
use stour_hl7v2::Message;
use stour_kernel::{Code, Date, Environment, OdsCode, PersonId, Timestamp};
use stour_people::{Joined, facts_for_access, group, match_or_create, same_patient};

use super::MessageId;
use super::store::{self, MessageState, Outcome, Waiting};
use crate::adt::{self, Adt, Fault, Patient, Told, Unusable};
use crate::error::{FlowError, reference};
use crate::feed::hear;
use crate::spell::{self, Event, Visit};

/// Works through one message that waits: whom it is about, what it says of them, and what became of it, all in
/// the transaction given.
pub(super) fn apply(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    waiting: &Waiting,
) -> Result<(), FlowError> {
    let outcome = match read(waiting)? {
        Ok(told) => use_all(tx, environment, waiting, told)?,
        Err(outcome) => outcome,
    };
    store::settle(tx, waiting.id, &outcome, environment.now())?;
    Ok(())
}

fn read(waiting: &Waiting) -> Result<Result<Vec<Adt>, Outcome>, FlowError> {
    let message = match Message::parse(&waiting.body) {
        Ok(message) => message,
        Err(error) => return Ok(Err(Outcome::set_aside(Fault::from(&error)))),
    };
    Ok(
        adt::read(&message, &waiting.digest, reference()?).map_err(|unusable| match unusable {
            Unusable::SetAside(fault) => Outcome::set_aside(fault),
            Unusable::NotUsed(fault) => Outcome {
                state: MessageState::Ignored,
                ..Outcome::set_aside(fault)
            },
        }),
    )
}

/// Whatever a message says, of one person or of two. It is kept under the first, and with the first reason why it changed
/// nothing.
fn use_all(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    waiting: &Waiting,
    told: Vec<Adt>,
) -> Result<Outcome, FlowError> {
    let mut first: Option<Outcome> = None;
    for adt in told {
        hear(tx, adt.organisation, waiting.received_at)?;
        let outcome = use_message(tx, environment, waiting, adt)?;
        first = Some(match first {
            None => outcome,
            Some(before) if before.fault.is_some() => before,
            Some(before) => Outcome {
                state: outcome.state,
                fault: outcome.fault,
                ..before
            },
        });
    }
    let nothing = || {
        Fault::of(
            "PID",
            0,
            "The message is about nobody.",
            "Ask the sender for it again.",
        )
    };
    Ok(first.unwrap_or_else(|| Outcome::set_aside(nothing())))
}

fn use_message(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    waiting: &Waiting,
    adt: Adt,
) -> Result<Outcome, FlowError> {
    let Adt {
        organisation,
        patient,
        told,
        left_out,
    } = adt;
    if let Told::Merge(retired) = &told {
        return merge(tx, environment, organisation, (&patient, retired), left_out);
    }
    let number = match &told {
        Told::Visit(Some(number), _) => Some(number.as_str()),
        _ => None,
    };
    let person = person(tx, environment, organisation, &patient, number)?;
    let used = Outcome {
        state: MessageState::Applied,
        fault: None,
        left_out,
        person: Some(person),
        spell: None,
    };
    match told {
        Told::Person | Told::Merge(_) => Ok(used),
        Told::Attendance {
            number,
            on,
            class,
            specialty,
            arrived_by,
        } => {
            let detail =
                json!({ "class": class, "specialty": specialty, "arrival_mode": arrived_by });
            let (who, which) = ((person, organisation), (number, on));
            attended(tx, environment, who, which, detail)?;
            Ok(used)
        }
        Told::Visit(number, event) => {
            let about = (person, organisation, number, patient.identity);
            visit(tx, environment, (waiting.id, &event), about, used)
        }
    }
}

/// A hospital has joined two of its numbers. Two people here are never joined by its word alone.
fn merge(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    organisation: OdsCode,
    (patient, retired): (&Patient, &Code),
    left_out: Vec<Fault>,
) -> Result<Outcome, FlowError> {
    let joined = same_patient(tx, environment, organisation, (&patient.who, retired))?;
    let (person, told) = match joined {
        Joined::One(person) => (person, None),
        Joined::Review { remaining, .. } => (
            remaining,
            Some((
                "The hospital says that two numbers are one patient; here they are two people, whose records wait to be compared.",
                "Nothing here: whoever compares records sees the pair, and joins the two if they are one person.",
            )),
        ),
        Joined::Different { remaining, .. } => (
            remaining,
            Some((
                "The hospital says that two numbers are one patient; somebody has compared the two people here before and said that they are not one.",
                "If the hospital has learnt more, have the two records compared again.",
            )),
        ),
    };
    Ok(Outcome {
        state: MessageState::Applied,
        fault: told.map(|(reason, advice)| Fault::of("MRG", 1, reason, advice)),
        left_out,
        person: Some(person),
        spell: None,
    })
}

fn visit(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (message, event): (MessageId, &Event),
    (person, organisation, number, identity): (PersonId, OdsCode, Option<String>, String),
    used: Outcome,
) -> Result<Outcome, FlowError> {
    let number = match number {
        Some(number) => Some(number),
        None => spell::latest_visit(tx, person, organisation, event.order.occurred)?,
    };
    let Some(number) = number else {
        let reason =
            "The message does not say which visit it is about, and the person is on none there.";
        let advice = "Ask the sender to fill PV1-19 or PV1-44. If the admission is only late, try this message again when it has come.";
        let fault = Some(Fault::of("PV1", 19, reason, advice));
        return Ok(Outcome {
            state: MessageState::SetAside,
            fault,
            ..used
        });
    };
    let visit = Visit {
        person,
        organisation,
        number,
        identity,
        source: format!("hl7v2:{organisation}"),
    };
    let (spell, unused) = spell::tell(tx, environment, &visit, message, event)?;
    let (state, fault) = store::fate(unused);
    Ok(Outcome {
        state,
        fault,
        spell: Some(spell),
        ..used
    })
}

fn person(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    organisation: OdsCode,
    patient: &Patient,
    visit: Option<&str>,
) -> Result<PersonId, FlowError> {
    if !patient.can_be_matched()
        && let Some(visit) = visit
        && let Some(known) = spell::person_of_visit(tx, organisation, visit, &patient.identity)?
    {
        return Ok(known);
    }
    Ok(match_or_create(tx, environment, &patient.who, organisation)?.person)
}

fn attended(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (person, organisation): (PersonId, OdsCode),
    (number, on): (String, Date),
    detail: serde_json::Value,
) -> Result<(), FlowError> {
    let source = |person: PersonId| Source {
        system: format!("hl7v2:{organisation}"),
        reference: format!("attendance {number} of {person}"),
    };
    let members = group(tx, person)?;
    let known = of_people_as_known(tx, &members, Timestamp::MAX)?
        .into_iter()
        .find(|fact| fact.what.person.map(source).as_ref() == Some(&fact.what.source));
    // What was recorded of somebody who has since been merged goes on under that identifier.
    let person = known
        .as_ref()
        .and_then(|known| known.what.person)
        .unwrap_or(person);
    let source = source(person);
    if known
        .as_ref()
        .is_some_and(|known| known.what.started == on && known.what.detail == detail)
    {
        return Ok(());
    }
    let place = facts_for_access(tx, person)?;
    let fact = NewFact {
        thread: known.map(|known| known.thread),
        kind: FactKind::Attendance,
        person: Some(person),
        organisation,
        commissioner: None,
        locality: place.as_ref().and_then(|place| place.locality.clone()),
        council: place.as_ref().and_then(|place| place.council),
        started: on,
        ended: Some(on),
        outcome: None,
        cost: None,
        recorded_by: source.system.clone(),
        source,
        detail,
    };
    append(tx, environment, fact)?;
    Ok(())
}
