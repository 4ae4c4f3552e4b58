//! Content set apart from what is around it.

use maud::{Markup, Render, html};

use crate::Content;

/// Content set apart: text is a paragraph of its own.
#[derive(Debug, Clone)]
pub struct InsetText {
    /// What it says.
    pub content: Content,
}

impl InsetText {
    /// Content set apart.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
        }
    }
}

impl Render for InsetText {
    fn render(&self) -> Markup {
        html! {
            div.nhsuk-inset-text {
                span.nhsuk-u-visually-hidden { "Information: " }
                @match &self.content {
                    Content::Text(text) => p { (text) },
                    Content::Html(markup) => (markup),
                }
            }
        }
    }
}
