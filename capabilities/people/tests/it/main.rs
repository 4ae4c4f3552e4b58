//! People on both databases.

mod finding;
mod matching;
mod people;
