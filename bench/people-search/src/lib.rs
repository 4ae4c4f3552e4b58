//! What benches of people share: a population, and what a piece of work took.

pub mod clock;
pub mod population;
