//! What else to hide, by the cheapest circle in the network of a table.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashSet};

use super::Rule;

/// A table with its totals, and what of it is shown.
///
/// Its places are the rows and the columns, the totals' among them. A number leads from its row to its
/// column; a total leads the other way, because it stands on the other side of the sum. The total of all
/// leads as a number does.
pub(super) struct Network {
    values: Vec<Vec<u64>>,
    shown: Vec<Vec<Sight>>,
    rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Shown,
    Hidden,
    /// Not published at all, and so never known.
    Absent,
}

/// A step from one place to another over one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    row: usize,
    column: usize,
    /// Whether the number grows by it.
    grows: bool,
}

impl Network {
    /// A network whose small numbers are hidden. `published` says what is published at all.
    pub(super) fn new(
        values: Vec<Vec<u64>>,
        rule: Rule,
        published: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let shown = values.iter().enumerate().map(|(row, numbers)| {
            let sight = |(column, number): (usize, &u64)| {
                if !published(row, column) {
                    Sight::Absent
                } else if rule.hides(*number) {
                    Sight::Hidden
                } else {
                    Sight::Shown
                }
            };
            numbers.iter().enumerate().map(sight).collect()
        });
        Self {
            shown: shown.collect(),
            values,
            rule,
        }
    }

    pub(super) fn value(&self, row: usize, column: usize) -> u64 {
        let numbers = self.values.get(row);
        numbers
            .and_then(|numbers| numbers.get(column))
            .copied()
            .unwrap_or(0)
    }

    fn sight(&self, row: usize, column: usize) -> Sight {
        let sights = self.shown.get(row);
        sights
            .and_then(|sights| sights.get(column))
            .copied()
            .unwrap_or(Sight::Shown)
    }

    pub(super) fn is_shown(&self, row: usize, column: usize) -> bool {
        self.sight(row, column) == Sight::Shown
    }

    fn columns(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// What is hidden, row by row.
    pub(super) fn hidden(&self) -> BTreeSet<(usize, usize)> {
        let all = (0..self.values.len())
            .flat_map(|row| (0..self.columns()).map(move |column| (row, column)));
        all.filter(|(row, column)| self.sight(*row, *column) == Sight::Hidden)
            .collect()
    }

    /// Hides more until every hidden number could be another.
    pub(super) fn protect(&mut self) {
        // What is hidden later makes nothing known that was not: a number on a circle stays safe.
        let mut safe: HashSet<(usize, usize)> = HashSet::new();
        let mut waiting: Vec<(usize, usize)> = self.hidden().into_iter().collect();
        while let Some((row, column)) = waiting.pop() {
            if safe.contains(&(row, column)) {
                continue;
            }
            let further = match self.cheapest(row, column) {
                Some(circle) => {
                    safe.insert((row, column));
                    safe.extend(circle.iter().copied());
                    circle
                }
                // There is always the circle through the totals; were there none, nothing would be shown.
                None => self.everything(),
            };
            for (row, column) in further {
                if self.is_shown(row, column) {
                    self.hide(row, column);
                    waiting.push((row, column));
                }
            }
        }
    }

    /// The other numbers on the cheapest circle through this one.
    fn cheapest(&self, row: usize, column: usize) -> Option<Vec<(usize, usize)>> {
        let [up, down] = [true, false].map(|grows| Step { row, column, grows });
        let up = self.circle(up);
        let is_free = up.as_ref().is_some_and(|(cost, _)| *cost == 0);
        let down = if is_free { None } else { self.circle(down) };
        let circles = [up, down].into_iter().flatten();
        circles
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, numbers)| numbers)
    }

    fn hide(&mut self, row: usize, column: usize) {
        let sights = self.shown.get_mut(row);
        if let Some(sight) = sights.and_then(|sights| sights.get_mut(column)) {
            *sight = Sight::Hidden;
        }
    }

    fn everything(&self) -> Vec<(usize, usize)> {
        let all = (0..self.values.len())
            .flat_map(|row| (0..self.columns()).map(move |column| (row, column)));
        all.filter(|(row, column)| self.is_shown(*row, *column) && self.may_hide(*row, *column))
            .collect()
    }

    /// A number below the lowest is always shown: a reader who knows the rule would know it by its being shown.
    fn may_hide(&self, row: usize, column: usize) -> bool {
        self.value(row, column) >= self.rule.lowest
    }

    fn is_total(&self, row: usize, column: usize) -> bool {
        (row + 1 == self.values.len()) != (column + 1 == self.columns())
    }

    /// What it costs to use a step: nothing where the number is not known, and `None` where it cannot be used.
    fn cost(&self, step: Step) -> Option<u128> {
        let Step { row, column, grows } = step;
        let value = self.value(row, column);
        let least = match self.sight(row, column) {
            Sight::Absent => 0,
            Sight::Shown | Sight::Hidden => self.rule.lowest,
        };
        if !grows && value <= least {
            return None;
        }
        match self.sight(row, column) {
            Sight::Absent | Sight::Hidden => Some(0),
            Sight::Shown if !self.may_hide(row, column) => None,
            Sight::Shown => {
                let in_margin = row + 1 == self.values.len() || column + 1 == self.columns();
                // A total is worth more than all the numbers in it.
                let all = u128::from(self.value(self.values.len() - 1, self.columns() - 1)) + 1;
                let margin = if in_margin {
                    all.saturating_mul(all)
                } else {
                    0
                };
                Some(margin.saturating_add(u128::from(value) + 1))
            }
        }
    }

    /// Where a step leads from and to. Rows come first among the places, then columns.
    fn ends(&self, step: Step) -> (usize, usize) {
        let (row, column) = (step.row, self.values.len() + step.column);
        if step.grows == self.is_total(step.row, step.column) {
            (column, row)
        } else {
            (row, column)
        }
    }

    /// The steps that lead away from a place.
    fn away(&self, place: usize) -> impl Iterator<Item = Step> + '_ {
        let rows = self.values.len();
        let others = if place < rows { self.columns() } else { rows };
        (0..others).flat_map(move |other| {
            let (row, column) = if place < rows {
                (place, other)
            } else {
                (other, place - rows)
            };
            let steps = [true, false].map(|grows| Step { row, column, grows });
            steps
                .into_iter()
                .filter(move |step| self.ends(*step).0 == place)
        })
    }

    /// The cheapest circle that begins with this step: its cost, and the numbers on it.
    fn circle(&self, first: Step) -> Option<(u128, Vec<(usize, usize)>)> {
        self.cost(first)?;
        let (end, start) = self.ends(first);
        let places = self.values.len() + self.columns();
        let mut best: Vec<Option<(u128, Option<Step>)>> = vec![None; places];
        if let Some(found) = best.get_mut(start) {
            *found = Some((0, None));
        }
        let mut waiting = BinaryHeap::from([Reverse((0_u128, start))]);
        while let Some(Reverse((cost, place))) = waiting.pop() {
            if place == end {
                break;
            }
            if best
                .get(place)
                .copied()
                .flatten()
                .is_some_and(|(known, _)| known < cost)
            {
                continue;
            }
            for step in self.away(place) {
                if (step.row, step.column) == (first.row, first.column) {
                    continue;
                }
                let Some(more) = self.cost(step) else {
                    continue;
                };
                let (_, next) = self.ends(step);
                let total = cost.saturating_add(more);
                if let Some(known) = best.get_mut(next)
                    && known.is_none_or(|(known, _)| total < known)
                {
                    *known = Some((total, Some(step)));
                    waiting.push(Reverse((total, next)));
                }
            }
        }
        let (cost, _) = best.get(end).copied().flatten()?;
        let (mut numbers, mut place) = (Vec::new(), end);
        while let Some((_, Some(step))) = best.get(place).copied().flatten() {
            numbers.push((step.row, step.column));
            place = self.ends(step).0;
        }
        Some((cost, numbers))
    }
}
