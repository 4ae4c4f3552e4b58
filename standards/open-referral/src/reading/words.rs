//! Words, and fields of a few fixed words.

use serde_json::Value;

use super::context::{Context, Lenient, as_words};
use super::{encoding, html};
use crate::value::{Frequency, LocationType, Status, Text, Uuid};

/// A description longer than this is cut, in characters.
const LONGEST: usize = 20_000;

impl Lenient for Text {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        Self::new(&plain(&value, context)?)
    }
}

impl Lenient for String {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        plain(&value, context)
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }
}

/// Plain words: without markup, rightly encoded, of one kind of line end.
fn plain(value: &Value, context: &mut Context<'_>) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let text = number.to_string();
            context.note(
                value,
                Some(&Value::String(text.clone())),
                "words belong here, not a number",
            );
            text
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().filter_map(as_words).collect();
            let text = words.join(", ");
            let became = Value::String(text.clone());
            context.note(value, Some(&became), "words belong here, not a list");
            text
        }
        other => {
            context.note(other, None, "words belong here");
            return None;
        }
    };
    let cut: String = text.chars().take(html::LONGEST).collect();
    let mut why = Vec::new();
    let mut read = encoding::repaired(&cut);
    if read != cut {
        why.push("it was encoded twice");
    }
    if html::has_markup(&read) {
        read = html::to_plain(&read);
        why.push("it had markup");
    }
    let mut tidy = tidied(&read);
    if tidy.chars().count() > LONGEST || cut.len() < text.len() {
        let kept: String = tidy.chars().take(LONGEST).collect();
        kept.trim_end().clone_into(&mut tidy);
        why.push("it was too long");
    }
    if !why.is_empty() {
        let became = Value::String(tidy.clone());
        context.note(value, Some(&became), &why.join("; "));
    }
    (!tidy.is_empty()).then_some(tidy)
}

/// One kind of line end, no space at the ends of lines, no control characters, at most one empty line together.
pub(super) fn tidied(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n");
    let text: String = text
        .chars()
        .filter(|character| *character == '\n' || *character == '\t' || !character.is_control())
        .collect();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

impl Lenient for bool {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        if let Value::Bool(said) = value {
            return Some(said);
        }
        let read = match as_words(&value)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "1" => Some(true),
            "false" | "no" | "n" | "0" => Some(false),
            _ => None,
        };
        context.note(
            &value,
            read.map(Value::Bool).as_ref(),
            "yes or no belongs here",
        );
        read
    }
}

impl Lenient for Uuid {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let Some(said) = as_words(&value) else {
            context.note(&value, None, "an identifier belongs here");
            return None;
        };
        said.parse().ok().or_else(|| {
            context.note(&value, None, "what it points to has no UUID");
            None
        })
    }
}

fn letters(value: &Value) -> String {
    let words = as_words(value).unwrap_or_default().to_lowercase();
    words
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

impl Lenient for Status {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let known = [
            Self::Active,
            Self::Inactive,
            Self::Defunct,
            Self::TemporarilyClosed,
        ];
        if let Some(status) = known.into_iter().find(|status| value == status.as_str()) {
            return Some(status);
        }
        let said = match &value {
            Value::Bool(true) => "active".to_owned(),
            Value::Bool(false) => "inactive".to_owned(),
            other => letters(other),
        };
        let status = match said.as_str() {
            "active" | "live" | "open" | "published" | "approved" | "current" => Self::Active,
            "temporarilyclosed" | "temporaryclosed" | "closedtemporarily" | "paused" => {
                Self::TemporarilyClosed
            }
            "defunct" | "closed" | "deleted" | "ended" | "archived" => Self::Defunct,
            _ => Self::Inactive,
        };
        let became = Value::String(status.as_str().to_owned());
        context.note(
            &value,
            Some(&became),
            "it is not one of the states of the standard",
        );
        Some(status)
    }

    /// The earlier version did not ask for it: what is listed runs.
    fn missing() -> Option<Self> {
        Some(Self::Active)
    }
}

impl Lenient for LocationType {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let known = [Self::Physical, Self::Postal, Self::Virtual];
        if let Some(kind) = known.into_iter().find(|kind| value == kind.as_str()) {
            return Some(kind);
        }
        let kind = match letters(&value).as_str() {
            "postal" | "post" | "mailing" => Self::Postal,
            "virtual" | "online" | "phone" | "telephone" | "web" => Self::Virtual,
            _ => Self::Physical,
        };
        let became = Value::String(kind.as_str().to_owned());
        context.note(
            &value,
            Some(&became),
            "it is not one of the kinds of the standard",
        );
        Some(kind)
    }

    fn missing() -> Option<Self> {
        Some(Self::Physical)
    }
}

impl Lenient for Frequency {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let read = match letters(&value).as_str() {
            "weekly" => Some(Self::Weekly),
            "monthly" => Some(Self::Monthly),
            _ => None,
        };
        let word = |frequency: &Self| match frequency {
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
        };
        let became = read.as_ref().map(word);
        if value.as_str() != became {
            let became = became.map(|word| Value::String(word.to_owned()));
            context.note(
                &value,
                became.as_ref(),
                "it is not one of the frequencies of the standard",
            );
        }
        read
    }
}
