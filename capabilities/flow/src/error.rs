//! Why something in hospital flow was not done.

use stour_database::{Error, VersionError};
use stour_facts::FactError;
use stour_people::PeopleError;
use stour_web::Problem;
use thiserror::Error as ThisError;

/// Why something in hospital flow was not done.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum FlowError {
    /// There is no such spell, message or service.
    #[error("there is nothing of that name here")]
    NotFound,
    /// Somebody else changed it first.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// It cannot be done in the state that things are in; the sentence says why and what to do.
    #[error("{0}")]
    NotNow(String),
    /// The fact log refused.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// The person's record could not be found or made.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The partnership's reference data cannot be read.
    #[error("the reference data cannot be read: {0}")]
    Reference(String),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

impl FlowError {
    /// Whether the same may go well a little later, with nothing changed.
    pub fn is_passing(&self) -> bool {
        let (Self::Database(error)
        | Self::Fact(FactError::Database(error))
        | Self::People(PeopleError::Database(error))) = self
        else {
            return false;
        };
        matches!(
            error,
            Error::Conflict
                | Error::Unavailable(_)
                | Error::DiskFull
                | Error::Stopped
                | Error::TimedOut
        )
    }
}

impl From<FlowError> for Problem {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NotFound => Self::not_found(),
            FlowError::Version(error) => error.into(),
            FlowError::NotNow(why) => Self::conflict(why),
            FlowError::Fact(error) => error.into(),
            FlowError::Database(error) | FlowError::People(PeopleError::Database(error)) => {
                error.into()
            }
            FlowError::People(other) => Self::conflict(other.to_string()),
            FlowError::Reference(why) => {
                tracing::error!(%why, "the reference data cannot be read");
                Self::unavailable()
            }
        }
    }
}

/// The partnership's reference data.
pub(crate) fn reference() -> Result<&'static stour_partnership::Reference, FlowError> {
    stour_partnership::reference().map_err(|error| FlowError::Reference(error.to_string()))
}
