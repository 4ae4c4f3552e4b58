//! Shares in whole pence that sum exactly: the method of largest remainders (Hamilton).

use stour_kernel::Pence;

/// Parts of `total` as near as pence allow to `numerators / denominator` each.
///
/// The exact parts must sum to within one penny of `total`. Each part is its exact one rounded down;
/// the pence that are left go one each to the largest remainders, and of equal ones to the earlier.
/// `None` where the denominator is not above zero, a numerator is below zero, or the parts cannot sum.
///
/// While the exact parts of the others stay as they are, no part falls when its own exact part grows.
pub(crate) fn largest_remainders(
    total: Pence,
    numerators: &[i128],
    denominator: i128,
) -> Option<Vec<Pence>> {
    if denominator <= 0 || numerators.iter().any(|numerator| *numerator < 0) {
        return None;
    }
    let mut parts = Vec::with_capacity(numerators.len());
    for numerator in numerators {
        parts.push(i64::try_from(numerator / denominator).ok()?);
    }
    let given = parts
        .iter()
        .try_fold(0_i64, |sum, part| sum.checked_add(*part))?;
    let left = usize::try_from(total.as_i64().checked_sub(given)?).ok()?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&place| {
        let remainder = numerators
            .get(place)
            .map_or(0, |numerator| numerator % denominator);
        (std::cmp::Reverse(remainder), place)
    });
    if left > order.len() {
        return None;
    }
    for place in order.into_iter().take(left) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    Some(parts.into_iter().map(Pence::new).collect())
}

/// A total, of either sign, in proportion to weights that are none below zero, in whole pence that sum to it exactly; `None`
/// where no weight is above zero.
pub fn in_proportion(total: Pence, weights: &[i128]) -> Option<Vec<Pence>> {
    let size = i128::from(total.as_i64().checked_abs()?);
    let sum = weights
        .iter()
        .try_fold(0_i128, |sum, weight| sum.checked_add(*weight))?;
    let numerators = weights
        .iter()
        .map(|weight| size.checked_mul(*weight))
        .collect::<Option<Vec<_>>>()?;
    let parts = largest_remainders(Pence::new(total.as_i64().abs()), &numerators, sum)?;
    Some(if total.is_negative() {
        parts
            .into_iter()
            .map(|part| Pence::new(-part.as_i64()))
            .collect()
    } else {
        parts
    })
}
