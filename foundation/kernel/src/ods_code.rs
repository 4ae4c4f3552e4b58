//! Codes of the Organisation Data Service.

use std::str::FromStr;

use crate::short_text::ShortText;
use crate::text::text_value;

/// The code of an organisation or site in the NHS Organisation Data Service (ODS), such as `RDZ`
/// or `J81012`: 1 to 10 capital letters and digits. Read leniently: spaces around it are dropped
/// and small letters raised. That a code has the right shape does not say it was ever issued.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OdsCode(ShortText<10>);

/// Why a text is not an ODS code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OdsCodeError {
    /// Nothing, or more than ten characters.
    #[error(
        "an ODS code has 1 to 10 letters and digits: look the organisation up in the ODS portal"
    )]
    Length,
    /// A character other than a letter or digit.
    #[error("an ODS code has only letters and digits: take out {0:?}")]
    Character(char),
}

impl OdsCode {
    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for OdsCode {
    type Err = OdsCodeError;

    fn from_str(text: &str) -> Result<Self, OdsCodeError> {
        let text = text.trim();
        if let Some(other) = text
            .chars()
            .find(|character| !character.is_ascii_alphanumeric())
        {
            return Err(OdsCodeError::Character(other));
        }
        if text.is_empty() {
            return Err(OdsCodeError::Length);
        }
        ShortText::new(&text.to_ascii_uppercase())
            .map(Self)
            .ok_or(OdsCodeError::Length)
    }
}

text_value!(OdsCode, OdsCodeError);

#[cfg(test)]
mod tests;
