//! What is compared of a person, as one line of text that is quick to read: every process keeps the
//! lines of everybody in memory.
//!
//! Fields stand between U+001F, alternatives of one field between U+001E, parts of one alternative
//! between U+001D. The order of the fields is the format: it is only ever added to at the end.

use stour_kernel::{OdsCode, PersonId};

use super::compose::Composed;
use crate::person::{IdentifierStatus, NHS_NUMBER};

/// Between fields.
const FIELD: char = '\u{1F}';
/// Between alternatives of a field.
const ALTERNATIVE: char = '\u{1E}';
/// Between the parts of an alternative.
const PART: char = '\u{1D}';
/// How many fields a line has.
const FIELDS: usize = 12;

/// A line, read without copying. Empty text is what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'l> {
    fields: [&'l str; FIELDS],
}

/// A name: `given` is the first given name, `middle` the others with spaces between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryName<'l> {
    /// The family name.
    pub family: &'l str,
    /// The first given name.
    pub given: &'l str,
    /// The other given names.
    pub middle: &'l str,
}

impl<'l> Entry<'l> {
    /// Reads a line; fields that it does not have are empty.
    pub fn read(line: &'l str) -> Self {
        let mut fields = [""; FIELDS];
        for (field, text) in fields.iter_mut().zip(line.split(FIELD)) {
            *field = text;
        }
        Self { fields }
    }

    fn field(&self, place: usize) -> &'l str {
        self.fields.get(place).copied().unwrap_or_default()
    }

    fn alternatives(&self, place: usize) -> impl Iterator<Item = &'l str> + use<'l> {
        self.field(place)
            .split(ALTERNATIVE)
            .filter(|text| !text.is_empty())
    }

    fn pairs(&self, place: usize) -> impl Iterator<Item = (&'l str, &'l str)> + use<'l> {
        self.alternatives(place)
            .map(|text| text.split_once(PART).unwrap_or((text, "")))
    }

    /// Every name, the one that is shown first.
    pub fn names(&self) -> impl Iterator<Item = EntryName<'l>> + use<'l> {
        self.alternatives(0).map(|text| {
            let mut parts = text.split(PART);
            let mut part = || parts.next().unwrap_or_default();
            EntryName {
                family: part(),
                given: part(),
                middle: part(),
            }
        })
    }

    /// The date of birth, `1941-03-12`.
    pub fn born(&self) -> &'l str {
        self.field(1)
    }

    /// The date of death.
    pub fn died(&self) -> &'l str {
        self.field(2)
    }

    /// A code of the list `administrative-sex`.
    pub fn sex(&self) -> &'l str {
        self.field(3)
    }

    /// Every postcode and the lines of its address, present and past, the one that is shown first.
    pub fn addresses(&self) -> impl Iterator<Item = (&'l str, &'l str)> + use<'l> {
        self.pairs(4)
    }

    /// Telephone numbers, as written.
    pub fn telephones(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.alternatives(5)
    }

    /// E-mail addresses.
    pub fn emails(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.alternatives(6)
    }

    /// NHS numbers, ten digits, and whether each is `traced`, `superseded` or `untraced`.
    pub fn nhs_numbers(&self) -> impl Iterator<Item = (&'l str, &'l str)> + use<'l> {
        self.pairs(7)
    }

    /// The place in a multiple birth.
    pub fn birth_order(&self) -> Option<u8> {
        self.field(8).parse().ok()
    }

    /// Whether the record must not seem to exist for most people.
    pub fn is_restricted(&self) -> bool {
        !self.field(9).is_empty()
    }

    /// The codes of the organisations that have a record of the person.
    pub fn sources(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.alternatives(10)
    }

    /// Those who were merged into this person and so have no line of their own: whoever keeps lines
    /// in memory drops theirs.
    pub fn merged(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.alternatives(11)
    }
}

/// The line of a person.
pub(crate) fn line(composed: &Composed, restricted: bool, merged: &[PersonId]) -> String {
    let mut line = String::with_capacity(160);
    names(&mut line, composed);
    line.push(FIELD);
    push(&mut line, composed.born.value().map(ToString::to_string));
    push(&mut line, composed.died.value().map(ToString::to_string));
    push(&mut line, composed.sex.value().map(ToString::to_string));
    addresses(&mut line, composed);
    line.push(FIELD);
    list(
        &mut line,
        composed.telephones.iter().map(|row| row.what.as_str()),
    );
    list(
        &mut line,
        composed.emails.iter().map(|row| row.what.as_str()),
    );
    numbers(&mut line, composed);
    line.push(FIELD);
    push(
        &mut line,
        composed.birth_order.map(|order| order.to_string()),
    );
    push(&mut line, restricted.then(|| "1".to_owned()));
    let sources: Vec<&str> = composed.sources.iter().map(OdsCode::as_str).collect();
    list(&mut line, sources.into_iter());
    for (place, person) in merged.iter().enumerate() {
        if place > 0 {
            line.push(ALTERNATIVE);
        }
        line.push_str(&person.to_string());
    }
    line
}

fn names(line: &mut String, composed: &Composed) {
    let mut rows: Vec<_> = composed.names.iter().collect();
    rows.sort_by_key(|row| !row.shown);
    for (place, row) in rows.into_iter().enumerate() {
        if place > 0 {
            line.push(ALTERNATIVE);
        }
        let (_, name) = &row.what;
        text(line, name.family.as_str());
        for (place, given) in name.given.iter().enumerate() {
            line.push(if place < 2 { PART } else { ' ' });
            text(line, given.as_str());
        }
    }
}

fn addresses(line: &mut String, composed: &Composed) {
    let mut rows: Vec<_> = composed.addresses.iter().collect();
    rows.sort_by_key(|row| !row.shown);
    for (place, row) in rows.into_iter().enumerate() {
        if place > 0 {
            line.push(ALTERNATIVE);
        }
        if let Some(postcode) = &row.what.postcode {
            line.push_str(postcode.as_str());
        }
        line.push(PART);
        for (place, part) in row.what.lines.iter().enumerate() {
            if place > 0 {
                line.push_str(", ");
            }
            text(line, part);
        }
    }
}

fn numbers(line: &mut String, composed: &Composed) {
    let mut numbers: Vec<_> = composed
        .numbers
        .iter()
        .filter(|number| number.system == NHS_NUMBER)
        .collect();
    numbers.sort_by_key(|number| number.status != IdentifierStatus::Traced);
    for (place, number) in numbers.into_iter().enumerate() {
        if place > 0 {
            line.push(ALTERNATIVE);
        }
        line.push_str(&number.value);
        line.push(PART);
        line.push_str(number.status.as_str());
    }
}

fn push(line: &mut String, value: Option<String>) {
    if let Some(value) = value {
        line.push_str(&value);
    }
    line.push(FIELD);
}

fn list<'t>(line: &mut String, values: impl Iterator<Item = &'t str>) {
    for (place, value) in values.enumerate() {
        if place > 0 {
            line.push(ALTERNATIVE);
        }
        text(line, value);
    }
    line.push(FIELD);
}

/// Controls in what somebody sent must not seem to divide the line.
fn text(line: &mut String, value: &str) {
    if value.chars().any(char::is_control) {
        line.extend(
            value
                .chars()
                .map(|letter| if letter.is_control() { ' ' } else { letter }),
        );
    } else {
        line.push_str(value);
    }
}

#[cfg(test)]
mod tests;
