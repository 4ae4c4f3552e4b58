//! Postcodes and where they are.
//!
//! Contains OS data © Crown copyright and database right; contains Royal Mail data; source ONS licensed under OGL v3.0.

mod grid;
mod import;
mod store;
mod table;
mod typed;

pub(crate) use import::IMPORT;
pub(crate) use store::{TOPIC, imprint, postcodes};
pub(crate) use table::Postcodes;
pub(crate) use typed::Located;

/// What pages that use postcodes must say.
pub(crate) const ATTRIBUTION: &str = "Contains OS data © Crown copyright and database right; contains Royal Mail data; source ONS licensed under OGL v3.0";
