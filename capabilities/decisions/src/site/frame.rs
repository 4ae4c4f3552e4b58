//! What stands around every public page of the record.

use stour_access::Resource;
use stour_design::{Heading, Markup, SectionNavigation, html};
use stour_web::{Page, Visitor};

/// A part of the public pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Home,
    Committees,
    Commitments,
    Recommendations,
    ForwardPlan,
    Reports,
    Calendar,
}

const PARTS: [(Part, &str, &str); 7] = [
    (Part::Home, "Latest", "/decisions"),
    (
        Part::Commitments,
        "What was promised",
        "/decisions/commitments",
    ),
    (
        Part::Recommendations,
        "Recommendations",
        "/decisions/recommendations",
    ),
    (Part::ForwardPlan, "Forward plan", "/decisions/forward-plan"),
    (Part::Committees, "Committees", "/decisions/committees"),
    (Part::Reports, "Health reports", "/decisions/reports"),
    (Part::Calendar, "Calendar", "/decisions/calendar"),
];

/// A page that is one of the parts.
pub(crate) fn page(visitor: &Visitor, part: Part, title: &str, main: &Markup) -> Page {
    framed(visitor, (part, true), &Heading::page(title), title, main)
}

/// A page below one of the parts, with the pages above it.
pub(crate) fn below<const N: usize>(
    visitor: &Visitor,
    part: Part,
    (heading, title): (Heading, &str),
    above: [(&str, &str); N],
    main: &Markup,
) -> Page {
    framed(visitor, (part, false), &heading, title, main).under(above)
}

fn framed(
    visitor: &Visitor,
    (part, is_here): (Part, bool),
    heading: &Heading,
    title: &str,
    main: &Markup,
) -> Page {
    let parts = PARTS
        .into_iter()
        .map(|(other, words, href)| (words, href.to_owned(), is_here && other == part));
    let navigation = SectionNavigation::new("Decisions", parts);
    let main = html! {
        (heading)
        div.stour-no-print { (navigation) }
        (main)
        @if may(visitor, "decision.read") {
            p.stour-no-print { a href="/decisions/work" { "Keep the record" } }
        }
    };
    Page::new(title, main)
}

/// Whether whoever looks is signed in and may do this.
pub(crate) fn may(visitor: &Visitor, action: &str) -> bool {
    visitor.caller(action).is_some_and(|caller| {
        action
            .parse()
            .is_ok_and(|action| caller.may(action, &Resource::House))
    })
}
