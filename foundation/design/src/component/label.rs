//! The label of one field.

use maud::{Markup, Render, html};

use super::caption::{Caption, CaptionPlace};
use super::heading::{Level, Size, element};
use crate::Content;

/// The label of one field.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// What it says.
    pub content: Content,
    /// The id of the field; components that hold a label fill it in.
    pub target: Option<String>,
    /// Its size.
    pub size: Option<Size>,
    /// Wrapped in a heading of this level: [`Level::One`] when the page asks one question.
    pub heading: Option<Level>,
    /// A smaller line with it.
    pub caption: Option<Caption>,
    /// Heard, not seen: for a field whose purpose its surroundings show.
    pub visually_hidden: bool,
    /// Its id.
    pub id: Option<String>,
    /// The id of the heading around it.
    pub heading_id: Option<String>,
}

impl Label {
    /// A label.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// The label that is also the heading of the page, large.
    pub fn page(content: impl Into<Content>) -> Self {
        Self {
            size: Some(Size::L),
            heading: Some(Level::One),
            ..Self::new(content)
        }
    }

    /// A label that is heard, not seen.
    pub fn hidden(content: impl Into<Content>) -> Self {
        Self {
            visually_hidden: true,
            ..Self::new(content)
        }
    }

    pub(crate) fn render_for(&self, field: &str) -> Markup {
        self.render_with(Some(self.target.as_deref().unwrap_or(field)), "")
    }

    pub(crate) fn render_with(&self, target: Option<&str>, class: &str) -> Markup {
        if self.content.is_empty() {
            return html! {};
        }
        let size = self
            .size
            .filter(|size| !matches!(size, Size::Xs | Size::Xxs));
        let caption = |place| {
            self.caption
                .as_ref()
                .map(|caption| caption.render_at(place, size))
        };
        let label = html! {
            label class={
                "nhsuk-label"
                @if let Some(size) = size { " nhsuk-label--" (size.suffix()) }
                @if !class.is_empty() { " " (class) }
                @if self.visually_hidden { " nhsuk-u-visually-hidden" }
            } id=[self.id.as_deref()] for=[target] {
                @if let Some(caption) = caption(CaptionPlace::Start) { (caption) " " }
                (self.content)
                @if let Some(caption) = caption(CaptionPlace::End) { " " (caption) }
            }
        };
        html! {
            @if let Some(caption) = caption(CaptionPlace::Before) { (caption) }
            @if let Some(level) = self.heading {
                (element(level, Some("nhsuk-label-wrapper"), self.heading_id.as_deref(), &label))
            } @else {
                (label)
            }
            @if let Some(caption) = caption(CaptionPlace::After) { (caption) }
        }
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl Render for Label {
    fn render(&self) -> Markup {
        self.render_with(self.target.as_deref(), "")
    }
}
