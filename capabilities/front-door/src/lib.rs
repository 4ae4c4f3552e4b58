//! The front door: somebody asks for support, and is referred to a service that may give it.
//!
//! A *request* is recorded by whoever answers, in the words of whoever asks, concluded with an
//! outcome of the national list, and counted through the fact log. A *referral* leads from a
//! request to a service, which accepts it ([`accept`]), declines it ([`decline`]) or leaves it
//! waiting ([`waiting_referrals`]). Anybody may ask for help by the public pages ([`ask_for_help`]): that is a *contact* until an
//! adviser finds whose record it belongs to. Which services there are is data. This crate must not know how
//! a service is given, what a spell is, or anything of a person but the identifier and what
//! `stour_people` shows with a permit.
//!
//! **Invariants.** A request is concluded once, and its fact has two versions then and one before.
//! Nobody waits twice for one service on one request. Every change names the version it saw.

mod capability;
mod contact;
mod error;
mod identity;
mod lists;
mod referral;
mod request;
mod resident;
mod service;
mod shown;
#[cfg(test)]
mod testing;

pub use capability::{capability, person_links};
pub use contact::{
    About, Agreement, ContactDraft, ContactId, NewContact, ask_for_help, contact_form,
};
pub use error::FrontDoorError;
pub use lists::ReferenceFault;
pub use referral::{
    Accepted, Decided, LONGEST_REASON, NewReferral, Reason, ReasonError, Referral, ReferralDraft,
    ReferralId, ReferralState, Refusal as ReferralRefusal, accept, decline, make, referral,
    referrals_of_request, waiting_referrals, withdraw,
};
pub use request::{
    Conclusion, Draft, LONGEST_WORDS, NewRequest, Refusal as RequestRefusal, Request, RequestId,
    RequestState, Taker, conclude, record, request, requests_of_person,
};
pub use service::{Service, Urgency, service, services, services_at};

use stour_database::{Migrations, Step};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "front-door",
    steps: &[
        Step {
            number: 1,
            name: "request",
            sql: include_str!("../migrations/0001_request.sql"),
        },
        Step {
            number: 2,
            name: "contact",
            sql: include_str!("../migrations/0002_contact.sql"),
        },
    ],
};
