//! What one message says, in the words of this partnership.

use std::borrow::Cow;

use stour_hl7v2::views::{Evn, Location, Msh, Person, Pv1, Pv2, Zu1};
use stour_hl7v2::{Message, TimeValue, Value};
use stour_kernel::{Code, Date, OdsCode, Timestamp, london_date};
use stour_partnership::Reference;

use super::diagnosis;
use super::fault::Fault;
use super::listed::in_use;
use super::merge;
use super::patient::{self, Patient};
use super::swap;
use crate::spell::{Event, EventKind, Order, Place, Said};

/// What one message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adt {
    /// The hospital, by MSH-4; where it has been taken over, the one that took over.
    pub organisation: OdsCode,
    /// Whom it is about.
    pub patient: Patient,
    /// What it says of them.
    pub told: Told,
    /// What in it could not be used; the rest is.
    pub left_out: Vec<Fault>,
}

/// What a message says of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something about a visit. Its number is PV1-19, else the time of the admission; none when
    /// neither was sent, and then the visit is the person's latest there.
    Visit(Option<String>, Box<Event>),
    /// An attendance at a clinic or an emergency department.
    Attendance {
        /// Its number.
        number: String,
        /// Its day.
        on: Date,
        /// PV1-2.
        class: String,
        /// PV1-10.
        specialty: Option<String>,
        /// PV2-38, a code of the list `arrival-mode`.
        arrived_by: Option<String>,
    },
    /// Who they are, and no more.
    Person,
    /// The hospital has joined two of its records: the number that was retired.
    Merge(Code),
}

/// Why a message is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// It is of a kind that this release does not use.
    NotUsed(Fault),
    /// Somebody must look at it.
    SetAside(Fault),
}

/// Reads a message. Most are about one person; an A17, by which two people change beds, is about two.
///
/// # Errors
/// [`Unusable`], with the field, the reason and what to do. Of an A17 of which one half cannot be used, neither is: it would
/// put two people into one bed.
pub fn read(message: &Message, digest: &str, reference: &Reference) -> Result<Vec<Adt>, Unusable> {
    let kind = Kind::of(message)?;
    if matches!(kind, Kind::Visit(EventKind::Swap)) {
        let halves = swap::halves(message).map_err(Unusable::SetAside)?;
        let both = halves
            .iter()
            .map(|half| read_one(half, digest, reference, Kind::Visit(EventKind::Swap)));
        return both.collect();
    }
    Ok(vec![read_one(message, digest, reference, kind)?])
}

fn read_one(
    message: &Message,
    digest: &str,
    reference: &Reference,
    kind: Kind,
) -> Result<Adt, Unusable> {
    let mut left_out = Vec::new();
    let times = Times::of(message, &mut left_out).map_err(Unusable::SetAside)?;
    let organisation = organisation(message, times.occurred, reference)?;
    let mut patient =
        patient::read(message, times.made, &mut left_out).map_err(Unusable::SetAside)?;
    let told = match kind {
        Kind::Person => Told::Person,
        Kind::Merge => {
            let pair = merge::pair(message).map_err(Unusable::SetAside)?;
            patient.who.local = Some(pair.remaining);
            Told::Merge(pair.retired)
        }
        Kind::Attendance => attendance(message, &times),
        // Outpatients are followed from room to room as well; here only stays are.
        Kind::Visit(
            EventKind::Update
            | EventKind::Depart
            | EventKind::Arrive
            | EventKind::CancelDepart
            | EventKind::CancelArrive,
        ) if !is_about_a_stay(message) => Told::Person,
        Kind::Visit(kind) => {
            let born = patient.who.born;
            let reading = Reading {
                message,
                times: &times,
                digest,
                organisation,
                reference,
                born,
            };
            let (number, event) = reading
                .visit(kind, &mut left_out)
                .map_err(Unusable::SetAside)?;
            Told::Visit(number, Box::new(event))
        }
    };
    Ok(Adt {
        organisation,
        patient,
        told,
        left_out,
    })
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Visit(EventKind),
    Attendance,
    Person,
    Merge,
}

impl Kind {
    fn of(message: &Message) -> Result<Self, Unusable> {
        let msh = message.view::<Msh<'_>>();
        let kind = msh
            .and_then(|msh| msh.kind().into_text())
            .unwrap_or_default();
        if kind != "ADT" {
            let reason = format!("Messages of type {kind} are not used in this release.");
            return Err(Unusable::NotUsed(Fault::of("MSH", 9, reason, NO_ACTION)));
        }
        let trigger = msh.and_then(|msh| msh.event().into_text()).or_else(|| {
            // Before version 2.3 the event stands here only.
            message.view::<Evn<'_>>()?.code().into_text()
        });
        let trigger = trigger.unwrap_or_default();
        if let Some(kind) = EventKind::of_trigger(&trigger) {
            return Ok(Self::Visit(kind));
        }
        match trigger.as_ref() {
            "A04" => Ok(Self::Attendance),
            "A28" | "A31" => Ok(Self::Person),
            // A47 says that one number was wrong and another is right; A34 is what A40 was called before
            // version 2.3.1. Each retires a number in MRG-1 for the one in PID-3.
            "A40" | "A47" | "A34" => Ok(Self::Merge),
            "A24" | "A37" => Err(Unusable::SetAside(Fault::of(
                "MSH",
                9,
                "The hospital linked two of its records, or took a link apart, and keeps both.",
                "Nothing was changed here. Ask the hospital whether the two are one person; if so, have the two records here compared.",
            ))),
            "" => Err(Unusable::SetAside(Fault::of(
                "MSH",
                9,
                "The message does not say what happened.",
                "Ask the sender to fill MSH-9 and send the message again.",
            ))),
            other => {
                let reason = format!("The event {other} is not used in this release.");
                Err(Unusable::NotUsed(Fault::of("MSH", 9, reason, NO_ACTION)))
            }
        }
    }
}

const NO_ACTION: &str = "Nothing: it is kept, and can be used when a later release knows it.";

fn is_about_a_stay(message: &Message) -> bool {
    message
        .view::<Pv1<'_>>()
        .is_some_and(|pv1| is_inpatient(&pv1))
}

fn is_inpatient(pv1: &Pv1<'_>) -> bool {
    let class = pv1.class().into_text().unwrap_or_default();
    !matches!(class.as_ref(), "O" | "E" | "P" | "R")
}

struct Times {
    occurred: Timestamp,
    recorded: Timestamp,
    made: Timestamp,
}

impl Times {
    fn of(message: &Message, faults: &mut Vec<Fault>) -> Result<Self, Fault> {
        let mut instant = |value: TimeValue| {
            faults.extend(value.issue().map(Fault::from));
            value.known().and_then(|ts| ts.timestamp())
        };
        let evn = message.view::<Evn<'_>>();
        let occurred = evn.and_then(|evn| instant(evn.occurred()));
        let recorded = evn.and_then(|evn| instant(evn.recorded()));
        let made = message
            .view::<Msh<'_>>()
            .and_then(|msh| instant(msh.made()));
        let recorded = recorded.or(made).or(occurred);
        let (Some(occurred), Some(recorded)) = (occurred.or(recorded), recorded) else {
            return Err(Fault::of(
                "EVN",
                6,
                "The message does not say when it happened, nor when it was made.",
                "Ask the sender to fill EVN-6 and send the message again.",
            ));
        };
        Ok(Self {
            occurred,
            recorded,
            made: made.unwrap_or(recorded),
        })
    }
}

fn organisation(
    message: &Message,
    on: Timestamp,
    reference: &Reference,
) -> Result<OdsCode, Unusable> {
    let facility = message
        .view::<Msh<'_>>()
        .and_then(|msh| msh.sending_facility().into_text())
        .unwrap_or_default();
    let code: OdsCode = facility.parse().map_err(|error: stour_kernel::OdsCodeError| {
        let advice = "Ask the sender to put the hospital's ODS code in MSH-4 and send the message again.";
        Unusable::SetAside(Fault::of("MSH", 4, error.to_string(), advice))
    })?;
    let present = reference.present_of(&code, london_date(on));
    Ok(match (present.len(), present.first()) {
        (1, Some(heir)) => *heir,
        _ => code,
    })
}

fn attendance(message: &Message, times: &Times) -> Told {
    let pv1 = message.view::<Pv1<'_>>();
    let of = |value: Option<Value<'_>>| value.and_then(code);
    let control_id = message
        .view::<Msh<'_>>()
        .and_then(|msh| code(msh.control_id()));
    let at = pv1.and_then(|pv1| pv1.admitted().known()?.timestamp());
    let number = of(pv1.map(|pv1| pv1.visit_number().id()));
    Told::Attendance {
        number: number.or(control_id).unwrap_or_default(),
        on: london_date(at.unwrap_or(times.recorded)),
        class: of(pv1.map(|pv1| pv1.class())).unwrap_or_default(),
        specialty: of(pv1.map(|pv1| pv1.specialty())),
        arrived_by: of(message.view::<Pv2<'_>>().map(|pv2| pv2.mode_of_arrival())),
    }
}

/// Text fit to be a code or a number: short, printable.
pub(super) fn code(value: Value<'_>) -> Option<String> {
    let text = value.into_text()?;
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(64)
        .collect();
    (!plain.is_empty()).then_some(plain)
}

fn said(value: Value<'_>) -> Said<String> {
    match value {
        Value::Delete => Said::Forget,
        Value::Absent => Said::Nothing,
        text @ Value::Text(_) => code(text).map_or(Said::Nothing, Said::Value),
    }
}

struct Reading<'r> {
    message: &'r Message,
    times: &'r Times,
    digest: &'r str,
    organisation: OdsCode,
    reference: &'r Reference,
    born: Option<Date>,
}

impl Reading<'_> {
    fn visit(
        &self,
        kind: EventKind,
        faults: &mut Vec<Fault>,
    ) -> Result<(Option<String>, Event), Fault> {
        let message = self.message;
        let Some(pv1) = message.view::<Pv1<'_>>() else {
            let advice = "Ask the sender to include PV1, and send the message again.";
            return Err(Fault::of(
                "PV1",
                0,
                "The message does not say which visit it is about.",
                advice,
            ));
        };
        let mut time = |value: TimeValue| {
            faults.extend(value.issue().map(Fault::from));
            value
        };
        let (admitted, discharged) = (time(pv1.admitted()), time(pv1.discharged()));
        let pv2 = message.view::<Pv2<'_>>();
        let zu1 = message.view::<Zu1<'_>>();
        let mut expected = pv2.map_or(Said::Nothing, |pv2| day(&time(pv2.expected_discharge())));
        if expected == Said::Nothing
            && kind == EventKind::PendingDischarge
            && let Some(evn) = message.view::<Evn<'_>>()
        {
            expected = day(&time(evn.planned()));
        }
        let ready = zu1.map_or(Said::Nothing, |zu1| day(&time(zu1.ready_for_discharge())));
        let consultant = pv1.consulting().next().or_else(|| pv1.attending().next());
        let consultant = consultant.and_then(|person| spoken(&person));
        let instant = |value: &TimeValue| value.known().and_then(|ts| ts.timestamp());
        let mut listed = |list, said, at: Option<Timestamp>, field| {
            let list = self.reference.code_list(list).map(|list| &list.list);
            let on = london_date(at.unwrap_or(self.times.occurred));
            in_use(said, (list, on), ("PV1", field), faults)
        };
        let began = instant(&admitted);
        let method = listed("admission-method", said(pv1.admission_type()), began, 4);
        let specialty = listed("treatment-specialty", said(pv1.specialty()), None, 10);
        let came_from = listed("admission-source", said(pv1.admission_source()), began, 14);
        let ended = instant(&discharged);
        let destination = said(pv1.discharge_disposition());
        let destination = listed("discharge-destination", destination, ended, 36);
        let diagnosis = diagnosis::primary(message, faults);
        let arrived_by = pv2.map_or(Said::Nothing, |pv2| said(pv2.mode_of_arrival()));
        let event = Event {
            kind,
            order: self.order(kind),
            born: self.born,
            inpatient: is_inpatient(&pv1),
            place: self.place(&pv1.location()),
            for_a_while: self.place(&pv1.temporary_location()),
            next: self.place(&pv1.pending_location()),
            method,
            specialty,
            said_by: self.said_by(consultant.as_ref()),
            consultant: consultant.map_or(Said::Nothing, Said::Value),
            admitted: began,
            discharged: ended,
            destination,
            expected,
            medically_fit: zu1.map_or(Said::Nothing, |zu1| yes(&zu1.medically_fit())),
            ready,
            came_from,
            arrived_by,
            diagnosis,
        };
        let number = code(pv1.visit_number().id()).or_else(|| {
            let at = began.or((kind == EventKind::Admit).then_some(self.times.occurred))?;
            Some(format!("admitted {at}"))
        });
        Ok((number, event))
    }

    fn order(&self, kind: EventKind) -> Order {
        let control_id = self
            .message
            .view::<Msh<'_>>()
            .and_then(|msh| code(msh.control_id()));
        Order {
            occurred: self.times.occurred,
            recorded: self.times.recorded,
            made: self.times.made,
            cancels: kind.cancels().is_some(),
            control_id: control_id.unwrap_or_default(),
            digest: self.digest.to_owned(),
        }
    }

    /// ITK puts the ward second, HL7 first. The list of wards decides; of a ward that no list has,
    /// what the sender says that it follows (MSH-21), or the trust's own code standing first.
    fn place(&self, location: &Location<'_>) -> Option<Place> {
        let on = london_date(self.times.occurred);
        let listed = location
            .ward_candidates()
            .find(|ward| self.reference.ward(&self.organisation, ward, on).is_some())
            .map(Cow::into_owned);
        let (first, second) = (code(location.point_of_care()), code(location.room()));
        let profile = self
            .message
            .segment("MSH")
            .and_then(|msh| code(msh.field(21).value()));
        let itk = profile.is_some_and(|profile| profile.to_ascii_lowercase().starts_with("itk"));
        let leads = first.as_deref() == Some(self.organisation.as_str());
        let ward = listed.or(if itk || leads {
            second.or(first)
        } else {
            first.or(second)
        })?;
        Some(Place {
            ward,
            bed: code(location.bed()),
            site: code(location.facility()),
        })
    }

    fn said_by(&self, consultant: Option<&String>) -> String {
        let evn = self.message.view::<Evn<'_>>();
        consultant
            .cloned()
            .or_else(|| spoken(&evn?.operators().next()?))
            .unwrap_or_else(|| self.organisation.to_string())
    }
}

fn day(value: &TimeValue) -> Said<Date> {
    match value {
        TimeValue::Delete => Said::Forget,
        TimeValue::Known(ts) => Said::Value(ts.date()),
        TimeValue::Absent | TimeValue::Unreadable(_) => Said::Nothing,
    }
}

fn yes(value: &Value<'_>) -> Said<bool> {
    match value {
        Value::Delete => Said::Forget,
        Value::Text(text) if matches!(text.trim(), "Y" | "y") => Said::Value(true),
        Value::Text(text) if matches!(text.trim(), "N" | "n") => Said::Value(false),
        Value::Text(_) | Value::Absent => Said::Nothing,
    }
}

/// `Dr Samuel Darwin`.
fn spoken(person: &Person<'_>) -> Option<String> {
    let family = code(person.family())?;
    let parts = [code(person.title()), code(person.given()), Some(family)];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
