//! Why the directory does not do what it is asked.

use stour_database::{CursorError, Error, VersionError};
use stour_web::Problem;
use thiserror::Error;

/// Why a listing, a feed or a pair was not stored or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DirectoryError {
    /// There is no such listing, feed or pair.
    #[error("there is no such listing, feed or pair")]
    NotThere,
    /// It cannot be done in the state that things are in.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed it first.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// A cursor of another list.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// The reference data built into the binary is wrong.
    #[error("reference/{file} cannot be used: {reason}")]
    Reference {
        /// The file.
        file: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A document could not be written as JSON.
    #[error("the listing could not be written: {0}")]
    Document(String),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

impl From<DirectoryError> for Problem {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::NotThere => Self::not_found(),
            DirectoryError::Refused(why) => Self::conflict(why),
            DirectoryError::Version(error) => error.into(),
            DirectoryError::Cursor(error) => error.into(),
            DirectoryError::Database(error) => error.into(),
            error @ (DirectoryError::Reference { .. } | DirectoryError::Document(_)) => {
                tracing::error!(%error, "the directory could not do what it was asked");
                Self::fault()
            }
        }
    }
}
