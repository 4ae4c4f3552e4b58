//! What one message says of one visit.

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, Timestamp};

/// What happened, by the trigger events of HL7 version 2.4, chapter 3, that this release knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A01: admitted.
    Admit,
    /// A02: moved to another ward or bed.
    Transfer,
    /// A03: went home, or elsewhere.
    Discharge,
    /// A05: expected, not yet here.
    Preadmit,
    /// A08: something about the visit was put right.
    Update,
    /// A16: will go home.
    PendingDischarge,
    /// A11: was never admitted.
    CancelAdmit,
    /// A12: did not move.
    CancelTransfer,
    /// A13: did not go home.
    CancelDischarge,
    /// A25: will not go home as planned.
    CancelPendingDischarge,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Admit,
        Self::Transfer,
        Self::Discharge,
        Self::Preadmit,
        Self::Update,
        Self::PendingDischarge,
        Self::CancelAdmit,
        Self::CancelTransfer,
        Self::CancelDischarge,
        Self::CancelPendingDischarge,
    ];

    /// The kind that a trigger event of MSH-9.2 is; `None` for one that says nothing of a stay.
    pub fn of_trigger(trigger: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.trigger() == trigger)
    }

    /// The trigger event.
    pub const fn trigger(self) -> &'static str {
        match self {
            Self::Admit => "A01",
            Self::Transfer => "A02",
            Self::Discharge => "A03",
            Self::Preadmit => "A05",
            Self::Update => "A08",
            Self::PendingDischarge => "A16",
            Self::CancelAdmit => "A11",
            Self::CancelTransfer => "A12",
            Self::CancelDischarge => "A13",
            Self::CancelPendingDischarge => "A25",
        }
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Admit => "Admitted",
            Self::Transfer => "Moved",
            Self::Discharge => "Discharged",
            Self::Preadmit => "Expected",
            Self::Update => "Details changed",
            Self::PendingDischarge => "Discharge planned",
            Self::CancelAdmit => "Admission cancelled",
            Self::CancelTransfer => "Move cancelled",
            Self::CancelDischarge => "Discharge cancelled",
            Self::CancelPendingDischarge => "Planned discharge cancelled",
        }
    }

    /// Which kind this one takes back.
    pub const fn cancels(self) -> Option<Self> {
        match self {
            Self::CancelAdmit => Some(Self::Admit),
            Self::CancelTransfer => Some(Self::Transfer),
            Self::CancelDischarge => Some(Self::Discharge),
            Self::CancelPendingDischarge => Some(Self::PendingDischarge),
            _ => None,
        }
    }
}

/// When things happened, and in doubt which came first. No two messages are equal in it unless they
/// are the same message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Order {
    /// EVN-6, when it happened; for a cancellation, when what it cancels happened. Where the sender
    /// leaves it out, the next that there is.
    pub occurred: Timestamp,
    /// EVN-2, when it was recorded.
    pub recorded: Timestamp,
    /// MSH-7, when the message was made.
    pub made: Timestamp,
    /// At one moment, what cancels comes after what it cancels.
    pub cancels: bool,
    /// MSH-10.
    pub control_id: String,
    /// Of the message's bytes, where a sender uses a control id twice.
    pub digest: String,
}

/// What a field says: nothing, that what is known should go, or a value (ITK 3.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Said<T> {
    /// The field is empty: leave what is known alone.
    #[default]
    Nothing,
    /// Two quotation marks: forget what is known.
    Forget,
    /// A value.
    Value(T),
}

impl<T: Clone> Said<T> {
    /// Puts what is said over what was known.
    pub fn over(&self, known: &mut Option<T>) {
        match self {
            Self::Nothing => {}
            Self::Forget => *known = None,
            Self::Value(value) => *known = Some(value.clone()),
        }
    }
}

/// A place in a hospital, by the sender's own codes: a code that no list has is still a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The ward.
    pub ward: String,
    /// The bed, if one was given.
    pub bed: Option<String>,
    /// The hospital, if one was given.
    pub site: Option<String>,
}

/// What one message says of one visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub order: Order,
    /// PID-7, by which the usual length of stay is found.
    pub born: Option<Date>,
    /// PV1-2 says that the person stays in hospital, or says nothing.
    pub inpatient: bool,
    /// PV1-3.
    pub place: Option<Place>,
    /// PV1-4, a code of the list `admission-method`.
    pub method: Said<String>,
    /// PV1-10, a code of the list `treatment-specialty`.
    pub specialty: Said<String>,
    /// PV1-9, else PV1-7.
    pub consultant: Said<String>,
    /// PV1-44.
    pub admitted: Option<Timestamp>,
    /// PV1-45.
    pub discharged: Option<Timestamp>,
    /// PV1-36, a code of the list `discharge-destination`.
    pub destination: Said<String>,
    /// PV2-9, or EVN-3 of a planned discharge.
    pub expected: Said<Date>,
    /// Who says so: the consultant, else who recorded it, else the sender.
    pub said_by: String,
    /// ZU1-22.
    pub medically_fit: Said<bool>,
    /// ZU1-24.
    pub ready: Said<Date>,
}
