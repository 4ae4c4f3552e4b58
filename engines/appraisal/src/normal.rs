//! The standard normal distribution.

use std::f64::consts::TAU;

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The probability of a value below `z`, to about 15 digits: Hart's rational approximation as given by
/// G. West, "Better approximations to cumulative normal functions", Wilmott (2005).
pub(crate) fn probability(z: f64) -> f64 {
    const OVER: [f64; 7] = [
        0.035_262_496_599_891_1,
        0.700_383_064_443_688,
        6.373_962_203_531_65,
        33.912_866_078_383,
        112.079_291_497_871,
        221.213_596_169_931,
        220.206_867_912_376,
    ];
    const UNDER: [f64; 8] = [
        0.088_388_347_648_318_4,
        1.755_667_163_182_64,
        16.064_177_579_207,
        86.780_732_202_946_1,
        296.564_248_779_674,
        637.333_633_378_831,
        793.826_512_519_948,
        440.413_735_824_752,
    ];
    let size = z.abs();
    let tail = if size > 37.0 {
        0.0
    } else {
        let density = (-size * size / 2.0).exp();
        if size < 7.071_067_811_865_47 {
            density * polynomial(&OVER, size) / polynomial(&UNDER, size)
        } else {
            let fraction = size + 1.0 / (size + 2.0 / (size + 3.0 / (size + 4.0 / (size + 0.65))));
            density / fraction / TAU.sqrt()
        }
    };
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The value below which one falls with probability `p`, for 0 < `p` < 1: P. J. Acklam's rational
/// approximation, made exact to about 14 digits by one step of Halley's method.
pub(crate) fn quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -quantile(1.0 - p);
    }
    let near = approximate(p);
    let error = (probability(near) - p) * TAU.sqrt() * (near * near / 2.0).exp();
    near - error / (1.0 + near * error / 2.0)
}

/// For 0 < `p` ≤ 0.5.
fn approximate(p: f64) -> f64 {
    const MIDDLE_OVER: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const MIDDLE_UNDER: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const TAIL_OVER: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const TAIL_UNDER: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    if p < 0.024_25 {
        let q = (-2.0 * p.ln()).sqrt();
        polynomial(&TAIL_OVER, q) / polynomial(&TAIL_UNDER, q)
    } else {
        let q = p - 0.5;
        let r = q * q;
        polynomial(&MIDDLE_OVER, r) * q / polynomial(&MIDDLE_UNDER, r)
    }
}

#[cfg(test)]
mod tests;
