//! Several lines of text with a limit, and how much of it is left.

use maud::{Markup, Render, html};

use super::textarea::Textarea;

/// How much may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Characters, each UTF-16 code unit as a browser counts.
    Characters(u32),
    /// Characters as a reader counts: an emoji is one.
    Graphemes(u32),
    /// Words.
    Words(u32),
}

/// A field of several lines with a limit. The limit is told, not enforced: the server says when there is too much.
#[derive(Debug, Clone)]
pub struct CharacterCount {
    /// The field.
    pub textarea: Textarea,
    /// How much may be written.
    pub limit: Limit,
    /// Count aloud only past this percentage of the limit.
    pub threshold: Option<u8>,
}

impl CharacterCount {
    /// A field that may hold so many characters.
    pub fn new(textarea: Textarea, limit: Limit) -> Self {
        Self {
            textarea,
            limit,
            threshold: None,
        }
    }
}

impl Render for CharacterCount {
    fn render(&self) -> Markup {
        let id = self.textarea.identity();
        let info = format!("{id}-info");
        let (count_type, amount, unit) = match self.limit {
            Limit::Characters(limit) => (None, limit, "characters"),
            Limit::Graphemes(limit) => (Some("characters"), limit, "characters"),
            Limit::Words(limit) => (Some("words"), limit, "words"),
        };
        let field = Textarea {
            described_by: Some(info.clone()),
            ..self.textarea.clone()
        };
        html! {
            div.nhsuk-form-group.nhsuk-form-group--error[field.is_wrong()].nhsuk-character-count
                data-module="nhsuk-character-count" data-maxlength=(amount)
                data-threshold=[self.threshold] data-count-type=[count_type] {
                (field.inner("nhsuk-js-character-count"))
                div.nhsuk-hint.nhsuk-character-count__message id=(info) { "You can enter up to " (amount) " " (unit) }
            }
        }
    }
}
