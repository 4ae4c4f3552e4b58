//! A document that people work on together: a business case, a funding gap or an agreement.
//!
//! **Its life.** Each save is a version: the whole text, its SHA-256, who saved it and why. A version is
//! never changed. One that is right is signed off, by somebody who did not save it, and is the agreed
//! one from then on, whatever is saved after it, until a later one is signed. A text that the engine
//! would refuse is not saved.

pub(crate) mod api;
mod checked;
mod difference;
pub(crate) mod download;
mod error;
mod file;
mod hash;
pub(crate) mod list_page;
pub(crate) mod next;
pub(crate) mod opened;
pub(crate) mod page;
mod reading;
pub(crate) mod shell;
pub(crate) mod start_page;
mod store;
pub(crate) mod text_page;
pub(crate) mod versions_page;
pub(crate) mod words;

pub use checked::Checked;
pub use difference::{Difference, differences};
pub use error::{DocumentError, Refusal};
pub use file::{NotUsable, text as text_of_file};
pub use hash::Hash;
pub use reading::{Figures, Kind, Reading, kind_of, read};
pub use store::{document, documents, save, sign, signatures, start, version, versions};

use stour_kernel::{OdsCode, Timestamp, UserId, typed_id};

typed_id!(pub DocumentId, "a business case");
stour_database::text_value!(DocumentId);

/// The longest text of a document, in bytes: some thousands of lines of a case.
pub const LONGEST_TEXT: usize = 2 * 1024 * 1024;
/// The most characters in which somebody says what changed, signs or comments.
pub const LONGEST_WORDS: usize = 2_000;

/// A document, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document.
    pub id: DocumentId,
    /// What it is.
    pub kind: Kind,
    /// The title of its latest version.
    pub title: String,
    /// The number of its latest version, from 1.
    pub latest: i64,
    /// The highest number of a version that was signed off.
    pub agreed: Option<i64>,
    /// When its latest version was saved.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// Who saves, signs or comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account.
    pub user: UserId,
    /// The name that others see.
    pub name: String,
    /// For whom.
    pub organisation: OdsCode,
}

impl From<&stour_access::Actor> for Author {
    fn from(actor: &stour_access::Actor) -> Self {
        Self {
            user: actor.user,
            name: actor.name.clone(),
            organisation: actor.organisation,
        }
    }
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i64,
    /// The document in TOML, as it was saved.
    pub text: String,
    /// What the text's SHA-256 was when it was saved.
    pub hash: Hash,
    /// What changed, in its author's words.
    pub what: String,
    /// Who saved it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

impl Version {
    /// Whether the text is still the one that was saved.
    pub fn is_intact(&self) -> bool {
        Hash::of(&self.text) == self.hash
    }
}

/// A signature under a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The version.
    pub number: i64,
    /// Who signed.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// On what terms, in the signatory's words; may be empty.
    pub words: String,
    /// The SHA-256 of the text that was signed.
    pub hash: Hash,
    /// The figures that it came to, one a line.
    pub figures: String,
}

#[cfg(test)]
mod tests;
