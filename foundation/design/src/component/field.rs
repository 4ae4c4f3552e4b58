//! What every field has: its hint, its error, and the ids that tie them to it.

use maud::{Markup, Render, html};

use super::error_message::ErrorMessage;
use super::hint::Hint;
use crate::Content;

/// The hint and the error above a field, and the `aria-describedby` that names them.
pub(crate) struct Explained {
    pub(crate) markup: Markup,
    pub(crate) described_by: Option<String>,
}

pub(crate) fn explain(
    id: &str,
    described_by: Option<&str>,
    hint: Option<&Content>,
    error: Option<&Content>,
) -> Explained {
    let hint = hint
        .filter(|content| !content.is_empty())
        .map(|content| Hint {
            content: content.clone(),
            id: Some(format!("{id}-hint")),
        });
    let error = error
        .filter(|content| !content.is_empty())
        .map(|content| ErrorMessage {
            id: Some(format!("{id}-error")),
            ..ErrorMessage::new(content.clone())
        });
    let ids = [
        described_by,
        hint.as_ref().and_then(|hint| hint.id.as_deref()),
        error.as_ref().and_then(|error| error.id.as_deref()),
    ];
    let ids = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Explained {
        markup: html! {
            @if let Some(hint) = &hint { (hint.render()) }
            @if let Some(error) = &error { (error.render()) }
        },
        described_by: Some(ids).filter(|ids| !ids.is_empty()),
    }
}

pub(crate) fn group(error: bool, content: &Markup) -> Markup {
    html! { div.nhsuk-form-group.nhsuk-form-group--error[error] { (content) } }
}

/// The methods that set what every field has.
macro_rules! explained {
    ($component:ident) => {
        impl $component {
            /// With help under the label.
            #[must_use]
            pub fn hint(self, hint: impl Into<crate::Content>) -> Self {
                Self {
                    hint: Some(hint.into()),
                    ..self
                }
            }

            /// With what is wrong, when something is.
            #[must_use]
            pub fn error<E: Into<crate::Content>>(self, error: Option<E>) -> Self {
                Self {
                    error: error.map(Into::into),
                    ..self
                }
            }
        }
    };
}
pub(crate) use explained;
