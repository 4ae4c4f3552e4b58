//! That something is done, at the end of a journey.

use maud::{Markup, Render, html};

use super::heading::{Heading, Level, Size};
use crate::Content;

/// A panel that confirms something, or one that interrupts.
#[derive(Debug, Clone)]
pub struct Panel {
    /// What is done: the `h1` of the page unless said otherwise.
    pub heading: Heading,
    /// More, for example a reference.
    pub content: Option<Content>,
    /// Interrupts instead of confirming.
    pub interruption: bool,
}

impl Panel {
    /// What is done.
    pub fn new(heading: impl Into<Heading>) -> Self {
        Self {
            heading: heading.into(),
            content: None,
            interruption: false,
        }
    }
}

impl Render for Panel {
    fn render(&self) -> Markup {
        let heading = Heading {
            size: self
                .heading
                .size
                .filter(|size| matches!(size, Size::M | Size::L | Size::Xl)),
            ..self.heading.clone()
        };
        html! {
            div.nhsuk-panel.nhsuk-panel--interruption[self.interruption] {
                (heading.render_as("nhsuk-panel__heading", "nhsuk-panel__heading--", Level::One))
                @if let Some(content) = &self.content { div.nhsuk-panel__body { (content) } }
            }
        }
    }
}
