//! What is incomplete or wrong in a scope, entry by entry.

use std::collections::BTreeMap;

use stour_kernel::Date;

use crate::known::{Known, numbers};
use crate::register::Register;
use crate::{Around, Entry, Field, Holds, Kind, Need};

/// Something that an entry lacks, or that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The name of the kind.
    pub kind: &'static str,
    /// The number of the entry.
    pub number: i64,
    /// What people call it: `R4`.
    pub reference: String,
    /// The field.
    pub field: String,
    /// What is missing or wrong, in a sentence without its full stop.
    pub message: String,
    /// Whether something that should be given is not: the entry is incomplete and not wrong.
    pub is_missing: bool,
}

/// Everything that is incomplete or wrong among what is in force, by kind and number: fields that should be given and are
/// not, owners whom nobody knows, references to what is not there, and what the check of each kind finds.
pub fn lint(register: &Register, around: &Around, today: Date) -> Vec<Finding> {
    lint_of(register, around, today, None)
}

/// The same of one kind, or of all.
pub(crate) fn lint_of(
    register: &Register,
    around: &Around,
    today: Date,
    only: Option<&Kind>,
) -> Vec<Finding> {
    let known = Known::of(register, around, today);
    let kinds: BTreeMap<&str, &'static Kind> = (register.kinds)()
        .into_iter()
        .map(|kind| (kind.name, kind))
        .collect();
    let mut checked = around.clone();
    checked.today = Some(today);
    let mut found = Vec::new();
    for entry in around.all() {
        if only.is_some_and(|only| only.name != entry.kind) {
            continue;
        }
        let Some(kind) = kinds.get(entry.kind.as_str()).copied() else {
            continue;
        };
        for field in kind.fields {
            if let Some((message, is_missing)) = of_field(&known, field, entry.get(field.name)) {
                found.push(finding(kind, entry, (field.name, message), is_missing));
            }
        }
        checked.of = Some(entry.id);
        for error in (kind.check)(&entry.values, &checked) {
            found.push(finding(kind, entry, (&error.field, error.message), false));
        }
    }
    found
}

fn finding(
    kind: &'static Kind,
    entry: &Entry,
    (field, message): (&str, String),
    is_missing: bool,
) -> Finding {
    Finding {
        kind: kind.name,
        number: entry.number,
        reference: entry.reference(kind),
        field: field.to_owned(),
        message,
        is_missing,
    }
}

/// What is missing from a field, or wrong with it by itself.
fn of_field(known: &Known<'_>, field: &Field, text: &str) -> Option<(String, bool)> {
    if text.is_empty() {
        return match field.need {
            Need::Must | Need::Should => Some((format!("{} is missing", field.label), true)),
            Need::May => None,
        };
    }
    match field.holds {
        Holds::Owner => {
            let unknown = known.unknown_owners(text);
            let message = || format!("{}: nobody knows “{}”", field.label, unknown.join("” or “"));
            (!unknown.is_empty()).then(|| (message(), false))
        }
        Holds::Entry(kind) | Holds::Entries(kind) => {
            let absent: Vec<String> = numbers(text)
                .filter(|number| known.around.entry(kind, *number).is_none())
                .map(|number| known.called(kind, number))
                .collect();
            let message = || format!("{} is not there: {}", field.label, absent.join(", "));
            (!absent.is_empty()).then(|| (message(), false))
        }
        Holds::Code(list) => {
            let is_known = crate::known::label_of(list, text).is_some();
            let message = || format!("{}: the list has no code “{text}”", field.label);
            (!is_known).then(|| (message(), false))
        }
        _ => match known.read(field, text, "") {
            Ok(_) => None,
            Err(message) => Some((message, false)),
        },
    }
}

#[cfg(test)]
mod tests;
