//! The smaller line that goes with a heading, for example a person's name above "Contacts".

use maud::{Markup, Render, html};

use super::heading::Size;
use crate::Content;

/// Where a caption stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaptionPlace {
    /// Its own line before the heading element.
    Before,
    /// Inside the heading, before its text.
    #[default]
    Start,
    /// Inside the heading, after its text.
    End,
    /// Its own line after the heading element.
    After,
}

/// A caption of a heading, a label or a legend.
#[derive(Debug, Clone, Default)]
pub struct Caption {
    /// What it says.
    pub content: Content,
    /// Where it stands.
    pub place: CaptionPlace,
    /// Its size; otherwise that of the heading.
    pub size: Option<Size>,
    /// As a paragraph of its own instead of a span: for captions before or after a heading.
    pub paragraph: bool,
}

impl Caption {
    /// A caption inside the heading, before its text.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    pub(crate) fn render_at(&self, place: CaptionPlace, heading: Option<Size>) -> Markup {
        if self.place != place || self.content.is_empty() {
            return html! {};
        }
        let class = match self.size.or(heading) {
            Some(size @ (Size::M | Size::L | Size::Xl)) => {
                format!("nhsuk-caption-{}", size.suffix())
            }
            _ => "nhsuk-caption".to_owned(),
        };
        let bottom = matches!(place, CaptionPlace::End | CaptionPlace::After);
        html! {
            @if self.paragraph {
                p class={ (class) @if bottom { " nhsuk-caption--bottom" } } { (self.content) }
            } @else {
                span class={ (class) @if bottom { " nhsuk-caption--bottom" } } { (self.content) }
            }
        }
    }
}

impl From<&str> for Caption {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Render for Caption {
    fn render(&self) -> Markup {
        self.render_at(self.place, None)
    }
}
