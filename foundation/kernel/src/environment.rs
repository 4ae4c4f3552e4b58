//! What a piece of work is given instead of globals: a clock, randomness and new identifiers.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use crate::{
    Clock, FixedClock, IdSequence, Randomness, SeededRandomness, SystemClock, SystemRandomness,
    TypedId,
};

/// Clock, randomness and identity, passed to whatever needs them. Clones share all three.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub randomness: Arc<dyn Randomness>,
    ids: Arc<IdSequence>,
}

impl Environment {
    /// An environment of this clock and this randomness.
    pub fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self {
            clock,
            randomness,
            ids: Arc::new(IdSequence::new()),
        }
    }

    /// The machine's own clock and random source. Made once, where the process starts: identifiers
    /// are in order among the clones of one environment.
    pub fn system() -> Self {
        Self::new(Arc::new(SystemClock::new()), Arc::new(SystemRandomness))
    }

    /// A repeatable environment: the clock stands at `at`, randomness and identifiers follow from
    /// `seed`. For generated histories and tests; never for anything secret.
    pub fn seeded(at: Timestamp, seed: u64) -> Self {
        Self::new(
            Arc::new(FixedClock::new(at)),
            Arc::new(SeededRandomness::new(seed)),
        )
    }

    /// The present instant, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The present date in London.
    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// A new identifier, later than every one this environment and its clones gave before.
    pub fn id<T: TypedId>(&self) -> T {
        T::from(self.ids.next(self.clock.now(), &*self.randomness))
    }
}

#[cfg(test)]
mod tests;
