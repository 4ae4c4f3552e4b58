//! A request: somebody asks for support, by any channel, for themselves or for another. It is the
//! first event of the adult social care return (Client Level Data).
//!
//! **Its life.** Open until somebody deals with it; *referred* while a service considers it; *concluded*
//! with an outcome of the list `event-outcome`, for good. A service that declines gives it back, open. The fact log has
//! one version when it is recorded and one more when it is concluded: in between, nothing has
//! happened that the return would count.

pub(crate) mod api;
pub(crate) mod draft;
mod form;
mod from_contact;
pub(crate) mod page;
mod state;
mod store;
pub(crate) mod view;

pub use draft::{Draft, LONGEST_WORDS, NewRequest};
pub(crate) use from_contact::from_contact;
pub use state::{Conclusion, Refusal, RequestState};
pub use store::{Taker, conclude, record, request, requests_of_person};
pub(crate) use store::{people_of, put_state, taken_by};

use stour_database::Version;
use stour_kernel::{Code, Date, OdsCode, PersonId, ThreadId, Timestamp, typed_id};

typed_id!(pub RequestId, "a request for support");
stour_database::text_value!(RequestId);

/// A request for support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// Whom it is about, who need not be who asked.
    pub person: PersonId,
    /// Its thread in the fact log.
    pub thread: ThreadId,
    /// Which organisation took it.
    pub organisation: OdsCode,
    /// What was asked.
    pub asked: NewRequest,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub taken_by: String,
    /// Where it has got to.
    pub state: RequestState,
    /// Raised by every change.
    pub version: Version,
}

impl Request {
    /// How it ended, once it has.
    pub fn conclusion(&self) -> Option<&Conclusion> {
        match &self.state {
            RequestState::Concluded(conclusion) => Some(conclusion),
            RequestState::Open | RequestState::Referred => None,
        }
    }

    /// The day on which it was received.
    pub fn received_on(&self) -> Date {
        self.asked.received_on
    }

    /// Its outcome, once it has one.
    pub fn outcome(&self) -> Option<&Code> {
        self.conclusion().map(|conclusion| &conclusion.outcome)
    }
}

#[cfg(test)]
mod tests;
