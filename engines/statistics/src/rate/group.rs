//! Areas put into groups of about equal size by a value, such as tenths by deprivation.

use super::Withheld;
use super::mean::check;

/// Which end of the values is group 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// The highest values: the most deprived tenth is 1.
    Highest,
    /// The lowest values.
    Lowest,
}

/// The group of each value, from 1 to `groups`, by the rule of the public health profiles: equal values
/// share the best of their ranks, and so their group. The group is groups + 1 − ⌈(number + 1 − rank) ÷ (number ÷
/// groups)⌉, at least 1.
///
/// # Errors
/// When there are no groups, fewer values than groups, or a value is no number.
pub fn groups(values: &[f64], groups: usize, first: First) -> Result<Vec<usize>, Withheld> {
    check(values, groups.max(1))?;
    if groups == 0 {
        return Err(Withheld::Groups { found: 0 });
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let number = values.len();
    let group = |value: &f64| {
        let better = match first {
            First::Lowest => sorted.partition_point(|other| other < value),
            First::Highest => number - sorted.partition_point(|other| other <= value),
        };
        // In whole numbers, so that a boundary is never missed by rounding.
        let from_end = ((number - better) * groups).div_ceil(number);
        (groups + 1).saturating_sub(from_end).max(1)
    };
    Ok(values.iter().map(group).collect())
}
