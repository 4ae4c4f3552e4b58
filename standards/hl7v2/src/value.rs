//! What a place in a message says.

use std::borrow::Cow;

use crate::{issue::Issue, ts::Ts};

/// What stands at a place in a message (HL7 2.4, chapter 2.5.3.2; ITK 3.3.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value<'m> {
    /// Nothing: the receiver leaves what it has alone.
    #[default]
    Absent,
    /// Two quotation marks: the receiver deletes what it has.
    Delete,
    /// A value, escape sequences resolved.
    Text(Cow<'m, str>),
}

impl<'m> Value<'m> {
    /// The text, if there is any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Absent | Self::Delete => None,
        }
    }

    /// The text, if there is any, keeping the borrow of the message.
    pub fn into_text(self) -> Option<Cow<'m, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Absent | Self::Delete => None,
        }
    }

    /// Whether nothing is said.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the receiver is told to delete.
    pub fn is_delete(&self) -> bool {
        matches!(self, Self::Delete)
    }
}

/// What stands in a date or time field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TimeValue {
    /// Nothing.
    #[default]
    Absent,
    /// Delete what you have.
    Delete,
    /// A time, with the precision it was sent with.
    Known(Ts),
    /// Something that isn't a time; the issue holds the text and the reason.
    Unreadable(Issue),
}

impl TimeValue {
    /// The time, if it could be read.
    pub fn known(&self) -> Option<Ts> {
        match self {
            Self::Known(ts) => Some(*ts),
            Self::Absent | Self::Delete | Self::Unreadable(_) => None,
        }
    }

    /// Why the time could not be read.
    pub fn issue(&self) -> Option<&Issue> {
        match self {
            Self::Unreadable(issue) => Some(issue),
            Self::Absent | Self::Delete | Self::Known(_) => None,
        }
    }

    /// Whether the receiver is told to delete.
    pub fn is_delete(&self) -> bool {
        matches!(self, Self::Delete)
    }
}
