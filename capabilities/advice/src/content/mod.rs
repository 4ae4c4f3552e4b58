//! The texts of advice: flows, as the program brings them and as people here have changed them.
//!
//! **Their life.** Each save is a version, which is never changed. Its author or another editor proposes it;
//! somebody who did not save it approves it, and it is published from then on. An earlier version that was
//! published before can be published again at once. Version 1 of a flow that the program brings is in the
//! program and counts as published.

pub(crate) mod command;
mod difference;
pub(crate) mod edit_page;
mod error;
pub(crate) mod flow_page;
mod graph_drawing;
mod hash;
pub(crate) mod list_page;
pub(crate) mod preview_page;
mod published;
mod shipped;
mod store;
pub(crate) mod versions_page;

pub use difference::{Difference, differences};
pub use error::{ContentError, Refusal};
pub use hash::Hash;
pub use published::{Published, flow_at, published, published_flows};
pub use shipped::{SHIPPED, Shipped, kept_for, shipped};
pub use store::{Saving, contents, decide, propose, publish_again, save, steps, version, versions};

use std::fmt;
use std::str::FromStr;

use stour_kernel::{OdsCode, Timestamp, UserId};

/// The most characters in which somebody says what changed or why they decide so.
pub const LONGEST_WORDS: usize = 2_000;

/// The version of a text that the program brings.
pub const SHIPPED_VERSION: i64 = 1;

/// Who saves or decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account; nobody's for what the program brings.
    pub user: Option<UserId>,
    /// The name that others see.
    pub name: String,
    /// For whom.
    pub organisation: OdsCode,
}

impl From<&stour_access::Actor> for Author {
    fn from(actor: &stour_access::Actor) -> Self {
        Self {
            user: Some(actor.user),
            name: actor.name.clone(),
            organisation: actor.organisation,
        }
    }
}

/// One version of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i64,
    /// The flow in TOML, as it was saved.
    pub text: String,
    /// What the text's SHA-256 was when it was saved.
    pub hash: Hash,
    /// What changed, in its author's words.
    pub what: String,
    /// Who saved it; nobody for what the program brings.
    pub by: Option<Author>,
    /// When; nothing for what the program brings.
    pub at: Option<Timestamp>,
}

impl Version {
    /// Whether this is the version of this user.
    pub fn is_of(&self, user: UserId) -> bool {
        self.by.as_ref().and_then(|by| by.user) == Some(user)
    }
}

/// What is decided on a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// It is put forward to be looked at.
    Proposed,
    /// It is not taken.
    Declined,
    /// The public reads it from now on.
    Published,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Declined, Self::Published];

    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Published => "published",
        }
    }

    /// As pages say it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Declined => "Not taken",
            Self::Published => "Published",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The text is no step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a version is proposed, declined or published")]
pub struct NotAStep;

impl FromStr for StepKind {
    type Err = NotAStep;

    fn from_str(text: &str) -> Result<Self, NotAStep> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(NotAStep)
    }
}

stour_database::text_value!(StepKind);

/// What was decided on a version, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTaken {
    /// The version.
    pub number: i64,
    /// What.
    pub kind: StepKind,
    /// Why, in their words; may be empty.
    pub words: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A text, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its id, which is that of its flow.
    pub id: String,
    /// The number of its latest version.
    pub latest: i64,
    /// The number of the version that the public reads; nothing for a flow that was never published.
    pub published: Option<i64>,
    /// The version that waits for somebody to look at it.
    pub waiting: Option<i64>,
}

/// What has been decided on a text so far: the version that the public reads, and the one that waits.
pub(crate) fn standing(is_shipped: bool, steps: &[StepTaken]) -> (Option<i64>, Option<i64>) {
    let mut published = is_shipped.then_some(SHIPPED_VERSION);
    let mut waiting = None;
    for step in steps {
        match step.kind {
            StepKind::Proposed => waiting = Some(step.number),
            StepKind::Declined => waiting = waiting.filter(|number| *number != step.number),
            StepKind::Published => {
                published = Some(step.number);
                waiting = waiting.filter(|number| *number != step.number);
            }
        }
    }
    (published, waiting)
}
