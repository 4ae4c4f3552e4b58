//! Why the front door does not do what it is asked.

use stour_database::{CursorError, Error, VersionError};
use stour_facts::FactError;
use stour_web::Problem;
use thiserror::Error;

use crate::lists::ReferenceFault;
use crate::{contact, referral, request};

/// Why a request or referral was not stored or changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrontDoorError {
    /// The request does not allow it.
    #[error(transparent)]
    Request(#[from] request::Refusal),
    /// The referral does not allow it.
    #[error(transparent)]
    Referral(#[from] referral::Refusal),
    /// The contact does not allow it.
    #[error(transparent)]
    Contact(#[from] contact::Refusal),
    /// There is no such request, referral or person.
    #[error("there is no such request, referral or person")]
    NotThere,
    /// Somebody else changed it first.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// A cursor of another list.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// The reference data built into the binary is wrong.
    #[error(transparent)]
    Reference(#[from] ReferenceFault),
    /// The fact log refused.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

impl From<ReferenceFault> for Problem {
    fn from(fault: ReferenceFault) -> Self {
        tracing::error!(%fault, "reference data built into the binary cannot be used");
        Self::fault()
    }
}

impl From<FrontDoorError> for Problem {
    fn from(error: FrontDoorError) -> Self {
        match error {
            FrontDoorError::Request(refusal) => Self::conflict(refusal.to_string()),
            FrontDoorError::Contact(refusal) => Self::conflict(refusal.to_string()),
            FrontDoorError::Referral(refusal) => Self::conflict(refusal.to_string()),
            FrontDoorError::NotThere => Self::not_found(),
            FrontDoorError::Version(error) => error.into(),
            FrontDoorError::Cursor(error) => error.into(),
            FrontDoorError::Reference(fault) => fault.into(),
            FrontDoorError::Fact(error) => error.into(),
            FrontDoorError::Database(error) => error.into(),
        }
    }
}
