//! What several programmes did together, parted among them.

use std::collections::{BTreeMap, BTreeSet};

use crate::Quantity;

/// The most programmes of one effect: all their orders are counted, and twelve have 479,001,600.
pub const MOST_PROGRAMMES: usize = 12;

/// What is estimated that every set of programmes would have done without the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effects {
    programmes: Vec<String>,
    /// By set: bit `n` is the programme at place `n`. The empty set did nothing.
    of_sets: Vec<i64>,
}

/// An effect as the programmes would have it alone, and what they do to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decomposition {
    /// What each would have done alone.
    pub alone: Vec<(String, Quantity)>,
    /// What they do together beyond the sum of that; below nothing where they stand in each other's way.
    pub interaction: Quantity,
    /// What all did together.
    pub together: Quantity,
}

/// Why estimates cannot be parted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttributionError {
    /// There is no estimate.
    #[error("there is no estimate yet of what a programme does")]
    NoEstimate,
    /// More than are counted.
    #[error("{0} programmes are too many: at most 12 are parted exactly")]
    TooMany(usize),
    /// A set of programmes has no estimate.
    #[error("there is no estimate of what {0} would do without the others")]
    Missing(String),
    /// A set of programmes has two.
    #[error("there are two estimates of what {0} would do without the others: keep one")]
    Twice(String),
    /// The estimates do not fit.
    #[error("the estimates are too large to be parted")]
    TooLarge,
}

impl Effects {
    /// The effects of these sets of programmes: one for every set that is not empty.
    ///
    /// # Errors
    /// What is missing, or too much.
    pub fn new(
        estimates: impl IntoIterator<Item = (BTreeSet<String>, Quantity)>,
    ) -> Result<Self, AttributionError> {
        let mut known: BTreeMap<BTreeSet<String>, i64> = BTreeMap::new();
        for (set, effect) in estimates.into_iter().filter(|(set, _)| !set.is_empty()) {
            let words = joined(set.iter());
            if known.insert(set, effect.millionths()).is_some() {
                return Err(AttributionError::Twice(words));
            }
        }
        let programmes: BTreeSet<String> = known.keys().flatten().cloned().collect();
        let programmes: Vec<String> = programmes.into_iter().collect();
        match programmes.len() {
            0 => return Err(AttributionError::NoEstimate),
            1..=MOST_PROGRAMMES => {}
            many => return Err(AttributionError::TooMany(many)),
        }
        let mut of_sets = vec![0];
        for set in 1..(1_usize << programmes.len()) {
            let members: BTreeSet<String> = programmes
                .iter()
                .enumerate()
                .filter(|(place, _)| set & (1 << place) != 0)
                .map(|(_, programme)| programme.clone())
                .collect();
            let effect = known.get(&members);
            let missing = || AttributionError::Missing(joined(members.iter()));
            of_sets.push(*effect.ok_or_else(missing)?);
        }
        Ok(Self {
            programmes,
            of_sets,
        })
    }

    /// What all did together.
    pub fn together(&self) -> Quantity {
        Quantity::from_millionths(self.of_sets.last().copied().unwrap_or_default())
    }

    fn of(&self, set: usize) -> i128 {
        self.of_sets.get(set).copied().map_or(0, i128::from)
    }

    /// Each programme's part: what it adds when it comes, on average over every order in which they could have come
    /// (Shapley). The parts sum to what all did together, to the millionth: what rounding leaves goes to the largest
    /// remainders.
    ///
    /// # Errors
    /// [`AttributionError::TooLarge`].
    pub fn shapley(&self) -> Result<Vec<(String, Quantity)>, AttributionError> {
        let count = self.programmes.len();
        let orders = factorial(count);
        let mut parts = Vec::with_capacity(count);
        for place in 0..count {
            parts.push(self.weighed(place).ok_or(AttributionError::TooLarge)?);
        }
        let whole: Vec<i128> = parts.iter().map(|part| part.div_euclid(orders)).collect();
        let left = i128::from(self.together().millionths()) - whole.iter().sum::<i128>();
        let mut by_remainder: Vec<usize> = (0..count).collect();
        by_remainder.sort_by_key(|&place| {
            let remainder = parts.get(place).map_or(0, |part| part.rem_euclid(orders));
            (std::cmp::Reverse(remainder), place)
        });
        let topped: BTreeSet<usize> = by_remainder
            .into_iter()
            .take(usize::try_from(left).unwrap_or_default())
            .collect();
        let programmes = self.programmes.iter().zip(whole).enumerate();
        programmes
            .map(|(place, (programme, part))| {
                let part = part + i128::from(topped.contains(&place));
                let part = i64::try_from(part).map_err(|_| AttributionError::TooLarge)?;
                Ok((programme.clone(), Quantity::from_millionths(part)))
            })
            .collect()
    }

    /// What a programme adds, summed over every order.
    fn weighed(&self, place: usize) -> Option<i128> {
        let count = self.programmes.len();
        let mut sum: i128 = 0;
        for set in (0..self.of_sets.len()).filter(|set| set & (1 << place) == 0) {
            let before = usize::try_from(set.count_ones()).ok()?;
            let orders = factorial(before).checked_mul(factorial(count - 1 - before))?;
            let adds = self.of(set | (1 << place)) - self.of(set);
            sum = sum.checked_add(adds.checked_mul(orders)?)?;
        }
        Some(sum)
    }

    /// What each would have done alone, with what they do to each other said apart and not spread.
    ///
    /// # Errors
    /// [`AttributionError::TooLarge`].
    pub fn decomposed(&self) -> Result<Decomposition, AttributionError> {
        let alone: Vec<(String, Quantity)> = self
            .programmes
            .iter()
            .enumerate()
            .map(|(place, programme)| {
                let effect = self.of_sets.get(1 << place).copied().unwrap_or_default();
                (programme.clone(), Quantity::from_millionths(effect))
            })
            .collect();
        let sum: i128 = alone
            .iter()
            .map(|(_, effect)| i128::from(effect.millionths()))
            .sum();
        let interaction = i128::from(self.together().millionths()) - sum;
        let interaction = i64::try_from(interaction).map_err(|_| AttributionError::TooLarge)?;
        Ok(Decomposition {
            alone,
            interaction: Quantity::from_millionths(interaction),
            together: self.together(),
        })
    }
}

fn factorial(number: usize) -> i128 {
    (1..=number)
        .filter_map(|factor| i128::try_from(factor).ok())
        .product()
}

fn joined<'s>(names: impl Iterator<Item = &'s String>) -> String {
    names.map(String::as_str).collect::<Vec<_>>().join(" and ")
}
