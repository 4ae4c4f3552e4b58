//! Everything that is wrong with what was sent, first on the page.

use maud::{Markup, Render, html};

use crate::Content;

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct ErrorLink {
    /// What it says: the same words as beside the field.
    pub content: Content,
    /// Where the field is, for example `#surname`.
    pub href: Option<String>,
}

/// From (id of the field, what is wrong).
impl<F: AsRef<str>, C: Into<Content>> From<(F, C)> for ErrorLink {
    fn from((field, content): (F, C)) -> Self {
        Self {
            content: content.into(),
            href: Some(format!("#{}", field.as_ref())),
        }
    }
}

/// Everything that is wrong, each leading to its field.
#[derive(Debug, Clone)]
pub struct ErrorSummary {
    /// "There is a problem".
    pub heading: Content,
    /// A sentence before the list.
    pub description: Option<Content>,
    /// What is wrong.
    pub errors: Vec<ErrorLink>,
    /// `Some(true)` when the page opens elsewhere than at the summary.
    pub disable_auto_focus: Option<bool>,
}

impl ErrorSummary {
    /// Errors as (id of the field, what is wrong).
    pub fn new<T: Into<ErrorLink>>(errors: impl IntoIterator<Item = T>) -> Self {
        Self {
            heading: "There is a problem".into(),
            description: None,
            errors: errors.into_iter().map(Into::into).collect(),
            disable_auto_focus: None,
        }
    }
}

impl Render for ErrorSummary {
    fn render(&self) -> Markup {
        let auto_focus = self
            .disable_auto_focus
            .map(|disabled| if disabled { "true" } else { "false" });
        html! {
            div.nhsuk-error-summary data-module="nhsuk-error-summary" data-disable-auto-focus=[auto_focus] {
                div role="alert" {
                    @if !self.heading.is_empty() { h2.nhsuk-error-summary__heading { (self.heading) } }
                    div.nhsuk-error-summary__body {
                        @if let Some(description) = &self.description { p { (description) } }
                        @if !self.errors.is_empty() {
                            ul.nhsuk-list.nhsuk-error-summary__list {
                                @for error in &self.errors {
                                    li {
                                        @if let Some(href) = &error.href {
                                            a href=(href) { (error.content) }
                                        } @else {
                                            (error.content)
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
