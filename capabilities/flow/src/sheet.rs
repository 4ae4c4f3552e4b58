//! Long lists of people, a page at a time: nobody reads hundreds of rows, and of those who are not shown nothing is read.

use serde::Deserialize;
use stour_design::{Markup, Pagination, html};

/// How many rows a page has.
const ROWS: usize = 50;

/// Which page an address asks for: `?page=2`. What is no page of the list counts as the nearest that is.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Turned {
    #[serde(default)]
    pub(crate) page: String,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet<T> {
    /// Its rows.
    pub(crate) rows: Vec<T>,
    /// Which it is, from 1.
    pub(crate) number: usize,
    all: usize,
}

impl<T> Sheet<T> {
    /// The page of a whole list that is asked for, from 1.
    pub(crate) fn of(whole: Vec<T>, page: &str) -> Self {
        let all = whole.len();
        let pages = all.div_ceil(ROWS).max(1);
        let number = page.parse::<usize>().unwrap_or(1).clamp(1, pages);
        let rows = whole.into_iter().skip((number - 1) * ROWS).take(ROWS);
        Self {
            rows: rows.collect(),
            number,
            all,
        }
    }

    /// Where in the list the page is, and the ways to the others. Nothing where it has everybody.
    pub(crate) fn ways(&self, address: impl Fn(usize) -> String) -> Markup {
        let first = (self.number - 1) * ROWS;
        let number = |page: usize| u64::try_from(page).unwrap_or(u64::MAX);
        let address = |page: u64| address(usize::try_from(page).unwrap_or(usize::MAX));
        html! {
            @if self.all > ROWS {
                p { (first + 1) " to " (first + self.rows.len()) " of " (self.all) " are shown." }
                (Pagination::numbered(number(self.number), number(self.all.div_ceil(ROWS)), address))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn the_pages_of_a_list_are_the_list() {
        for all in [0, 1, 49, 50, 51, 100, 125] {
            let list: Vec<usize> = (0..all).collect();
            let pages = all.div_ceil(50).max(1);
            let read: Vec<usize> = (1..=pages)
                .flat_map(|page| Sheet::of(list.clone(), &page.to_string()).rows)
                .collect();
            assert_eq!(read, list);
        }
    }

    #[test]
    fn what_is_no_page_is_the_nearest_that_is() {
        let list: Vec<usize> = (0..125).collect();
        let first = |page: &str| Sheet::of(list.clone(), page).rows.first().copied();
        for (page, row) in [
            ("", 0),
            ("0", 0),
            ("-1", 0),
            ("two", 0),
            ("3", 100),
            ("99", 100),
        ] {
            assert_eq!(first(page), Some(row), "{page}");
        }
    }

    #[test]
    fn a_list_that_fits_says_nothing_of_pages() {
        let ways = |all: usize, page: &str| {
            let list = Sheet::of((0..all).collect::<Vec<_>>(), page);
            list.ways(|page| format!("/hub?page={page}")).into_string()
        };
        assert_eq!(ways(50, "1"), "");
        let second = ways(125, "2");
        assert!(second.contains("51 to 100 of 125 are shown."), "{second}");
        assert!(second.contains("/hub?page=1") && second.contains("/hub?page=3"));
    }
}
