//! A spell in the fact log: the first version when somebody comes in, the next when they leave or
//! something about it is put right.

use serde_json::json;
use stour_access::PersonFacts;
use stour_facts::{FactKind, NewFact, Source};
use stour_kernel::london_date;

use super::event::Diagnosis;
use super::store::{Spell, SpellState};

/// The outcome of a spell that turned out never to have been.
pub(super) const CANCELLED: &str = "cancelled";

/// What the log should say of a spell now; `None` while there is nothing to say.
pub(super) fn fact_of(spell: &Spell, person: Option<&PersonFacts>) -> Option<NewFact> {
    let started = match (spell.state, spell.thread) {
        (SpellState::InHospital | SpellState::Left, _) | (_, Some(_)) => {
            london_date(spell.admitted_at?)
        }
        (_, None) => return None,
    };
    let (ended, outcome) = match spell.state {
        SpellState::Left => {
            let destination = spell.destination.as_deref().unwrap_or("99");
            (
                spell.discharged_at.map(london_date),
                destination.parse().ok(),
            )
        }
        SpellState::InHospital => (None, None),
        SpellState::Cancelled | SpellState::Expected | SpellState::Unknown => {
            (Some(started), CANCELLED.parse().ok())
        }
    };
    Some(NewFact {
        thread: spell.thread,
        kind: FactKind::Spell,
        person: Some(spell.person),
        organisation: spell.organisation,
        commissioner: None,
        locality: person.and_then(|person| person.locality.clone()),
        council: person.and_then(|person| person.council),
        started,
        ended: ended.map(|ended| ended.max(started)),
        outcome,
        cost: None,
        source: Source {
            system: spell.source.clone(),
            reference: format!("visit {} of spell {}", spell.visit_number, spell.id),
        },
        detail: detail(spell),
        recorded_by: spell.source.clone(),
    })
}

fn detail(spell: &Spell) -> serde_json::Value {
    let mut detail = json!({
        "spell": spell.id.to_string(),
        "visit": spell.visit_number,
        "method": spell.method,
        "specialty": spell.specialty,
        "cancelled": !matches!(spell.state, SpellState::InHospital | SpellState::Left),
    });
    // Said only where it is known: most stays were never reviewed here.
    if let Some(ready) = spell.discharge_ready
        && let Some(fields) = detail.as_object_mut()
    {
        fields.insert("discharge-ready".to_owned(), json!(ready.to_string()));
    }
    for (name, code) in [
        ("admission_source", &spell.came_from),
        ("arrival_mode", &spell.arrived_by),
    ] {
        if let (Some(code), Some(fields)) = (code, detail.as_object_mut()) {
            fields.insert(name.to_owned(), json!(code));
        }
    }
    if let (Some(diagnosis), Some(fields)) = (&spell.diagnosis, detail.as_object_mut()) {
        fields.extend(said(diagnosis));
    }
    detail
}

/// A diagnosis, under the name by which indicators read those of ICD-10; a code of another system has a name of its own, so
/// that it is never taken for one.
fn said(diagnosis: &Diagnosis) -> Vec<(String, serde_json::Value)> {
    let name = if is_icd10(diagnosis) {
        "primary_diagnosis"
    } else {
        "other_diagnosis"
    };
    let mut said = vec![(name.to_owned(), json!(diagnosis.code))];
    if let Some(coding) = &diagnosis.coding {
        said.push(("diagnosis_coding".to_owned(), json!(coding)));
    }
    if let Some(on) = diagnosis.on {
        said.push(("diagnosed".to_owned(), json!(on.to_string())));
    }
    said
}

/// Whether the hospital names ICD-10 (HL7 table 0396: I10), or names no system: the NHS codes stays in it.
fn is_icd10(diagnosis: &Diagnosis) -> bool {
    diagnosis.coding.as_deref().is_none_or(|coding| {
        let plain: String = coding.chars().filter(char::is_ascii_alphanumeric).collect();
        ["I10", "ICD10"]
            .iter()
            .any(|name| plain.eq_ignore_ascii_case(name))
    })
}

/// Whether two facts say the same, so that nothing need be appended.
pub(super) fn says_the_same(one: &NewFact, other: &NewFact) -> bool {
    let told = |fact: &NewFact| {
        (
            fact.started,
            fact.ended,
            fact.outcome.clone(),
            fact.detail.clone(),
        )
    };
    told(one) == told(other)
}
