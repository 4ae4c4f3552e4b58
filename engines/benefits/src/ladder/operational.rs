//! The first ladder: has the measure moved?

use stour_kernel::Date;

use super::{NotSigned, Signature};
use crate::Quantity;

/// Nothing was observed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected;

/// The measure is better than its baseline adjusted for demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    better_by: Quantity,
    as_of: Date,
}

/// Somebody who answers for the service signed that it moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    moved: Moved,
    signature: Signature,
}

/// Where a benefit stands on this ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operational {
    /// Nothing was observed, or the measure has not moved the way that it should.
    Expected(Expected),
    /// It moved.
    Moved(Moved),
    /// That is signed for.
    Confirmed(Confirmed),
}

impl Expected {
    /// The measure was seen to be better by so much.
    ///
    /// # Errors
    /// [`NotSigned::NotMoved`] where it is not better.
    pub fn observed(self, better_by: Quantity, as_of: Date) -> Result<Moved, NotSigned> {
        if better_by <= Quantity::ZERO {
            return Err(NotSigned::NotMoved);
        }
        Ok(Moved { better_by, as_of })
    }
}

impl Moved {
    /// By how much the measure is better.
    pub fn better_by(&self) -> Quantity {
        self.better_by
    }

    /// The day of the figure.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Signs that it moved.
    ///
    /// # Errors
    /// [`NotSigned::OwnWork`] for whoever wrote the benefit.
    pub fn signed(self, signature: Signature, authors: &[String]) -> Result<Confirmed, NotSigned> {
        let signature = signature.of_another(authors)?;
        Ok(Confirmed {
            moved: self,
            signature,
        })
    }
}

impl Confirmed {
    /// What was signed.
    pub fn moved(&self) -> &Moved {
        &self.moved
    }

    /// Who signed it.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}
