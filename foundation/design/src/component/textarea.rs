//! Several lines of text.

use maud::{Markup, Render, html};

use super::field::{explain, explained};
use super::label::Label;
use crate::Content;

/// A field of several lines.
#[derive(Debug, Clone, Default)]
pub struct Textarea {
    /// The name it is sent under.
    pub name: String,
    /// Its id; the name unless said otherwise.
    pub id: Option<String>,
    /// Its label.
    pub label: Label,
    /// Help under the label.
    pub hint: Option<Content>,
    /// What is wrong.
    pub error: Option<Content>,
    /// What it holds.
    pub value: Option<String>,
    /// How many lines it is drawn; five unless said otherwise.
    pub rows: Option<u8>,
    /// What a browser may fill in.
    pub autocomplete: Option<String>,
    /// Whether the browser checks spelling.
    pub spellcheck: Option<bool>,
    /// Cannot be changed.
    pub disabled: bool,
    /// Ids of further text that explains it.
    pub described_by: Option<String>,
}

explained!(Textarea);

impl Textarea {
    /// A field of several lines.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// Holding a value.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        Self {
            value: Some(value.into()),
            ..self
        }
    }

    pub(crate) fn identity(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }

    pub(crate) fn is_wrong(&self) -> bool {
        self.error.as_ref().is_some_and(|error| !error.is_empty())
    }

    /// The label, the explanation and the field, without the group around them.
    pub(crate) fn inner(&self, class: &str) -> Markup {
        let id = self.identity();
        let explained = explain(
            id,
            self.described_by.as_deref(),
            self.hint.as_ref(),
            self.error.as_ref(),
        );
        let spellcheck = self
            .spellcheck
            .map(|check| if check { "true" } else { "false" });
        html! {
            (self.label.render_for(id))
            (explained.markup)
            textarea class={
                "nhsuk-textarea"
                @if self.is_wrong() { " nhsuk-textarea--error" }
                @if !class.is_empty() { " " (class) }
            } id=(id) name=(self.name) rows=(self.rows.unwrap_or(5)) spellcheck=[spellcheck] disabled[self.disabled]
                aria-describedby=[explained.described_by] autocomplete=[self.autocomplete.as_deref()] {
                (self.value.as_deref().unwrap_or_default())
            }
        }
    }
}

impl Render for Textarea {
    fn render(&self) -> Markup {
        super::field::group(self.is_wrong(), &self.inner(""))
    }
}
