//! A number of a case that can be varied, as people call and write it.

use std::collections::BTreeMap;

use stour_appraisal::{Case, InputValue, Notation};

use super::number;

/// An input in words: "Days in hospital not needed: take-up".
pub(crate) fn named(input: &InputValue) -> String {
    format!("{}: {}", input.of, input.what.replace(": ", ", "))
}

/// A value of an input with its unit: "30%", "£350.00", "4".
pub(crate) fn value_of(input: &InputValue, value: f64) -> String {
    match input.written {
        Notation::Proportion => format!("{:.1}%", value * 100.0).replace(".0%", "%"),
        Notation::Pounds => stour_design::chart::Unit {
            decimals: 2,
            ..stour_design::chart::Unit::POUNDS
        }
        .value(value),
        Notation::Number => {
            let rounded = (value * 1_000.0).round() / 1_000.0;
            number::plain(rounded)
        }
    }
}

/// A value of an input as a form holds it: a proportion as a percentage.
pub(crate) fn typed(input: &InputValue, value: f64) -> String {
    match input.written {
        Notation::Proportion => number::in_percent(value),
        Notation::Pounds => format!("{value:.2}"),
        Notation::Number => number::plain(value),
    }
}

/// What was typed for an input.
///
/// # Errors
/// A sentence that says what is asked for.
pub(crate) fn read(input: &InputValue, text: &str) -> Result<f64, String> {
    let value = match input.written {
        Notation::Proportion => number::proportion(text)?,
        Notation::Pounds => number::pounds(text)?,
        Notation::Number => number::number(text)?,
    };
    if value < input.least || value > input.most {
        return Err(format!(
            "Give a value from {} to {}",
            value_of(input, input.least),
            value_of(input, input.most)
        ));
    }
    Ok(value)
}

/// The case with inputs at other values.
///
/// # Errors
/// A sentence that says which input there is not, or what it may be.
pub(crate) fn with(case: &Case, values: &BTreeMap<String, f64>) -> Result<Case, String> {
    values
        .iter()
        .try_fold(case.clone(), |case, (input, value)| {
            case.what_if(input, *value)
        })
}
