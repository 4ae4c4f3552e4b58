//! A field for a file.

use maud::{Markup, Render, html};

use super::field::{explain, explained};
use super::label::Label;
use crate::Content;

/// A field for one file: its form is sent as `multipart/form-data`.
#[derive(Debug, Clone, Default)]
pub struct FileUpload {
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
    /// The endings of files to choose from: ".xlsx,.toml".
    pub accept: Option<String>,
    /// Cannot be used.
    pub disabled: bool,
    /// Script makes it a place to drop a file on. The button that it makes is named without the words that
    /// it shows (nhsuk-frontend 10.6), which those who speak to their computer trip over: the browser's own
    /// field is better.
    pub drop_zone: bool,
}

explained!(FileUpload);

impl FileUpload {
    /// A field for a file.
    pub fn new(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            ..Self::default()
        }
    }
}

impl Render for FileUpload {
    fn render(&self) -> Markup {
        let id = self.id.as_deref().unwrap_or(&self.name);
        let explained = explain(id, None, self.hint.as_ref(), self.error.as_ref());
        let is_wrong = self.error.as_ref().is_some_and(|error| !error.is_empty());
        html! {
            div class={ "nhsuk-form-group" @if is_wrong { " nhsuk-form-group--error" } " nhsuk-file-upload" } data-module=[self.drop_zone.then_some("nhsuk-file-upload")] {
                (self.label.render_for(id))
                (explained.markup)
                input.nhsuk-file-upload__input id=(id) name=(self.name) type="file" accept=[self.accept.as_deref()] disabled[self.disabled]
                    aria-describedby=[explained.described_by];
            }
        }
    }
}
