//! What stands in a field, as a page shows it.

use stour_design::{Markup, html};

use crate::known::{Known, numbers};
use crate::opened::Opened;
use crate::{Entry, Field, Holds, Kind, Need};

/// What stands in a field, with links to the entries that it names; where it is empty, what that means.
pub(crate) fn value(opened: &Opened, known: &Known<'_>, field: &Field, text: &str) -> Markup {
    if text.is_empty() {
        return nothing(field);
    }
    match field.holds {
        Holds::Entry(kind) | Holds::Entries(kind) => links(opened, known, kind, text),
        Holds::Text => html! {
            @for paragraph in text.split('\n').filter(|line| !line.trim().is_empty()) { p { (paragraph) } }
        },
        Holds::Line if is_address(text) => html! { a href=(text) { (text) } },
        Holds::Owner => {
            let unknown = known.unknown_owners(text);
            html! {
                (text)
                @if !unknown.is_empty() {
                    br; span.nhsuk-u-secondary-text-colour { "Not among those known here" }
                }
            }
        }
        _ => html! { (known.words(field, text)) },
    }
}

/// What an empty field means.
pub(crate) fn nothing(field: &Field) -> Markup {
    let words = match field.need {
        Need::Should => "Missing",
        Need::Must | Need::May => "Not given",
    };
    html! { span.nhsuk-u-secondary-text-colour { (words) } }
}

fn links(opened: &Opened, known: &Known<'_>, kind: &str, text: &str) -> Markup {
    let numbers: Vec<i64> = numbers(text).collect();
    let link = |number: i64| {
        let called = known.called(kind, number);
        let is_there = known.around.entry(kind, number).is_some();
        html! {
            @if is_there { a href=(opened.page_of(kind, number, "")) { (called) } } @else { (called) }
        }
    };
    html! {
        @if let [only] = numbers.as_slice() {
            (link(*only))
        } @else {
            ul.nhsuk-list { @for number in numbers { li { (link(number)) } } }
        }
    }
}

/// Whether a text is an address that a link may lead to.
fn is_address(text: &str) -> bool {
    text.starts_with("https://") && !text.contains(char::is_whitespace)
}

/// An entry as a link, with its number and title.
pub(crate) fn link(opened: &Opened, kind: &Kind, entry: &Entry) -> Markup {
    html! {
        a href=(opened.page_of(kind.name, entry.number, "")) { (entry.called(kind)) }
    }
}
