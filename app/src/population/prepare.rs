//! A chunk as the stores of the house take it.

use std::collections::{BTreeSet, HashMap};

use stour_facts::{FactKind, NewFact, Source};
use stour_flow::spell::{LoadedSpell, Place};
use stour_kernel::{Date, Environment, OdsCode, PersonId};
use stour_people::{Address, Demographics, IdentifierStatus, NewPerson, PersonName, Relation};

use super::stay::{Stay, instant, sex};
use super::{Chunk, EventRecord, PersonRecord};

/// Who recorded what was made up.
const BY: &str = "synthetic population";

/// Stays that ended this many days ago or fewer are still on the pages of the wards.
const RECENT_DAYS: i32 = 14;

/// A chunk on its way into the database.
#[derive(Debug, Default)]
pub struct Prepared {
    /// The chunk's number.
    pub number: u64,
    /// The people.
    pub people: Vec<NewPerson>,
    /// What they are to each other.
    pub relations: Vec<Relation>,
    /// What happened to them.
    pub facts: Vec<NewFact>,
    /// Stays that go on, or ended lately.
    pub spells: Vec<LoadedSpell>,
}

/// Makes a chunk ready for the database. `community` is the organisation that nurses people at home:
/// whoever is severely frail, or lives alone and is moderately so, is known to it.
///
/// # Errors
/// When a name or a code of the chunk cannot be used.
pub fn prepare(
    chunk: &Chunk,
    environment: &Environment,
    community: Option<OdsCode>,
) -> anyhow::Result<Prepared> {
    let mut carers: HashMap<u64, BTreeSet<OdsCode>> = HashMap::new();
    for event in chunk.events.iter().filter(|event| event.ended.is_none()) {
        if event.kind == FactKind::Service {
            carers
                .entry(event.person)
                .or_default()
                .insert(event.organisation);
        }
    }
    let mut ids: HashMap<u64, (PersonId, &PersonRecord)> =
        HashMap::with_capacity(chunk.people.len());
    let mut prepared = Prepared {
        number: chunk.number,
        ..Prepared::default()
    };
    for person in &chunk.people {
        let id = environment.id();
        ids.insert(person.index, (id, person));
        let mut known_to = carers.remove(&person.index).unwrap_or_default();
        known_to.extend(community.filter(|_| is_nursed_at_home(person)));
        prepared.people.push(new_person(id, person, known_to)?);
    }
    let today = environment.today();
    for event in &chunk.events {
        let Some((id, person)) = ids.get(&event.person) else {
            continue;
        };
        let mut fact = new_fact(*id, person, event);
        if event.kind == FactKind::Spell && event.ended.is_none_or(|ended| is_recent(ended, today))
        {
            let thread = environment.id();
            fact.thread = Some(thread);
            let spell = LoadedSpell {
                thread: Some(thread),
                ..loaded(*id, person, event)?
            };
            prepared.spells.push(spell);
        }
        prepared.facts.push(fact);
    }
    for relationship in &chunk.relationships {
        if let (Some((person, record)), Some((other, _))) =
            (ids.get(&relationship.from), ids.get(&relationship.to))
        {
            prepared.relations.push(Relation {
                person: *person,
                kind: relationship.kind.clone(),
                other: *other,
                starts: today,
                source: record.practice,
            });
        }
    }
    Ok(prepared)
}

fn is_nursed_at_home(person: &PersonRecord) -> bool {
    let frail = person.frailty == "severe" || (person.frailty == "moderate" && person.lives_alone);
    frail && person.died.is_none() && !person.care_home
}

fn is_recent(ended: Date, today: Date) -> bool {
    (today - ended).get_days() <= RECENT_DAYS
}

fn new_person(
    id: PersonId,
    person: &PersonRecord,
    known_to: BTreeSet<OdsCode>,
) -> anyhow::Result<NewPerson> {
    let address = Address {
        lines: person.address.clone(),
        postcode: Some(person.postcode),
        lsoa: Some(person.lsoa),
    };
    let demographics = Demographics {
        nhs_number: Some(person.nhs_number),
        born: Some(person.born),
        died: person.died,
        sex: Some(sex(person).parse()?),
        address: Some(address),
        telephone: person.telephone.clone(),
        practice: Some(person.practice),
        ..Demographics::named(PersonName::new(&person.family_name, &person.given_names)?)
    };
    Ok(NewPerson {
        id,
        demographics,
        number_status: IdentifierStatus::Traced,
        place: stour_people::Place {
            council: Some(person.council),
            locality: Some(person.locality.clone()),
            lsoa: Some(person.lsoa),
        },
        restricted: person.restricted,
        objection: person.objection,
        known_to: known_to.into_iter().collect(),
        source: person.practice,
        recorded_by: BY.to_owned(),
    })
}

fn new_fact(id: PersonId, person: &PersonRecord, event: &EventRecord) -> NewFact {
    NewFact {
        thread: None,
        kind: event.kind,
        person: Some(id),
        organisation: event.organisation,
        commissioner: None,
        locality: Some(person.locality.clone()),
        council: Some(person.council),
        started: event.started,
        ended: event.ended,
        outcome: event.outcome.clone(),
        cost: event.cost,
        source: Source {
            system: event.system.clone(),
            reference: event.reference.clone(),
        },
        detail: event.detail.clone(),
        recorded_by: BY.to_owned(),
    }
}

fn loaded(id: PersonId, person: &PersonRecord, event: &EventRecord) -> anyhow::Result<LoadedSpell> {
    let stay = Stay::of(event)?;
    let place = stay.last_ward().map_or_else(Place::default, |on| Place {
        ward: on.ward.clone(),
        bed: Some(on.bed.to_string()),
        site: Some(stay.site.clone()),
    });
    let left = stay
        .discharged
        .map(|at| instant(at).map(|at| (at, stay.destination.clone().unwrap_or_default())));
    Ok(LoadedSpell {
        person: id,
        born: Some(person.born),
        organisation: event.organisation,
        visit_number: event.reference.clone(),
        admitted: instant(stay.admitted)?,
        place,
        method: Some(stay.admission_method.clone()),
        specialty: Some(stay.specialty.clone()),
        left: left.transpose()?,
        expected: None,
        ready: stay.discharge_ready,
        came_from: stay.admission_source.clone(),
        arrived_by: None,
        diagnosis: stay.primary_diagnosis.clone(),
        frailty: frailty(person, event),
        thread: None,
        source: event.system.clone(),
    })
}

/// A level of the Clinical Frailty Scale as a ward might have found it, of most of those aged 65 or over.
fn frailty(person: &PersonRecord, event: &EventRecord) -> Option<u8> {
    let age = stour_people::age(person.born, event.started)?;
    if age < 65 || person.index.is_multiple_of(4) {
        return None;
    }
    match person.frailty.as_str() {
        "fit" => Some(3),
        "mild" => Some(5),
        "moderate" => Some(6),
        "severe" => Some(7),
        _ => None,
    }
}
