//! What stands around every page of those who keep the record.

use stour_design::{Heading, Markup, SectionNavigation, html};
use stour_web::Page;

/// Which of the pages it is; none for one below them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Work,
    Registers,
}

/// A page with the ways to the others.
pub(super) fn page(part: Option<Part>, title: &str, main: &Markup) -> Page {
    let here = |other: Part| part == Some(other);
    let navigation = SectionNavigation::new(
        "Keeping the record",
        [
            (
                "What needs doing",
                "/decisions/work".to_owned(),
                here(Part::Work),
            ),
            (
                "Registers",
                "/decisions/registers".to_owned(),
                here(Part::Registers),
            ),
            ("What the public sees", "/decisions".to_owned(), false),
        ],
    );
    let main = html! {
        (Heading::page(title).caption("Decisions and scrutiny"))
        div.stour-no-print { (navigation) }
        (main)
    };
    Page::new(title, main).wide()
}
