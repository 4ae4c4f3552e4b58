//! What the pages of governance share: cells for what is not known, links to registers, and what is not verified.

use stour_design::{Cell, InsetText, Markup, html};
use stour_register::{Entry, Kind};
use stour_web::Caller;

use super::shell::{Opened, may};

/// A text, or that it is not known.
pub(crate) fn said(text: &str) -> Cell {
    if text.is_empty() {
        Cell::missing("Not known")
    } else {
        text.into()
    }
}

/// A text, or nothing.
pub(crate) fn or_dash(text: &str) -> Cell {
    if text.is_empty() {
        Cell::missing("–")
    } else {
        text.into()
    }
}

/// A link to the entry in its register, in the words of its title.
pub(crate) fn link(opened: &Opened, kind: &Kind, entry: &Entry) -> Cell {
    let href = opened.entry_address(kind.name, entry.number);
    Cell::link(entry.get(kind.title), href)
}

/// Where the entries of some kinds are kept, for whoever wants to see more or to change them.
pub(crate) fn registers(caller: &Caller, opened: &Opened, kinds: &[&Kind]) -> Markup {
    html! {
        p {
            (if may(caller, super::EDIT) { "Change, add, compare, import or export: " } else { "History and files: " })
            @for (place, kind) in kinds.iter().enumerate() {
                @if place > 0 { ", " }
                a href=(opened.address(&format!("/registers/{}", kind.name))) { (kind.many) }
            }
            "."
        }
    }
}

/// What to do where nothing is kept yet.
pub(crate) fn none_yet(caller: &Caller, opened: &Opened, kind: &Kind) -> Markup {
    let href = opened.address(&format!("/registers/{}/new", kind.name));
    let content = html! {
        p {
            "Nothing is in the register of " (kind.many.to_lowercase()) " yet. "
            @if may(caller, kind.edit) { a href=(href) { "Add the first" } "." } @else { "Programme managers keep it." }
        }
    };
    html! { (InsetText::new(content)) }
}

/// What nobody has verified of an entry, under what it says.
pub(crate) fn unverified(text: &str) -> Markup {
    html! { @if !text.is_empty() { div { small { "Not verified: " (text) } } } }
}
