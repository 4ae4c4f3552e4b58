//! What benches of people share: a population of any size, made anew the same for each seed, and the time on
//! the wall and of the CPU that a piece of work took.
//!
//! It must not know what a bench measures with them, nor hold anything that the product uses.

pub mod clock;
pub mod population;
