//! Quantiles computed with forty-digit arithmetic (a root of the complementary error function).

use super::quantile;

const EXPECTED: [(f64, f64); 15] = [
    (1e-300, -37.047_096_299_361_2),
    (1e-20, -9.262_340_089_798_407),
    (1e-7, -5.199_337_582_192_817),
    (0.000_5, -3.290_526_731_491_895),
    (0.001, -3.090_232_306_167_813_5),
    (0.01, -2.326_347_874_040_841),
    (0.025, -1.959_963_984_540_054_2),
    (0.05, -1.644_853_626_951_472_7),
    (0.075, -1.439_531_470_938_456),
    (0.1, -1.281_551_565_544_600_4),
    (0.3, -0.524_400_512_708_040_8),
    (0.49, -0.025_068_908_258_711_058),
    (0.5, 0.0),
    (0.6, 0.253_347_103_135_799_7),
    (0.99, 2.326_347_874_040_841),
];

#[test]
fn agrees_with_forty_digit_arithmetic() {
    for (p, z) in EXPECTED {
        let error = (quantile(p) - z).abs();
        assert!(
            error <= 1e-15 * z.abs().max(1.0),
            "quantile({p}) is {} not {z}",
            quantile(p)
        );
    }
}

#[test]
fn both_tails_are_alike() {
    for p in [0.001, 0.01, 0.05, 0.074, 0.076, 0.2, 0.4] {
        assert!((quantile(p) + quantile(1.0 - p)).abs() < 1e-13, "at {p}");
    }
}
