//! Small numbers. They are computed like any other and withheld when shown: from readers who may
//! not open the people behind them, together with whatever they could be worked out from.

use stour_statistics::proportion::Proportion;

use super::{Council, Count, Definition};

/// Who will read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Somebody who may open the people behind the number.
    MayOpen,
    /// Anybody else.
    CountsOnly,
}

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Published {
    /// As it is, with its proportion unless it is of nobody.
    Shown(Count, Option<Proportion>),
    /// Too small, or from which one that is too small could be worked out.
    Withheld,
}

impl Published {
    /// The count, where it may be shown.
    pub fn count(&self) -> Option<Count> {
        match self {
            Self::Shown(count, _) => Some(*count),
            Self::Withheld => None,
        }
    }

    /// The proportion, where there is one and it may be shown.
    pub fn proportion(&self) -> Option<Proportion> {
        match self {
            Self::Shown(_, proportion) => *proportion,
            Self::Withheld => None,
        }
    }
}

/// Counts that add up to one that is shown beside them, as they may be shown.
///
/// A count is withheld when either half is too small. When that leaves exactly one withheld, which
/// could be had by subtraction, the smallest of the others is withheld too.
pub fn publish(definition: &Definition, counts: &[Count], audience: Audience) -> Vec<Published> {
    let mut withheld: Vec<bool> = counts
        .iter()
        .map(|count| audience == Audience::CountsOnly && is_small(definition, *count))
        .collect();
    if withheld.iter().filter(|held| **held).count() == 1 {
        let next = counts
            .iter()
            .zip(&mut withheld)
            .filter(|(count, held)| !**held && count.denominator > 0)
            .min_by_key(|(count, _)| count.denominator);
        if let Some((_, held)) = next {
            *held = true;
        }
    }
    counts
        .iter()
        .zip(withheld)
        .map(|(count, held)| {
            if held {
                Published::Withheld
            } else {
                Published::Shown(*count, count.proportion(definition))
            }
        })
        .collect()
}

/// Councils and, within each, its localities, as they may be shown: the localities of a council
/// that is withheld are withheld with it, since they add up to it.
pub fn publish_nested(
    definition: &Definition,
    councils: &[Council],
    audience: Audience,
) -> Vec<(Published, Vec<Published>)> {
    let wholes: Vec<Count> = councils.iter().map(|council| council.whole.count).collect();
    publish(definition, &wholes, audience)
        .into_iter()
        .zip(councils)
        .map(|(whole, council)| {
            let counts: Vec<Count> = council.localities.iter().map(|piece| piece.count).collect();
            let localities = match whole {
                Published::Shown(..) => publish(definition, &counts, audience),
                Published::Withheld => vec![Published::Withheld; counts.len()],
            };
            (whole, localities)
        })
        .collect()
}

fn is_small(definition: &Definition, count: Count) -> bool {
    definition.small_numbers.has(count.numerator) || definition.small_numbers.has(count.denominator)
}

#[cfg(test)]
mod tests;
