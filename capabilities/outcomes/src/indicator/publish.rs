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

/// How many are above the line, below it, and below it alone.
pub(crate) type Counts = [i64; 3];

/// Numbers of which some add up to others, and which of them are withheld.
///
/// Whoever knows a whole and some of its parts knows what the other parts add up to. So of every whole that is shown
/// with some parts withheld, these are at least two, and what they add up to is itself no small number
/// (`docs/decisions/0017-suppression.md`).
#[derive(Debug)]
pub(crate) struct Sums<'r> {
    rule: &'r SmallNumbers,
    numbers: Vec<Number>,
    wholes: Vec<(usize, Vec<usize>)>,
}

#[derive(Debug)]
struct Number {
    counts: Counts,
    is_withheld: bool,
    /// It was decided elsewhere whether it is withheld.
    is_decided: bool,
}

impl<'r> Sums<'r> {
    /// None yet.
    pub(crate) const fn new(rule: &'r SmallNumbers) -> Self {
        Self {
            rule,
            numbers: Vec::new(),
            wholes: Vec::new(),
        }
    }

    /// Adds a number, withheld if any of its counts is small, and gives its place.
    pub(crate) fn push(&mut self, counts: Counts, is_small: bool) -> usize {
        let small = |count: &i64| u64::try_from(*count).is_ok_and(|count| self.rule.has(count));
        self.numbers.push(Number {
            counts,
            is_withheld: is_small || counts.iter().any(small),
            is_decided: false,
        });
        self.numbers.len() - 1
    }

    /// Adds a number of which it is known whether it is withheld, and gives its place.
    pub(crate) fn push_decided(&mut self, counts: Counts, is_withheld: bool) -> usize {
        self.numbers.push(Number {
            counts,
            is_withheld,
            is_decided: true,
        });
        self.numbers.len() - 1
    }

    /// Says that some numbers add up to another.
    pub(crate) fn add_up(&mut self, whole: usize, parts: Vec<usize>) {
        self.wholes.push((whole, parts));
    }

    /// Withholds until nothing that is withheld can be had by subtraction; says of each number whether it is.
    pub(crate) fn settle(mut self) -> Vec<bool> {
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            for sum in 0..self.wholes.len() {
                while let Some(number) = self.next(sum) {
                    number.is_withheld = true;
                    is_settled = false;
                }
            }
        }
        let held = self.numbers.into_iter().map(|number| number.is_withheld);
        held.collect()
    }

    /// What must be withheld next for the sake of a sum.
    fn next(&mut self, sum: usize) -> Option<&mut Number> {
        let (whole, parts) = self.wholes.get(sum)?;
        let next = self.unsafe_in(*whole, parts)?;
        self.numbers.get_mut(next)
    }

    fn unsafe_in(&self, whole: usize, parts: &[usize]) -> Option<usize> {
        let known = |place: &usize| Some((*place, self.numbers.get(*place)?));
        let parts: Vec<(usize, &Number)> = parts.iter().filter_map(known).collect();
        let (whole, all) = known(&whole)?;
        let withheld: Vec<&Number> = parts
            .iter()
            .filter(|(_, part)| part.is_withheld)
            .map(|(_, part)| *part)
            .collect();
        let is_safe = match (all.is_withheld, withheld.as_slice()) {
            (false, []) | (true, [_, ..]) => true,
            // The whole would be had by adding up its parts.
            (true, []) => parts.iter().all(|(_, part)| part.counts == [0; 3]),
            (false, some) => self.hide_each_other(some),
        };
        if is_safe {
            return None;
        }
        let may = |(_, number): &&(usize, &Number)| {
            !number.is_withheld && !number.is_decided && number.counts != [0; 3]
        };
        let smallest = parts
            .iter()
            .filter(may)
            .min_by_key(|(_, number)| number.counts);
        let smallest = smallest.map(|(place, _)| *place);
        smallest.or((!all.is_withheld && !all.is_decided).then_some(whole))
    }

    /// Whether nothing but what they add up to is known of some numbers.
    fn hide_each_other(&self, some: &[&Number]) -> bool {
        let many = u64::try_from(some.len()).unwrap_or(u64::MAX);
        let sum = |half: usize| -> u64 {
            let counts = some.iter().filter_map(|number| number.counts.get(half));
            counts
                .map(|count| u64::try_from(*count).unwrap_or_default())
                .sum()
        };
        let is_hidden = |sum: u64| sum == 0 || (!self.rule.has(sum) && sum > many);
        some.len() > 1 && (0..3).map(sum).all(is_hidden)
    }
}

#[cfg(test)]
mod tests;
