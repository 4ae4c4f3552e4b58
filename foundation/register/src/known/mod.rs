//! What fields are read against: the code lists in force, the entries that are there, and who can own something.

mod number;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;
use stour_partnership::{ReferenceList, reference};

use crate::register::Register;
use crate::{Around, Field, Holds, Kind, Need, Values, calendar};

pub(crate) use number::{decimal, money, money_in_words};

/// The most characters of a line.
const LONGEST_LINE: usize = 500;
/// The most characters of some paragraphs.
const LONGEST_TEXT: usize = 20_000;

/// What the fields of a scope are read against, on a day.
#[derive(Debug)]
pub struct Known<'a> {
    kinds: Vec<&'static Kind>,
    /// All that is in force.
    pub around: &'a Around,
    /// Known owners by their names in small letters, as they are written.
    owners: BTreeMap<String, String>,
    /// The day.
    pub today: Date,
}

impl<'a> Known<'a> {
    /// What is known in a scope on a day.
    pub fn of(register: &Register, around: &'a Around, today: Date) -> Self {
        let owners = (register.owners)(around);
        Self {
            kinds: (register.kinds)(),
            around,
            owners: owners
                .into_iter()
                .map(|name| (name.to_lowercase(), name))
                .collect(),
            today,
        }
    }

    /// A kind by its name.
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.iter().copied().find(|kind| kind.name == name)
    }

    /// Whoever can own something, by name.
    pub fn owners(&self) -> impl Iterator<Item = &str> {
        self.owners.values().map(String::as_str)
    }

    /// The names in a field for owners that nobody knows.
    pub fn unknown_owners<'t>(&self, text: &'t str) -> Vec<&'t str> {
        names(text)
            .filter(|name| !self.owners.contains_key(&name.to_lowercase()))
            .collect()
    }

    /// A text as the field keeps it. What stands there already stays, also where it could not be entered any more: a code
    /// that is no longer used, somebody who has left.
    ///
    /// # Errors
    /// What is wrong and what to do, as a page says it.
    pub fn read(&self, field: &Field, text: &str, was: &str) -> Result<String, String> {
        let text = text.trim();
        if text.is_empty() || text == was {
            return Ok(text.to_owned());
        }
        let what = lower_first(field.label);
        let or = |read: Option<String>, otherwise: String| read.ok_or(otherwise);
        match field.holds {
            Holds::Line => bounded(&one_line(text), LONGEST_LINE),
            Holds::Text => bounded(&text.replace("\r\n", "\n"), LONGEST_TEXT),
            Holds::Date => or(
                calendar::day(text),
                format!("Enter {what} as a real date, such as 30 October 2024"),
            ),
            Holds::Month => or(
                calendar::month(text),
                format!("Enter {what} as a month and a year, such as September 2013"),
            ),
            Holds::Whole => or(
                number::whole(text),
                format!("Enter {what} as a whole number, such as 12"),
            ),
            Holds::Decimal => or(
                decimal(text),
                format!("Enter {what} as a number, such as 33.3"),
            ),
            Holds::Money => or(
                money(text),
                format!("Enter {what} in pounds, such as £3,600,000 or 12.50"),
            ),
            Holds::YesNo => or(yes_or_no(text), format!("Say yes or no to {what}")),
            Holds::Code(list) => self.code(list, (text, was), &what),
            Holds::Owner => self.owner(text),
            Holds::Entry(kind) => self.entry(kind, text, &what),
            Holds::Entries(kind) => self.entries(kind, (text, was), &what),
        }
    }

    fn code(&self, list: &str, (text, was): (&str, &str), what: &str) -> Result<String, String> {
        // A workbook has labels in the place of codes, also of one that is no longer used.
        if label_of(list, was).is_some_and(|label| label == text) {
            return Ok(was.to_owned());
        }
        let choices = choices(list, self.today);
        let chosen = choices.iter().find(|(code, label)| {
            code.eq_ignore_ascii_case(text) || label.to_lowercase() == text.to_lowercase()
        });
        chosen.map(|(code, _)| code.clone()).ok_or_else(|| {
            let labels: Vec<&str> = choices.iter().map(|(_, label)| label.as_str()).collect();
            format!("Choose {what} from: {}", labels.join(", "))
        })
    }

    fn owner(&self, text: &str) -> Result<String, String> {
        let unknown = self.unknown_owners(text);
        if unknown.is_empty() {
            let known = names(text).map(|name| {
                let known = self.owners.get(&name.to_lowercase());
                known.map_or(name, String::as_str)
            });
            return Ok(known.collect::<Vec<_>>().join("; "));
        }
        Err(format!(
            "Nobody here is known as “{}”. Write the name as it is in the list of known owners, or add it there first. Put “;” between several",
            unknown.join("” or “")
        ))
    }

    fn entry(&self, kind: &str, text: &str, what: &str) -> Result<String, String> {
        let of = self.kind(kind);
        let number = of.and_then(|of| number_in(of, text));
        match number.filter(|number| self.around.entry(kind, *number).is_some()) {
            Some(number) => Ok(number.to_string()),
            None => Err(self.no_entry(of, text, what)),
        }
    }

    /// Numbers that stand there already may stay, also where their entries are gone; the same ones in another order are no
    /// change.
    fn entries(&self, kind: &str, (text, was): (&str, &str), what: &str) -> Result<String, String> {
        let stood: BTreeSet<String> = numbers(was).map(|number| number.to_string()).collect();
        let mut given: Vec<String> = Vec::new();
        let parts = text.split([',', ';', '\n']).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            let number = if stood.contains(part) {
                part.to_owned()
            } else {
                self.entry(kind, part, what)?
            };
            if !given.contains(&number) {
                given.push(number);
            }
        }
        if given.len() == stood.len() && given.iter().all(|number| stood.contains(number)) {
            return Ok(was.to_owned());
        }
        Ok(given.join(", "))
    }

    fn no_entry(&self, of: Option<&'static Kind>, text: &str, what: &str) -> String {
        let Some(kind) = of else {
            return format!("Leave {what} empty: nothing of its kind is kept here");
        };
        let (one, prefix) = (kind.one, kind.prefix);
        match self.around.of_kind(kind.name).next() {
            None => format!("There is no {one} yet to put into {what}: add it first"),
            Some(first) => format!(
                "There is no {one} “{text}”. Give {what} by its number, such as {prefix}{}",
                first.number
            ),
        }
    }

    /// What stands in a field, in words: a code's label, a date, money with its commas, a person's names. Entries are
    /// given as people call them, with their titles.
    pub fn words(&self, field: &Field, text: &str) -> String {
        match field.holds {
            Holds::Line | Holds::Text | Holds::Decimal | Holds::Owner | Holds::Whole => {
                text.to_owned()
            }
            Holds::Date => calendar::day_in_words(text),
            Holds::Month => calendar::month_in_words(text),
            Holds::Money => money_in_words(text),
            Holds::YesNo => if text == "yes" { "Yes" } else { "No" }.to_owned(),
            Holds::Code(list) => label(list, text),
            Holds::Entry(kind) | Holds::Entries(kind) => {
                let called = numbers(text).map(|number| self.called(kind, number));
                called.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// An entry as people call it, with its title: `R4 Political support`.
    pub fn called(&self, kind: &str, number: i64) -> String {
        let prefix = self.kind(kind).map_or("", |kind| kind.prefix);
        let title = self
            .kind(kind)
            .zip(self.around.entry(kind, number))
            .map(|(kind, entry)| entry.get(kind.title).to_owned());
        match title {
            Some(title) => format!("{prefix}{number} {title}"),
            None => format!("{prefix}{number} (no longer there)"),
        }
    }

    /// The values of an entry as they are kept, from texts as they were typed or written into a file. `was` is what it
    /// held before; empty for a new one.
    ///
    /// # Errors
    /// What is wrong, field by field: what a field cannot hold, what is missing, fields that the kind does not have, and
    /// what the kind's own check finds. Of an entry that was there before, what the check found already is left to the lint.
    pub fn judge(
        &self,
        kind: &Kind,
        typed: &Values,
        was: &Values,
    ) -> Result<Values, Vec<stour_web::FieldError>> {
        let mut errors = Vec::new();
        let values = self.read_all(kind, (typed, was), &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let found = (kind.check)(&values, self.around);
        let before = match self.around.of {
            Some(_) => (kind.check)(was, self.around),
            None => Vec::new(),
        };
        let new: Vec<_> = found
            .into_iter()
            .filter(|error| !before.contains(error))
            .collect();
        if new.is_empty() { Ok(values) } else { Err(new) }
    }

    /// Every field read by itself.
    pub(crate) fn read_all(
        &self,
        kind: &Kind,
        (typed, was): (&Values, &Values),
        errors: &mut Vec<stour_web::FieldError>,
    ) -> Values {
        let mut values = Values::default();
        let mut wrong = |field: &str, message: String| {
            errors.push(stour_web::FieldError {
                field: field.to_owned(),
                message,
            });
        };
        for field in kind.fields {
            match self.read(field, typed.get(field.name), was.get(field.name)) {
                Ok(text) if text.is_empty() && field.need == Need::Must => {
                    wrong(field.name, missing(field));
                }
                Ok(text) => values.set(field.name, &text),
                Err(message) => wrong(field.name, message),
            }
        }
        for (name, _) in typed.iter() {
            if kind.field(name).is_none() {
                let a = stour_web::words::capital(&kind.a());
                wrong(name, format!("{a} has no field “{name}”"));
            }
        }
        values
    }
}

/// How a page asks for a field that must not be empty.
fn missing(field: &Field) -> String {
    let what = lower_first(field.label);
    match field.holds {
        Holds::Code(_) | Holds::YesNo | Holds::Entry(_) | Holds::Entries(_) => {
            format!("Choose {what}")
        }
        _ => format!("Enter {what}"),
    }
}

/// The codes and labels of a list of the reference data on a day, in order.
pub fn choices(list: &str, on: Date) -> Vec<(String, String)> {
    let choices = list_of(list).map(|list| list.choices(on));
    let choices = choices.into_iter().flatten();
    choices
        .map(|(code, label)| (code.to_string(), label.to_owned()))
        .collect()
}

/// The label of a code of whatever time; the code itself where the reference data does not have it.
pub fn label(list: &str, code: &str) -> String {
    label_of(list, code).unwrap_or(code).to_owned()
}

/// The label of a code of whatever time, where the reference data has it.
pub(crate) fn label_of(list: &str, code: &str) -> Option<&'static str> {
    list_of(list)?.label(&code.parse().ok()?)
}

/// The group of a code on a day, such as `open` of a state.
pub fn group(list: &str, code: &str, on: Date) -> Option<&'static str> {
    list_of(list)?.group_at(&code.parse().ok()?, on)
}

fn list_of(list: &str) -> Option<&'static ReferenceList> {
    reference().ok()?.code_list(list)
}

/// The names in a field for owners.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split(';').map(str::trim);
    names.filter(|name| !name.is_empty())
}

/// The numbers in a field for entries, which is kept as `1, 4`.
pub(crate) fn numbers(text: &str) -> impl Iterator<Item = i64> {
    text.split(',').filter_map(|part| part.trim().parse().ok())
}

/// The number that a text means: `4`, `R4`, `r 4`, or `R4` with a title after it.
pub(crate) fn number_in(kind: &Kind, text: &str) -> Option<i64> {
    let (text, prefix) = (text.to_lowercase(), kind.prefix.to_lowercase());
    let digits = text.strip_prefix(&prefix).unwrap_or(&text).trim_start();
    digits.split_whitespace().next()?.parse().ok()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bounded(text: &str, most: usize) -> Result<String, String> {
    match text.chars().count() {
        length if length > most => Err(format!(
            "Write at most {most} characters: these are {length}"
        )),
        _ => Ok(text.to_owned()),
    }
}

fn yes_or_no(text: &str) -> Option<String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" => Some("yes".to_owned()),
        "no" | "n" | "false" => Some("no".to_owned()),
        _ => None,
    }
}

/// A label within a sentence: `SRO` stays, `Owner` becomes `owner`.
pub(crate) fn lower_first(label: &str) -> String {
    let mut characters = label.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => label.to_owned(),
    }
}
