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
    /// A06: was an outpatient, and stays.
    ToInpatient,
    /// A07: needs no bed any more, and is still seen.
    ToOutpatient,
    /// A08: something about the visit was put right.
    Update,
    /// A09: has left the bed for somewhere else in the hospital; the bed is kept.
    Depart,
    /// A10: is somewhere in the hospital for a while, or back.
    Arrive,
    /// A14: will come in.
    PendingAdmit,
    /// A15: will move to another ward or bed.
    PendingTransfer,
    /// A16: will go home.
    PendingDischarge,
    /// A17: changed beds with somebody else.
    Swap,
    /// A21: went on leave; the bed is kept.
    Leave,
    /// A22: came back from leave.
    Return,
    /// A11: was never admitted.
    CancelAdmit,
    /// A12: did not move.
    CancelTransfer,
    /// A13: did not go home.
    CancelDischarge,
    /// A25: will not go home as planned.
    CancelPendingDischarge,
    /// A26: will not move as planned.
    CancelPendingTransfer,
    /// A27: will not come in as planned.
    CancelPendingAdmit,
    /// A32: did not arrive.
    CancelArrive,
    /// A33: did not depart.
    CancelDepart,
    /// A38: is not expected.
    CancelPreadmit,
    /// A52: did not go on leave.
    CancelLeave,
    /// A53: did not come back from leave.
    CancelReturn,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 26] = [
        Self::Admit,
        Self::Transfer,
        Self::Discharge,
        Self::Preadmit,
        Self::ToInpatient,
        Self::ToOutpatient,
        Self::Update,
        Self::Depart,
        Self::Arrive,
        Self::PendingAdmit,
        Self::PendingTransfer,
        Self::PendingDischarge,
        Self::Swap,
        Self::Leave,
        Self::Return,
        Self::CancelAdmit,
        Self::CancelTransfer,
        Self::CancelDischarge,
        Self::CancelPendingDischarge,
        Self::CancelPendingTransfer,
        Self::CancelPendingAdmit,
        Self::CancelArrive,
        Self::CancelDepart,
        Self::CancelPreadmit,
        Self::CancelLeave,
        Self::CancelReturn,
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
            Self::ToInpatient => "A06",
            Self::ToOutpatient => "A07",
            Self::Update => "A08",
            Self::Depart => "A09",
            Self::Arrive => "A10",
            Self::PendingAdmit => "A14",
            Self::PendingTransfer => "A15",
            Self::PendingDischarge => "A16",
            Self::Swap => "A17",
            Self::Leave => "A21",
            Self::Return => "A22",
            Self::CancelAdmit => "A11",
            Self::CancelTransfer => "A12",
            Self::CancelDischarge => "A13",
            Self::CancelPendingDischarge => "A25",
            Self::CancelPendingTransfer => "A26",
            Self::CancelPendingAdmit => "A27",
            Self::CancelArrive => "A32",
            Self::CancelDepart => "A33",
            Self::CancelPreadmit => "A38",
            Self::CancelLeave => "A52",
            Self::CancelReturn => "A53",
        }
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Admit => "Admitted",
            Self::Transfer => "Moved",
            Self::Discharge => "Discharged",
            Self::Preadmit => "Expected",
            Self::ToInpatient => "Became an inpatient",
            Self::ToOutpatient => "Became an outpatient",
            Self::Update => "Details changed",
            Self::Depart => "Left the bed for a while",
            Self::Arrive => "Arrived",
            Self::PendingAdmit => "Admission planned",
            Self::PendingTransfer => "Move planned",
            Self::PendingDischarge => "Discharge planned",
            Self::Swap => "Changed beds",
            Self::Leave => "Went on leave",
            Self::Return => "Came back from leave",
            Self::CancelAdmit => "Admission cancelled",
            Self::CancelTransfer => "Move cancelled",
            Self::CancelDischarge => "Discharge cancelled",
            Self::CancelPendingDischarge => "Planned discharge cancelled",
            Self::CancelPendingTransfer => "Planned move cancelled",
            Self::CancelPendingAdmit => "Planned admission cancelled",
            Self::CancelArrive => "Arrival cancelled",
            Self::CancelDepart => "Leaving the bed cancelled",
            Self::CancelPreadmit => "No longer expected",
            Self::CancelLeave => "Leave cancelled",
            Self::CancelReturn => "Return from leave cancelled",
        }
    }

    /// Which kind this one takes back.
    pub const fn cancels(self) -> Option<Self> {
        match self {
            Self::CancelAdmit => Some(Self::Admit),
            Self::CancelTransfer => Some(Self::Transfer),
            Self::CancelDischarge => Some(Self::Discharge),
            Self::CancelPendingDischarge => Some(Self::PendingDischarge),
            Self::CancelPendingTransfer => Some(Self::PendingTransfer),
            Self::CancelPendingAdmit => Some(Self::PendingAdmit),
            Self::CancelArrive => Some(Self::Arrive),
            Self::CancelDepart => Some(Self::Depart),
            Self::CancelPreadmit => Some(Self::Preadmit),
            Self::CancelLeave => Some(Self::Leave),
            Self::CancelReturn => Some(Self::Return),
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

impl<T> Said<T> {
    /// Whether the field is empty.
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
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
    /// PV1-11, where the person is for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_a_while: Option<Place>,
    /// PV1-42, where the person will be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Place>,
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
    /// PV1-14, a code of the list `admission-source`.
    #[serde(default, skip_serializing_if = "Said::is_nothing")]
    pub came_from: Said<String>,
    /// PV2-38, a code of the list `arrival-mode`.
    #[serde(default, skip_serializing_if = "Said::is_nothing")]
    pub arrived_by: Said<String>,
    /// DG1, the primary one.
    #[serde(default, skip_serializing_if = "Said::is_nothing")]
    pub diagnosis: Said<Diagnosis>,
}

/// What a hospital says that somebody mainly has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The code, as the hospital writes it.
    pub code: String,
    /// The coding system, as the hospital names it; none where it names none.
    pub coding: Option<String>,
    /// The day on which it was made, where the hospital says.
    pub on: Option<Date>,
}
