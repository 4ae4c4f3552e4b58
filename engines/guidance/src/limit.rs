//! How much a flow may hold: what people can read and a machine can try.

/// The longest text of a flow, in bytes.
pub const LONGEST_FLOW: usize = 256 * 1024;
/// The most characters of one piece of words.
pub const LONGEST_WORDS: usize = 5_000;
/// The most options of which several may be chosen: every set of them is tried.
pub const MOST_CHOICES: usize = 12;

/// The most options of which one is chosen.
pub(crate) const MOST_OPTIONS: usize = 40;
/// The most questions, values and outcomes, each.
pub(crate) const MOST_PARTS: usize = 100;
/// The most characters of a condition.
pub(crate) const LONGEST_CONDITION: usize = 2_000;
/// How deep a condition may be nested.
pub(crate) const DEEPEST: usize = 40;
/// The most steps that working out one condition may take, the values in it included.
pub(crate) const HEAVIEST: usize = 5_000;
/// The most characters of a text answer, unless a question allows fewer.
pub(crate) const LONGEST_ANSWER: usize = 2_000;
