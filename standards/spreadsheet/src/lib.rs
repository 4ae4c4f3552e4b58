//! Spreadsheets (XLSX) as plain sheets of cells: read leniently, written strictly.
//!
//! [`read`] takes what office programs and their users make: styles, drawings and column orders do not
//! matter, a formula counts as the value stored beside it. A file that is too large, would unpack to too
//! much, or cannot be read safely is refused before it costs anything; a cell that holds an error is
//! told with its sheet and cell. [`write`] makes the same bytes from the same sheets, and text in them is
//! never a formula.
//!
//! This crate must not know what a sheet means: no headings, cases or partners, no money but its format,
//! no files and no clock. It knows no other crate of the product.

mod cell;
mod error;
mod read;
mod write;

pub use cell::{Sheet, Value, Workbook, cell_name};
pub use error::{CellMistake, ReadError, WriteError};
pub use read::{LARGEST_FILE, read, read_sheets};
pub use write::{Created, Look, write};
