//! One line of text.

use maud::{Markup, Render, html};

use super::field::{explain, explained, group};
use super::label::Label;
use crate::Content;

/// How wide a field is drawn, in characters or as a part of its column: a hint of how much to write, not a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the names are the numbers of characters, or the parts"
)]
pub enum Width {
    Two,
    Three,
    Four,
    Five,
    Ten,
    Twenty,
    Thirty,
    OneHalf,
    TwoThirds,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Two => "nhsuk-input--width-2",
            Self::Three => "nhsuk-input--width-3",
            Self::Four => "nhsuk-input--width-4",
            Self::Five => "nhsuk-input--width-5",
            Self::Ten => "nhsuk-input--width-10",
            Self::Twenty => "nhsuk-input--width-20",
            Self::Thirty => "nhsuk-input--width-30",
            Self::OneHalf => "nhsuk-u-width-one-half",
            Self::TwoThirds => "nhsuk-u-width-two-thirds",
        }
    }
}

/// A field of one line.
#[derive(Debug, Clone, Default)]
pub struct Input {
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
    /// Drawn as wrong without a message of its own: the message stands with its group.
    pub invalid: bool,
    /// What it holds.
    pub value: Option<String>,
    /// Its type: `text` unless said otherwise; `email`, `tel`, `password`, `search`.
    pub kind: Option<String>,
    /// How wide it is drawn.
    pub width: Option<Width>,
    /// `numeric` for codes of digits, `decimal` for amounts.
    pub inputmode: Option<String>,
    /// What a browser may fill in, for example `name`, `postal-code`, `off`.
    pub autocomplete: Option<String>,
    /// Whether the browser checks spelling.
    pub spellcheck: Option<bool>,
    /// Set in figures and letters that cannot be mistaken for one another: for codes and numbers.
    pub code: bool,
    /// Before the field, for example "£".
    pub prefix: Option<Content>,
    /// After the field, for example "days".
    pub suffix: Option<Content>,
    /// Markup after the field, such as its own button.
    pub after: Option<Markup>,
    /// Cannot be changed.
    pub disabled: bool,
    /// Ids of further text that explains it.
    pub described_by: Option<String>,
}

explained!(Input);

impl Input {
    /// A field of text.
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

    /// Drawn so many characters wide.
    #[must_use]
    pub fn width(self, width: Width) -> Self {
        Self {
            width: Some(width),
            ..self
        }
    }

    fn element(&self, id: &str, described_by: Option<&str>, class: &str) -> Markup {
        let spellcheck = self
            .spellcheck
            .map(|check| if check { "true" } else { "false" });
        html! {
            input class={
                "nhsuk-input"
                @if self.code { " nhsuk-input--code" }
                @if self.is_wrong() { " nhsuk-input--error" }
                @if let Some(width) = self.width { " " (width.class()) }
                @if !class.is_empty() { " " (class) }
            } id=(id) name=(self.name) type=(self.kind.as_deref().unwrap_or("text")) spellcheck=[spellcheck]
                value=[self.value.as_deref()] disabled[self.disabled] aria-describedby=[described_by]
                autocomplete=[self.autocomplete.as_deref()] inputmode=[self.inputmode.as_deref()];
        }
    }

    fn is_wrong(&self) -> bool {
        self.invalid || self.error.as_ref().is_some_and(|error| !error.is_empty())
    }

    /// The field with classes of a component built from it.
    pub(crate) fn render_as(&self, class: &str, label_class: &str) -> Markup {
        let id = self.id.as_deref().unwrap_or(&self.name);
        let explained = explain(
            id,
            self.described_by.as_deref(),
            self.hint.as_ref(),
            self.error.as_ref(),
        );
        let element = self.element(id, explained.described_by.as_deref(), class);
        let target = self.label.target.as_deref().unwrap_or(id);
        group(
            self.is_wrong(),
            &html! {
                (self.label.render_with(Some(target), label_class))
                (explained.markup)
                @if self.prefix.is_some() || self.suffix.is_some() || self.after.is_some() {
                    div.nhsuk-input-wrapper {
                        @if let Some(prefix) = &self.prefix {
                            div.nhsuk-input-wrapper__prefix aria-hidden="true" { (prefix) }
                        }
                        (element)
                        @if let Some(suffix) = &self.suffix {
                            div.nhsuk-input-wrapper__suffix aria-hidden="true" { (suffix) }
                        }
                        @if let Some(after) = &self.after { (after) }
                    }
                } @else {
                    (element)
                }
            },
        )
    }
}

impl Render for Input {
    fn render(&self) -> Markup {
        self.render_as("", "")
    }
}
