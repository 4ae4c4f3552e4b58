use super::{Distribution, UncertainDocument};

fn made(text: &str) -> Distribution {
    let document: UncertainDocument = toml::from_str(&format!(
        "input = \"a.impact\"\nsource = \"made up\"\n{text}"
    ))
    .unwrap();
    document.check(-1e9, 1e9).unwrap()
}

/// Mean and standard deviation by evenly spaced probabilities.
fn moments(distribution: &Distribution) -> (f64, f64) {
    let count = 200_000;
    let values: Vec<f64> = (0..count)
        .map(|step| distribution.quantile((f64::from(step) + 0.5) / f64::from(count)))
        .collect();
    let mean = values.iter().sum::<f64>() / f64::from(count);
    let variance = values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / f64::from(count);
    (mean, variance.sqrt())
}

#[test]
fn each_has_the_mean_and_spread_of_its_formula() {
    for (text, mean, sd) in [
        (
            "distribution = \"triangular\"\nlow = 1\nmode = 2\nhigh = 6",
            3.0,
            (14.0_f64 / 12.0 * 1.0).sqrt(),
        ),
        // PERT: mean (low + 4 mode + high) / 6, variance (mean − low)(high − mean) / 7.
        (
            "distribution = \"pert\"\nlow = 1\nmode = 2\nhigh = 6",
            2.5,
            (1.5_f64 * 3.5 / 7.0).sqrt(),
        ),
        (
            "distribution = \"pert\"\nlow = 0\nmode = 0\nhigh = 1",
            1.0 / 6.0,
            (5.0_f64 / 36.0 / 7.0).sqrt(),
        ),
        (
            "distribution = \"uniform\"\nlow = 2\nhigh = 4",
            3.0,
            (4.0_f64 / 12.0).sqrt(),
        ),
        ("distribution = \"lognormal\"\nmean = 10\nsd = 3", 10.0, 3.0),
        (
            "distribution = \"normal-interval\"\np10 = -5\np90 = 15",
            10.0 - 5.0,
            20.0 / 2.563_103,
        ),
    ] {
        let (found_mean, found_sd) = moments(&made(text));
        assert!(
            (found_mean - mean).abs() < 2e-3 * mean.abs(),
            "{text}: {found_mean}"
        );
        assert!(
            (found_sd - sd).abs() < 2e-3 * sd,
            "{text}: {found_sd} against {sd}"
        );
    }
}

#[test]
fn a_lognormal_by_median_and_mean_has_both() {
    let distribution = made("distribution = \"lognormal\"\nmedian = 8\nmean = 10");
    assert!((distribution.quantile(0.5) - 8.0).abs() < 1e-9);
    assert!((moments(&distribution).0 - 10.0).abs() < 0.01);
}

#[test]
fn quantiles_rise_and_stay_within_their_bounds() {
    for text in [
        "distribution = \"triangular\"\nlow = 1\nmode = 1\nhigh = 6",
        "distribution = \"pert\"\nlow = 1\nmode = 6\nhigh = 6",
    ] {
        let distribution = made(text);
        let mut last = 1.0;
        for step in 1..10_000 {
            let value = distribution.quantile(f64::from(step) / 10_000.0);
            assert!(value >= last && value <= 6.0, "{text}: {value}");
            last = value;
        }
    }
}

#[test]
fn what_a_distribution_lacks_is_said() {
    for (text, reason) in [
        (
            "distribution = \"pert\"\nlow = 1\nhigh = 2",
            "low, mode and high",
        ),
        (
            "distribution = \"triangular\"\nlow = 3\nmode = 2\nhigh = 4",
            "not in order",
        ),
        (
            "distribution = \"uniform\"\nlow = 2\nhigh = 2",
            "not in order",
        ),
        (
            "distribution = \"uniform\"\nlow = -2\nhigh = 2",
            "beyond what the input may be",
        ),
        ("distribution = \"lognormal\"\nmean = 0\nsd = 2", "above 0"),
        (
            "distribution = \"lognormal\"\nmean = 5\nmedian = 6",
            "above its median",
        ),
        (
            "distribution = \"normal-interval\"\nmean = 5\nsd = 6",
            "p10 and p90",
        ),
    ] {
        let document: UncertainDocument = toml::from_str(&format!(
            "input = \"a.impact\"\nsource = \"made up\"\n{text}"
        ))
        .unwrap();
        let refused = document.check(0.0, 1e9).unwrap_err();
        assert!(refused.contains(reason), "{text}: {refused}");
    }
}
