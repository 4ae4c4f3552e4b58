//! Why a workbook is refused.

use std::fmt::{self, Display};

use thiserror::Error;

/// A cell that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellMistake {
    /// The sheet.
    pub sheet: String,
    /// Its row, counted from 1.
    pub row: usize,
    /// The cell, such as `C7`.
    pub cell: String,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Display for CellMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}!{}: {}", self.sheet, self.cell, self.reason)
    }
}

fn each(mistakes: &[CellMistake]) -> String {
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    told.join("\n")
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// More bytes than are taken.
    #[error("the file is larger than 5 MB: take out pictures and sheets that are not needed")]
    TooLarge,
    /// The older format.
    #[error("this is a workbook of the older kind (.xls): save it as an Excel workbook (.xlsx)")]
    OldFormat,
    /// Encrypted.
    #[error("the workbook is protected by a password: save a copy without one")]
    Password,
    /// Something else altogether.
    #[error("this is not an Excel workbook (.xlsx): save it as one; another name is not enough")]
    NotAWorkbook,
    /// A zip that is a workbook no longer.
    #[error("the workbook is damaged: open it in a spreadsheet program and save it again ({0})")]
    Damaged(String),
    /// Unpacked, it is larger than is taken.
    #[error("the workbook unpacks to more than 40 MB, or to too many parts: it is not read")]
    TooMuchUnpacked,
    /// A document type or entities of its own, which no spreadsheet program writes.
    #[error(
        "the workbook declares XML entities, which no spreadsheet program does: it is not read"
    )]
    Entities,
    /// Too many sheets.
    #[error("the workbook has {0} sheets: at most 64 are read")]
    TooManySheets(usize),
    /// Too many cells that hold something.
    #[error("the workbook has more than 200,000 cells that hold something: it is not read")]
    TooManyCells,
    /// Cells so far from the others that the gap cannot be kept.
    #[error("{sheet}!{cell} is too far from the other cells: clear it, or move it to them")]
    TooFar {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
    },
    /// More text than is taken.
    #[error("the workbook has more than 20 MB of text in its cells: it is not read")]
    TooMuchText,
    /// Cells that hold errors, formulas without a value, lengths of time, or are merged.
    #[error("{}", each(.0))]
    Cells(Vec<CellMistake>),
}

/// Why sheets cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A name, or a cell, that a workbook cannot have.
    #[error("the sheet {sheet:?} cannot be written: {reason}")]
    Sheet {
        /// The sheet.
        sheet: String,
        /// What is wrong.
        reason: String,
    },
    /// The workbook as a whole.
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
}
