//! What is wrong with a field, next to it.

use maud::{Markup, Render, html};

use crate::Content;

/// What is wrong with one field and what to do about it.
#[derive(Debug, Clone)]
pub struct ErrorMessage {
    /// What it says, for example "Enter the person's date of birth".
    pub content: Content,
    /// Its id.
    pub id: Option<String>,
    /// The word before it for those who hear the page: "Error", or its translation; `None` for no word.
    pub visually_hidden: Option<String>,
}

impl ErrorMessage {
    /// A message in English.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            id: None,
            visually_hidden: Some("Error".to_owned()),
        }
    }
}

impl Render for ErrorMessage {
    fn render(&self) -> Markup {
        html! {
            span.nhsuk-error-message id=[self.id.as_deref()] {
                @if let Some(word) = &self.visually_hidden { span.nhsuk-u-visually-hidden { (word) ": " } }
                (self.content)
            }
        }
    }
}
