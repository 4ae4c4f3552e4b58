//! Where a contact has got to. Every change takes the old state and gives the new one.

use serde::{Deserialize, Serialize};
use stour_kernel::Timestamp;
use thiserror::Error;

use crate::request::RequestId;

/// Where a contact has got to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContactState {
    /// Somebody must deal with it.
    Waiting,
    /// It is dealt with, for good.
    Dealt(Dealt),
}

/// How a contact was dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dealt {
    /// When.
    pub(crate) at: Timestamp,
    /// By whom.
    pub(crate) by: String,
    /// The request that it became; none when it was closed without one.
    pub(crate) request: Option<RequestId>,
    /// Why it was closed without a request; empty otherwise.
    pub(crate) why: String,
}

/// Why a contact does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is dealt with.
    #[error("This has been dealt with already. Load the page again to see how.")]
    Dealt,
}

impl ContactState {
    /// It is dealt with.
    ///
    /// # Errors
    /// [`Refusal::Dealt`].
    pub(crate) fn deal(self, dealt: Dealt) -> Result<Self, Refusal> {
        match self {
            Self::Waiting => Ok(Self::Dealt(dealt)),
            Self::Dealt(_) => Err(Refusal::Dealt),
        }
    }
}
