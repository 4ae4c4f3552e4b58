//! Limits by the binomial and Poisson distributions themselves.

use super::{Compared, Error};

/// The most counts that are looked at; beyond it normal limits are the same to the eye.
const MOST_COUNTS: usize = 2_000_000;
/// Chances smaller than this share of the largest one are left out.
const NEGLIGIBLE: f64 = 1e-25;

/// Why exact limits cannot be had.
pub(super) enum Wrong {
    NotWhole,
    TooLarge,
}

impl Wrong {
    pub(super) fn at(self, position: usize, size: f64) -> Error {
        match self {
            Self::NotWhole => Error::NotWhole { position, size },
            Self::TooLarge => Error::TooLarge { position },
        }
    }
}

/// Values of a unit of this size with `tail` of chance beyond each, interpolated between counts.
pub(super) fn limits(
    compared: Compared,
    standard: f64,
    size: f64,
    tail: f64,
) -> Result<(f64, f64), Wrong> {
    if compared == Compared::Proportion && size.fract() > 0.0 {
        return Err(Wrong::NotWhole);
    }
    let chances = Chances::of(compared, standard, size).ok_or(Wrong::TooLarge)?;
    Ok((chances.at(tail) / size, chances.at(1.0 - tail) / size))
}

/// The chances of every count that matters, from `first` on; they add up to 1.
struct Chances {
    first: f64,
    chances: Vec<f64>,
}

impl Chances {
    /// Walks down and up from the likeliest count, each chance from its neighbour, so that no
    /// factorial is needed; `None` when the counts are too many.
    fn of(compared: Compared, standard: f64, size: f64) -> Option<Self> {
        // The chance of one more than this count, as a share of the chance of this count.
        let rise = |count: f64| match compared {
            Compared::Proportion => (size - count) / (count + 1.0) * (standard / (1.0 - standard)),
            Compared::Rate => size * standard / (count + 1.0),
        };
        let likeliest = match compared {
            Compared::Proportion => ((size + 1.0) * standard).floor().min(size),
            Compared::Rate => (size * standard).floor(),
        };
        if !likeliest.is_finite() || likeliest + 1.0 <= likeliest {
            return None;
        }
        let (mut below, mut count, mut chance) = (Vec::new(), likeliest, 1.0_f64);
        while count > 0.0 && chance > NEGLIGIBLE {
            chance /= rise(count - 1.0);
            count -= 1.0;
            below.push(chance);
            if below.len() > MOST_COUNTS {
                return None;
            }
        }
        let first = count;
        let mut chances: Vec<f64> = below.into_iter().rev().collect();
        (count, chance) = (likeliest, 1.0);
        while chance > NEGLIGIBLE {
            chances.push(chance);
            chance *= rise(count);
            count += 1.0;
            if chances.len() > 2 * MOST_COUNTS {
                return None;
            }
        }
        let all: f64 = chances.iter().sum();
        for chance in &mut chances {
            *chance /= all;
        }
        Some(Self { first, chances })
    }

    /// The count with this share of chance at or below it, less the part of it that is not needed.
    fn at(&self, share: f64) -> f64 {
        let (mut below, mut count) = (0.0, self.first);
        for &chance in &self.chances {
            let reached = below + chance;
            if reached >= share {
                return count - (reached - share) / chance;
            }
            below = reached;
            count += 1.0;
        }
        count - 1.0
    }
}

/// A count as a number.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts of units are far below 2^53, where the conversion is exact"
)]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// A whole number that is a place in a list.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only for whole numbers from 0 up to far below 2^53"
)]
pub(super) fn whole(number: f64) -> Option<usize> {
    (0.0..9e15).contains(&number).then_some(number as usize)
}
