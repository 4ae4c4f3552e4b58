//! A group of fields that answer one question.

use maud::{Markup, Render, html};

use super::legend::Legend;

/// A group of fields and the question they answer.
#[derive(Debug, Clone)]
pub struct Fieldset {
    /// The question.
    pub legend: Legend,
    /// The fields.
    pub content: Markup,
    /// Ids of what explains the group.
    pub described_by: Option<String>,
    /// Its role, when it is not that of a fieldset.
    pub role: Option<String>,
    /// Its id.
    pub id: Option<String>,
}

impl Fieldset {
    /// A group of fields.
    pub fn new(legend: impl Into<Legend>, content: Markup) -> Self {
        Self {
            legend: legend.into(),
            content,
            described_by: None,
            role: None,
            id: None,
        }
    }
}

impl Render for Fieldset {
    fn render(&self) -> Markup {
        html! {
            fieldset.nhsuk-fieldset id=[self.id.as_deref()] role=[self.role.as_deref()]
                aria-describedby=[self.described_by.as_deref()] {
                (self.legend)
                (self.content)
            }
        }
    }
}
