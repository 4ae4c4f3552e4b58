//! The distributions against slow sums and integrals, and against printed tables.

use super::*;

/// The probability of fewer than `shape` events where `x` are expected, added up term by term.
fn poisson_sum(shape: u32, x: f64) -> f64 {
    let mut term = (-x).exp();
    let mut sum = 0.0;
    for count in 0..shape {
        sum += term;
        term *= x / f64::from(count + 1);
    }
    sum
}

/// The upper tail of Student's t by Simpson's rule after t = √freedom · tan(angle).
fn t_by_area(freedom: u32, t: f64) -> f64 {
    let steps = 20_000;
    let nu = f64::from(freedom);
    let from = (t / nu.sqrt()).atan();
    let height = |angle: f64| angle.cos().max(0.0).powf(nu - 1.0);
    let area = |low: f64, high: f64| -> f64 {
        let width = (high - low) / f64::from(steps);
        let sum: f64 = (0..=steps)
            .map(|step| {
                let weight = match step {
                    _ if step == 0 || step == steps => 1.0,
                    _ if step % 2 == 1 => 4.0,
                    _ => 2.0,
                };
                weight * height(low + f64::from(step) * width)
            })
            .sum();
        sum * width / 3.0
    };
    let quarter = std::f64::consts::FRAC_PI_2;
    0.5 * area(from, quarter) / area(0.0, quarter)
}

#[test]
fn gamma_tails_are_sums_of_poisson_terms() {
    for shape in [1_u32, 2, 3, 7, 10, 25, 60, 140] {
        for times in [0.05, 0.3, 0.8, 0.99, 1.0, 1.01, 1.4, 2.5] {
            let x = f64::from(shape) * times;
            let (below, above) = gamma_tails(f64::from(shape), x);
            let slow = poisson_sum(shape, x);
            assert!((above - slow).abs() < 1e-13, "{shape} {x}: {above} {slow}");
            assert!((below + above - 1.0).abs() < 1e-14);
        }
    }
}

#[test]
fn quantiles_undo_the_tails() {
    for shape in [1.0, 1.5, 4.0, 10.0, 300.0, 20_000.0, 3e6] {
        for p in [1e-9, 0.001, 0.025, 0.3, 0.5, 0.9] {
            let low = gamma_quantile(shape, p, Tail::Lower);
            let high = gamma_quantile(shape, p, Tail::Upper);
            assert!(
                (gamma_tails(shape, low).0 / p - 1.0).abs() < 1e-9,
                "{shape} {p}"
            );
            assert!(
                (gamma_tails(shape, high).1 / p - 1.0).abs() < 1e-9,
                "{shape} {p}"
            );
        }
    }
    // One event: the exponential distribution.
    for p in [0.001_f64, 0.025, 0.4] {
        assert!((gamma_quantile(1.0, p, Tail::Upper) + p.ln()).abs() < 1e-13);
        assert!((gamma_quantile(1.0, p, Tail::Lower) + (-p).ln_1p()).abs() < 1e-13);
    }
}

#[test]
fn t_tails_are_areas() {
    for freedom in [1_u32, 2, 3, 5, 12, 40, 200] {
        for t in [0.01, 0.4, 1.0, 2.0, 3.5, 8.0] {
            let (fast, _) = t_upper(f64::from(freedom), t);
            let slow = t_by_area(freedom, t);
            assert!((fast - slow).abs() < 1e-11, "{freedom} {t}: {fast} {slow}");
        }
    }
}

#[test]
fn t_quantiles_have_closed_forms_and_a_limit() {
    for p in [1e-7_f64, 0.001, 0.025, 0.1, 0.4] {
        let one = (std::f64::consts::PI * (0.5 - p)).tan();
        assert!((t_quantile(1.0, p) / one - 1.0).abs() < 1e-9, "{p}");
        let two = (1.0 - 2.0 * p) * (2.0 * p * (1.0 - p)).sqrt().recip();
        assert!((t_quantile(2.0, p) / two - 1.0).abs() < 1e-12, "{p}");
        let normal = -normal::quantile(p);
        assert!((t_quantile(1e9, p) / normal - 1.0).abs() < 1e-7, "{p}");
    }
    // Printed tables: 10 and 30 degrees of freedom at 95%.
    assert!((t_quantile(10.0, 0.025) - 2.228_138_852).abs() < 1e-9);
    assert!((t_quantile(30.0, 0.025) - 2.042_272_456).abs() < 1e-9);
}
