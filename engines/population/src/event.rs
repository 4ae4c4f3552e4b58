//! What happened to a person: one event of each kind of fact, with a typed detail.
//!
//! Codes are those of the lists in `reference/code-lists` where there is one. Every event's `cost` is the cost of
//! that event alone, up to `today` if it is still open; no cost is in two events, so costs may be added up.

use jiff::civil::DateTime;
use serde::Serialize;
use stour_kernel::{Date, OdsCode, Pence};

/// The system every event names as its source.
pub const SOURCE_SYSTEM: &str = "synthetic";

/// The kinds of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Someone asked for support.
    Request,
    /// Needs were assessed.
    Assessment,
    /// Support was given.
    Service,
    /// Support was reviewed.
    Review,
    /// A visit to an emergency department.
    Attendance,
    /// A stay in hospital.
    Spell,
    /// A day in hospital without criteria to reside.
    DayWithoutCriteriaToReside,
    /// An answer to one question of a survey.
    SurveyAnswer,
    /// Money spent on something that is not an event of its own.
    Cost,
}

impl EventKind {
    /// The kind as a slug: `day-without-criteria-to-reside`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Assessment => "assessment",
            Self::Service => "service",
            Self::Review => "review",
            Self::Attendance => "attendance",
            Self::Spell => "spell",
            Self::DayWithoutCriteriaToReside => "day-without-criteria-to-reside",
            Self::SurveyAnswer => "survey-answer",
            Self::Cost => "cost",
        }
    }

    /// The letter that starts a reference.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Request => 'R',
            Self::Assessment => 'A',
            Self::Service => 'V',
            Self::Review => 'W',
            Self::Attendance => 'E',
            Self::Spell => 'S',
            Self::DayWithoutCriteriaToReside => 'D',
            Self::SurveyAnswer => 'Q',
            Self::Cost => 'C',
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// First day.
    pub started: Date,
    /// The day it ended; for a stay or a service the first day it was over, which may be the day it began. None while
    /// it goes on.
    pub ended: Option<Date>,
    /// Who did it: a trust for hospital events, the council's organisation for the rest.
    pub organisation: OdsCode,
    /// How it ended, or what came of it. Services of reablement: list `reablement-outcome`; other care events: list
    /// `event-outcome`; spells: `discharged` or `died`; attendances: `admitted` or `discharged`.
    pub outcome: Option<&'static str>,
    /// What it cost, where it has a cost of its own.
    pub cost: Option<Pence>,
    /// What only events of its kind have.
    pub detail: Detail,
    /// Unique in the population, stable for a seed, setting and count: a letter for the kind, the person's index, a
    /// number.
    pub reference: String,
}

impl Event {
    /// The kind of fact.
    pub fn kind(&self) -> EventKind {
        self.detail.kind()
    }
}

/// What only events of one kind have. Serialised without the kind's name: an event says its kind elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    /// See [`Request`].
    Request(Request),
    /// See [`Assessment`].
    Assessment(Assessment),
    /// See [`Service`].
    Service(Service),
    /// See [`Review`].
    Review(Review),
    /// See [`Attendance`].
    Attendance(Attendance),
    /// See [`Spell`].
    Spell(Box<Spell>),
    /// See [`DelayedDay`].
    DelayedDay(DelayedDay),
    /// See [`SurveyAnswer`].
    SurveyAnswer(SurveyAnswer),
    /// See [`Purchase`].
    Cost(Purchase),
}

impl Detail {
    /// The kind of fact.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::Request(_) => EventKind::Request,
            Self::Assessment(_) => EventKind::Assessment,
            Self::Service(_) => EventKind::Service,
            Self::Review(_) => EventKind::Review,
            Self::Attendance(_) => EventKind::Attendance,
            Self::Spell(_) => EventKind::Spell,
            Self::DelayedDay(_) => EventKind::DayWithoutCriteriaToReside,
            Self::SurveyAnswer(_) => EventKind::SurveyAnswer,
            Self::Cost(_) => EventKind::Cost,
        }
    }
}

/// A request for support.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Request {
    /// List `route-of-access`.
    pub route: &'static str,
    /// List `contact-channel`.
    pub channel: &'static str,
    /// The spell it came out of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spell: Option<String>,
}

/// An assessment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// `short-term`, `long-term` or `carer`.
    pub assessment: &'static str,
    /// Who was asked: `service-user-only`, `service-user-and-carer` or `carer-only`.
    pub method: &'static str,
    /// The request it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Service {
    /// List `service-type`.
    pub service_type: &'static str,
    /// List `service-component`.
    pub component: &'static str,
    /// List `delivery-mechanism`, for long-term support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<&'static str>,
    /// Hours a week, for home care.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_a_week: Option<i32>,
    /// What a week costs.
    pub cost_a_week: Pence,
    /// The day it was meant to end, for reablement. May be after `today`: it is a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_days: Option<i32>,
    /// The spell whose discharge it followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_spell: Option<String>,
    /// The day of that discharge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharged: Option<Date>,
}

impl Service {
    /// Whether it is reablement.
    pub fn is_reablement(&self) -> bool {
        self.component == "reablement"
    }

    /// Whether its person lives elsewhere than at home while it lasts.
    pub fn away_from_home(&self) -> bool {
        matches!(
            self.component,
            "long-term-residential-care" | "long-term-nursing-care" | "short-term-residential-care"
        )
    }
}

/// A review of a service.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// The service reviewed.
    pub service: String,
    /// `planned` or `unplanned`.
    pub reason: &'static str,
    /// Who was asked.
    pub method: &'static str,
}

/// A visit to an emergency department.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attendance {
    /// Hospital site.
    pub site: String,
    /// Local wall-clock time.
    pub arrived: DateTime,
    /// Minutes from arrival to leaving the department.
    pub minutes: i32,
    /// `ambulance` or `other`.
    pub arrival: &'static str,
    /// The spell it led to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spell: Option<String>,
}

/// A stay in hospital.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spell {
    /// Hospital site.
    pub site: String,
    /// List `admission-method`.
    pub admission_method: &'static str,
    /// List `admission-source`.
    pub admission_source: &'static str,
    /// Treatment function code.
    pub specialty: &'static str,
    /// Main reason, ICD-10 with its point.
    pub primary_diagnosis: &'static str,
    /// What else the person lives with, ICD-10; at most four.
    pub secondary_diagnoses: Vec<&'static str>,
    /// Local wall-clock time.
    pub admitted: DateTime,
    /// Local wall-clock time.
    pub discharged: Option<DateTime>,
    /// Each ward in turn; at least one.
    pub wards: Vec<WardStay>,
    /// The first day without criteria to reside, if that has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharge_ready: Option<Date>,
    /// List `discharge-pathway`, once discharged alive or known to be waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pathway: Option<&'static str>,
    /// List `discharge-method`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharge_method: Option<&'static str>,
    /// List `discharge-destination`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<&'static str>,
}

/// Time on one ward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WardStay {
    /// Ward code.
    pub ward: String,
    /// Bed number.
    pub bed: i32,
    /// Local wall-clock time.
    pub from: DateTime,
    /// Local wall-clock time; none while the person is there.
    pub to: Option<DateTime>,
}

/// A day that ended with the person in hospital without criteria to reside.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DelayedDay {
    /// The spell.
    pub spell: String,
    /// The ward.
    pub ward: String,
    /// List `discharge-pathway`.
    pub pathway: &'static str,
    /// One of the reasons of the acute discharge situation report (NHS England, technical specification of 30 April
    /// 2024).
    pub reason: &'static str,
}

/// An answer to one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurveyAnswer {
    /// `service-user-survey` or `carer-survey`.
    pub survey: &'static str,
    /// `overall-satisfaction` or `told-story-once`.
    pub question: &'static str,
    /// 1 (worst) to 5 (best).
    pub answer: u8,
}

/// Money spent on something that is not an event of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Purchase {
    /// What for: `equipment`.
    pub category: &'static str,
    /// The service it goes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}
