//! One answer of several.

use maud::{Markup, Render, html};

use super::choice::{ChoiceItem, Group};
use super::field::{explain, explained, group};
use super::fieldset::Fieldset;
use super::legend::Legend;
use crate::Content;

/// A question with one answer.
#[derive(Debug, Clone, Default)]
pub struct Radios {
    /// The name the answer is sent under.
    pub name: String,
    /// What the ids begin with; the name unless said otherwise. The first answer has it as its id, so an error
    /// summary can lead there.
    pub id_prefix: Option<String>,
    /// The question; without one the answers stand in a group of the page.
    pub legend: Option<Legend>,
    /// Help under the question.
    pub hint: Option<Content>,
    /// What is wrong.
    pub error: Option<Content>,
    /// The answers.
    pub items: Vec<ChoiceItem>,
    /// Drawn smaller, for dense pages of staff.
    pub small: bool,
    /// Side by side, for two short answers.
    pub inline: bool,
    /// None can be chosen.
    pub disabled: bool,
}

explained!(Radios);

impl Radios {
    /// A question and its answers.
    pub fn new<T: Into<ChoiceItem>>(
        name: impl Into<String>,
        legend: impl Into<Legend>,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            name: name.into(),
            legend: Some(legend.into()),
            items: items.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// With the answer of this value chosen.
    #[must_use]
    pub fn selected(mut self, value: Option<&str>) -> Self {
        for item in &mut self.items {
            if let ChoiceItem::Choice(choice) = item {
                choice.checked = value == Some(choice.value.as_str());
            }
        }
        self
    }
}

impl Render for Radios {
    fn render(&self) -> Markup {
        let prefix = self.id_prefix.as_deref().unwrap_or(&self.name);
        let explained = explain(prefix, None, self.hint.as_ref(), self.error.as_ref());
        let choices = Group {
            block: "nhsuk-radios",
            kind: "radio",
            name: &self.name,
            id_prefix: prefix,
            described_by: None,
            all_disabled: self.disabled,
        };
        let content = html! {
            (explained.markup)
            div.nhsuk-radios.nhsuk-radios--small[self.small].nhsuk-radios--inline[self.inline] data-module="nhsuk-radios" {
                (choices.items(&self.items))
            }
        };
        let content = match &self.legend {
            Some(legend) => Fieldset {
                described_by: explained.described_by,
                ..Fieldset::new(legend.clone(), content)
            }
            .render(),
            None => content,
        };
        group(
            self.error.as_ref().is_some_and(|error| !error.is_empty()),
            &content,
        )
    }
}
