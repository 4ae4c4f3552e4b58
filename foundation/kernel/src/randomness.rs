//! Randomness as a parameter: the system's for secrets and identifiers, a seed where a run must
//! be repeatable.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where random bytes come from.
pub trait Randomness: Debug + Send + Sync {
    /// Fills the whole of `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// A random number of 64 bits.
    fn next_u64(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

/// The operating system's random source: fit for secrets.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    /// # Panics
    ///
    /// When the operating system has no random source to give. Nothing secret can be made without
    /// one, so the work in hand stops rather than goes on with bytes that could be guessed.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the random source"
    )]
    #[expect(clippy::panic, reason = "guessable bytes would be worse than stopping")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system's random source failed ({error}); restart the machine");
        }
    }
}

/// A repeatable sequence from a seed (`SplitMix64`, Steele, Lea and Flood 2014): the same seed and
/// the same order of calls give the same bytes on every machine. Never for secrets: whoever sees
/// eight bytes can work out all that follow.
#[derive(Debug)]
pub struct SeededRandomness {
    state: AtomicU64,
}

/// The odd constant nearest 2^64 divided by the golden ratio; the state steps by it.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl SeededRandomness {
    /// The sequence that starts from this seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: AtomicU64::new(seed),
        }
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (byte, random) in chunk.iter_mut().zip(self.next_u64().to_le_bytes()) {
                *byte = random;
            }
        }
    }

    fn next_u64(&self) -> u64 {
        let state = self
            .state
            .fetch_add(STEP, Ordering::Relaxed)
            .wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests;
