//! What most people don't need, one press away.

use maud::{Markup, Render, html};

use crate::Content;

/// Content that opens at a press, without script.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// What the line to press says.
    pub summary: Content,
    /// What it opens.
    pub content: Content,
    /// Drawn as a box of its own: an expander.
    pub expander: bool,
    /// Open from the start.
    pub open: bool,
    /// On a dark ground.
    pub reverse: bool,
    /// Its id.
    pub id: Option<String>,
}

impl Details {
    /// A line to press and what it opens.
    pub fn new(summary: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self {
            summary: summary.into(),
            content: content.into(),
            ..Self::default()
        }
    }

    /// The same, drawn as a box of its own.
    pub fn expander(summary: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self {
            expander: true,
            ..Self::new(summary, content)
        }
    }
}

impl Render for Details {
    fn render(&self) -> Markup {
        html! {
            details.nhsuk-details.nhsuk-expander[self.expander].nhsuk-details--reverse[self.reverse]
                id=[self.id.as_deref()] open[self.open] {
                summary.nhsuk-details__summary { span.nhsuk-details__summary-text { (self.summary) } }
                div.nhsuk-details__text { (self.content) }
            }
        }
    }
}
