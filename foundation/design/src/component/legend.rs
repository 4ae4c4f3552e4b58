//! The question a group of fields answers.

use maud::{Markup, Render, html};

use super::caption::{Caption, CaptionPlace};
use super::heading::{Level, Size, element};
use crate::Content;

/// The legend of a fieldset: the question a group of fields answers.
#[derive(Debug, Clone, Default)]
pub struct Legend {
    /// What it asks.
    pub content: Content,
    /// Its size.
    pub size: Option<Size>,
    /// With a heading of this level inside: [`Level::One`] when the page asks one question.
    pub heading: Option<Level>,
    /// A smaller line with it.
    pub caption: Option<Caption>,
    /// Heard, not seen.
    pub visually_hidden: bool,
    /// Its id.
    pub id: Option<String>,
    /// The id of the heading inside.
    pub heading_id: Option<String>,
}

impl Legend {
    /// A medium legend.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            size: Some(Size::M),
            ..Self::default()
        }
    }

    /// The legend that is also the heading of the page, large.
    pub fn page(content: impl Into<Content>) -> Self {
        Self {
            size: Some(Size::L),
            heading: Some(Level::One),
            ..Self::new(content)
        }
    }
}

impl From<&str> for Legend {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Legend {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl Render for Legend {
    fn render(&self) -> Markup {
        if self.content.is_empty() {
            return html! {};
        }
        let size = self
            .size
            .filter(|size| !matches!(size, Size::Xs | Size::Xxs));
        // A fieldset must begin with its legend, so nothing stands before it.
        let caption = self.caption.clone().map(|caption| Caption {
            place: if caption.place == CaptionPlace::Before {
                CaptionPlace::Start
            } else {
                caption.place
            },
            ..caption
        });
        let caption = |place| {
            caption
                .as_ref()
                .map(|caption| caption.render_at(place, size))
        };
        let inner = html! {
            @if let Some(caption) = caption(CaptionPlace::Start) { (caption) " " }
            (self.content)
            @if let Some(caption) = caption(CaptionPlace::End) { " " (caption) }
        };
        html! {
            legend class={
                "nhsuk-fieldset__legend"
                @if let Some(size) = size { " nhsuk-fieldset__legend--" (size.suffix()) }
                @if self.visually_hidden { " nhsuk-u-visually-hidden" }
            } id=[self.id.as_deref()] {
                @if let Some(level) = self.heading {
                    (element(level, Some("nhsuk-fieldset__heading"), self.heading_id.as_deref(), &inner))
                } @else {
                    (inner)
                }
            }
            @if let Some(caption) = caption(CaptionPlace::After) { (caption) }
        }
    }
}
