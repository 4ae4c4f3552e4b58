//! Somebody signs for a step: never whoever wrote what is signed.

use stour_kernel::Timestamp;

/// A signature under what stood there when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signed.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why something cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// Whoever signs wrote part of it.
    #[error(
        "{0} wrote part of what is signed: somebody else signs it, so that two people have looked"
    )]
    OwnWork(String),
    /// The measure has not moved the way that it should.
    #[error("the measure has not moved the way that it should, so there is nothing to sign")]
    NotMoved,
    /// More was taken from budgets in a year than the change is worth.
    #[error(
        "the budget lines that are named for this benefit in that year are together reduced by more than the change is worth a year"
    )]
    MoreThanValue,
    /// Another benefit names the same line, of this programme or another.
    #[error(
        "the same budget line is named for another benefit as well, and a budget is smaller only once: take it out of one of the two"
    )]
    NamedTwice,
    /// Nothing was taken from a budget.
    #[error("the budget line is not reduced")]
    NotReduced,
}

impl Signature {
    /// The signature, unless its giver is among the authors.
    ///
    /// # Errors
    /// [`NotSigned::OwnWork`].
    pub(super) fn of_another(self, authors: &[String]) -> Result<Self, NotSigned> {
        if authors.contains(&self.by) {
            return Err(NotSigned::OwnWork(self.by));
        }
        Ok(self)
    }
}
