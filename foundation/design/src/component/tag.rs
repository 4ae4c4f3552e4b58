//! The state of a thing, in a word or two.

use maud::{Markup, Render, html};

use crate::Content;

/// The colour of a tag: never the only sign of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the colours")]
pub enum TagColour {
    White,
    Grey,
    Green,
    AquaGreen,
    Blue,
    Purple,
    Pink,
    Red,
    Orange,
    Yellow,
    NoColour,
}

impl TagColour {
    const fn class(self) -> &'static str {
        match self {
            Self::White => " nhsuk-tag--white",
            Self::Grey => " nhsuk-tag--grey",
            Self::Green => " nhsuk-tag--green",
            Self::AquaGreen => " nhsuk-tag--aqua-green",
            Self::Blue => " nhsuk-tag--blue",
            Self::Purple => " nhsuk-tag--purple",
            Self::Pink => " nhsuk-tag--pink",
            Self::Red => " nhsuk-tag--red",
            Self::Orange => " nhsuk-tag--orange",
            Self::Yellow => " nhsuk-tag--yellow",
            Self::NoColour => " nhsuk-tag--no-colour",
        }
    }
}

/// The state of a thing.
#[derive(Debug, Clone, Default)]
pub struct Tag {
    /// What it says.
    pub content: Content,
    /// Its colour.
    pub colour: Option<TagColour>,
    /// Drawn without a border.
    pub no_border: bool,
    /// Not in bold.
    pub light: bool,
    /// Set faintly.
    pub faint: bool,
}

impl Tag {
    /// A tag of a colour.
    pub fn new(content: impl Into<Content>, colour: TagColour) -> Self {
        Self {
            content: content.into(),
            colour: Some(colour),
            ..Self::default()
        }
    }

    /// A tag in the usual colour.
    pub fn plain(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }
}

impl Render for Tag {
    fn render(&self) -> Markup {
        html! {
            strong class={
                "nhsuk-tag" (self.colour.map_or("", TagColour::class)) @if self.no_border { " nhsuk-tag--no-border" }
                @if self.light { " nhsuk-u-font-weight-normal" }
                @if self.faint { " nhsuk-u-secondary-text-colour" }
            } { (self.content) }
        }
    }
}
