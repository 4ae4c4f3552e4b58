//! What chance gives: how many runs, how long a run, how many crossings.

use super::Usual;

/// The share of chance cut off at each end of the count of runs.
const TAIL: f64 = 0.025;
/// The share of chance below the fewest crossings.
const FEW: f64 = 0.05;
/// A log-probability below which nothing is added to a sum.
const NOTHING: f64 = f64::NEG_INFINITY;

/// The longest run among `n` points that is not yet unusual: `round(log2 n) + 3`.
pub(super) fn longest_run(n: usize) -> usize {
    // round(log2 n) = k exactly when 2^(k - 1/2) <= n < 2^(k + 1/2), and squaring keeps this whole.
    let squared = n.saturating_mul(n);
    let mut rounded = 0;
    while squared >= 2_usize.saturating_pow(2 * rounded + 1) && rounded < 31 {
        rounded += 1;
    }
    usize::try_from(rounded).map_or(usize::MAX, |rounded| rounded + 3)
}

/// The smallest count of crossings with at least 5 in 100 of chance at or below it, of `n` points.
pub(super) fn fewest_crossings(n: usize) -> usize {
    let trials = n.saturating_sub(1);
    let logs = Logs::up_to(trials);
    let half = -real(trials) * std::f64::consts::LN_2;
    let mut sum = 0.0;
    for crossings in 0..=trials {
        sum += (logs.choose(trials, crossings) + half).exp();
        if sum >= FEW {
            return crossings;
        }
    }
    trials
}

/// The usual counts of runs of `above` points of one kind and `below` of another.
pub(super) fn usual_runs(above: usize, below: usize) -> Usual {
    let logs = Logs::up_to(above + below);
    let most_possible = if above == below {
        2 * above
    } else {
        2 * above.min(below) + 1
    };
    let all = logs.choose(above + below, above);
    let chance = |runs: usize| (logs.arrangements(above, below, runs) - all).exp();
    let (mut low, mut fewest) = (0.0, 1);
    while fewest < most_possible {
        low += chance(fewest);
        if low > TAIL {
            break;
        }
        fewest += 1;
    }
    let (mut high, mut most) = (0.0, most_possible);
    while most > fewest {
        high += chance(most);
        if high > TAIL {
            break;
        }
        most -= 1;
    }
    Usual { fewest, most }
}

/// Logarithms of factorials.
struct Logs(Vec<f64>);

impl Logs {
    fn up_to(most: usize) -> Self {
        let mut logs = vec![0.0];
        let mut sum = 0.0;
        for n in 1..=most {
            sum += real(n).ln();
            logs.push(sum);
        }
        Self(logs)
    }

    fn of(&self, n: usize) -> f64 {
        self.0.get(n).copied().unwrap_or(NOTHING)
    }

    /// The logarithm of how many ways there are to choose `k` of `n`.
    fn choose(&self, n: usize, k: usize) -> f64 {
        match n.checked_sub(k) {
            Some(rest) => self.of(n) - self.of(k) - self.of(rest),
            None => NOTHING,
        }
    }

    /// The logarithm of how many arrangements of so many of two kinds have exactly so many runs.
    fn arrangements(&self, above: usize, below: usize, runs: usize) -> f64 {
        let into = |points: usize, parts: usize| match (points.checked_sub(1), parts.checked_sub(1))
        {
            (Some(points), Some(parts)) => self.choose(points, parts),
            (None, None) => 0.0,
            _ => NOTHING,
        };
        let half = runs / 2;
        if runs.is_multiple_of(2) {
            return std::f64::consts::LN_2 + into(above, half) + into(below, half);
        }
        let one = into(above, half + 1) + into(below, half);
        let other = into(above, half) + into(below, half + 1);
        let greater = one.max(other);
        if greater == NOTHING {
            return NOTHING;
        }
        greater + ((one - greater).exp() + (other - greater).exp()).ln()
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts of points are far below 2^53, where the conversion is exact"
)]
fn real(count: usize) -> f64 {
    count as f64
}
