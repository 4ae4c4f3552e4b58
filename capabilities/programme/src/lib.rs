//! The business case of a programme.
//!
//! A case is a document in TOML, which `stour-appraisal` reads and works out. Here it becomes a workbook
//! that can be filled in, and a document again. This crate must not know how a case is computed.

pub mod workbook;
