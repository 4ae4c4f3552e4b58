//! From one page of results, or of a document, to the next.

use maud::{Markup, Render, html};

use super::icon::Icon;
use crate::Content;

/// A way to the page before or after.
#[derive(Debug, Clone, Default)]
pub struct PaginationLink {
    /// Where it leads.
    pub href: String,
    /// What it says; "Previous" or "Next" when `None`.
    pub text: Option<Content>,
    /// What that page is called, for pages that are not numbered.
    pub label: Option<Content>,
}

impl PaginationLink {
    /// "Previous" or "Next".
    pub fn to(href: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            ..Self::default()
        }
    }
}

/// One of numbered pages.
#[derive(Debug, Clone)]
pub enum Page {
    /// A page.
    Number {
        /// Its number, from 1.
        number: u64,
        /// Where it is.
        href: String,
        /// The page on show.
        current: bool,
    },
    /// Pages left out.
    Gap,
}

/// From one page to the next: numbered pages of a list, or named pages of a document.
#[derive(Debug, Clone, Default)]
pub struct Pagination {
    /// The page before.
    pub previous: Option<PaginationLink>,
    /// The page after.
    pub next: Option<PaginationLink>,
    /// Numbered pages.
    pub pages: Vec<Page>,
}

impl Pagination {
    /// Numbered pages of a list: the first, the last, the current one and its neighbours, with gaps between.
    /// `address` gives where a page is. Nothing when all fits on one page.
    pub fn numbered(current: u64, last: u64, address: impl Fn(u64) -> String) -> Self {
        let near = current.saturating_sub(1)..=current.saturating_add(1);
        let mut pages = Vec::new();
        let mut before = 0_u64;
        if last > 1 {
            let shown = std::iter::once(1).chain(near).chain(std::iter::once(last));
            let mut shown = shown
                .filter(|number| (1..=last).contains(number))
                .collect::<Vec<u64>>();
            shown.sort_unstable();
            shown.dedup();
            for number in shown {
                if number > before.saturating_add(1) {
                    pages.push(Page::Gap);
                }
                pages.push(Page::Number {
                    number,
                    href: address(number),
                    current: number == current,
                });
                before = number;
            }
        }
        let link = |number: u64| PaginationLink::to(address(number));
        Self {
            previous: (last > 1 && current > 1).then(|| link(current.saturating_sub(1))),
            next: (current < last).then(|| link(current.saturating_add(1))),
            pages,
        }
    }

    fn words(link: &PaginationLink, word: &str) -> Markup {
        html! {
            span.nhsuk-pagination__title {
                @if let Some(text) = &link.text {
                    (text)
                } @else {
                    (word) span.nhsuk-u-visually-hidden { " page" }
                }
            }
        }
    }

    fn list(&self) -> Markup {
        html! {
            @if let Some(link) = &self.previous {
                a.nhsuk-pagination__previous href=(link.href) rel="prev" { (Icon::ArrowLeft) (Self::words(link, "Previous")) }
            }
            ul.nhsuk-pagination__list {
                @for page in &self.pages {
                    @match page {
                        Page::Gap => li.nhsuk-pagination__item.nhsuk-pagination__item--ellipsis { "⋯" },
                        Page::Number { number, href, current } => {
                            li.nhsuk-pagination__item.nhsuk-pagination__item--current[*current] {
                                a.nhsuk-pagination__link href=(href) aria-label={ "Page " (number) }
                                    aria-current=[current.then_some("page")] { (number) }
                            }
                        },
                    }
                }
            }
            @if let Some(link) = &self.next {
                a.nhsuk-pagination__next href=(link.href) rel="next" { (Self::words(link, "Next")) (Icon::ArrowRight) }
            }
        }
    }

    fn named(link: &PaginationLink, word: &str, icon: Icon, rel: &str) -> Markup {
        let class = if rel == "prev" {
            "nhsuk-pagination-item--previous"
        } else {
            "nhsuk-pagination-item--next"
        };
        html! {
            li class=(class) {
                a class={ "nhsuk-pagination__link nhsuk-pagination__link--" (rel) } href=(link.href) rel=(rel) {
                    (Self::words(link, word))
                    @if let Some(label) = &link.label {
                        span.nhsuk-u-visually-hidden { ":" }
                        span.nhsuk-pagination__page { (label) }
                    }
                    (icon)
                }
            }
        }
    }
}

impl Render for Pagination {
    fn render(&self) -> Markup {
        if self.pages.is_empty() && self.previous.is_none() && self.next.is_none() {
            return html! {};
        }
        let numbered = !self.pages.is_empty();
        html! {
            nav.nhsuk-pagination.nhsuk-pagination--numbered[numbered] role="navigation" aria-label="Pagination" {
                @if numbered {
                    (self.list())
                } @else {
                    ul.nhsuk-list.nhsuk-pagination__list {
                        @if let Some(link) = &self.previous { (Self::named(link, "Previous", Icon::ArrowLeft, "prev")) }
                        @if let Some(link) = &self.next { (Self::named(link, "Next", Icon::ArrowRight, "next")) }
                    }
                }
            }
        }
    }
}
