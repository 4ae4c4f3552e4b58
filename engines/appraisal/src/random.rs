//! Random numbers that depend on a seed, what they are for and which draw it is, and on nothing else.

use crate::number;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The numbers of one input. Those of other inputs do not change when one is added or taken away, so
/// that two versions of a case are compared by the same luck.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream(u64);

impl Stream {
    /// The stream of this name.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let name = name
            .bytes()
            .fold(GOLDEN, |hash, byte| mix(hash ^ u64::from(byte)));
        Self(mix(mix(seed ^ GOLDEN) ^ name))
    }

    /// The number of this draw, strictly between 0 and 1: `SplitMix64`, entered at any place.
    pub(crate) fn unit(self, draw: u64) -> f64 {
        number::unit(mix(self
            .0
            .wrapping_add(draw.wrapping_add(1).wrapping_mul(GOLDEN))))
    }
}
