//! Where a referral has got to. Every change takes the old state and gives the new one.

use stour_kernel::Timestamp;
use thiserror::Error;

use super::Reason;

/// Where a referral has got to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferralState {
    /// The service has yet to answer.
    Waiting,
    /// The service takes the person on.
    Accepted(Decided),
    /// The service does not, and why.
    Declined(Decided, Reason),
    /// Whoever made it takes it back, and why.
    Withdrawn(Decided, Reason),
}

/// When and by whom a referral was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// Why a referral is not made or does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It was decided before.
    #[error("This referral has already been answered or withdrawn, so it cannot change again.")]
    Decided,
    /// The service has one for this request already.
    #[error("This request already waits for that service. Open the request to see its referrals.")]
    AlreadyWaiting,
}

impl ReferralState {
    /// The service takes the person on.
    ///
    /// # Errors
    /// [`Refusal::Decided`].
    pub fn accept(self, decided: Decided) -> Result<Self, Refusal> {
        self.undecided().map(|()| Self::Accepted(decided))
    }

    /// The service does not take the person on.
    ///
    /// # Errors
    /// [`Refusal::Decided`].
    pub fn decline(self, decided: Decided, why: Reason) -> Result<Self, Refusal> {
        self.undecided().map(|()| Self::Declined(decided, why))
    }

    /// Whoever made it takes it back.
    ///
    /// # Errors
    /// [`Refusal::Decided`].
    pub fn withdraw(self, decided: Decided, why: Reason) -> Result<Self, Refusal> {
        self.undecided().map(|()| Self::Withdrawn(decided, why))
    }

    fn undecided(self) -> Result<(), Refusal> {
        match self {
            Self::Waiting => Ok(()),
            Self::Accepted(_) | Self::Declined(..) | Self::Withdrawn(..) => Err(Refusal::Decided),
        }
    }

    /// When and by whom it was decided, once it has been.
    pub const fn decided(&self) -> Option<&Decided> {
        match self {
            Self::Waiting => None,
            Self::Accepted(decided) | Self::Declined(decided, _) | Self::Withdrawn(decided, _) => {
                Some(decided)
            }
        }
    }

    /// Why it was declined or withdrawn.
    pub const fn why(&self) -> Option<&Reason> {
        match self {
            Self::Waiting | Self::Accepted(_) => None,
            Self::Declined(_, why) | Self::Withdrawn(_, why) => Some(why),
        }
    }

    /// The name in the database and in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => WAITING,
            Self::Accepted(_) => ACCEPTED,
            Self::Declined(..) => DECLINED,
            Self::Withdrawn(..) => WITHDRAWN,
        }
    }

    /// The name on a page.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Accepted(_) => "Accepted",
            Self::Declined(..) => "Declined",
            Self::Withdrawn(..) => "Withdrawn",
        }
    }

    /// The state that a row says, when the row is whole.
    pub(crate) fn stored(
        name: &str,
        decided: Option<Decided>,
        why: Option<Reason>,
    ) -> Option<Self> {
        match (name, decided, why) {
            (WAITING, None, None) => Some(Self::Waiting),
            (ACCEPTED, Some(decided), None) => Some(Self::Accepted(decided)),
            (DECLINED, Some(decided), Some(why)) => Some(Self::Declined(decided, why)),
            (WITHDRAWN, Some(decided), Some(why)) => Some(Self::Withdrawn(decided, why)),
            _ => None,
        }
    }
}

const WAITING: &str = "waiting";
const ACCEPTED: &str = "accepted";
const DECLINED: &str = "declined";
const WITHDRAWN: &str = "withdrawn";
