//! A referral: from a request to a service that may accept it.
//!
//! **Its life.** Waiting until the service accepts or declines it, or whoever made it withdraws it;
//! each of these is for good. Acceptance concludes the request behind it with the outcome that the
//! service's row in `reference/services.toml` names: for reablement that is the code `reablement`,
//! *Progress to reablement/ST-Max*, of the list `event-outcome`. A referral that is declined or withdrawn gives the request back.

pub(crate) mod api;
pub(crate) mod draft;
pub(crate) mod page;
mod reason;
mod state;
mod store;

pub use draft::{NewReferral, ReferralDraft};
pub use reason::{LONGEST_REASON, Reason, ReasonError};
pub use state::{Decided, ReferralState, Refusal};
pub use store::{
    Accepted, accept, decline, make, referral, referrals_of_request, waiting_referrals, withdraw,
};

use stour_database::Version;
use stour_kernel::{Code, OdsCode, PersonId, Timestamp, typed_id};

use crate::request::RequestId;

typed_id!(pub ReferralId, "a referral to a service");
stour_database::text_value!(ReferralId);

/// A referral to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// The referral.
    pub id: ReferralId,
    /// The request behind it.
    pub request: RequestId,
    /// Whom it is about.
    pub person: PersonId,
    /// The service, by its id in `reference/services.toml`.
    pub service: Code,
    /// The organisation that provides the service, as it was when the referral was made.
    pub provider: OdsCode,
    /// How soon: the code of an urgency of the service.
    pub urgency: Code,
    /// Why, and what the person wants to be able to do.
    pub reason: Reason,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// The organisation that made it.
    pub organisation: OdsCode,
    /// Where it has got to.
    pub state: ReferralState,
    /// Raised by every change.
    pub version: Version,
}

#[cfg(test)]
mod tests;
