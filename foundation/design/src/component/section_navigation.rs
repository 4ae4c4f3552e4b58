//! The pages of one thing, in a row.

use maud::{Markup, Render, html};

/// A row of links to the pages of one thing, this page marked.
#[derive(Debug, Clone)]
pub struct SectionNavigation {
    /// What the row is called for those who hear it.
    pub label: String,
    /// Words, address, and whether it is this page.
    pub pages: Vec<(String, String, bool)>,
}

impl SectionNavigation {
    /// A row of pages.
    pub fn new<T: Into<String>>(
        label: impl Into<String>,
        pages: impl IntoIterator<Item = (T, String, bool)>,
    ) -> Self {
        let pages = pages.into_iter();
        Self {
            label: label.into(),
            pages: pages
                .map(|(words, href, here)| (words.into(), href, here))
                .collect(),
        }
    }
}

impl Render for SectionNavigation {
    fn render(&self) -> Markup {
        html! {
            nav.stour-sections aria-label=(self.label) {
                ul {
                    @for (words, href, here) in &self.pages {
                        li { a href=(href) aria-current=[here.then_some("page")] { (words) } }
                    }
                }
            }
        }
    }
}
