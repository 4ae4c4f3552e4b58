//! Words that a document must give: a source that is blank is none.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use stour_kernel::Date;
use toml::Spanned;

use crate::mistake::Checks;

/// The most characters of a text: more is no name, and no source that anybody reads.
const LONGEST: usize = 2_000;

/// Text with something in it.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    not_blank(&text)?;
    Ok(text)
}

/// The same where the key may be left out.
pub(crate) fn text_if_there<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    text(deserializer).map(Some)
}

/// The same with its place in the document.
pub(crate) fn text_with_place<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Spanned<String>, D::Error> {
    let text = Spanned::<String>::deserialize(deserializer)?;
    not_blank(text.get_ref())?;
    Ok(text)
}

fn not_blank<E: Error>(text: &str) -> Result<(), E> {
    if text.trim().is_empty() {
        return Err(E::custom(
            "it is empty: say it, or say that it is not known",
        ));
    }
    if text.chars().count() > LONGEST {
        return Err(E::custom(format!("say it in at most {LONGEST} characters")));
    }
    Ok(())
}

/// Words by which two texts are the same though they are spaced or written otherwise.
pub(crate) fn alike(text: &str) -> String {
    let words = text.to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A day written as `2025-10-06`, or a note that it is none.
pub(crate) fn date(written: &Spanned<String>, checks: &mut Checks) -> Option<Date> {
    let text = written.get_ref();
    let found = text.parse::<Date>().ok();
    let found = found.filter(|date| date.to_string() == *text);
    checks.ensure(found.is_some(), written.span(), || {
        format!("{text:?} is no date: write it as 2025-10-06")
    });
    found
}
