//! Hospital stays as the events a hospital's system tells others of: admitted, moved, discharged.
//!
//! These are descriptions, not messages. Whoever knows HL7 version 2 writes them as `ADT^A01`, `ADT^A02` and
//! `ADT^A03`. A message is recorded some time after what it tells of, so messages sent in the order in which they
//! were recorded can come out of order, as they do from real hospitals.

use jiff::civil::{DateTime, Time};
use jiff::{Span, ToSpan};
use serde::Serialize;
use stour_kernel::OdsCode;

use crate::event::{Detail, Event, Spell, WardStay};
use crate::person::Person;
use crate::random::hash;

/// The triggers of HL7 version 2 that a stay gives rise to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Trigger {
    /// Admitted.
    A01,
    /// Moved to another ward.
    A02,
    /// Discharged or died.
    A03,
}

impl Trigger {
    /// `A01`, `A02` or `A03`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A01 => "A01",
            Self::A02 => "A02",
            Self::A03 => "A03",
        }
    }
}

/// Where someone is in a hospital.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Hospital site.
    pub site: String,
    /// Ward code.
    pub ward: String,
    /// Bed number.
    pub bed: i32,
}

/// One event of a stay.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdtEvent {
    /// What happened.
    pub trigger: Trigger,
    /// When, by the hospital's clock (local time).
    pub occurred: DateTime,
    /// When the hospital's system recorded it: the same day, minutes to hours later.
    pub recorded: DateTime,
    /// Unique for the event and stable: at most 20 characters, as MSH-10 allows.
    pub control_id: String,
    /// The trust.
    pub organisation: OdsCode,
    /// Index of the person.
    pub person: u64,
    /// The reference of the spell: the visit number.
    pub spell: String,
    /// Where the person is, or was last.
    pub location: Location,
    /// Where the person was before, for a move.
    pub previous: Option<Location>,
    /// When the stay began.
    pub admitted: DateTime,
    /// When it ended, once it has.
    pub discharged: Option<DateTime>,
    /// List `admission-method`.
    pub admission_method: &'static str,
    /// List `admission-source`.
    pub admission_source: &'static str,
    /// Treatment function code.
    pub specialty: &'static str,
    /// Main diagnosis, ICD-10 with its point.
    pub diagnosis: &'static str,
    /// List `discharge-method`, once discharged.
    pub discharge_method: Option<&'static str>,
    /// List `discharge-destination`, once discharged.
    pub destination: Option<&'static str>,
}

/// The events of a stay, in the order in which they happened; none for an event that is not a stay.
pub fn events(person: &Person, event: &Event) -> Vec<AdtEvent> {
    let Detail::Spell(spell) = &event.detail else {
        return Vec::new();
    };
    let Some((first, moves)) = spell.wards.split_first() else {
        return Vec::new();
    };
    let teller = Teller {
        person,
        event,
        spell,
    };
    let mut told = vec![teller.tell(Trigger::A01, spell.admitted, first, None, 1)];
    let mut last = first;
    for (number, stay) in (2..).zip(moves) {
        told.push(teller.tell(Trigger::A02, stay.from, stay, Some(last), number));
        last = stay;
    }
    if let Some(discharged) = spell.discharged {
        told.push(teller.tell(Trigger::A03, discharged, last, None, 9));
    }
    told
}

struct Teller<'a> {
    person: &'a Person,
    event: &'a Event,
    spell: &'a Spell,
}

impl Teller<'_> {
    fn tell(
        &self,
        trigger: Trigger,
        occurred: DateTime,
        at: &WardStay,
        before: Option<&WardStay>,
        number: u32,
    ) -> AdtEvent {
        let Self {
            person,
            event,
            spell,
        } = self;
        let gone = trigger == Trigger::A03;
        let control_id = format!("{}-{number}", event.reference);
        AdtEvent {
            trigger,
            occurred,
            recorded: recorded(occurred, &control_id),
            control_id,
            organisation: event.organisation,
            person: person.index,
            spell: event.reference.clone(),
            location: self.location(at),
            previous: before.map(|stay| self.location(stay)),
            admitted: spell.admitted,
            discharged: spell.discharged.filter(|_| gone),
            admission_method: spell.admission_method,
            admission_source: spell.admission_source,
            specialty: spell.specialty,
            diagnosis: spell.primary_diagnosis,
            discharge_method: spell.discharge_method.filter(|_| gone),
            destination: spell.destination.filter(|_| gone),
        }
    }

    fn location(&self, stay: &WardStay) -> Location {
        Location {
            site: self.spell.site.clone(),
            ward: stay.ward.clone(),
            bed: stay.bed,
        }
    }
}

/// Most are recorded within half an hour, one in ten up to eight hours later, always on the same day. Depends only on
/// the control id, so that one stay always tells the same.
fn recorded(occurred: DateTime, control_id: &str) -> DateTime {
    let hash = hash(control_id);
    let minutes: Span = match hash % 10 {
        0 => i64::try_from(30 + hash / 10 % 450).unwrap_or(30).minutes(),
        _ => i64::try_from(1 + hash / 10 % 29).unwrap_or(1).minutes(),
    };
    let end_of_day = DateTime::from_parts(occurred.date(), Time::constant(23, 59, 0, 0));
    occurred
        .saturating_add(minutes)
        .min(end_of_day.max(occurred))
}
