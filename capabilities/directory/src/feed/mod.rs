//! Feeds: where listings come from, and how they are kept in step.
//!
//! A feed is read page by page, and each page is stored in one transaction with how far the reading has come, so
//! that a feed that dies half-way leaves the last good state and is taken up where it stopped. What a feed no longer
//! has is withdrawn only once the whole of it has been read.

mod command;
mod ending;
mod fetch;
mod import;
mod job;
mod merge;
mod page;
mod source;
mod store;
mod sync;

pub(crate) use command::commands;
pub(crate) use job::JOB;
pub(crate) use page::{home, show};
pub(crate) use store::feeds;
pub(crate) use store::runs;

use std::fmt;
use std::str::FromStr;

use stour_kernel::{Timestamp, typed_id};

use crate::listing::{OWN, Role};

pub use import::import;
pub use store::{add, remove};
pub use sync::{Options, sync};

typed_id!(pub RunId, "an attempt to read a feed");
stour_database::text_value!(RunId);

/// The name of a feed: small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedName(String);

impl FeedName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FeedName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shaped = |text: &str| {
            (1..=40).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if !shaped(text) || text == OWN {
            return Err(format!(
                "{text:?} cannot be the name of a feed: use up to 40 small letters, digits and hyphens, and not {OWN:?}"
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for FeedName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

stour_database::text_value!(FeedName);

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its name.
    pub name: FeedName,
    /// Its address, to which `/services` is added; `file:` and a name for what was imported from files.
    pub address: String,
    /// The version of the standard, once it was read.
    pub standard: Option<String>,
    /// What its publisher is to the services.
    pub role: Role,
    /// Whether it gives only what has changed when asked to; unknown until tried.
    pub honours_modified_after: Option<bool>,
    /// When the last reading of the whole of it began.
    pub whole_since: Option<Timestamp>,
    /// When it was added.
    pub added_at: Timestamp,
}

impl Feed {
    /// Whether its listings come from files.
    pub fn is_of_files(&self) -> bool {
        self.address.starts_with("file:")
    }
}

/// How an attempt to read a feed stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// It is under way, or the program was killed.
    Running,
    /// It came to its end.
    Finished,
    /// It had to stop before.
    Stopped,
}

impl RunState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
        }
    }
}

impl fmt::Display for RunState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for RunState {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Running, Self::Finished, Self::Stopped]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(())
    }
}

stour_database::text_value!(RunState);

/// How many records of each kind an attempt met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Records that were read.
    pub read: i64,
    /// Listings that are new.
    pub new: i64,
    /// Listings that changed.
    pub changed: i64,
    /// Listings that are as they were.
    pub unchanged: i64,
    /// Listings that the feed no longer has.
    pub withdrawn: i64,
    /// Records in which something had to be put right.
    pub repaired: i64,
    /// Records that could not be used.
    pub set_aside: i64,
}

/// An attempt to read a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The attempt.
    pub id: RunId,
    /// Of which feed.
    pub feed: FeedName,
    /// When the reading that this goes on with began.
    pub since: Timestamp,
    /// When it began itself.
    pub started_at: Timestamp,
    /// When it last did something.
    pub ended_at: Timestamp,
    /// How it stands.
    pub state: RunState,
    /// Why it stopped, or what is to be known of how it ended.
    pub why: Option<String>,
    /// The page to go on with.
    pub next_page: i64,
    /// Whether it reads everything, rather than what has changed.
    pub whole: bool,
    /// What it met.
    pub counts: Counts,
}

/// Something that was put right in a record, or a record that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Whether the whole record was set aside.
    pub set_aside: bool,
    /// What the feed calls the record.
    pub source_id: String,
    /// Where in the record.
    pub place: String,
    /// What stood there.
    pub was: String,
    /// What became of it.
    pub became: Option<String>,
    /// Why.
    pub why: String,
}

#[cfg(test)]
mod tests;
