//! Which way is better, and where a measure stands against what was expected.

use crate::Quantity;

/// Which way a measure should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
}

impl Direction {
    /// By how much a value is better than another; below nothing where it is worse. `None` when that does not fit.
    pub fn better_by(self, value: Quantity, than: Quantity) -> Option<Quantity> {
        match self {
            Self::Increase => value.checked_sub(than),
            Self::Decrease => than.checked_sub(value),
        }
    }
}

/// Where a measure stands against what was expected of it by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Better than expected.
    Ahead,
    /// Exactly as expected.
    AsExpected,
    /// Not as good as expected.
    Behind,
}

impl Standing {
    /// That of a value.
    pub fn of(direction: Direction, value: Quantity, expected: Quantity) -> Self {
        match Movement::of(direction, value, expected) {
            Movement::Better => Self::Ahead,
            Movement::Same => Self::AsExpected,
            Movement::Worse => Self::Behind,
        }
    }
}

/// Which way a measure went since its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Movement {
    /// The way that it should.
    Better,
    /// Not at all.
    Same,
    /// The other way.
    Worse,
}

impl Movement {
    /// That of a value since another.
    pub fn of(direction: Direction, value: Quantity, before: Quantity) -> Self {
        let order = match direction {
            Direction::Increase => value.cmp(&before),
            Direction::Decrease => before.cmp(&value),
        };
        match order {
            std::cmp::Ordering::Greater => Self::Better,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Less => Self::Worse,
        }
    }
}
