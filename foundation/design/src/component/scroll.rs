//! Content wider than the page, which scrolls by itself.

use maud::{Markup, Render, html};

use crate::Content;

/// A region that scrolls sideways. Script gives it a tab stop when it does.
#[derive(Debug, Clone, Default)]
pub struct Scroll {
    /// What scrolls: text is a paragraph.
    pub content: Content,
    /// The id of what names the region.
    pub labelled_by: Option<String>,
    /// On a dark ground.
    pub reverse: bool,
}

impl Render for Scroll {
    fn render(&self) -> Markup {
        html! {
            div.nhsuk-scroll.nhsuk-scroll--reverse[self.reverse] data-module="nhsuk-scroll" {
                div.nhsuk-scroll__content role="region" aria-labelledby=[self.labelled_by.as_deref()] {
                    @match &self.content {
                        Content::Text(text) => p { (text) },
                        Content::Html(markup) => (markup),
                    }
                }
            }
        }
    }
}
