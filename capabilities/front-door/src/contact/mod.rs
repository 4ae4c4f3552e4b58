//! A contact: somebody asked for help by the public pages, and nobody has yet said whose record it
//! belongs to. An adviser finds the person and makes it a request, or closes it with a reason.
//!
//! Somebody who is signed in and asks for themselves needs no contact: it is a request at once.

pub(crate) mod ask;
mod draft;
pub(crate) mod page;
pub(crate) mod person_page;
mod state;
mod store;

pub use ask::{ask_for_help, contact_form};
pub use draft::{About, Agreement, ContactDraft, NewContact};
pub(crate) use state::ContactState;
pub(crate) use state::Refusal;
pub(crate) use store::{Queued, change, contact, insert, waiting, waiting_count};

use stour_database::Version;
use stour_kernel::{Timestamp, typed_id};

typed_id!(pub ContactId, "somebody who asked for help");
stour_database::text_value!(ContactId);

/// Somebody who asked for help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contact {
    /// The contact.
    pub(crate) id: ContactId,
    /// When it came.
    pub(crate) received_at: Timestamp,
    /// What was sent.
    pub(crate) asked: NewContact,
    /// Where it has got to.
    pub(crate) state: ContactState,
    /// Raised by every change.
    pub(crate) version: Version,
}

impl Contact {
    /// The reference that whoever asked was shown, to say on the telephone.
    pub(crate) fn reference(&self) -> String {
        reference(self.id)
    }
}

/// The last eight characters of the identifier, which are random, in two groups.
pub(crate) fn reference(id: ContactId) -> String {
    let text = id.to_string().replace('-', "").to_uppercase();
    let end: Vec<char> = text.chars().rev().take(8).collect();
    let end: Vec<char> = end.into_iter().rev().collect();
    let (first, last) = end.split_at(end.len().min(4));
    format!(
        "{}-{}",
        first.iter().collect::<String>(),
        last.iter().collect::<String>()
    )
}
