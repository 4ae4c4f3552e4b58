//! Answers on their way through a flow, kept on the server so that a page that times out loses nothing.
//!
//! A draft is known by a code of 128 random bits that stands in its address: whoever has the code has the
//! answers, and nobody else. No cookie and no name belongs to it, unless a resident who is signed in began it.
//! It is kept for as many days as its flow says after the last answer, and then deleted.

mod code;
pub(crate) mod job;
mod opened;
mod store;

pub use code::{Code, NotACode};
pub(crate) use opened::{Opened, goes_on, open, position, within};
pub use store::{begin, delete, delete_expired, draft, of_resident, save};

use stour_guidance::Answers;
use stour_kernel::{Date, Timestamp, UserId};

/// Answers on their way through a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is known by.
    pub code: Code,
    /// The flow.
    pub flow: String,
    /// The version that the answers were given to.
    pub flow_version: i64,
    /// The answers.
    pub answers: Answers,
    /// The resident who began it, when somebody was signed in.
    pub resident: Option<UserId>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last answered.
    pub changed_at: Timestamp,
    /// The last day on which it is kept.
    pub kept_until: Date,
    /// The outcome that was counted.
    pub counted: Option<String>,
    /// How easy it was has been said.
    pub eased: bool,
    /// The contact that was made of it.
    pub contact: Option<String>,
}

/// The last day on which answers given today are kept.
pub fn kept_until(today: Date, days: u16) -> Date {
    let span = std::time::Duration::from_secs(u64::from(days).saturating_mul(24 * 60 * 60));
    today.checked_add(span).unwrap_or(today)
}
