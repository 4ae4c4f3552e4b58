//! Past the navigation, for those who use a keyboard.

use maud::{Markup, Render, html};

/// The first link of a page.
#[derive(Debug, Clone)]
pub struct SkipLink {
    /// What it says.
    pub text: String,
    /// The content it leads to.
    pub href: String,
}

impl Default for SkipLink {
    fn default() -> Self {
        Self {
            text: "Skip to main content".to_owned(),
            href: "#maincontent".to_owned(),
        }
    }
}

impl Render for SkipLink {
    fn render(&self) -> Markup {
        html! { a.nhsuk-skip-link data-module="nhsuk-skip-link" href=(self.href) { (self.text) } }
    }
}
