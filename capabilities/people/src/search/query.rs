//! What somebody types into the one search box.

use stour_kernel::{Date, NhsNumber, NhsNumberError, PostcodePart};
use thiserror::Error;

use super::date::{self, Birth};
use super::word;
use crate::person::PersonName;

/// The most characters that a search may have.
const LONGEST_QUERY: usize = 200;
/// The most words of names that a search may have.
pub(crate) const MOST_NAMES: usize = 6;

/// Left out when there are other words: nobody is found by a title.
const TITLES: [&str; 8] = ["mr", "mrs", "miss", "ms", "mx", "dr", "sir", "lady"];

/// A search that was understood: everything in it must be true of a person who is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The starts of words of the person's names, folded; each must be found, in any order.
    pub(crate) names: Vec<String>,
    /// The start of the word for a date of birth.
    pub(crate) born: Option<String>,
    /// The starts of the words for a postcode, one of which must be found.
    pub(crate) postcode: Vec<String>,
    /// An NHS number, or an organisation's own.
    pub(crate) number: Option<String>,
    /// What was taken for a postcode, when it may as well be an organisation's own number.
    pub(crate) number_instead: Option<String>,
}

/// Why a search cannot be run as it is, for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryError {
    /// Nothing to search for.
    #[error("Type a name, a date of birth, part of a postcode or an NHS number")]
    Empty,
    /// More than a search can hold.
    #[error("That is too much to search for: type a name, a date of birth and part of a postcode")]
    Long,
    /// It looks like a date, and is not one.
    #[error(
        "The date of birth is not a date in the past: type it as day, month, year, such as 12 03 1941"
    )]
    NoDate,
    /// Two figures for the year.
    #[error("Type the year of birth with four figures")]
    WhichDate(Vec<Reading>),
    /// Ten digits that are not an NHS number.
    #[error("This is not an NHS number: {0}")]
    NotNumber(NhsNumberError),
    /// The same thing twice, and only one can be true.
    #[error("Type one {0}")]
    Two(&'static str),
}

/// One way to understand a date with two figures for the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date of birth.
    pub born: Date,
    /// The search with the date written out.
    pub search: String,
}

impl Query {
    /// Understands what was typed. Pure: `today` decides which dates are past.
    ///
    /// # Errors
    /// [`QueryError`] says what to type instead.
    pub fn parse(text: &str, today: Date) -> Result<Self, QueryError> {
        if text.chars().count() > LONGEST_QUERY {
            return Err(QueryError::Long);
        }
        let parts: Vec<&str> = text
            .split(|character: char| {
                character.is_whitespace()
                    || character.is_control()
                    || matches!(character, ',' | ';')
            })
            .filter(|part| !part.is_empty())
            .collect();
        let mut query = Self::default();
        let mut rest = parts.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let used = query.take(rest, today)?;
            if used == 0 {
                query.take_name(first);
                rest = after;
            } else {
                rest = rest.get(used..).unwrap_or_default();
            }
        }
        query.finish()
    }

    /// A search for people of the same family name, first given name and date of birth; `None`
    /// without a date of birth, since many people share a name.
    pub(crate) fn same(name: &PersonName, born: Option<Date>) -> Option<Self> {
        let first = name
            .given
            .first()
            .map(|given| word::name_words(given.as_str()));
        let words = word::name_words(name.family.as_str())
            .into_iter()
            .chain(first.into_iter().flatten());
        let mut query = Self {
            born: Some(word::birth_word(born?)),
            ..Self::default()
        };
        for word in words.take(MOST_NAMES) {
            if !query.names.contains(&word) {
                query.names.push(word);
            }
        }
        Some(query)
    }

    /// Takes what is not a name from the start of the parts; returns how many parts that was.
    fn take(&mut self, parts: &[&str], today: Date) -> Result<usize, QueryError> {
        if let Some((number, used)) = nhs_number(parts) {
            let number = number.map_err(QueryError::NotNumber)?;
            set(&mut self.number, number.digits(), "number")?;
            return Ok(used);
        }
        if let Some((birth, used)) = date::read(parts, today) {
            let word = match birth {
                Birth::Day(day) => word::birth_word(day),
                Birth::Month(year, month) => format!("#{year}-{month:02}-"),
                Birth::Year(year) => format!("#{year}-"),
                Birth::Impossible => return Err(QueryError::NoDate),
                Birth::Unclear(days) => return Err(self.which(&days, parts.get(used..))),
            };
            set(&mut self.born, word, "date of birth")?;
            return Ok(used);
        }
        if let Some((part, used)) = postcode(parts) {
            if !self.postcode.is_empty() {
                return Err(QueryError::Two("postcode"));
            }
            self.postcode = part.prefixes().map(word::postcode_word).collect();
            self.number_instead = parts
                .first()
                .filter(|_| used == 1)
                .map(|first| first.to_uppercase());
            return Ok(used);
        }
        match parts.first() {
            Some(first) if first.chars().any(|character| character.is_ascii_digit()) => {
                set(&mut self.number, first.to_uppercase(), "number")?;
                Ok(1)
            }
            _ => Ok(0),
        }
    }

    fn take_name(&mut self, part: &str) {
        let joined: String = part
            .chars()
            .filter(|character| !matches!(character, '\'' | '\u{2019}' | '\u{2BC}' | '`'))
            .collect();
        for piece in joined.split(|character: char| !word::is_word(character)) {
            let folded = word::fold(piece);
            if !folded.is_empty() && !self.names.contains(&folded) {
                self.names.push(folded);
            }
        }
    }

    fn finish(mut self) -> Result<Self, QueryError> {
        if self.names.len() > 1 {
            let titles: Vec<String> = self
                .names
                .iter()
                .filter(|name| TITLES.contains(&name.as_str()))
                .cloned()
                .collect();
            if titles.len() < self.names.len() {
                self.names.retain(|name| !titles.contains(name));
            }
        }
        if self.names.len() > MOST_NAMES {
            return Err(QueryError::Long);
        }
        if self == Self::default() {
            Err(QueryError::Empty)
        } else {
            Ok(self)
        }
    }

    fn which(&self, days: &[Date], after: Option<&[&str]>) -> QueryError {
        let after = after.unwrap_or_default().join(" ");
        let readings = days.iter().map(|born| {
            let names = self.names.join(" ");
            let number = self.number.as_deref().unwrap_or_default();
            let parts = [names.as_str(), number, &born.to_string(), &after];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Reading {
                born: *born,
                search: parts.join(" "),
            }
        });
        QueryError::WhichDate(readings.collect())
    }
}

fn set(place: &mut Option<String>, value: String, what: &'static str) -> Result<(), QueryError> {
    match place {
        Some(known) if *known != value => Err(QueryError::Two(what)),
        _ => {
            *place = Some(value);
            Ok(())
        }
    }
}

/// Ten digits in one part, or in three of 3, 3 and 4.
fn nhs_number(parts: &[&str]) -> Option<(Result<NhsNumber, NhsNumberError>, usize)> {
    let digits = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let first = parts.first()?;
    let bare = first.replace('-', "");
    if digits(&bare, 10) {
        return Some((bare.parse(), 1));
    }
    let [first, second, third, ..] = parts else {
        return None;
    };
    (digits(first, 3) && digits(second, 3) && digits(third, 4))
        .then(|| (format!("{first}{second}{third}").parse(), 3))
}

/// The start of a postcode with at least one digit, in one part or two. Letters alone are a name.
fn postcode(parts: &[&str]) -> Option<(PostcodePart, usize)> {
    let first = parts.first()?;
    let has_digit = first.bytes().any(|byte| byte.is_ascii_digit());
    if !has_digit || !first.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let second = parts
        .get(1)
        .filter(|part| part.len() <= 3 && part.starts_with(|digit: char| digit.is_ascii_digit()));
    if let Some(second) = second
        && let Ok(part) = format!("{first} {second}").parse()
    {
        return Some((part, 2));
    }
    first.parse().ok().map(|part| (part, 1))
}

#[cfg(test)]
mod tests;
