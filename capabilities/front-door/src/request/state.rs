//! Where a request has got to. Every change takes the old state and gives the new one.

use stour_kernel::{Code, Timestamp};
use thiserror::Error;

/// Where a request has got to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestState {
    /// Somebody must deal with it.
    Open,
    /// A service considers it.
    Referred,
    /// It is dealt with, for good.
    Concluded(Conclusion),
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// A code of the list `event-outcome`.
    pub outcome: Code,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Why a request does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is concluded.
    #[error(
        "This request is concluded, so nothing more can be done with it. If the person needs something else, record a new request."
    )]
    Concluded,
    /// A service considers it.
    #[error(
        "A service is considering this request. Withdraw the referral first, or wait for its answer."
    )]
    Referred,
    /// No service considers it.
    #[error("No service is considering this request.")]
    NotReferred,
}

impl RequestState {
    /// A service is asked to consider it. Several may be at once.
    ///
    /// # Errors
    /// [`Refusal::Concluded`].
    pub fn refer(self) -> Result<Self, Refusal> {
        match self {
            Self::Open | Self::Referred => Ok(Self::Referred),
            Self::Concluded(_) => Err(Refusal::Concluded),
        }
    }

    /// A service has declined it or is no longer asked; `waiting` others still consider it.
    ///
    /// # Errors
    /// [`Refusal::NotReferred`], [`Refusal::Concluded`].
    pub fn give_back(self, waiting: usize) -> Result<Self, Refusal> {
        match self {
            Self::Referred if waiting > 0 => Ok(Self::Referred),
            Self::Referred => Ok(Self::Open),
            Self::Open => Err(Refusal::NotReferred),
            Self::Concluded(_) => Err(Refusal::Concluded),
        }
    }

    /// A service has accepted it.
    ///
    /// # Errors
    /// [`Refusal::NotReferred`], [`Refusal::Concluded`].
    pub fn accept(self, conclusion: Conclusion) -> Result<Self, Refusal> {
        match self {
            Self::Referred => Ok(Self::Concluded(conclusion)),
            Self::Open => Err(Refusal::NotReferred),
            Self::Concluded(_) => Err(Refusal::Concluded),
        }
    }

    /// Whoever deals with it concludes it without a service.
    ///
    /// # Errors
    /// [`Refusal::Referred`], [`Refusal::Concluded`].
    pub fn conclude(self, conclusion: Conclusion) -> Result<Self, Refusal> {
        match self {
            Self::Open => Ok(Self::Concluded(conclusion)),
            Self::Referred => Err(Refusal::Referred),
            Self::Concluded(_) => Err(Refusal::Concluded),
        }
    }

    /// The name in the database and in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => OPEN,
            Self::Referred => REFERRED,
            Self::Concluded(_) => CONCLUDED,
        }
    }

    /// The name on a page.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Referred => "Referred",
            Self::Concluded(_) => "Concluded",
        }
    }
}

pub(crate) const OPEN: &str = "open";
pub(crate) const REFERRED: &str = "referred";
pub(crate) const CONCLUDED: &str = "concluded";
