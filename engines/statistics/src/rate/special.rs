//! The gamma and the t distribution, as far as intervals need them.
//!
//! Incomplete gamma: series below the middle, continued fraction above (Abramowitz and Stegun 6.5.29 and
//! 6.5.31), times a factor kept exact for large shapes by Loader's deviance ("Fast and accurate
//! computation of binomial probabilities", 2000). Incomplete beta: the continued fraction of Abramowitz and
//! Stegun 26.5.8. Quantiles are roots found by Newton's method inside a bracket, on logarithms.

use std::f64::consts::{PI, TAU};

use crate::normal;

const ENOUGH: usize = 200_000;
const TINY: f64 = 1e-300;

/// What Stirling's formula leaves of ln Γ(`a` + 1) for a large `a`; by recurrence for a small one.
fn stirling_rest(a: f64) -> f64 {
    if a < 16.0 {
        // ln Γ(a + 1) = ln Γ(a + 2) - ln(a + 1), told of the rests: no term grows, none cancels.
        let next = a + 1.0;
        return stirling_rest(next) + (a + 0.5) * (1.0 / a).ln_1p() - 1.0;
    }
    let square = a * a;
    (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square)
            / square)
        / a
}

/// `x^a e^-x / Γ(a + 1)` for a positive `a`: the probability of `a` events where `x` are expected.
fn poisson(a: f64, x: f64) -> f64 {
    let away = (x - a) / a;
    // Near the middle the logarithm of the ratio would lose its digits, far below it the difference would.
    let log = if away.abs() < 0.5 {
        away.ln_1p()
    } else {
        (x / a).ln()
    };
    let deviance = a * (away - log);
    (-stirling_rest(a) - deviance).exp() / (TAU * a).sqrt()
}

/// Both tails of the gamma distribution of this shape at `x`: below and above.
pub(super) fn gamma_tails(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    let factor = poisson(shape, x);
    if x < shape + 1.0 {
        let (mut term, mut sum, mut next) = (1.0, 1.0, shape);
        for _ in 0..ENOUGH {
            next += 1.0;
            term *= x / next;
            sum += term;
            if term < sum * f64::EPSILON * 0.1 {
                break;
            }
        }
        let below = (factor * sum).min(1.0);
        (below, 1.0 - below)
    } else {
        let mut below = x + 1.0 - shape;
        let (mut c, mut d) = (1.0 / TINY, 1.0 / below);
        let (mut fraction, mut step) = (d, 0.0);
        for _ in 0..ENOUGH {
            step += 1.0;
            let over = -step * (step - shape);
            below += 2.0;
            d = 1.0 / away_from_nought(over * d + below);
            c = away_from_nought(below + over / c);
            let change = c * d;
            fraction *= change;
            if (change - 1.0).abs() < f64::EPSILON {
                break;
            }
        }
        let above = (factor * shape * fraction).min(1.0);
        (1.0 - above, above)
    }
}

fn away_from_nought(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

/// Which tail of a distribution is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// Below the value.
    Lower,
    /// Above the value.
    Upper,
}

/// The value of the gamma distribution of this shape that leaves `p` in one tail, for 0 < `p` < 1.
pub(super) fn gamma_quantile(shape: f64, p: f64, tail: Tail) -> f64 {
    let z = match tail {
        Tail::Lower => normal::quantile(p),
        Tail::Upper => -normal::quantile(p),
    };
    let ninth = 1.0 / (9.0 * shape);
    let guess = (shape * (1.0 - ninth + z * ninth.sqrt()).powi(3)).max(1e-3 * shape);
    root(guess, p, tail, |x| {
        let (below, above) = gamma_tails(shape, x);
        let density = poisson(shape, x) * shape / x;
        match tail {
            Tail::Lower => (below, density),
            Tail::Upper => (above, density),
        }
    })
}

/// The value of Student's t distribution that leaves `p` above it, for 0 < `p` < 0.5.
pub(super) fn t_quantile(freedom: f64, p: f64) -> f64 {
    let guess = -normal::quantile(p);
    root(guess, p, Tail::Upper, |t| t_upper(freedom, t))
}

/// The upper tail of Student's t distribution at a positive `t`, and its density there.
pub(super) fn t_upper(freedom: f64, t: f64) -> (f64, f64) {
    let half = 0.5 * freedom;
    let spread = t * t / freedom;
    // x = freedom / (freedom + t²); its logarithm and its complement are kept exact.
    let (x, rest, log_x) = (
        1.0 / (1.0 + spread),
        spread / (1.0 + spread),
        -spread.ln_1p(),
    );
    let ratio = half_ratio(half);
    let density = (ratio - 0.5 * (freedom * PI).ln() + (half + 0.5) * log_x).exp();
    // 1 / B(half, 1/2) = Γ(half + 1/2) / (Γ(half) √π).
    let factor = (ratio - 0.5 * PI.ln() + half * log_x + 0.5 * rest.ln()).exp();
    let both = if x < (half + 1.0) / (half + 2.5) {
        factor * beta_fraction(half, 0.5, x) / half
    } else {
        1.0 - factor * beta_fraction(0.5, half, rest) / 0.5
    };
    (0.5 * both, density)
}

/// ln(Γ(`a` + 1/2) / Γ(`a`)), without the difference of two large numbers.
fn half_ratio(a: f64) -> f64 {
    if a < 16.0 {
        return half_ratio(a + 1.0) - (0.5 / a).ln_1p();
    }
    // Γ(b) = Γ(b + 1) / b, and Stirling's formula for both.
    a * (0.5 / a).ln_1p() - 0.5 + 0.5 * a.ln() + stirling_rest(a + 0.5) - stirling_rest(a)
}

fn beta_fraction(first: f64, second: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_nought(1.0 - (first + second) * x / (first + 1.0));
    let (mut fraction, mut step) = (d, 0.0);
    for _ in 0..ENOUGH {
        step += 1.0;
        let at = first + 2.0 * step;
        let even = step * (second - step) * x / ((at - 1.0) * at);
        d = 1.0 / away_from_nought(1.0 + even * d);
        c = away_from_nought(1.0 + even / c);
        fraction *= d * c;
        let odd = -(first + step) * (first + second + step) * x / (at * (at + 1.0));
        d = 1.0 / away_from_nought(1.0 + odd * d);
        c = away_from_nought(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    fraction
}

/// Where a tail that only falls, or only rises, is `p`. The function gives the tail and its density.
fn root(guess: f64, p: f64, tail: Tail, at: impl Fn(f64) -> (f64, f64)) -> f64 {
    let is_too_far = |found: f64| match tail {
        Tail::Lower => found > p,
        Tail::Upper => found < p,
    };
    let (mut low, mut high, mut x) = (0.0, f64::INFINITY, guess);
    for _ in 0..200 {
        let (found, density) = at(x);
        if is_too_far(found) {
            high = x;
        } else {
            low = x;
        }
        let newton = (p.ln() - found.ln()) * found / density;
        let stepped = match tail {
            Tail::Lower => x + newton,
            Tail::Upper => x - newton,
        };
        let next = if stepped > low && stepped < high {
            stepped
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            2.0 * low.max(guess)
        };
        let is_done = (next - x).abs() <= 4.0 * f64::EPSILON * next;
        x = next;
        if is_done {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests;
