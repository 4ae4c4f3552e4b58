//! Help under a label.

use maud::{Markup, Render, html};

use crate::Content;

/// Help that goes with a field; its id is what the field's `aria-describedby` names.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    /// What it says.
    pub content: Content,
    /// Its id.
    pub id: Option<String>,
}

impl Render for Hint {
    fn render(&self) -> Markup {
        html! { div.nhsuk-hint id=[self.id.as_deref()] { (self.content) } }
    }
}
