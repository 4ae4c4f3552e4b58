//! Small numbers. They are computed like any other and withheld when shown: from readers who may
//! not open the people behind them, together with whatever they could be worked out from.

use crate::catalogue::SmallNumbers;
use crate::counted::Figure;

/// Who will read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Somebody who may open the people behind the number.
    MayOpen,
    /// Anybody else.
    CountsOnly,
}

/// A number as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Published {
    /// As it is.
    Shown(Figure),
    /// Too small, or from which one that is too small could be worked out.
    Withheld,
}

impl Published {
    /// The number, where it may be shown.
    pub(crate) const fn figure(&self) -> Option<&Figure> {
        match self {
            Self::Shown(figure) => Some(figure),
            Self::Withheld => None,
        }
    }

    /// Its value, where there is one and it may be shown.
    pub(crate) fn value(&self) -> Option<f64> {
        let estimate = self.figure()?.estimate.as_ref().ok()?;
        Some(estimate.value)
    }
}

/// Numbers whose counts add up to one that is shown beside them, as they may be shown.
///
/// A number is withheld when either count is too small. When that leaves exactly one withheld, which could be had by
/// subtraction, the smallest of the others is withheld too (`docs/decisions/0017-suppression.md`).
pub(crate) fn publish(
    rule: &SmallNumbers,
    figures: Vec<Figure>,
    audience: Audience,
) -> Vec<Published> {
    let mut withheld: Vec<bool> = figures
        .iter()
        .map(|figure| audience == Audience::CountsOnly && is_small(rule, figure))
        .collect();
    if withheld.iter().filter(|held| **held).count() == 1 {
        let next = figures
            .iter()
            .zip(&mut withheld)
            .filter(|(figure, held)| !**held && figure.cell.denominator > 0)
            .min_by_key(|(figure, _)| figure.cell.denominator);
        if let Some((_, held)) = next {
            *held = true;
        }
    }
    let shown = figures.into_iter().zip(withheld);
    shown
        .map(|(figure, held)| {
            if held {
                Published::Withheld
            } else {
                Published::Shown(figure)
            }
        })
        .collect()
}

/// Parts of several wholes, such as localities of councils: those of a whole that is withheld are withheld with it,
/// since they add up to it.
pub(crate) fn publish_within(
    rule: &SmallNumbers,
    whole: &Published,
    figures: Vec<Figure>,
    audience: Audience,
) -> Vec<Published> {
    match whole {
        Published::Shown(_) => publish(rule, figures, audience),
        Published::Withheld => figures.into_iter().map(|_| Published::Withheld).collect(),
    }
}

fn is_small(rule: &SmallNumbers, figure: &Figure) -> bool {
    let small = |count: i64| u64::try_from(count).is_ok_and(|count| rule.has(count));
    small(figure.cell.numerator) || small(figure.cell.denominator)
}

#[cfg(test)]
mod tests;
