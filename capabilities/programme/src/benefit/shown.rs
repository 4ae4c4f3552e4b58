//! How benefits are shown: where they stand, in a word beside its colour, and their figures.

use stour_benefits::{Movement, NoComparison, Quantity, Standing};
use stour_design::{Cell, Content, Markup, Tag, TagColour, html};
use stour_kernel::Pence;
use stour_web::words::money;

use super::ladder::{self, Climb, Rung, words};
use super::measured::{Found, Measured};
use super::profile::pounds;
use super::signature::Ladder;

/// Where a benefit stands.
pub(crate) fn standing(one: &Measured) -> Tag {
    let (words, colour) = stands(one);
    Tag::new(words, colour)
}

/// The same without its colour.
pub(crate) fn standing_words(one: &Measured) -> &'static str {
    stands(one).0
}

fn stands(one: &Measured) -> (&'static str, TagColour) {
    match (one.standing(), &one.found) {
        (Some(Standing::Ahead), _) => ("Ahead", TagColour::Green),
        (Some(Standing::AsExpected), _) => ("As expected", TagColour::Green),
        (Some(Standing::Behind), _) => ("Behind", TagColour::Red),
        (None, Some(found)) => moved(found),
        (None, None) => ("Not measured", TagColour::Grey),
    }
}

fn moved(found: &Found) -> (&'static str, TagColour) {
    match found.movement {
        Some(Movement::Better) => ("Better, no target", TagColour::Blue),
        Some(Movement::Same) => ("No change, no target", TagColour::Yellow),
        Some(Movement::Worse) => ("Worse, no target", TagColour::Orange),
        None => ("No baseline", TagColour::Grey),
    }
}

/// The same in a sentence, with the figures.
pub(crate) fn message(one: &Measured) -> String {
    let Some(found) = &one.found else {
        return if one.benefit.measure.is_empty() {
            "Not measured: no measure is named".to_owned()
        } else {
            "Not measured: there is no figure of its measure yet".to_owned()
        };
    };
    let value = one.written(found.value);
    let against = found.expected.map(|expected| {
        let what = if expected.is_of_day {
            "expected by then"
        } else {
            "aimed at"
        };
        format!("{value} against {} {what}", one.written(expected.value))
    });
    match (found.standing, against) {
        (Some(Standing::Ahead), Some(against)) => format!("Ahead: {against}"),
        (Some(Standing::AsExpected), Some(against)) => format!("As expected: {against}"),
        (Some(Standing::Behind), Some(against)) => format!("Behind: {against}"),
        _ => since_baseline(one, found),
    }
}

fn since_baseline(one: &Measured, found: &Found) -> String {
    let value = one.written(found.value);
    let from = found
        .otherwise
        .as_ref()
        .and_then(|known| known.as_ref().ok());
    let from = from.map(|from| one.written(*from));
    match (found.movement, from) {
        (Some(Movement::Better), Some(from)) => {
            format!("Better than before: from {from} to {value}; no target was found")
        }
        (Some(Movement::Worse), Some(from)) => {
            format!("Worse than before: from {from} to {value}; no target was found")
        }
        (Some(Movement::Same), Some(from)) => format!("No change from {from}; no target was found"),
        _ => format!("{value}; there is no baseline to hold it against"),
    }
}

/// A figure of a benefit, or that there is none.
pub(crate) fn figure(one: &Measured, value: Option<Quantity>) -> Cell {
    value.map_or_else(|| Cell::missing("None"), |value| one.written(value).into())
}

/// Where the measure would be otherwise.
pub(crate) fn otherwise(one: &Measured, known: &Result<Quantity, NoComparison>) -> Content {
    match known {
        Ok(value) => one.written(*value).into(),
        Err(why) => format!("Not known: {why}").into(),
    }
}

/// What a change is worth a year, with what it would be at the limits of chance, or why that is not said.
pub(crate) fn worth(one: &Measured, found: &Found) -> String {
    let Some(worth) = &found.worth else {
        return match found.claimed {
            Some(Quantity::ZERO) => {
                "Nothing: others claim of this change, and this benefit claims none of it"
                    .to_owned()
            }
            _ => "Not said: that needs a number of cases in a week and a dated value of one unit"
                .to_owned(),
        };
    };
    let yearly = in_full(worth.rate.yearly);
    let sure = match worth.between {
        Some((low, high)) => format!(
            "and between {} and {} at the limits of chance",
            in_full(low),
            in_full(high)
        ),
        None => "too few figures to say how sure".to_owned(),
    };
    let of = found.claimed.map_or_else(String::new, |_| {
        let of = one.with_unit(worth.of);
        format!(". Worked out of {of}, since others claim of this change as well and this benefit claims no more")
    });
    let joined = if worth.between.is_some() { ", " } else { "; " };
    format!("{yearly} a year{joined}{sure}{of}")
}

/// Whole pounds.
pub(crate) fn in_full(amount: Pence) -> String {
    let text = money(amount);
    text.strip_suffix(".00").unwrap_or(&text).to_owned()
}

/// How far a benefit has come on a ladder.
pub(crate) fn rung(climb: &Climb, ladder: Ladder) -> Tag {
    let colour = match ladder::rung(climb, ladder) {
        Rung::Signed => TagColour::Green,
        Rung::Open => TagColour::Yellow,
        Rung::Neither => TagColour::Grey,
    };
    Tag::new(words(climb, ladder), colour)
}

/// Money as registers keep it.
pub(crate) fn kept_money(text: &str) -> String {
    pounds(text).map_or_else(|| text.to_owned(), in_full)
}

/// Where a benefit stands, and the sentence.
pub(crate) fn verdict(one: &Measured) -> Markup {
    html! { p.nhsuk-lede-text { (standing(one)) " " (message(one)) "." } }
}
