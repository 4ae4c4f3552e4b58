//! Declaring fields in a line each, and reading what stands in them.

use stour_kernel::{Date, Pence};
use stour_register::{Around, Field, Holds, Need, Values};
use stour_web::FieldError;

/// A field that an entry cannot do without.
pub(crate) const fn must(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    holds: Holds,
) -> Field {
    Field::new(name, label, hint, holds, Need::Must)
}

/// A field whose absence is reported until it is filled.
pub(crate) const fn should(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    holds: Holds,
) -> Field {
    Field::new(name, label, hint, holds, Need::Should)
}

/// A field that may be empty.
pub(crate) const fn may(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    holds: Holds,
) -> Field {
    Field::new(name, label, hint, holds, Need::May)
}

/// From when it is so.
pub(crate) const STARTS: Field = may("starts", "First month", "", Holds::Month);

/// Until when it is so.
pub(crate) const ENDS: Field = may("ends", "Last month", "", Holds::Month);

/// Where it is said.
pub(crate) const SOURCE: Field = may(
    "source",
    "Source",
    "The paper or page that says so",
    Holds::Line,
);

/// What of it nobody has verified.
pub(crate) const UNVERIFIED: Field = may("unverified", "What is not verified", "", Holds::Text);

/// The number of another entry that a field names.
pub(crate) fn number(values: &Values, field: &str) -> Option<i64> {
    values.get(field).parse().ok()
}

/// The day in a field.
pub(crate) fn day(values: &Values, field: &str) -> Option<Date> {
    values.get(field).parse().ok()
}

/// The amount in a field.
pub(crate) fn money(values: &Values, field: &str) -> Option<Pence> {
    values.get(field).parse().ok()
}

/// Something wrong with a field.
pub(crate) fn wrong(field: &str, message: impl Into<String>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: message.into(),
    }
}

/// The check of a kind that has nothing wrong beyond its fields.
pub(crate) fn unchecked(_: &Values, _: &Around) -> Vec<FieldError> {
    Vec::new()
}

/// The first day of the programme, where its month is known.
pub(crate) fn programme_begins(around: &Around) -> Option<Date> {
    let starts = around.entry("programme", 1)?.get("starts");
    format!("{starts}-01").parse().ok()
}

/// What is wrong with days and months that are before the programme.
pub(crate) fn before_programme(
    values: &Values,
    around: &Around,
    fields: &[&str],
) -> Vec<FieldError> {
    let Some(begins) = programme_begins(around) else {
        return Vec::new();
    };
    let first_month = begins.strftime("%Y-%m").to_string();
    let is_before = |field: &&&str| {
        let month = values.get(field).get(..first_month.len());
        month.is_some_and(|month| month < first_month.as_str())
    };
    let early = fields.iter().filter(is_before);
    early.map(|field| wrong(field, too_early(begins))).collect()
}

/// That a date is before the programme, and what to do.
pub(crate) fn too_early(begins: Date) -> String {
    format!(
        "The programme begins on {}: give a date from then on",
        stour_web::words::day(begins)
    )
}

/// What is wrong with a last month, `ends`, that comes before the first, `starts`. Months in one spelling are in
/// order as texts.
pub(crate) fn month_order(values: &Values, _: &Around) -> Vec<FieldError> {
    let (starts, ends) = (values.get("starts"), values.get("ends"));
    if starts.is_empty() || ends.is_empty() || starts <= ends {
        Vec::new()
    } else {
        vec![wrong("ends", "The last month would come before the first")]
    }
}

#[cfg(test)]
mod tests;
