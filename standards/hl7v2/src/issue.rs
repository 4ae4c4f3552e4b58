//! Faults that leave a message readable.

use crate::{path::Path, ts::TsError};

/// Something wrong with one place of a message that could otherwise be read: kept, not lost, and
/// not a reason to refuse the rest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Issue {
    /// A date or time that cannot be read.
    #[error("{path}: {error}")]
    Time {
        /// Where it stands.
        path: Path,
        /// What is wrong with it.
        error: TsError,
    },
    /// A line that doesn't begin with a segment name, most often text broken over two lines.
    #[error(
        "segment {segment} begins with {found:?}, which is not a segment name; write line breaks inside text as \\.br\\"
    )]
    SegmentName {
        /// Which segment, from 1.
        segment: usize,
        /// Its first few characters.
        found: String,
    },
}
