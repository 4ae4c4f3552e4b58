//! Words with structure, and ways on, as pages show them.

use stour_design::{Markup, html};
use stour_guidance::{Block, Inline, LightText, Way};
use stour_web::words::segment;

/// A text with its paragraphs, lists and links.
pub(crate) fn light(text: &LightText) -> Markup {
    html! {
        @for block in &text.0 {
            @match block {
                Block::Paragraph(parts) => p { (line(parts)) },
                Block::List(points) => {
                    ul.nhsuk-list.nhsuk-list--bullet { @for point in points { li { (line(point)) } } }
                },
            }
        }
    }
}

/// A line of words, links and answers.
fn line(parts: &[Inline]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Inline::Words(words) => (words),
                Inline::Link { words, to } => a href=(to) { (words) },
                // Filled in before it is shown; in a preview of the text its name stands for it.
                Inline::Answer(name) => { "{" (name) "}" },
            }
        }
    }
}

/// Reasons are lines, not paragraphs of their own.
pub(crate) fn reason(text: &LightText) -> Markup {
    html! {
        @for block in &text.0 {
            @match block {
                Block::Paragraph(parts) => (line(parts)),
                Block::List(points) => { @for point in points { (line(point)) " " } },
            }
        }
    }
}

/// Where a way leads; nothing for asking for help, whose address depends on the draft.
pub(crate) fn way_of(way: &Way) -> Option<String> {
    match way {
        Way::Find(words) => Some(format!("/find?q={}", segment(words))),
        Way::Flow(flow) => Some(format!("/advice/{flow}")),
        Way::Page(address) | Way::Link(address) => Some(address.clone()),
        Way::Call(number) => Some(format!("tel:{}", number.replace(' ', ""))),
        Way::Ask => None,
    }
}
