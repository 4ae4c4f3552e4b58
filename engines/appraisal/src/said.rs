//! Words that a document must give: a source that is blank is none.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Text with something in it.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(D::Error::custom(
            "it is empty: say it, or say that it is not known",
        ));
    }
    Ok(text)
}

/// The same where the key may be left out.
pub(crate) fn text_if_there<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    text(deserializer).map(Some)
}
