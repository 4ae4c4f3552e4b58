//! The versions of the standard, and how a page of each is written.

use serde::Serialize;
use serde_json::Value;

/// A version of Open Referral UK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Version {
    /// Open Referral UK 1.0.
    #[serde(rename = "1.0")]
    V1,
    /// The UK profile of HSDS 3.0.
    #[serde(rename = "3.0")]
    V3,
}

/// The names of what a page says of itself.
pub(super) struct Envelope {
    pub(super) contents: &'static str,
    pub(super) total_items: &'static str,
    pub(super) total_pages: &'static str,
    pub(super) number: &'static str,
    pub(super) size: &'static str,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) empty: &'static str,
}

const V1: Envelope = Envelope {
    contents: "content",
    total_items: "totalElements",
    total_pages: "totalPages",
    number: "number",
    size: "size",
    first: "first",
    last: "last",
    empty: "empty",
};

const V3: Envelope = Envelope {
    contents: "contents",
    total_items: "total_items",
    total_pages: "total_pages",
    number: "page_number",
    size: "size",
    first: "first_page",
    last: "last_page",
    empty: "empty",
};

impl Version {
    /// `1.0` or `3.0`.
    pub fn number(self) -> &'static str {
        match self {
            Self::V1 => "1.0",
            Self::V3 => "3.0",
        }
    }

    /// What a feed calls itself: `HSDS-UK-3.0`, `HSDS 3.0`, `3.0`, `1.0`.
    pub(super) fn named(text: &str) -> Option<Self> {
        let number = text.rsplit(|character: char| !character.is_ascii_digit() && character != '.');
        let number = number.into_iter().find(|part| !part.is_empty())?;
        match number.split('.').next() {
            Some("1") => Some(Self::V1),
            Some("3") => Some(Self::V3),
            _ => None,
        }
    }

    /// What a page of services shows itself to be.
    pub(super) fn of_page(page: &Value) -> Option<Self> {
        let has = |name| page.get(name).is_some_and(Value::is_array);
        match (has(V3.contents), has(V1.contents)) {
            (true, _) => Some(Self::V3),
            (false, true) => Some(Self::V1),
            _ => None,
        }
    }

    /// How it writes a page.
    pub(super) fn envelope(self) -> &'static Envelope {
        match self {
            Self::V1 => &V1,
            Self::V3 => &V3,
        }
    }
}
