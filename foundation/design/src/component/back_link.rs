//! The way back to the page before.

use maud::{Markup, Render, html};

use crate::Content;

/// A link to the page before; a button when there is no address to lead to.
#[derive(Debug, Clone, Default)]
pub struct BackLink {
    /// Where it leads; a button that sends its form when `None`.
    pub href: Option<String>,
    /// What it says; "Back" when empty.
    pub content: Content,
    /// Words before it for those who hear the page.
    pub visually_hidden: Option<String>,
    /// On a dark ground.
    pub reverse: bool,
    /// Its id.
    pub id: Option<String>,
}

impl BackLink {
    /// "Back", leading to an address.
    pub fn to(href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::default()
        }
    }
}

impl Render for BackLink {
    fn render(&self) -> Markup {
        let inner = html! {
            @if let Some(words) = &self.visually_hidden { span.nhsuk-u-visually-hidden { (words) " " } }
            @if self.content.is_empty() { "Back" } @else { (self.content) }
        };
        let id = self.id.as_deref();
        html! {
            @if let Some(href) = &self.href {
                a.nhsuk-back-link.nhsuk-back-link--reverse[self.reverse] id=[id] href=(href) { (inner) }
            } @else {
                button.nhsuk-back-link.nhsuk-back-link--reverse[self.reverse] id=[id] type="submit" { (inner) }
            }
        }
    }
}
