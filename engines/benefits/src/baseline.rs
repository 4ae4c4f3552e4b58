//! Where a measure would be had nothing been done.

use crate::Quantity;

/// A baseline, fixed before the change began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baseline {
    /// The measure over the period of the baseline.
    pub value: Quantity,
    /// How much demand there was then, where the measure moves with it.
    pub demand: Option<Quantity>,
}

/// Why a baseline cannot be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoComparison {
    /// It depends on demand, and the demand of the figure's period is not known.
    #[error("the baseline moves with demand, and the demand of that period is not known")]
    DemandUnknown,
    /// There was none when it was taken.
    #[error("there was no demand in the period of the baseline, so it cannot be adjusted")]
    NoDemandThen,
    /// The adjusted number does not fit.
    #[error("the numbers are too large to be compared")]
    TooLarge,
}

impl Baseline {
    /// What the measure would be at the demand of a period: in proportion to it where the baseline says how much there was, the
    /// baseline itself otherwise.
    ///
    /// # Errors
    /// Why it cannot be said.
    pub fn at_demand(self, of_period: Option<Quantity>) -> Result<Quantity, NoComparison> {
        let Some(then) = self.demand else {
            return Ok(self.value);
        };
        let demand = of_period.ok_or(NoComparison::DemandUnknown)?;
        if then <= Quantity::ZERO {
            return Err(NoComparison::NoDemandThen);
        }
        self.value
            .scaled(demand.millionths(), then.millionths())
            .ok_or(NoComparison::TooLarge)
    }
}
