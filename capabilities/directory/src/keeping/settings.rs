//! How listings are kept, as data.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::DirectoryError;

/// The settings of `reference/directory/keeping.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) review_after_days: u16,
    pub(crate) remind_before_days: u16,
    pub(crate) notes_a_day: u16,
    pub(crate) complete: Vec<Part>,
    pub(crate) access: Vec<Question>,
    pub(crate) note: Vec<NoteKind>,
}

/// A part of a complete listing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    pub(crate) code: String,
    pub(crate) weight: u16,
    pub(crate) label: String,
}

/// A question about access.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub(crate) code: String,
    pub(crate) label: String,
    #[serde(rename = "question")]
    pub(crate) asks: String,
    pub(crate) hint: String,
}

/// What the public can say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteKind {
    pub(crate) code: String,
    pub(crate) label: String,
}

const FILE: &str = "directory/keeping.toml";

/// The settings built into the binary.
///
/// # Errors
/// [`DirectoryError::Reference`]; a test reads them.
pub(crate) fn settings() -> Result<&'static Settings, DirectoryError> {
    static SETTINGS: OnceLock<Result<Settings, String>> = OnceLock::new();
    let text = include_str!("../../../../reference/directory/keeping.toml");
    let read = SETTINGS.get_or_init(|| toml::from_str(text).map_err(|error| error.to_string()));
    read.as_ref().map_err(|reason| DirectoryError::Reference {
        file: FILE,
        reason: reason.clone(),
    })
}
