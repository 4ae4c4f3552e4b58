//! Codes of the partnership's own localities.

use std::str::FromStr;

use crate::text::text_value;

/// The code of a locality of the partnership, such as `east-bournemouth`: words of small letters
/// and digits joined by single hyphens, at most 40 characters. Localities are local: no national
/// body codes them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalityCode(Box<str>);

/// Why a text is not a locality code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LocalityCodeError {
    /// Nothing, or more than 40 characters.
    #[error("a locality code has 1 to 40 characters: give the locality a shorter code")]
    Length,
    /// Not small letters and digits joined by single hyphens.
    #[error(
        "a locality code is small letters and digits joined by single hyphens, such as \
         east-bournemouth: rewrite it so"
    )]
    Shape,
}

const LONGEST: usize = 40;

impl LocalityCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LocalityCode {
    type Err = LocalityCodeError;

    fn from_str(text: &str) -> Result<Self, LocalityCodeError> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return Err(LocalityCodeError::Length);
        }
        if text.split('-').all(is_word) {
            Ok(Self(text.into()))
        } else {
            Err(LocalityCodeError::Shape)
        }
    }
}

fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

text_value!(LocalityCode, LocalityCodeError);

#[cfg(test)]
mod tests;
