//! What a change is worth in a year, if every week is like this one.

use stour_kernel::Pence;

use crate::Quantity;
use crate::quantity::rounded;

/// Weeks in a year of a run-rate.
pub const WEEKS_A_YEAR: i64 = 52;

/// What a change is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunRate {
    /// Units of change in a week: the change of the measure times its volume.
    pub units: Quantity,
    /// In a week, to the nearest penny.
    pub weekly: Pence,
    /// In 52 such weeks, to the nearest penny; worked out from the change and not from the rounded week.
    pub yearly: Pence,
}

/// The product does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the numbers are too large to be multiplied: check the volume and the value of a unit")]
pub struct TooLarge;

/// The weekly run-rate of a change and a year of it: change × volume × value of a unit × 52.
///
/// `better_by` is how much better the measure is than its baseline adjusted for demand, `volume` how many cases a week it
/// is measured over, and `unit` what one unit of change is worth. A measure that got worse is worth less than nothing.
///
/// # Errors
/// [`TooLarge`].
pub fn run_rate(better_by: Quantity, volume: Quantity, unit: Pence) -> Result<RunRate, TooLarge> {
    let units = better_by.checked_mul(volume).ok_or(TooLarge)?;
    let product = i128::from(better_by.millionths())
        .checked_mul(i128::from(volume.millionths()))
        .and_then(|product| product.checked_mul(i128::from(unit.as_i64())))
        .ok_or(TooLarge)?;
    let scale = i128::from(Quantity::ONE.millionths());
    let of_weeks = |weeks: i64| {
        let all = product.checked_mul(i128::from(weeks))?;
        let pence = rounded(all, scale.checked_mul(scale)?)?;
        i64::try_from(pence).ok().map(Pence::new)
    };
    Ok(RunRate {
        units,
        weekly: of_weeks(1).ok_or(TooLarge)?,
        yearly: of_weeks(WEEKS_A_YEAR).ok_or(TooLarge)?,
    })
}
