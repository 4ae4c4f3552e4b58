//! Record linkage: which records are of one person, with the evidence in bits.
//!
//! The crate compares records that it is given. It must not know where they come from, who may see
//! them or what is done with the answer: it has no files, no clock and no randomness, and of the
//! workspace it knows the kernel at most.

pub mod splink;
