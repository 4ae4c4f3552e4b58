//! Codes of statistical areas.

use std::str::FromStr;

use crate::short_text::ShortText;
use crate::text::text_value;

/// The nine-character code of an area in the Code History Database of the Office for National
/// Statistics (the Government Statistical Service coding): a letter for the country (E England,
/// W Wales, S Scotland, N Northern Ireland), two digits for the kind of area, six for the area.
/// `E06000059` is the unitary authority of Dorset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GssCode(ShortText<9>);

/// Why a text is not a GSS code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GssCodeError {
    /// It does not start with the letter of a country.
    #[error(
        "an area code starts with E, W, S or N for the country, as in E06000059: check the code"
    )]
    Country,
    /// What follows the letter is not eight digits.
    #[error(
        "an area code has eight digits after its letter, as in E06000059: check that none \
         is missing"
    )]
    Digits,
}

impl GssCode {
    /// The nine characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The first three characters, which say what kind of area it is: `E06` is a unitary
    /// authority, `E07` a district, `E10` a county, `E01` a lower layer super output area.
    pub fn entity(&self) -> &str {
        self.as_str().get(..3).unwrap_or_default()
    }
}

impl FromStr for GssCode {
    type Err = GssCodeError;

    fn from_str(text: &str) -> Result<Self, GssCodeError> {
        let text = text.trim().to_ascii_uppercase();
        let digits = text
            .strip_prefix(['E', 'W', 'S', 'N'])
            .ok_or(GssCodeError::Country)?;
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(GssCodeError::Digits);
        }
        ShortText::new(&text).map(Self).ok_or(GssCodeError::Digits)
    }
}

text_value!(GssCode, GssCodeError);

#[cfg(test)]
mod tests;
