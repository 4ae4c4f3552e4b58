//! Pages of a long list, by the key of the last row seen, so that rows that come and go between
//! two pages are neither repeated nor lost.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Where the next page begins: the sort key of the last row of this one, opaque to callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(Vec<String>);

/// A cursor that this server did not give out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the cursor is not one that this server gave out; begin again without it")]
pub struct CursorError;

/// How many rows a page holds: 1 to 200, 50 unless told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(i64);

/// Some rows and where the rest begin.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// The next page's cursor, when there is a next page.
    pub next: Option<Cursor>,
}

/// Longer than any key that a list sorts by, shorter than an address may be.
const LONGEST: usize = 6_000;

impl Cursor {
    /// A cursor after the row with this key.
    pub fn after<I: IntoIterator<Item = S>, S: Into<String>>(key: I) -> Self {
        Self(key.into_iter().map(Into::into).collect())
    }

    /// The parts of the key; the list that made the cursor knows how many there are.
    ///
    /// # Errors
    /// [`CursorError`] when there are not exactly `N`.
    pub fn parts<const N: usize>(&self) -> Result<&[String; N], CursorError> {
        self.0.as_slice().try_into().map_err(|_| CursorError)
    }
}

impl fmt::Display for Cursor {
    /// Hexadecimal of the parts, each ended by a zero byte: safe in any address.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            part.bytes()
                .chain([0])
                .try_for_each(|byte| write!(out, "{byte:02x}"))?;
        }
        Ok(())
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > LONGEST {
            return Err(CursorError);
        }
        let digits: Vec<char> = text.chars().collect();
        let bytes: Option<Vec<u8>> = digits
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => {
                    let value = high.to_digit(16)? * 16 + low.to_digit(16)?;
                    u8::try_from(value).ok()
                }
                _ => None,
            })
            .collect();
        let bytes = bytes.ok_or(CursorError)?;
        let Some((0, body)) = bytes.split_last() else {
            return Err(CursorError);
        };
        body.split(|byte| *byte == 0)
            .map(|part| String::from_utf8(part.to_vec()).map_err(|_| CursorError))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(50)
    }
}

impl PageSize {
    /// A size from 1 to 200.
    pub fn new(size: i64) -> Option<Self> {
        (1..=200).contains(&size).then_some(Self(size))
    }

    /// One row more than the page holds: the row that shows whether there is a next page.
    pub fn with_one_more(self) -> i64 {
        self.0 + 1
    }
}

impl<T> Page<T> {
    /// Cuts a page from rows fetched with [`PageSize::with_one_more`].
    pub fn cut(mut rows: Vec<T>, size: PageSize, key: impl Fn(&T) -> Cursor) -> Self {
        let size = usize::try_from(size.0).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(key);
        Self { items: rows, next }
    }
}
