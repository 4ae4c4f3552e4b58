//! The `stour` program: the list of capabilities, how the house is opened, and the command line.
//!
//! The program knows every capability by name and nothing of what is inside one. What a command does
//! belongs to the capability or the foundation crate that it serves; here it is opened, told to the
//! user, and given an exit code. Made-up people are loaded here too, because a population touches
//! every capability and none of them may know the others.

pub mod capabilities;
mod command;
pub mod demonstration;
pub mod open;
pub mod operator;
pub mod population;
pub mod program;
pub mod progress;
