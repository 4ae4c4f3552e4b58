//! What stands in a form of an entry, as it was typed.

use std::collections::BTreeMap;

use stour_web::{Form, Problem};

use crate::known::Known;
use crate::{Field, Holds, Kind, Values, calendar};

/// The field in which somebody says why.
pub(crate) const WHY: &str = "why-changed";
/// The hidden field with the version that is changed: the one that its author saw.
pub(crate) const BASE: &str = "base-version";

/// The version that the author of a form saw. Without it nobody can say what others have changed since.
///
/// # Errors
/// 400 where it is missing or no number.
pub(crate) fn base_of(form: &Form) -> Result<i64, Problem> {
    form.get(BASE).parse().map_err(|_| {
        Problem::malformed("The form does not say which version it changes. Open the page again.")
    })
}

/// What stands in the inputs of a form, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filled(BTreeMap<String, String>);

impl Filled {
    /// The inputs before anybody types. What a row of a file says in another spelling stands in the one that is kept.
    pub(crate) fn of(known: &Known<'_>, kind: &Kind, values: &Values) -> Self {
        let mut filled = Self::default();
        for field in kind.fields {
            let text = values.get(field.name);
            let read = known.read(field, text, "");
            let text = read.as_deref().unwrap_or(text);
            let mut put = |part: &str, text: &str| {
                filled
                    .0
                    .insert(format!("{}{part}", field.name), text.to_owned());
            };
            match field.holds {
                // A row that was set aside may hold something else: it stands in the first input, to be put right.
                Holds::Date => match calendar::day(text) {
                    None => put("-day", text),
                    Some(day) => {
                        let mut parts = day.split('-').map(bare);
                        for part in ["-year", "-month", "-day"] {
                            put(part, parts.next().unwrap_or_default());
                        }
                    }
                },
                Holds::Month => match calendar::month(text) {
                    None => put("-month", text),
                    Some(month) => {
                        let words = calendar::month_in_words(&month);
                        let (month, year) = words.rsplit_once(' ').unwrap_or((&words, ""));
                        put("-month", month);
                        put("-year", year);
                    }
                },
                Holds::Entries(_) => {
                    for number in crate::known::numbers(text) {
                        put(&format!("-n{number}"), "yes");
                    }
                }
                _ => put("", text),
            }
        }
        filled
    }

    /// The inputs as they were sent.
    pub(crate) fn sent(form: &Form) -> Self {
        let fields = form.with_prefix("");
        Self(
            fields
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
        )
    }

    /// The same in the inputs of the ordinary form: where somebody chose between two texts, each field was one input.
    pub(crate) fn spread(&self, known: &Known<'_>, kind: &Kind) -> Self {
        let mut spread = Self::of(known, kind, &self.values(kind));
        spread.0.insert(WHY.to_owned(), self.get(WHY).to_owned());
        spread
    }

    /// What an input holds.
    pub(crate) fn get(&self, input: &str) -> &str {
        self.0.get(input).map_or("", String::as_str)
    }

    /// Whether an input is there, be it empty.
    pub(crate) fn has(&self, input: &str) -> bool {
        self.0.contains_key(input)
    }

    /// One of the inputs of a field.
    pub(crate) fn part(&self, field: &Field, part: &str) -> &str {
        self.get(&format!("{}{part}", field.name))
    }

    /// Whether a box of a field for several entries is ticked.
    pub(crate) fn is_ticked(&self, field: &Field, number: i64) -> bool {
        !self.part(field, &format!("-n{number}")).is_empty()
    }

    /// The numbers whose boxes are ticked, in order.
    pub(crate) fn ticked(&self, field: &Field) -> Vec<i64> {
        let prefix = format!("{}-n", field.name);
        let ticked = self.0.iter().filter(|(_, text)| !text.is_empty());
        let mut numbers: Vec<i64> = ticked
            .filter_map(|(name, _)| name.strip_prefix(&prefix)?.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers
    }

    /// The text of every field of a kind: one input by the field's own name counts before its parts.
    pub(crate) fn values(&self, kind: &Kind) -> Values {
        kind.fields
            .iter()
            .map(|field| (field.name, self.text(field)))
            .collect()
    }

    fn text(&self, field: &Field) -> String {
        let whole = self.get(field.name);
        if !whole.is_empty() {
            return whole.to_owned();
        }
        let parts = |parts: &[&str]| {
            let parts = parts.iter().map(|part| self.part(field, part));
            parts
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        match field.holds {
            Holds::Date => parts(&["-day", "-month", "-year"]),
            Holds::Month => parts(&["-month", "-year"]),
            Holds::Entries(_) => {
                let numbers = self.ticked(field);
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                numbers.join(", ")
            }
            _ => String::new(),
        }
    }
}

/// A number without its leading noughts.
fn bare(part: &str) -> &str {
    part.trim_start_matches('0')
}
