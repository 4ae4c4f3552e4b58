//! A visit is what its messages add up to, in the order in which things happened and not in which
//! they were told: any order of arrival and any number of copies give the same course.

use stour_kernel::{Date, Timestamp};

use super::event::{Diagnosis, Event, EventKind};
use super::stay::{Stay, Step, Unused, Whereabouts};

/// What all the messages of a visit add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// Where the person is.
    pub stay: Stay,
    /// What else is known.
    pub about: About,
    /// For each event, in order, why it changed nothing.
    pub unused: Vec<Option<Unused>>,
}

/// What is known of a visit besides where the person is: the newest that was said of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The date of birth, by the hospital.
    pub born: Option<Date>,
    /// A code of the list `admission-method`.
    pub method: Option<String>,
    /// A code of the list `treatment-specialty`.
    pub specialty: Option<String>,
    /// The consultant.
    pub consultant: Option<String>,
    /// A code of the list `discharge-destination`.
    pub destination: Option<String>,
    /// When the person is expected to go, by the hospital.
    pub expected: Option<Expected>,
    /// Whether the person no longer needs a hospital's medicine.
    pub medically_fit: Option<bool>,
    /// Since when ready to go.
    pub ready: Option<Date>,
    /// A code of the list `admission-source`.
    pub came_from: Option<String>,
    /// How the person came: a code of the list `arrival-mode`.
    pub arrived_by: Option<String>,
    /// What the person mainly has.
    pub diagnosis: Option<Diagnosis>,
}

/// An expected date of discharge that the hospital sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The day.
    pub on: Date,
    /// Who says so.
    pub by: String,
    /// When it was said.
    pub at: Timestamp,
}

/// Puts events in order and leaves out copies.
pub fn in_order(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by(|one, other| one.order.cmp(&other.order));
    events.dedup_by(|one, other| one.order == other.order);
    events
}

/// Adds up the events of one visit, given [`in_order`].
pub fn course(events: &[Event]) -> Course {
    let taken_back = taken_back(events);
    let mut course = Course::default();
    for (event, fate) in events.iter().zip(taken_back) {
        let unused = match fate {
            Fate::TakenBack => Some(Unused::TakenBack),
            Fate::Stands | Fate::CancelsNothing => {
                let stay = std::mem::take(&mut course.stay);
                let (stay, unused) = step(stay, event, fate);
                course.stay = stay;
                if unused.is_none() || matches!(unused, Some(Unused::NotAdmitted)) {
                    course.about.learn(event);
                }
                unused
            }
        };
        course.unused.push(unused);
    }
    course
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stands,
    TakenBack,
    CancelsNothing,
}

/// Finds what each cancellation takes back: of the events of its kind before it, the last that
/// happened at the very time it names, else the last. An admission stays in the course, since what
/// follows it must know that it was there.
fn taken_back(events: &[Event]) -> Vec<Fate> {
    let mut fates = vec![Fate::Stands; events.len()];
    for (number, event) in events.iter().enumerate() {
        let Some(kind) = event.kind.cancels() else {
            continue;
        };
        let candidates = || {
            let earlier = events.iter().zip(&fates).take(number).enumerate();
            earlier
                .filter(|(_, (other, fate))| other.kind == kind && **fate == Fate::Stands)
                .map(|(place, (other, _))| (place, other))
        };
        let mut exact =
            candidates().filter(|(_, other)| other.order.occurred == event.order.occurred);
        let target = exact.next_back().or_else(|| candidates().next_back());
        let fate = match target {
            Some((place, _)) => fates.get_mut(place).map(|fate| (fate, Fate::TakenBack)),
            None => fates
                .get_mut(number)
                .map(|fate| (fate, Fate::CancelsNothing)),
        };
        if let Some((fate, now)) = fate
            && kind != EventKind::Admit
        {
            *fate = now;
        }
    }
    fates
}

fn step(stay: Stay, event: &Event, fate: Fate) -> Step {
    let (occurred, place) = (event.order.occurred, event.place.clone());
    if fate == Fate::CancelsNothing {
        return (stay, Some(Unused::NothingToCancel));
    }
    match event.kind {
        EventKind::Admit | EventKind::ToInpatient => stay.admit(admitted_at(event), place),
        EventKind::Transfer | EventKind::Swap => {
            known_admission(stay, event).moved(occurred, place)
        }
        EventKind::Discharge => known_admission(stay, event).discharge(discharged_at(event)),
        EventKind::ToOutpatient => stay.discharge(occurred),
        EventKind::Preadmit | EventKind::PendingAdmit => stay.expect(),
        EventKind::PendingTransfer => stay.will_move(event.next.clone().or(place)),
        EventKind::Leave => stay.go_away(occurred, Whereabouts::OnLeave),
        EventKind::Return => stay.come_back(true),
        EventKind::Depart => stay.go_away(occurred, elsewhere(event)),
        EventKind::Arrive if event.for_a_while.is_some() => {
            stay.go_away(occurred, elsewhere(event))
        }
        EventKind::Arrive => stay.come_back(false),
        EventKind::Update => match stay {
            Stay::InHospital(here) => {
                let admitted = admission_told(event).unwrap_or(here.admitted);
                let (stay, _) = Stay::InHospital(here).move_to(occurred, place);
                stay.admit(admitted, None)
            }
            Stay::Left(left) => (Stay::Left(left), None),
            other => other.move_to(occurred, place),
        },
        EventKind::PendingDischarge => stay.move_to(occurred, None),
        EventKind::CancelAdmit => stay.cancel_admission(),
        EventKind::CancelDischarge => stay.move_to(occurred, place),
        EventKind::CancelTransfer
        | EventKind::CancelPendingDischarge
        | EventKind::CancelPendingTransfer
        | EventKind::CancelPendingAdmit
        | EventKind::CancelPreadmit
        | EventKind::CancelArrive
        | EventKind::CancelDepart
        | EventKind::CancelLeave
        | EventKind::CancelReturn => (stay, None),
    }
}

fn elsewhere(event: &Event) -> Whereabouts {
    let place = event.for_a_while.as_ref();
    Whereabouts::Elsewhere(place.map(|place| place.ward.clone()))
}

/// A move or a discharge that says when its stay began tells of an admission whose own message has
/// not come. Of a visit to a clinic, or where nothing says when, none is made up.
fn known_admission(stay: Stay, event: &Event) -> Stay {
    match (stay, admission_told(event)) {
        (Stay::Unknown | Stay::Expected, Some(admitted))
            if event.inpatient && admitted <= event.order.occurred =>
        {
            let (stay, _) = Stay::Unknown.admit(admitted, event.place.clone());
            stay
        }
        (stay, _) => stay,
    }
}

/// PV1-44, unless it lies after the message itself was made: nobody records an admission to come
/// as one that was.
fn admission_told(event: &Event) -> Option<Timestamp> {
    let made = event.order.made.max(event.order.recorded);
    event.admitted.filter(|admitted| *admitted <= made)
}

fn admitted_at(event: &Event) -> Timestamp {
    admission_told(event).unwrap_or(event.order.occurred)
}

fn discharged_at(event: &Event) -> Timestamp {
    let made = event.order.made.max(event.order.recorded);
    event
        .discharged
        .filter(|discharged| *discharged <= made)
        .unwrap_or(event.order.occurred)
}

impl About {
    fn learn(&mut self, event: &Event) {
        self.born = event.born.or(self.born);
        event.method.over(&mut self.method);
        event.specialty.over(&mut self.specialty);
        event.consultant.over(&mut self.consultant);
        event.destination.over(&mut self.destination);
        event.medically_fit.over(&mut self.medically_fit);
        event.ready.over(&mut self.ready);
        event.came_from.over(&mut self.came_from);
        event.arrived_by.over(&mut self.arrived_by);
        event.diagnosis.over(&mut self.diagnosis);
        let mut on = self.expected.as_ref().map(|expected| expected.on);
        let before = on;
        event.expected.over(&mut on);
        if on != before {
            self.expected = on.map(|on| Expected {
                on,
                by: event.said_by.clone(),
                at: event.order.recorded,
            });
        }
    }
}

#[cfg(test)]
mod tests;
