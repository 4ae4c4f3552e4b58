//! Headings, and the levels and sizes that other components borrow.

use maud::{Markup, Render, html};

use super::caption::{Caption, CaptionPlace};
use crate::Content;

/// Where a heading stands in the outline of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `h1`, once a page.
    #[default]
    One,
    /// `h2`
    Two,
    /// `h3`
    Three,
    /// `h4`
    Four,
    /// `h5`
    Five,
    /// `h6`
    Six,
}

/// How large text is set; independent of the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Two steps below small.
    Xxs,
    /// A step below small.
    Xs,
    /// Small.
    S,
    /// Medium.
    M,
    /// Large.
    L,
    /// Extra large.
    Xl,
}

impl Size {
    pub(crate) const fn suffix(self) -> &'static str {
        match self {
            Self::Xxs => "xxs",
            Self::Xs => "xs",
            Self::S => "s",
            Self::M => "m",
            Self::L => "l",
            Self::Xl => "xl",
        }
    }
}

/// Wraps markup in the element of a level.
pub(crate) fn element(
    level: Level,
    class: Option<&str>,
    id: Option<&str>,
    inner: &Markup,
) -> Markup {
    match level {
        Level::One => html! { h1 class=[class] id=[id] { (inner) } },
        Level::Two => html! { h2 class=[class] id=[id] { (inner) } },
        Level::Three => html! { h3 class=[class] id=[id] { (inner) } },
        Level::Four => html! { h4 class=[class] id=[id] { (inner) } },
        Level::Five => html! { h5 class=[class] id=[id] { (inner) } },
        Level::Six => html! { h6 class=[class] id=[id] { (inner) } },
    }
}

/// A heading.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// What it says.
    pub content: Content,
    /// Its level; an `h1`, or what its component says, when `None`.
    pub level: Option<Level>,
    /// Its size.
    pub size: Option<Size>,
    /// Its id.
    pub id: Option<String>,
    /// Where it leads, when it is a link.
    pub href: Option<String>,
    /// A smaller line with it.
    pub caption: Option<Caption>,
    /// Words for those who hear the page.
    pub visually_hidden: Option<String>,
}

impl Heading {
    /// The `h1` of a page, large.
    pub fn page(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            level: Some(Level::One),
            size: Some(Size::L),
            ..Self::default()
        }
    }

    /// A medium `h2`.
    pub fn section(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            level: Some(Level::Two),
            size: Some(Size::M),
            ..Self::default()
        }
    }

    /// A small `h3`.
    pub fn subsection(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            level: Some(Level::Three),
            size: Some(Size::S),
            ..Self::default()
        }
    }

    /// With a smaller line before the text.
    #[must_use]
    pub fn caption(self, caption: impl Into<Caption>) -> Self {
        Self {
            caption: Some(caption.into()),
            ..self
        }
    }

    /// The heading with a class of another component, `prefix` before its size.
    pub(crate) fn render_as(&self, class: &str, prefix: &str, fallback: Level) -> Markup {
        let class = match self.size {
            Some(size) if prefix == format!("{class}-") => format!("{prefix}{}", size.suffix()),
            Some(size) => format!("{class} {prefix}{}", size.suffix()),
            None => class.to_owned(),
        };
        let caption = |place| {
            self.caption
                .as_ref()
                .map(|caption| caption.render_at(place, self.size))
        };
        let inner = html! {
            @if let Some(caption) = caption(CaptionPlace::Start) { (caption) " " }
            @if let Some(href) = &self.href { a.nhsuk-link href=(href) { (self.content) } } @else { (self.content) }
            @if let Some(hidden) = &self.visually_hidden { span.nhsuk-u-visually-hidden { " " (hidden) } }
            @if let Some(caption) = caption(CaptionPlace::End) { " " (caption) }
        };
        let level = self.level.unwrap_or(fallback);
        html! {
            @if let Some(caption) = caption(CaptionPlace::Before) { (caption) }
            (element(level, Some(&class), self.id.as_deref(), &inner))
            @if let Some(caption) = caption(CaptionPlace::After) { (caption) }
        }
    }
}

impl From<&str> for Heading {
    fn from(text: &str) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

impl From<String> for Heading {
    fn from(text: String) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

impl Render for Heading {
    fn render(&self) -> Markup {
        self.render_as("nhsuk-heading", "nhsuk-heading-", Level::One)
    }
}
