//! Why bytes are not a message, and where.

use std::fmt;

use crate::{charset::Charset, encoding::EncodingError};

/// Where in a message something is wrong. Numbers are HL7's own, from 1; 0 means "not known".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Which segment, counting every line that isn't blank.
    pub segment: usize,
    /// Its name, as far as it can be read.
    pub name: String,
    /// Which segment of that name.
    pub occurrence: usize,
    /// Which field.
    pub field: usize,
    /// How many bytes of the message come before the fault.
    pub offset: usize,
}

impl Place {
    /// Walks the message to `offset`. `line_feeds` says whether a lone line feed ends a segment.
    pub(crate) fn find(bytes: &[u8], offset: usize, separator: u8, line_feeds: bool) -> Self {
        let before = bytes.get(..offset).unwrap_or(bytes);
        let is_end = |byte: &u8| *byte == b'\r' || (line_feeds && *byte == b'\n');
        let lines: Vec<&[u8]> = before.split(is_end).collect();
        let Some((line, earlier)) = lines.split_last() else {
            return Self::default();
        };
        let segments = earlier
            .iter()
            .filter(|line| !line.trim_ascii().is_empty())
            .count();
        let start = offset.saturating_sub(line.len());
        let whole = bytes.get(start..).unwrap_or(&[]);
        let name_of = |line: &[u8]| -> String {
            let end = line
                .iter()
                .position(|byte| *byte == separator || is_end(byte));
            let name = line.get(..end.unwrap_or(line.len()).min(3)).unwrap_or(&[]);
            name.iter()
                .filter(|b| b.is_ascii_graphic())
                .map(|b| char::from(*b))
                .collect()
        };
        let name = name_of(whole);
        let occurrence = earlier.iter().filter(|line| name_of(line) == name).count() + 1;
        let separators = line.split(|byte| *byte == separator).count() - 1;
        let field = if matches!(name.as_str(), "MSH" | "FHS" | "BHS") && separators > 0 {
            separators + 1
        } else {
            separators
        };
        Self {
            segment: segments + 1,
            name,
            occurrence,
            field,
            offset,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "segment {}", self.segment)?;
        if !self.name.is_empty() {
            write!(f, " ({})", self.name)?;
        }
        if self.field > 0 {
            write!(f, ", field {}", self.field)?;
        }
        write!(f, ", byte {}", self.offset)
    }
}

/// Why bytes could not be read as a message. The text says where, why and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ParseError {
    /// Where the fault is.
    pub place: Place,
    /// What it is.
    pub reason: Reason,
}

impl ParseError {
    pub(crate) fn new(place: Place, reason: Reason) -> Self {
        Self { place, reason }
    }

    pub(crate) fn at_start(offset: usize, reason: Reason) -> Self {
        Self::new(
            Place {
                segment: 1,
                offset,
                ..Place::default()
            },
            reason,
        )
    }
}

/// What is wrong with a message that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// No bytes, or only line ends.
    #[error("the message is empty; send at least an MSH segment")]
    Empty,
    /// Larger than [`Limits::bytes`](crate::Limits::bytes).
    #[error(
        "the message has {size} bytes and the limit is {limit}; send documents another way, or raise the limit"
    )]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// More segments than [`Limits::segments`](crate::Limits::segments).
    #[error("more than {limit} segments; split the message, or raise the limit")]
    TooManySegments {
        /// The limit.
        limit: usize,
    },
    /// A segment with more fields than [`Limits::fields`](crate::Limits::fields).
    #[error(
        "more than {limit} fields in one segment; escape separators in text, or raise the limit"
    )]
    TooManyFields {
        /// The limit.
        limit: usize,
    },
    /// The first segment isn't MSH.
    #[error("the message begins with {found:?}; the first segment must be MSH")]
    NoHeader {
        /// The first few characters, printable ones only.
        found: String,
    },
    /// MSH-1 or MSH-2 cannot be used.
    #[error("{0}")]
    Encoding(EncodingError),
    /// UTF-16 or UTF-32 bytes, which MLLP cannot carry.
    #[error("the message is in UTF-16 or UTF-32; send it as UTF-8 and say UNICODE UTF-8 in MSH-18")]
    WideCharacters,
    /// MSH-18 names a character set that isn't known here.
    #[error("character set {name:?} is not supported; send UTF-8 and say UNICODE UTF-8 in MSH-18")]
    UnknownCharset {
        /// What MSH-18 says.
        name: String,
    },
    /// A byte that the character set doesn't have.
    #[error(
        "byte 0x{byte:02X} is not {charset}, the character set this message is in; say in MSH-18 which one was used"
    )]
    Byte {
        /// The byte.
        byte: u8,
        /// The character set declared in MSH-18 or by a byte order mark.
        charset: Charset,
    },
}
