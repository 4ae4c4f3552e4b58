//! What programs that follow people must hear of: that two people are one, that they are not after all,
//! that what an organisation said belongs to another person.
//!
//! An event is stored in the transaction that brings it about ([`announce`]) and never changed. Programs
//! fetch them ([`api`]), or are told ([`deliver`]): each subscriber of every event, in order, again and
//! again until it says that it has it. So an event may come twice, and the same number says that it is
//! the same. An event names people by identifier and says nothing else of them.

pub(crate) mod api;
pub(crate) mod deliver;
mod message;
mod page;
mod store;
mod subscriber;
mod webhook;

pub use deliver::deliver_due;
pub use store::announce;
pub use subscriber::{NewSubscriber, SubscriberId, SubscriberKind, subscribe};
pub(crate) use webhook::may_send;

use serde::Serialize;
use stour_kernel::{Id, PersonId, Timestamp};
use stour_web::Route;

/// What programs that follow people must hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Two people turned out to be one.
    Merged {
        /// Whose record both are now.
        survivor: PersonId,
        /// Whose record that was not before.
        merged: PersonId,
    },
    /// They turned out to be two after all.
    Unmerged {
        /// Whose record both were.
        survivor: PersonId,
        /// Who is somebody else again.
        merged: PersonId,
    },
    /// What an organisation said of one person is about another.
    Moved {
        /// Its record.
        record: Id,
        /// Whose it was.
        from: PersonId,
        /// Whose it is.
        to: PersonId,
    },
}

/// An event, its place among all of them, and when it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) sequence: i64,
    pub(crate) event: Event,
    pub(crate) at: Timestamp,
}

impl Event {
    /// As the database and messages write its kind.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Merged { .. } => "merged",
            Self::Unmerged { .. } => "unmerged",
            Self::Moved { .. } => "moved",
        }
    }
}

/// An event as JSON.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct EventView {
    /// Its place among all of them, from 1 without gaps: the same number is the same event.
    sequence: i64,
    /// `merged`, `unmerged` or `moved`.
    event: &'static str,
    /// The person whose record it is now, or, of people who are no longer one, was.
    #[schema(format = "uuid")]
    survivor: String,
    /// The other person.
    #[schema(format = "uuid")]
    merged: String,
    /// What moved from the other person to this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    /// When it came about.
    #[schema(format = "date-time")]
    at: String,
}

impl From<&Announced> for EventView {
    fn from(announced: &Announced) -> Self {
        let (survivor, merged, record) = announced.event.parts();
        Self {
            sequence: announced.sequence,
            event: announced.event.kind(),
            survivor: survivor.to_string(),
            merged: merged.to_string(),
            record: record.map(|record| record.to_string()),
            at: announced.at.to_string(),
        }
    }
}

impl Event {
    /// The person whose record it is, the other, and what moved.
    const fn parts(self) -> (PersonId, PersonId, Option<Id>) {
        match self {
            Self::Merged { survivor, merged } | Self::Unmerged { survivor, merged } => {
                (survivor, merged, None)
            }
            Self::Moved { record, from, to } => (to, from, Some(record)),
        }
    }

    fn of_parts(
        kind: &str,
        (one, other, record): (PersonId, PersonId, Option<Id>),
    ) -> Option<Self> {
        let (survivor, merged) = (one, other);
        match (kind, record) {
            ("merged", _) => Some(Self::Merged { survivor, merged }),
            ("unmerged", _) => Some(Self::Unmerged { survivor, merged }),
            ("moved", Some(record)) => Some(Self::Moved {
                record,
                from: other,
                to: one,
            }),
            _ => None,
        }
    }
}

/// Seeing who is told, and how that goes.
const SEE: &str = "message.read";
/// Saying who is told.
const MIND: &str = "message.receive";

/// What following answers, to those who mind the links to other systems.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/subscribers", SEE, page::list),
        Route::post("/subscribers", MIND, page::add),
        Route::get("/subscribers/{id}", SEE, page::show),
        Route::post("/subscribers/{id}/end", MIND, page::end),
        Route::post("/subscribers/{id}/pass-over", MIND, page::pass_over),
        Route::get("/api/person-events", SEE, api::follow),
    ]
}

#[cfg(test)]
mod tests;
