//! A date in three fields, which people get right more often than one.

use maud::{Markup, Render, html};

use super::field::{explain, explained, group};
use super::fieldset::Fieldset;
use super::input::{Input, Width};
use super::label::Label;
use super::legend::Legend;
use crate::Content;

/// One field of a date.
#[derive(Debug, Clone)]
pub struct DatePart {
    /// The name it is sent under.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its label, for example "Day".
    pub label: Label,
    /// What it holds.
    pub value: Option<String>,
    /// How wide it is drawn.
    pub width: Width,
    /// What a browser may fill in, for example `bday-day`.
    pub autocomplete: Option<String>,
    /// This field is what is wrong with the date.
    pub invalid: bool,
    /// Cannot be changed.
    pub disabled: bool,
}

impl DatePart {
    /// One field, `name` also its id.
    pub fn new(name: impl Into<String>, label: impl Into<Label>, width: Width) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            label: label.into(),
            value: None,
            width,
            autocomplete: None,
            invalid: false,
            disabled: false,
        }
    }

    fn render(&self, invalid: bool) -> Markup {
        html! {
            div.nhsuk-date-input__item {
                (Input {
                    name: self.name.clone(),
                    id: Some(self.id.clone()),
                    label: self.label.clone(),
                    invalid,
                    value: self.value.clone(),
                    width: Some(self.width),
                    inputmode: Some("numeric".to_owned()),
                    autocomplete: self.autocomplete.clone(),
                    disabled: self.disabled,
                    ..Input::default()
                }.render_as("nhsuk-date-input__input", "nhsuk-date-input__label"))
            }
        }
    }
}

/// A date: day, month and year, or whichever of them the question needs.
#[derive(Debug, Clone)]
pub struct DateInput {
    /// The id of the whole.
    pub id: String,
    /// The question; without one the fields stand in a group of the page.
    pub legend: Option<Legend>,
    /// Help under the question.
    pub hint: Option<Content>,
    /// What is wrong.
    pub error: Option<Content>,
    /// The fields, in order. Those marked invalid are drawn as wrong; all are when there is an error and none is marked.
    pub parts: Vec<DatePart>,
}

explained!(DateInput);

impl DateInput {
    /// Day, month and year, sent as `name-day`, `name-month` and `name-year`, which are also their ids.
    pub fn new(name: &str, legend: impl Into<Legend>) -> Self {
        Self {
            id: name.to_owned(),
            legend: Some(legend.into()),
            hint: None,
            error: None,
            parts: vec![
                DatePart::new(format!("{name}-day"), "Day", Width::Two),
                DatePart::new(format!("{name}-month"), "Month", Width::Two),
                DatePart::new(format!("{name}-year"), "Year", Width::Four),
            ],
        }
    }

    /// Holding what was entered, in the order of the fields.
    #[must_use]
    pub fn values<T: Into<String>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        for (part, value) in self.parts.iter_mut().zip(values) {
            part.value = Some(value.into());
        }
        self
    }

    /// Offering the date of birth that a browser knows.
    #[must_use]
    pub fn birthday(mut self) -> Self {
        for (part, token) in self
            .parts
            .iter_mut()
            .zip(["bday-day", "bday-month", "bday-year"])
        {
            part.autocomplete = Some(token.to_owned());
        }
        self
    }
}

impl Render for DateInput {
    fn render(&self) -> Markup {
        let explained = explain(&self.id, None, self.hint.as_ref(), self.error.as_ref());
        let wrong = self.error.as_ref().is_some_and(|error| !error.is_empty());
        let marked = self.parts.iter().any(|part| part.invalid);
        let content = html! {
            (explained.markup)
            div.nhsuk-date-input id=(self.id) {
                @for part in &self.parts { (part.render(part.invalid || (wrong && !marked))) }
            }
        };
        let content = match &self.legend {
            Some(legend) => Fieldset {
                described_by: explained.described_by,
                role: Some("group".to_owned()),
                ..Fieldset::new(legend.clone(), content)
            }
            .render(),
            None => content,
        };
        group(wrong || marked, &content)
    }
}
