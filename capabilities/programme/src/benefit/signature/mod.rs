//! Signatures under the steps of a benefit's ladders.

pub(crate) mod page;
mod store;

pub(crate) use store::{sign, signatures};

use stour_kernel::{Timestamp, typed_id};
use stour_register::{Author, EntryId};

typed_id!(pub(crate) SignatureId, "a signature under a benefit");
stour_database::text_value!(SignatureId);

/// One of the three ladders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ladder {
    /// Has the measure moved?
    Operational,
    /// What is that worth a year?
    Financial,
    /// Which budget is smaller for it?
    Cashable,
}

impl Ladder {
    /// From the lowest.
    pub(crate) const ALL: [Self; 3] = [Self::Operational, Self::Financial, Self::Cashable];

    /// Its name in addresses and the database.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::Financial => "financial",
            Self::Cashable => "cashable",
        }
    }

    /// What it is called.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Operational => "Operational",
            Self::Financial => "Financial",
            Self::Cashable => "Cashable",
        }
    }

    /// What it asks.
    pub(crate) const fn question(self) -> &'static str {
        match self {
            Self::Operational => "Has the measure moved?",
            Self::Financial => "What is that worth a year?",
            Self::Cashable => "Which budget is smaller for it?",
        }
    }

    /// The action of whoever signs.
    pub(crate) const fn action(self) -> &'static str {
        match self {
            Self::Operational => "benefit.sign-off",
            Self::Financial | Self::Cashable => "benefit.sign-off-money",
        }
    }
}

/// A signature as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    /// The benefit.
    pub(crate) benefit: EntryId,
    /// Which ladder's step.
    pub(crate) ladder: Ladder,
    /// What was signed.
    pub(crate) figures: String,
    /// What its giver said with it; may be empty.
    pub(crate) words: String,
    /// Who signed.
    pub(crate) by: Author,
    /// When.
    pub(crate) at: Timestamp,
}

#[cfg(test)]
mod tests;
