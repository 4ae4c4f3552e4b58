//! One answer from a long list.

use maud::{Markup, Render, html};

use super::field::{explain, explained, group};
use super::label::Label;
use crate::Content;

/// What stands in the list.
#[derive(Debug, Clone)]
pub enum SelectItem {
    /// An answer.
    Option {
        /// What is sent; the text when `None`.
        value: Option<String>,
        /// What it says.
        text: String,
        /// Chosen.
        selected: bool,
        /// Cannot be chosen.
        disabled: bool,
    },
    /// A line between answers.
    Divider,
}

impl<V: Into<String>, T: Into<String>> From<(V, T)> for SelectItem {
    fn from((value, text): (V, T)) -> Self {
        Self::Option {
            value: Some(value.into()),
            text: text.into(),
            selected: false,
            disabled: false,
        }
    }
}

/// A list to choose one answer from.
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// The name the answer is sent under.
    pub name: String,
    /// Its id; the name unless said otherwise.
    pub id: Option<String>,
    /// Its label.
    pub label: Label,
    /// Help under the label.
    pub hint: Option<Content>,
    /// What is wrong.
    pub error: Option<Content>,
    /// The answers.
    pub items: Vec<SelectItem>,
    /// Markup after the list, such as its own button.
    pub after: Option<Markup>,
    /// Cannot be changed.
    pub disabled: bool,
    /// Ids of further text that explains it.
    pub described_by: Option<String>,
}

explained!(Select);

impl Select {
    /// A list of (value, text).
    pub fn new<T: Into<SelectItem>>(
        name: impl Into<String>,
        label: impl Into<Label>,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            items: items.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// With the answer of this value chosen.
    #[must_use]
    pub fn selected(mut self, chosen: Option<&str>) -> Self {
        for item in &mut self.items {
            if let SelectItem::Option {
                value,
                text,
                selected,
                ..
            } = item
            {
                *selected = chosen == Some(value.as_deref().unwrap_or(text));
            }
        }
        self
    }
}

impl Render for Select {
    fn render(&self) -> Markup {
        let id = self.id.as_deref().unwrap_or(&self.name);
        let explained = explain(
            id,
            self.described_by.as_deref(),
            self.hint.as_ref(),
            self.error.as_ref(),
        );
        let wrong = self.error.as_ref().is_some_and(|error| !error.is_empty());
        let element = html! {
            select.nhsuk-select.nhsuk-select--error[wrong] id=(id) name=(self.name) disabled[self.disabled]
                aria-describedby=[explained.described_by] {
                @for item in &self.items {
                    @match item {
                        SelectItem::Divider => hr;,
                        SelectItem::Option { value, text, selected, disabled } => {
                            option value=[value.as_deref()] selected[*selected] disabled[*disabled] { (text) }
                        },
                    }
                }
            }
        };
        group(
            wrong,
            &html! {
                (self.label.render_for(id))
                (explained.markup)
                @if let Some(after) = &self.after {
                    div.nhsuk-input-wrapper { (element) (after) }
                } @else {
                    (element)
                }
            },
        )
    }
}
