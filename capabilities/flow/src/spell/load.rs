//! Many spells at once, for history that is loaded and not sent.

use stour_database::{Transaction, Value, Version, params};
use stour_facts::append_all;
use stour_kernel::{Date, Environment, OdsCode, PersonId, ThreadId, Timestamp, london_date};
use stour_people::{facts_for_access_all, know};

use super::event::{Diagnosis, Event, EventKind, Order, Place, Said};
use super::expected::{ExpectedDate, SaidBy};
use super::store::{self, Spell, SpellState};
use super::{SpellId, fact};
use crate::error::FlowError;
use crate::estimate::insert_frailty;

/// A spell to be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSpell {
    /// Who.
    pub person: PersonId,
    /// The date of birth, by which stays like it are found.
    pub born: Option<Date>,
    /// Where.
    pub organisation: OdsCode,
    /// The organisation's number for the visit; no two of a person's may be equal.
    pub visit_number: String,
    /// When admitted.
    pub admitted: Timestamp,
    /// The ward and bed, and the hospital.
    pub place: Place,
    /// A code of the list `admission-method`.
    pub method: Option<String>,
    /// A code of the list `treatment-specialty`.
    pub specialty: Option<String>,
    /// When the person left, and a code of the list `discharge-destination`.
    pub left: Option<(Timestamp, String)>,
    /// An expected date that the hospital said, and who.
    pub expected: Option<(Date, String)>,
    /// Since when medically fit, if so.
    pub ready: Option<Date>,
    /// Where the person was before: a code of the list `admission-source`.
    pub came_from: Option<String>,
    /// How the person came: a code of the list `arrival-mode`.
    pub arrived_by: Option<String>,
    /// What the person mainly has, in ICD-10.
    pub diagnosis: Option<String>,
    /// A level of the Clinical Frailty Scale, found at admission.
    pub frailty: Option<u8>,
    /// The spell's thread in the fact log, where its fact is there already. Without one a fact is
    /// appended.
    pub thread: Option<ThreadId>,
    /// The system that says so, as facts name it.
    pub source: String,
}

/// Stores spells that are not there yet, with the events that a later message adds to. Returns how
/// many.
///
/// # Errors
/// Those of the database: a person that is not there, a visit that is there already.
pub fn insert_spells(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    loaded: &[LoadedSpell],
) -> Result<u64, FlowError> {
    let mut spells: Vec<Spell> = Vec::with_capacity(loaded.len());
    let (mut facts, mut events) = (Vec::new(), Vec::new());
    let people: Vec<PersonId> = loaded
        .iter()
        .filter(|one| one.thread.is_none())
        .map(|one| one.person)
        .collect();
    let people = facts_for_access_all(tx, &people)?;
    for one in loaded {
        let mut spell = spell(environment, one);
        if spell.thread.is_none() {
            let person = people.iter().find(|person| person.id == one.person);
            let thread: ThreadId = environment.id();
            if let Some(mut fact) = fact::fact_of(&spell, person) {
                fact.thread = Some(thread);
                facts.push(fact);
            }
            spell.thread = Some(thread);
        }
        events.extend(told(one).iter().map(|event| row(spell.id, event)));
        spells.push(spell);
    }
    let stored = tx.bulk("spell", &store::COLUMNS, spells.iter().map(store::values))?;
    tx.bulk("spell_event", &EVENT, events)?;
    let frailty = spells.iter().zip(loaded).filter_map(|(spell, one)| {
        let level = one.frailty?;
        Some((spell.id, one.organisation, one.admitted, level))
    });
    insert_frailty(tx, frailty)?;
    append_all(tx, environment, facts)?;
    for spell in spells
        .iter()
        .filter(|spell| spell.state == SpellState::InHospital)
    {
        let since = spell
            .admitted_at
            .map_or_else(|| environment.today(), london_date);
        know(
            tx,
            environment,
            spell.person,
            spell.organisation,
            "spell",
            since,
        )?;
    }
    Ok(stored)
}

const EVENT: [&str; 6] = ["spell", "digest", "control_id", "kind", "occurred", "what"];

fn row(spell: SpellId, event: &Event) -> Vec<Value<'static>> {
    let what = serde_json::json!(event).to_string();
    let order = &event.order;
    let trigger = event.kind.trigger();
    store::owned(params![
        spell,
        order.digest,
        order.control_id,
        trigger,
        order.occurred,
        what
    ])
}

fn spell(environment: &Environment, one: &LoadedSpell) -> Spell {
    let in_hospital = one.left.is_none();
    let here = |part: Option<String>| part.filter(|_| in_hospital);
    let said = one.expected.clone().map(|(on, basis)| ExpectedDate {
        on,
        by: SaidBy::Message,
        basis,
        at: one.admitted,
    });
    let ward = one.place.ward.clone();
    Spell {
        id: environment.id(),
        person: one.person,
        organisation: one.organisation,
        visit_number: one.visit_number.clone(),
        identity: String::new(),
        source: one.source.clone(),
        state: if in_hospital {
            SpellState::InHospital
        } else {
            SpellState::Left
        },
        admitted_at: Some(one.admitted),
        ward: here(Some(ward.clone())),
        bed: here(one.place.bed.clone()),
        site: here(one.place.site.clone()),
        since: in_hospital.then_some(one.admitted),
        discharged_at: one.left.as_ref().map(|(at, _)| *at),
        left_from: (!in_hospital).then_some(ward),
        method: one.method.clone(),
        specialty: one.specialty.clone(),
        consultant: None,
        destination: one
            .left
            .as_ref()
            .map(|(_, destination)| destination.clone()),
        expected: said.filter(|_| in_hospital),
        medically_fit: one.ready.map(|_| true),
        ready_on: one.ready,
        last_message_at: Some(one.left.as_ref().map_or(one.admitted, |(at, _)| *at)),
        thread: one.thread,
        version: Version::FIRST,
        away: None,
        next: None,
        review: None,
        discharge_ready: None,
        came_from: one.came_from.clone(),
        arrived_by: one.arrived_by.clone(),
        diagnosis: diagnosis(one),
    }
}

fn diagnosis(one: &LoadedSpell) -> Option<Diagnosis> {
    one.diagnosis.clone().map(|code| Diagnosis {
        code,
        coding: Some("I10".to_owned()),
        on: None,
    })
}

/// What a hospital would have said, so that what it says later is added to it.
fn told(one: &LoadedSpell) -> Vec<Event> {
    let value = |text: &Option<String>| text.clone().map_or(Said::Nothing, Said::Value);
    let admitted = Event {
        kind: EventKind::Admit,
        order: order(one.admitted, "loaded-1"),
        born: one.born,
        inpatient: true,
        place: Some(one.place.clone()),
        for_a_while: None,
        next: None,
        method: value(&one.method),
        specialty: value(&one.specialty),
        consultant: Said::Nothing,
        admitted: Some(one.admitted),
        discharged: None,
        destination: Said::Nothing,
        expected: one
            .expected
            .as_ref()
            .map_or(Said::Nothing, |(on, _)| Said::Value(*on)),
        said_by: one
            .expected
            .as_ref()
            .map_or_else(String::new, |(_, by)| by.clone()),
        medically_fit: one.ready.map_or(Said::Nothing, |_| Said::Value(true)),
        ready: one.ready.map_or(Said::Nothing, Said::Value),
        came_from: value(&one.came_from),
        arrived_by: value(&one.arrived_by),
        diagnosis: diagnosis(one).map_or(Said::Nothing, Said::Value),
    };
    let left = one.left.as_ref().map(|(at, destination)| Event {
        kind: EventKind::Discharge,
        order: order(*at, "loaded-2"),
        discharged: Some(*at),
        destination: Said::Value(destination.clone()),
        expected: Said::Nothing,
        ..admitted.clone()
    });
    [admitted].into_iter().chain(left).collect()
}

fn order(at: Timestamp, control_id: &str) -> Order {
    Order {
        occurred: at,
        recorded: at,
        made: at,
        cancels: false,
        control_id: control_id.to_owned(),
        digest: "loaded".to_owned(),
    }
}

#[cfg(test)]
mod tests;
