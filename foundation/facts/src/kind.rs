//! The kinds of fact. They are the structure of the log, not a list of codes: the first four are the
//! events of the statutory adult social care return (Client Level Data).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// Somebody asked for support.
    Request,
    /// An assessment of needs.
    Assessment,
    /// A service over a period, open while it has no end.
    Service,
    /// A review of a service.
    Review,
    /// An attendance at an emergency department or clinic.
    Attendance,
    /// A stay in hospital, open while it has no end.
    Spell,
    /// One day in hospital without meeting the criteria to reside.
    DayWithoutCriteriaToReside,
    /// One answer to a survey.
    SurveyAnswer,
    /// Money spent that belongs to no other fact.
    Cost,
    /// Searches of the directory, by nobody in particular.
    Search,
    /// Views of a listing of the directory.
    ListingView,
    /// Somebody went on from a listing: called, wrote, or opened its site.
    Signpost,
    /// Advice begun, or followed to an outcome.
    Advice,
    /// A review of whether an emergency admission could have been avoided.
    AdmissionReview,
}

/// Text that names no kind of fact.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{0:?} is not a kind of fact; use one of: request, assessment, service, review, attendance, spell, day-without-criteria-to-reside, survey-answer, cost, search, listing-view, signpost, advice, admission-review"
)]
pub struct UnknownFactKind(pub String);

impl FactKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Request,
        Self::Assessment,
        Self::Service,
        Self::Review,
        Self::Attendance,
        Self::Spell,
        Self::DayWithoutCriteriaToReside,
        Self::SurveyAnswer,
        Self::Cost,
        Self::Search,
        Self::ListingView,
        Self::Signpost,
        Self::Advice,
        Self::AdmissionReview,
    ];

    /// The name in the database and in files.
    pub const fn as_str(self) -> &'static str {
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
            Self::Search => "search",
            Self::ListingView => "listing-view",
            Self::Signpost => "signpost",
            Self::Advice => "advice",
            Self::AdmissionReview => "admission-review",
        }
    }

    /// The name on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Request => "Request",
            Self::Assessment => "Assessment",
            Self::Service => "Service",
            Self::Review => "Review",
            Self::Attendance => "Attendance",
            Self::Spell => "Hospital spell",
            Self::DayWithoutCriteriaToReside => "Day without criteria to reside",
            Self::SurveyAnswer => "Survey answer",
            Self::Cost => "Cost",
            Self::Search => "Search of the directory",
            Self::ListingView => "View of a listing",
            Self::Signpost => "Way on from a listing",
            Self::Advice => "Advice",
            Self::AdmissionReview => "Review of an emergency admission",
        }
    }
}

impl fmt::Display for FactKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for FactKind {
    type Err = UnknownFactKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| UnknownFactKind(text.to_owned()))
    }
}

stour_database::text_value!(FactKind);
