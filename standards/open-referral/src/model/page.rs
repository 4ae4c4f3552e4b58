//! What the API says around entities.

use serde::{Deserialize, Serialize};

use crate::value::Uri;

/// One page of a list (schema `Page` of the profile's `openapi.json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// How many there are on all pages.
    pub total_items: usize,
    /// How many pages there are.
    pub total_pages: usize,
    /// Which page this is, from 1.
    pub page_number: usize,
    /// How many are on this page.
    pub size: usize,
    /// Whether this is the first page.
    pub first_page: bool,
    /// Whether this is the last page.
    pub last_page: bool,
    /// Whether nothing is on this page.
    pub empty: bool,
    /// What is on this page.
    pub contents: Vec<T>,
}

impl<T> Page<T> {
    /// A page, of `per_page` entries at most, of a list of `total_items`.
    pub fn new(contents: Vec<T>, total_items: usize, page_number: usize, per_page: usize) -> Self {
        let total_pages = total_items.div_ceil(per_page.max(1));
        Self {
            total_items,
            total_pages,
            page_number,
            size: contents.len(),
            first_page: page_number <= 1,
            last_page: page_number >= total_pages,
            empty: contents.is_empty(),
            contents,
        }
    }
}

/// What the root of an API says of it (the operation `getAPIMetaInformation`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiDetails {
    /// The version of the standard, such as `HSDS-UK-3.0`.
    pub version: String,
    /// Where the profile is described.
    pub profile: Uri,
    /// Where the API is described.
    pub openapi_url: Uri,
}
