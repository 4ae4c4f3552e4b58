//! The policies against an oracle written separately from them, against damaged facts, and against mutants.

mod damage;
mod golden;
mod loading;
mod matrix;
mod mutants;
mod oracle;
mod world;
