//! Sets of records with known truth, of any size, and how rightly a program linked them.
//!
//! The generator makes households, the people in them, an index that holds most of them, and records of them that
//! other organisations would send, with the errors that such records have. What it makes depends on the seed alone.
//! Rates are those of a model, not of any register: compare programs with them, and claim nothing else.
//!
//! This crate must not know the program that is measured: that one is run as any other program would run it.

mod errors;
pub mod national;
mod people;
mod random;
pub mod score;
mod set;
mod typing;
mod words;

pub use set::{MAXIMUM_ROWS, Options, Row, generate, write};
pub use words::Vocabulary;

#[cfg(test)]
mod tests;
