//! One answer among several: what radios and checkboxes share.

use maud::{Markup, Render, html};

use super::label::Label;
use crate::Content;

/// How a checkbox acts on the others of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Choosing it clears the others: "None of these".
    Exclusive,
    /// Choosing it chooses the others: "Select all".
    Inclusive,
}

/// One answer.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it says.
    pub label: Label,
    /// Help under it.
    pub hint: Option<Content>,
    /// Chosen.
    pub checked: bool,
    /// Cannot be chosen.
    pub disabled: bool,
    /// Shown while it is chosen.
    pub reveal: Option<Markup>,
    /// The name it is sent under, when not that of its group (checkboxes).
    pub name: Option<String>,
    /// Its id, when not made from that of its group.
    pub id: Option<String>,
    /// How it acts on the others (checkboxes).
    pub behaviour: Option<Behaviour>,
    /// Which others it acts on, when not all (checkboxes).
    pub behaviour_group: Option<String>,
}

impl Choice {
    /// An answer.
    pub fn new(value: impl Into<String>, label: impl Into<Label>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// With help under it.
    #[must_use]
    pub fn hint(self, hint: impl Into<Content>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Chosen or not.
    #[must_use]
    pub fn checked(self, checked: bool) -> Self {
        Self { checked, ..self }
    }

    /// Showing more while it is chosen.
    #[must_use]
    pub fn reveal(self, content: Markup) -> Self {
        Self {
            reveal: Some(content),
            ..self
        }
    }
}

/// What stands in a list of answers.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "lists are short and dividers rare"
)]
pub enum ChoiceItem {
    /// An answer.
    Choice(Choice),
    /// A word between answers: "or".
    Divider(String),
    /// The word before an answer that chooses all the others: shown only where script runs.
    InclusiveDivider(String),
}

impl From<Choice> for ChoiceItem {
    fn from(choice: Choice) -> Self {
        Self::Choice(choice)
    }
}

/// Draws the answers of one kind of group.
pub(crate) struct Group<'a> {
    pub(crate) block: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    pub(crate) id_prefix: &'a str,
    pub(crate) described_by: Option<&'a str>,
    pub(crate) all_disabled: bool,
}

impl Group<'_> {
    pub(crate) fn items(&self, items: &[ChoiceItem]) -> Markup {
        html! {
            @for (position, item) in items.iter().enumerate() {
                @match item {
                    ChoiceItem::Divider(word) => div class={ (self.block) "__divider" } { (word) },
                    ChoiceItem::InclusiveDivider(word) => {
                        div class={ (self.block) "__divider nhsuk-u-frontend-not-supported-hidden" } { (word) }
                    },
                    ChoiceItem::Choice(choice) => (self.choice(position, choice)),
                }
            }
        }
    }

    fn choice(&self, position: usize, choice: &Choice) -> Markup {
        let id = choice.id.clone().unwrap_or_else(|| match position {
            0 => self.id_prefix.to_owned(),
            _ => format!("{}-{}", self.id_prefix, position.saturating_add(1)),
        });
        let name = choice.name.as_deref().unwrap_or(self.name);
        let hint = choice.hint.as_ref().filter(|hint| !hint.is_empty());
        let hint_id = hint.map(|_| format!("{id}-item-hint"));
        let described_by = [self.described_by, hint_id.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let reveal = choice.reveal.as_ref();
        let reveal_id = format!("conditional-{id}");
        let behaviour = choice.behaviour.map(|behaviour| match behaviour {
            Behaviour::Exclusive => "exclusive",
            Behaviour::Inclusive => "inclusive",
        });
        let inclusive = choice.behaviour == Some(Behaviour::Inclusive);
        html! {
            div class={ (self.block) "__item" @if inclusive { " nhsuk-u-frontend-not-supported-hidden" } } {
                input class={ (self.block) "__input" } id=(id) name=(name) type=(self.kind) value=(choice.value)
                    checked[choice.checked] disabled[choice.disabled || self.all_disabled]
                    data-behaviour=[behaviour] data-behaviour-group=[choice.behaviour_group.as_deref()]
                    data-aria-controls=[reveal.map(|_| reveal_id.as_str())]
                    aria-describedby=[Some(&described_by).filter(|ids| !ids.is_empty())];
                (choice.label.render_with(Some(&id), &format!("{}__label", self.block)))
                @if let Some(hint) = hint {
                    div class={ "nhsuk-hint " (self.block) "__hint" } id=[hint_id.as_deref()] { (hint.render()) }
                }
            }
            @if let Some(reveal) = reveal {
                div class={
                    (self.block) "__conditional" @if !choice.checked { " " (self.block) "__conditional--hidden" }
                } id=(reveal_id) { (reveal) }
            }
        }
    }
}
