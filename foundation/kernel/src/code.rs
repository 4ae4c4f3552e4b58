//! A code in a code list.

use std::str::FromStr;

use crate::text::text_value;

/// A code in a [`CodeList`](crate::CodeList): 1 to 64 printable ASCII characters, kept as they are
/// written (`I63.9`, `04`, `home with reablement`). Spaces around it are dropped. Whether the list
/// has such a code on a given day is for the list to say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Box<str>);

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// Nothing but spaces.
    #[error("the code is empty: choose one from the list")]
    Empty,
    /// More than 64 characters.
    #[error("a code has at most 64 characters: give the code, not its description")]
    TooLong,
    /// A character that is not printable ASCII.
    #[error("a code has only printable characters of ASCII: take out {0:?}")]
    Character(char),
}

const LONGEST: usize = 64;

impl Code {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CodeError::Empty);
        }
        if let Some(other) = text
            .chars()
            .find(|character| !matches!(character, ' '..='~'))
        {
            return Err(CodeError::Character(other));
        }
        if text.len() > LONGEST {
            Err(CodeError::TooLong)
        } else {
            Ok(Self(text.into()))
        }
    }
}

text_value!(Code, CodeError);

#[cfg(test)]
mod tests;
