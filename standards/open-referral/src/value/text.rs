//! Words.

use std::ops::Deref;
use std::str::FromStr;

use super::{ValueError, holds_text, written_as_text};

/// Words that are not nothing: never empty, and without space around them. Plain text; lines and
/// paragraphs are parted by line feeds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub(super) String);

impl Text {
    /// The words; `None` where there are none.
    pub fn new(words: &str) -> Option<Self> {
        words.parse().ok()
    }
}

impl FromStr for Text {
    type Err = ValueError;

    fn from_str(words: &str) -> Result<Self, ValueError> {
        // No database of this house can hold U+0000.
        let words = words.replace('\0', "");
        match words.trim() {
            "" => Err(ValueError("the text is empty")),
            words => Ok(Self(words.to_owned())),
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

holds_text!(Text);
written_as_text!(Text);
