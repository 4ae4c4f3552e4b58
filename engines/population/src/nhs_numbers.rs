//! Every valid NHS number of the 999 range, in an order that looks random.

use stour_kernel::NhsNumber;

use crate::random::{Purpose, Seed, place};

/// The first nine digits of the 999 range run from 999 000 000 to 999 999 999.
const FIRST: u32 = 999_000_000;

/// A shuffled list of the numbers of the 999 range that have a check digit: about ten in eleven of a million.
#[derive(Debug, Clone)]
pub(crate) struct NhsNumbers {
    numbers: Vec<NhsNumber>,
}

impl NhsNumbers {
    pub(crate) fn new(seed: Seed) -> Self {
        let mut numbers: Vec<NhsNumber> = (FIRST..FIRST + 1_000_000)
            .filter_map(NhsNumber::from_first_nine)
            .filter(|number| !number.is_repeated_digit())
            .collect();
        seed.stream(Purpose::NhsNumbers, 0).shuffle(&mut numbers);
        Self { numbers }
    }

    /// The number of the person at this index; none beyond the range.
    pub(crate) fn at(&self, index: u64) -> Option<NhsNumber> {
        self.numbers.get(place(index)).copied()
    }
}
