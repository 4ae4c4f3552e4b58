use super::{probability, quantile};

#[test]
fn agrees_with_published_values() {
    // Abramowitz and Stegun, table 26.1 and 26.6 to their digits.
    for (z, p) in [
        (0.0, 0.5),
        (1.0, 0.841_344_746_068_543),
        (-1.0, 0.158_655_253_931_457),
        (2.0, 0.977_249_868_051_821),
        (3.0, 0.998_650_101_968_370),
        (-5.0, 2.866_515_718_791_946e-7),
    ] {
        assert!(
            (probability(z) - p).abs() < 1e-14,
            "{z}: {}",
            probability(z)
        );
    }
    assert!((quantile(0.9) - 1.281_551_565_544_600_4).abs() < 1e-13);
    assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-13);
}

#[test]
fn the_quantile_undoes_the_probability() {
    for step in 1..2_000 {
        let p = f64::from(step) / 2_000.0;
        assert!((probability(quantile(p)) - p).abs() < 1e-14, "{p}");
    }
    for p in [1e-12, 1e-8, 1e-4] {
        assert!((probability(quantile(p)) / p - 1.0).abs() < 1e-8, "{p}");
    }
}
