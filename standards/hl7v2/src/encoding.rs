//! The characters that separate and escape: MSH-1 and MSH-2.

use std::fmt;

/// The separators a message declares in MSH-1 and MSH-2, each one ASCII punctuation character.
///
/// MSH-2 has four characters (`^~\&`), five from version 2.7 (`^~\&#`, the last being the
/// truncation character). Shorter lists, which old systems send, mean that the rest isn't used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EncodingCharacters {
    pub(crate) field: u8,
    pub(crate) component: u8,
    pub(crate) repetition: Option<u8>,
    pub(crate) escape: Option<u8>,
    pub(crate) subcomponent: Option<u8>,
    pub(crate) truncation: Option<u8>,
}

impl EncodingCharacters {
    /// `|` and `^~\&`, which nearly every system uses.
    pub const STANDARD: Self = Self {
        field: b'|',
        component: b'^',
        repetition: Some(b'~'),
        escape: Some(b'\\'),
        subcomponent: Some(b'&'),
        truncation: None,
    };

    /// Reads MSH-1 (one byte) and MSH-2 (one to five bytes).
    pub fn new(field: u8, list: &[u8]) -> Result<Self, EncodingError> {
        let (&component, rest) = list.split_first().ok_or(EncodingError::Empty)?;
        if list.len() > 5 {
            return Err(EncodingError::TooMany(list.len()));
        }
        let at = |position: usize| rest.get(position).copied();
        let mut seen = [false; 128];
        for &byte in std::iter::once(&field).chain(list) {
            if !byte.is_ascii_punctuation() || byte == b'"' {
                return Err(EncodingError::Unusable(byte));
            }
            match seen.get_mut(usize::from(byte)) {
                Some(known) if !*known => *known = true,
                _ => return Err(EncodingError::Twice(char::from(byte))),
            }
        }
        Ok(Self {
            field,
            component,
            repetition: at(0),
            escape: at(1),
            subcomponent: at(2),
            truncation: at(3),
        })
    }

    /// The field separator, MSH-1.
    pub fn field(&self) -> char {
        char::from(self.field)
    }

    /// The component separator.
    pub fn component(&self) -> char {
        char::from(self.component)
    }

    /// The repetition separator, if declared.
    pub fn repetition(&self) -> Option<char> {
        self.repetition.map(char::from)
    }

    /// The escape character, if declared.
    pub fn escape_character(&self) -> Option<char> {
        self.escape.map(char::from)
    }

    /// The subcomponent separator, if declared.
    pub fn subcomponent(&self) -> Option<char> {
        self.subcomponent.map(char::from)
    }

    /// The truncation character (version 2.7), if declared.
    pub fn truncation(&self) -> Option<char> {
        self.truncation.map(char::from)
    }
}

impl Default for EncodingCharacters {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// MSH-2 as it is written.
impl fmt::Display for EncodingCharacters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = [
            Some(self.component),
            self.repetition,
            self.escape,
            self.subcomponent,
            self.truncation,
        ];
        list.into_iter()
            .flatten()
            .try_for_each(|byte| write!(f, "{}", char::from(byte)))
    }
}

/// Why MSH-1 and MSH-2 cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// Nothing follows the field separator.
    #[error("MSH-2 is empty; send the encoding characters, usually ^~\\&")]
    Empty,
    /// More characters than version 2.8 knows.
    #[error("MSH-2 has {0} characters; send four (^~\\&), or five from version 2.7 (^~\\&#)")]
    TooMany(usize),
    /// A letter, digit, space, quotation mark, control or non-ASCII byte.
    #[error(
        "byte 0x{0:02X} cannot separate in MSH-1 or MSH-2; use ASCII punctuation other than \", usually |^~\\&"
    )]
    Unusable(u8),
    /// One character has two roles.
    #[error("{0} is declared twice in MSH-1 and MSH-2; give each separator its own character")]
    Twice(char),
}
