//! Names as people write them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most characters that a family name or one given name may have. The longest names that
/// registers hold are shorter; what is longer is a mistake or an attack.
pub(crate) const LONGEST_NAME: usize = 100;

/// A family name, a given name or a title: 1 to 100 characters of any script, spaces tidied, without
/// control characters or the invisible ones that turn the direction of what follows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct NameText(String);

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameError {
    /// Nothing but spaces.
    #[error("a name needs at least one letter")]
    Empty,
    /// Longer than a name can be.
    #[error("a name can have at most 100 characters, and this has {0}")]
    Long(usize),
    /// A control character, or one that turns the direction of the text after it.
    #[error("a name cannot hold the invisible character U+{0:04X}: type the name again")]
    Invisible(u32),
}

impl NameText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that a reader cannot see and that change what a reader sees: controls, and the
/// embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9).
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

impl FromStr for NameText {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if let Some(character) = text
            .trim()
            .chars()
            .find(|character| is_invisible(*character))
        {
            return Err(NameError::Invisible(u32::from(character)));
        }
        let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = tidy.chars().count();
        if !tidy.chars().any(char::is_alphanumeric) {
            return Err(NameError::Empty);
        }
        if length > LONGEST_NAME {
            return Err(NameError::Long(length));
        }
        Ok(Self(tidy))
    }
}

impl TryFrom<String> for NameText {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

impl From<NameText> for String {
    fn from(name: NameText) -> Self {
        name.0
    }
}

impl fmt::Display for NameText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

stour_database::text_value!(NameText);

/// What a name is used for, by the words of FHIR's code system for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NameUse {
    /// The registered name.
    #[default]
    Official,
    /// What the person is called.
    Usual,
    /// The family name before marriage.
    Maiden,
    /// Any other name the person once had.
    Previous,
}

impl NameUse {
    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Usual => "usual",
            Self::Maiden => "maiden",
            Self::Previous => "previous",
        }
    }
}

/// Text that is no use of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the use of a name is official, usual, maiden or previous")]
pub struct UnknownNameUse;

impl FromStr for NameUse {
    type Err = UnknownNameUse;

    fn from_str(text: &str) -> Result<Self, UnknownNameUse> {
        [Self::Official, Self::Usual, Self::Maiden, Self::Previous]
            .into_iter()
            .find(|name_use| name_use.as_str() == text)
            .ok_or(UnknownNameUse)
    }
}

impl fmt::Display for NameUse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

stour_database::text_value!(NameUse);

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// The family name.
    pub family: NameText,
    /// The given names in order; none when they are not known, as for a newborn.
    pub given: Vec<NameText>,
    /// A title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<NameText>,
}

impl PersonName {
    /// A name without a title: `given` is split at spaces.
    ///
    /// # Errors
    /// As [`NameText`], for whichever part is wrong.
    pub fn new(family: &str, given: &str) -> Result<Self, NameError> {
        Ok(Self {
            family: family.parse()?,
            given: given_names(given)?,
            prefix: None,
        })
    }

    /// `SMITH, John William (Mr)`, as lists of people write it in the health service (Common User
    /// Interface guidance on patient names).
    pub fn listed(&self) -> String {
        let mut text = self.family.as_str().to_uppercase();
        for (place, given) in self.given.iter().enumerate() {
            text.push_str(if place == 0 { ", " } else { " " });
            text.push_str(given.as_str());
        }
        if let Some(prefix) = &self.prefix {
            text = format!("{text} ({prefix})");
        }
        text
    }

    /// `John William Smith`.
    pub fn spoken(&self) -> String {
        let given = self.given.iter().map(NameText::as_str);
        given
            .chain([self.family.as_str()])
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Given names from one field, parted at spaces.
///
/// # Errors
/// As [`NameText`]. No text at all is no names.
pub fn given_names(text: &str) -> Result<Vec<NameText>, NameError> {
    if let Some(character) = text
        .trim()
        .chars()
        .find(|character| is_invisible(*character))
    {
        return Err(NameError::Invisible(u32::from(character)));
    }
    if text.chars().count() > LONGEST_NAME {
        return Err(NameError::Long(text.chars().count()));
    }
    text.split_whitespace().map(str::parse).collect()
}

#[cfg(test)]
mod tests;
